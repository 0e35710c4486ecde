import { fromBase64url } from '@clbchat/shared/base64url';
import type { VisitorLink } from '@clbchat/shared/client/ports';
import type { Visitor } from '@clbchat/shared/client/views';
import { createVisitor } from '@clbchat/shared/client/visitor/visitor';
import { ROLES, TOPICS } from '@clbchat/shared/ids';
import { frameId, HEADER_BYTES, readHeader } from '@clbchat/shared/protocol/frame';
import type { SealedMessage } from '@clbchat/shared/protocol/sealed';
import type { Keep, KeptVisit } from '@clbchat/shared/client/ports';
import { timersOf } from '../support/pages.ts';
import type { Dice } from './draws.ts';
import type { SeenScreen, Side } from './history.ts';
import { simulatedLink, type Ears, type SimulatedLink } from './link.ts';
import { pendingOf, watchTalk } from './screen.ts';
import { ORIGIN } from './service.ts';
import { textIn, type Person, type World } from './world.ts';

/** The storage of a tab outlives its pages. */
interface Tab {
  kept: string | null;
  /** what was written before it was known in which visit: it may go out of a page that came after a reload */
  first: string | null;
}
const newTab = (): Tab => ({ kept: null, first: null });
const keepOf = (tab: Tab, kind: Keep['kind'], gone: () => boolean): Keep => ({
  kind,
  read: () => (tab.kept === null ? null : (JSON.parse(tab.kept) as KeptVisit)),
  write(value) {
    if (!gone()) tab.kept = JSON.stringify(value);
  },
  clear() {
    if (!gone()) tab.kept = null;
  },
});

interface Page {
  readonly visitor: Visitor;
  /** the visit that it has, or had last; '' = none yet */
  readonly visit: () => string;
  /** the browser says that it goes */
  leave(): void;
  kill(): void;
  /** somebody looks at it again */
  show(): void;
  visible: boolean;
  readonly screen: () => SeenScreen[];
}

/** A frame that the service took, with what lies in it where that can be known. */
export function storedFrame(world: World, by: string, hold: number, frame: string, seq: number, askedMs: number): void {
  const header = readHeader(frame);
  if (!header) return world.history.add({ is: 'wrong', rule: 'C3', what: `${by} sent what is no frame` });
  const { side } = header as { side: Side };
  const inside = world.crypto?.inside(fromBase64url(frame)!.subarray(HEADER_BYTES));
  const said = inside ? (JSON.parse(inside) as SealedMessage) : null;
  const text = said?.k === 'text' ? textIn(said.m) : null;
  const visit = world.nameOf(header.visitId);
  const of = { visit, by, side, frame: frameId(header), seq, hold, askedMs };
  world.history.add({ is: 'stored', ...of, ...(text !== null && { text }) });
}

// over 80 lines because the ears of a page and the page itself share which visit it is about
function openPage(world: World, name: string, tab: Tab, kind: 'session' | 'memory'): Page {
  const { history, clock, weather, sockets, service, draws, locks, nameOf } = world;
  const timers = timersOf(world.timers);
  const number = world.nextPage();
  const [shows, leaves] = [new Set<() => void>(), new Set<() => void>()];
  const links: SimulatedLink[] = [];
  let gone = false;
  let visit = '';
  /** a place may be told before the answer says of which visit */
  let joining = false;
  const isOf = (visitId: string) => {
    visit = nameOf(visitId);
    joining = false;
    if (tab.first !== null) history.add({ is: 'wrote', visit, by: name, side: 'v', text: tab.first, to: '' });
    tab.first = null;
  };

  const place = (ahead: number | undefined) => {
    if (ahead !== undefined && !joining) history.add({ is: 'place', visit, ahead });
  };
  const ears: Ears = {
    alive: () => undefined,
    asked(event) {
      if (event === 'visit:join') joining = true;
    },
    answered(event, input, said, askedMs) {
      if (gone || !said.ok) return;
      const value = said.value as { visitId?: string; ahead?: number; seq?: number; seqs?: number[] } | null;
      if (value?.visitId !== undefined) isOf(value.visitId);
      if (event === 'visit:join') history.add({ is: 'joined', visit, ahead: value?.ahead ?? 0 });
      else if (event === 'visit:state' || event === 'queue:here') place(value?.ahead);
      else if (event === 'visit:end' && visit !== '') history.add({ is: 'over', visit, by: name });
      else if (event === 'talk:append') {
        storedFrame(world, name, 0, (input as { frame: string }).frame, value?.seq ?? 0, askedMs);
      }
    },
    heard(event, hint) {
      if (gone) return;
      const said = hint as { visitId?: string; ahead?: number; stage?: string };
      if (event === 'visit:attached' && said.visitId !== undefined) isOf(said.visitId);
      if (event === 'visit:attached' || event === 'queue:moved') place(said.ahead);
      if (event === 'visit:stage' && said.stage === 'ended') history.add({ is: 'over', visit, by: name });
    },
  };
  const visitor = createVisitor({
    openLink(auth) {
      const made = simulatedLink({
        ...{ clock, timers, network: world.timers, weather, sockets, auth, ears },
        ...{ dice: draws(`network of ${name}`), namespace: '/visitor' as const },
        asker: { tag: name, origin: ORIGIN, binding: null },
      });
      links.push(made);
      return made.link as unknown as VisitorLink;
    },
    keep: keepOf(tab, kind, () => gone),
    ...{ clock, timers, pins: service.pins },
    page: {
      visible: () => page.visible,
      onVisible: (run) => (shows.add(run), () => void shows.delete(run)),
      onLeave: (run) => (leaves.add(run), () => void leaves.delete(run)),
    },
    lock: async (visitId, how) => locks.lock(visitId, how, page),
    beacon: (body) => void world.timers.after(draws(`network of ${name}`).between(5, 80), () => service.beacon(body)),
  });
  const stop = watchTalk(world, visitor.talk, { side: 'v', by: name, page: number, visit: () => visit });
  const page: Page = {
    visitor,
    visit: () => visit,
    visible: true,
    leave: () => leaves.forEach((run) => run()),
    show() {
      page.visible = true;
      shows.forEach((run) => run());
    },
    kill() {
      gone = true;
      stop();
      timers.stop();
      links.forEach((one) => one.cut());
      locks.gone(page);
    },
    screen() {
      const { is } = visitor.view.value;
      if (visit === '' || is === 'none' || is === 'joining' || is === 'elsewhere' || is === 'unclaimed') return [];
      const stage = is === 'choosing' ? 'opening' : is;
      return [{ visit, side: 'v', by: name, page: number, stage, pending: pendingOf(visitor.talk) }];
    },
  };
  return page;
}

/** Somebody who comes, waits, talks and goes, and whose browser does what browsers do. @param untilMs nobody comes after that */
// over 80 lines because it is one person
export function visitorPerson(world: World, name: string, untilMs: number): Person {
  const { history, clock, timers, draws, weather } = world;
  const dice: Dice = draws(`what ${name} does`);
  const faults: Dice = draws(`what happens to ${name}`);
  const kind = draws(`the browser of ${name}`).chance(0.15) ? 'memory' : 'session';
  let calm = false;
  let absent = true;
  let tab = newTab();
  let page: Page | null = null;
  const hasTime = () => clock.nowMs() < untilMs;

  function comes(): void {
    if (page || !hasTime()) return;
    absent = false;
    tab = newTab();
    page = openPage(world, name, tab, kind);
    acts();
  }
  function goes(how: 'says goodbye' | 'is gone'): void {
    if (how === 'says goodbye') page?.leave();
    page?.kill();
    page = null;
    absent = true;
  }
  function write(visitor: Visitor): void {
    const { view } = visitor;
    const text = world.newText(dice);
    if (!visitor.talk.send(text).ok) return;
    const to = view.value.is === 'talking' ? view.value.peer.name : '';
    const visit = page!.visit();
    history.add({ is: 'wrote', visit, by: name, side: 'v', text: textIn(text)!, to });
  }
  async function joins(visitor: Visitor): Promise<void> {
    const first = dice.chance(0.4) ? world.newText(dice) : '';
    const wishes = { role: dice.pick(ROLES), topic: dice.pick(TOPICS), lang: 'nl', nick: name } as const;
    const of = tab;
    of.first = textIn(first);
    const ack = await visitor.join({ ...wishes, first });
    if (!ack.ok && ack.code !== 'unavailable') of.first = null;
  }
  /** Loaded again, in the middle of whatever it was doing. */
  function reloads(): void {
    const is = page!.visitor.view.value.is;
    weather.saw(is === 'opening' || is === 'choosing' ? 'a reload while a key is agreed' : 'a reload');
    page!.leave();
    page!.kill();
    if (kind === 'memory') tab = newTab();
    page = openPage(world, name, tab, kind);
    void page.visitor.resume('reload');
  }

  function acts(): void {
    if (!page) return;
    step(page);
    if (page) timers.after(dice.between(1_000, 9_000), acts);
  }
  // over 80 lines would be two persons: what is done follows from what is seen
  function step(now: Page): void {
    const { visitor } = now;
    const { view, talk } = visitor;
    if (!calm && view.value.is !== 'none' && faults.chance(0.012)) return reloads();
    if (!calm && faults.chance(0.0015)) return goes(faults.chance(0.5) ? 'says goodbye' : 'is gone');
    if (!calm && faults.chance(0.004)) now.visible = !now.visible;
    if (!now.visible && (calm || faults.chance(0.1))) now.show();
    if (talk.returned.value !== '' && dice.chance(0.5)) talk.clearReturned();
    switch (view.value.is) {
      case 'none':
        return void (hasTime() && dice.chance(0.5) && joins(visitor));
      case 'waiting':
        if (view.value.unanswered && dice.chance(0.5)) void visitor.here();
        else if (!calm && dice.chance(0.003)) void visitor.end();
        return;
      case 'opening':
        if (view.value.ask && (calm || dice.chance(0.4))) visitor.touched();
        return;
      case 'choosing':
        weather.saw('another counsellor, and what she may read');
        return void (dice.chance(0.3) && visitor.choose(dice.chance(0.6) ? 'all' : 'none'));
      case 'talking':
        if (view.value.asksHistory) void visitor.choose(dice.chance(0.5) ? 'all' : 'none');
        if (dice.chance(0.1)) talk.typed();
        if (dice.chance(0.15) && clock.nowMs() < world.lastWordMs) write(visitor);
        if (dice.chance(0.5)) talk.markRead();
        if (!calm && dice.chance(0.006)) return void visitor.end();
        if (!calm && dice.chance(0.001)) visitor.quickExit();
        return;
      case 'ended':
        return void (dice.chance(0.2) && visitor.reset());
      case 'elsewhere':
      case 'unclaimed':
        return void visitor.resumeHere();
      case 'joining':
    }
  }

  timers.after(dice.between(1_000, 600_000), comes);
  const again = timers.every(60_000, () => {
    if (absent && !calm && dice.chance(0.3)) comes();
  });
  return {
    screens: () => page?.screen() ?? [],
    calms() {
      calm = true;
      again();
    },
    leaves() {
      again();
      const now = page;
      if (!now) return;
      void now.visitor.end();
      timers.after(5_000, () => page === now && goes('says goodbye'));
    },
  };
}
