import type { VisitRecord } from '@clbchat/server/live/record';
import type { LiveStore } from '@clbchat/server/store.memory';
import type { DeskKeep } from '@clbchat/shared/client/ports';
import { limits } from '@clbchat/shared/limits';
import { expect, test } from 'vitest';
import known from '../explore/cases.json';
import type { Case, Outside } from '../explore/cases.ts';
import { idle } from '../support/idle.ts';
import { JOIN, LIEN, lines, newTab, SAMIRA, type Computer } from '../support/pages.ts';
import { createScene, takes, type DeskPage, type VisitorPage } from '../support/realScene.ts';
import type { LinkControl, Packet } from '../support/scriptedLink.ts';

/**
 * What the explorer found to take every branch of both machines (tests/explore/cases.json), with the real engines and
 * the real service. A case is a list of what happens from outside; each comes after a packet of the real run that bears
 * the name of the explored one, or at the next rest. The course between is the real one, so that the two agree on the
 * end and not on each step.
 */
const WIRE: Readonly<Record<string, string>> = {
  ...{ state: 'visit:state', since: 'talk:since', restore: 'talk:restore', append: 'talk:append' },
  ...{ seal: 'key:seal', ask: 'key:ask', refuse: 'key:refuse', offer: 'key:offer', opened: 'key:opened' },
  ...{ share: 'key:share', here: 'queue:here', release: 'desk:release', frame: 'talk:frame', sealed: 'key:sealed' },
};
const OPENING_MS = 100_000;
const GONE_MS = 65_000;
const SLOW_MS = 2_000;
const PATIENCE = 40;

type Side = 'visitor' | 'counsellor';
const nameOf = (word: string, side: Side) => (word === 'state' && side === 'counsellor' ? 'desk:state' : WIRE[word]);

/** Which packet of the real run this move is, of whose connection; null: none, as for work on a device. */
function packetOf(move: string): { side: Side; is: (packet: Packet) => boolean } | null {
  const heard = /^the store hears (\w+) of the (visitor|counsellor)/.exec(move);
  if (heard) {
    const [, word, side] = heard as unknown as [string, string, Side];
    return { side, is: ({ way, kind, event }) => way === 'up' && kind === 'event' && event === nameOf(word, side) };
  }
  const answer = /^the (visitor|counsellor) hears answer to (\w+)/.exec(move);
  if (answer) {
    const [, side, word] = answer as unknown as [string, Side, string];
    return { side, is: ({ way, kind, event }) => way === 'down' && kind === 'ack' && event === nameOf(word, side) };
  }
  const hint = /^the (visitor|counsellor) hears hint (\w+)/.exec(move);
  if (!hint) return null;
  const [, side, word] = hint as unknown as [string, Side, string];
  const event = WIRE[word];
  return {
    side,
    is: (packet) =>
      packet.way === 'down' &&
      packet.kind === 'event' &&
      (event ? packet.event === event : !/frame|pulse/.test(packet.event)),
  };
}

/** The live store before its last key offer, with the same counsellor. */
function remembering(before: { visit: VisitRecord | null }, live: () => VisitRecord | undefined) {
  return (store: LiveStore): LiveStore => ({
    ...store,
    conversation: {
      ...store.conversation,
      async keyOffer(input) {
        const visit = live();
        const was = visit && structuredClone(visit);
        const answer = await store.conversation.keyOffer(input);
        if (answer.is === 'offered' && was && was.epoch !== visit.epoch) before.visit = was;
        return answer;
      },
    },
  });
}

// over 80 lines because the words of the cases stand together with what they do
async function stage() {
  const before: { visit: VisitRecord | null } = { visit: null };
  let scene: Awaited<ReturnType<typeof createScene>> | null = null;
  scene = await createScene({ store: remembering(before, () => scene?.live.visits.values().next().value) });
  const { time, live } = scene;
  const at = scene;
  const tab = newTab();
  const computers: Record<string, Computer> = {
    A1: await at.computer(SAMIRA),
    A2: await at.computer(SAMIRA),
    B1: await at.computer(LIEN),
  };
  let broken: string | null = null;
  let place = '';
  let desk: DeskPage | null = null;
  let visitor: VisitorPage = at.visitorPage(tab);
  await visitor.visitor.join(JOIN);
  await idle();

  const refusing =
    (where: string) =>
    (keep: DeskKeep): DeskKeep => ({
      ...keep,
      write: (row) => (broken === where ? Promise.reject(new Error('the disk refuses')) : keep.write(row)),
    });
  async function sits(where: string) {
    desk?.kill();
    place = where;
    desk = await at.deskPage(computers[where]!, { takeOver: true, keep: refusing(where) });
    await idle();
  }
  const visit = () => live.visits.values().next().value;
  const controls: Record<Side, () => LinkControl | undefined> = {
    visitor: () => visitor.control,
    counsellor: () => desk?.control,
  };

  /** Does it once, to the next packet that it is about. */
  function fate(side: Side, is: (packet: Packet) => boolean, what: 'lost' | 'twice' | 'held') {
    const control = controls[side]();
    if (!control) return;
    control.fate = (packet) => {
      if (!is(packet)) return 'now';
      control.fate = () => 'now';
      return what;
    };
  }

  async function happens(what: string): Promise<void> {
    const lost = /^(the answer to )?(\w+) of the (visitor|counsellor) (is lost|comes twice)/.exec(what);
    const accepts = /^(\w\d) accepts/.exec(what);
    const slow = /^slow: (\w+)/.exec(what);
    if (accepts) {
      if (place !== accepts[1]) await sits(accepts[1]!);
      if (visit()?.stage === 'waiting' || visit()?.stage === 'offered') await takes(desk!);
    } else if (lost) {
      const [, answer, word = '', side, how] = lost as unknown as [string, string?, string?, Side?, string?];
      const event = nameOf(word, side!);
      const kind = answer ? 'ack' : 'event';
      fate(side!, (packet) => packet.kind === kind && packet.event === event, how === 'is lost' ? 'lost' : 'twice');
    } else if (what.startsWith('hint ')) {
      fate(
        what.endsWith('toV') ? 'visitor' : 'counsellor',
        ({ way, kind, event }) => way === 'down' && kind === 'event' && event !== 'presence:pulse',
        'lost',
      );
    } else if (slow) {
      const line = slow[1]!;
      const side: Side = /V$|visitor/.test(line) ? 'visitor' : 'counsellor';
      fate(
        side,
        ({ way, event }) => event !== 'presence:pulse' && way === (line.startsWith('from') ? 'up' : 'down'),
        'held',
      );
      await time.advance(SLOW_MS);
      controls[side]()?.let();
    } else {
      await does(what);
    }
  }

  async function does(what: string): Promise<void> {
    const record = visit();
    switch (what) {
      case 'the visitor reloads':
        visitor.kill();
        visitor = at.visitorPage(tab);
        void visitor.visitor.resume();
        return idle();
      case 'the counsellor reloads':
        return sits(place);
      case 'the counsellor goes to A1':
      case 'the counsellor goes to A2':
        return sits(what.slice(-2));
      case 'the counsellor is gone':
        desk?.kill();
        desk = null;
        place = '';
        return time.advance(GONE_MS);
      case 'no key in time':
        return time.advance(OPENING_MS);
      case 'the one-time key is too old':
        return time.advance(limits.keyOfferMs);
      case "the console's disk refuses":
        broken = place;
        return;
      case 'the key offer is not believed':
        visitor.skewMs = 40 * 86_400_000;
        await time.advance(1_000);
        visitor.skewMs = 0;
        return;
      case "the visitor's share is lost":
        if (record) record.shareV = { rid: 'AAAAAAAAAAA', R: record.shareV.R };
        return;
      case 'a replica without the last epoch takes over':
        if (!record || before.visit?.hold !== record.hold) return;
        {
          const { conn, dropMs, seenMs, tok, tokPrev } = record;
          const openByMs = before.visit.stage === 'opening' ? time.clock.nowMs() + OPENING_MS : 0;
          Object.assign(record, structuredClone(before.visit), { conn, dropMs, seenMs, tok, tokPrev, openByMs });
        }
        return;
      case 'a confirm is withheld':
        if (record) record.frames = record.frames.slice(1);
        return;
      case 'the visitor writes':
      case 'the visitor writes, with nobody there':
        visitor.visitor.talk.send('van de bezoeker');
        return idle();
      case 'the counsellor writes':
        desk?.desk.talks.value[0]?.talk.send('van de medewerker');
        return idle();
      case 'the visitor looks':
        return visitor.show();
      case 'the counsellor looks':
        return desk?.show();
      default:
        return person(what);
    }
  }

  /** What a person does to a screen that asks. */
  async function person(what: string): Promise<void> {
    const { visitor: page } = visitor;
    const view = page.view.value;
    if (view.is === 'choosing') await page.choose(what.includes('none') ? 'none' : 'all');
    else if (view.is === 'opening' || (view.is === 'waiting' && view.unanswered)) await page.here();
    await idle();
  }

  /** Faults are over, and people do what screens ask, until both talk. */
  async function recovers(): Promise<void> {
    broken = null;
    for (let tries = 0; tries < PATIENCE; tries += 1) {
      for (const control of [visitor.control, desk?.control]) {
        if (control) control.fate = () => 'now';
        control?.let();
      }
      const hers = desk?.desk.talks.value.some(({ talk }) => talk.secure.value);
      if (hers && visitor.visitor.view.value.is === 'talking' && visit()?.stage === 'talking') return;
      await person('all');
      if (!desk) await sits('A1');
      const { stage: now, unanswered } = visit() ?? {};
      if (now === 'offered' || (now === 'waiting' && !unanswered)) await takes(desk!);
      await time.advance(5_000);
    }
    throw new Error(`they never talk: ${JSON.stringify(visitor.visitor.view.value)}, ${visit()?.stage ?? 'no visit'}`);
  }

  /** It happens right after the n-th such packet, or when there is none to wait for, now. */
  async function follow({ do: what, after, nth }: Outside): Promise<void> {
    const packet = packetOf(after);
    const control = packet && controls[packet.side]();
    if (control) {
      let count = 0;
      let comes: () => void = () => undefined;
      const came = new Promise<void>((resolve) => (comes = resolve));
      const earlier = control.fate;
      control.fate = (each) => {
        if (packet.is(each) && (count += 1) === nth) comes();
        return earlier(each);
      };
      await Promise.race([came, time.advance(SLOW_MS)]);
    } else await time.advance(1);
    await happens(what);
  }
  return {
    ...{ time, follow, recovers },
    get visitor() {
      return visitor;
    },
    get desk() {
      return desk!;
    },
  };
}

const once = (all: string[], text: string) => all.filter((line) => line.endsWith(text)).length;

test.each(known as Case[])('[K4 K8 C4] with the real service: $name', async ({ outside }) => {
  const played = await stage();
  for (const each of outside) await played.follow(each);
  await played.recovers();
  const { visitor, desk, time } = played;
  visitor.visitor.talk.send('tot slot');
  const held = desk.desk.talks.value.find(({ talk }) => talk.secure.value)!;
  held.talk.send('ook tot slot');
  await time.advance(20_000);
  for (const talk of [visitor.visitor.talk, held.talk]) {
    expect(once(lines(talk), 'ook tot slot')).toBe(1);
    expect(once(lines(talk), ': tot slot')).toBe(1);
    expect(once(lines(talk), 'van de bezoeker')).toBeLessThan(2);
    expect(once(lines(talk), 'van de medewerker')).toBeLessThan(2);
  }
});
