import { createWorkspace } from '../../console/src/model/workspace.ts';
import { createDesk } from '@clbchat/shared/client/desk/desk';
import type { CounsellorLink, DeskKeep, DeskRow } from '@clbchat/shared/client/ports';
import type { DeskTalk } from '@clbchat/shared/client/views';
import type { DeskState } from '@clbchat/shared/protocol/counsellor';
import type { Ears } from '../simulate/link.ts';
import { pendingOf, watchTalk } from '../simulate/screen.ts';
import { textIn } from '../simulate/world.ts';
import { timersOf } from '../support/pages.ts';
import { heardLink, type HeardLink } from './links.ts';
import type { Counsellor } from './staff.ts';
import { storedFrame } from './visitor.ts';
import type { Person, World } from './world.ts';

/** What a console asks and hears, as history. */
function earsOf(world: World, name: string): Ears {
  const { history, nameOf } = world;
  const holds = new Set<string>();
  const got = (visitId: string, hold: number, askedMs: number) => {
    const visit = nameOf(visitId);
    if (holds.has(`${visit} ${hold}`)) return;
    holds.add(`${visit} ${hold}`);
    history.add({ is: 'got', desk: name, visit, hold, askedMs });
  };
  return {
    alive: () => history.add({ is: 'beat', desk: name }),
    asked(event, input) {
      const { visitId, status } = input as { visitId?: string; status?: string };
      if (event === 'desk:release') history.add({ is: 'gave_up', desk: name, visit: nameOf(visitId!) });
      if (event === 'desk:status') history.add({ is: 'asks_status', desk: name, status: status! });
    },
    answered(event, input, said, askedMs) {
      if (!said.ok) return;
      const { visitId = '', hold = 0, frame = '' } = input as { visitId?: string; hold?: number; frame?: string };
      const value = said.value as Partial<DeskState> & { visitId?: string; hold?: number; seq?: number };
      if (event === 'offer:accept' || event === 'desk:take') got(value.visitId!, value.hold!, askedMs);
      if (event === 'desk:end') history.add({ is: 'over', visit: nameOf(visitId), by: name });
      if (event === 'key:opened') history.add({ is: 'talks', desk: name, visit: nameOf(visitId), hold });
      if (event === 'talk:append') storedFrame(world, name, hold, frame, value.seq ?? 0, askedMs);
      if (event === 'desk:status') history.add({ is: 'status', desk: name, status: value.status! });
      for (const one of value?.held ?? []) got(one.visitId, one.hold, askedMs);
    },
    heard(event, hint) {
      const said = hint as { visitId?: string; stage?: string; offerNo?: number };
      if (event === 'offer:ring') history.add({ is: 'ring', desk: name, offerNo: said.offerNo! });
      if (event === 'visit:stage' && said.stage === 'ended')
        history.add({ is: 'over', visit: nameOf(said.visitId!), by: name });
    },
  };
}

/** The storage of her computer. */
function keepRows(): DeskKeep {
  let rows: DeskRow[] = [];
  return {
    rows: () => Promise.resolve(structuredClone(rows)),
    write(row) {
      rows = [...rows.filter(({ visitId }) => visitId !== row.visitId), structuredClone(row)];
      return Promise.resolve();
    },
    remove(visitId) {
      rows = rows.filter((row) => row.visitId !== visitId);
      return Promise.resolve();
    },
  };
}

/** A counsellor at her console, who takes whoever rings, writes, and ends now and then. */
// over 80 lines because it is one person at one page
export function deskPerson(world: World, from: Counsellor, slots: number): Person {
  const { clock, draws, history, nameOf } = world;
  const { sub } = from;
  const dice = draws(`what ${sub} does`);
  const timers = timersOf(world.timers);
  const links: HeardLink[] = [];
  const page = world.nextPage();
  let gone = false;
  const ears = earsOf(world, sub);
  const desk = createDesk({
    openLink() {
      const where = { address: world.address(), origin: world.origin(), namespace: '/counsellor' as const };
      const made = heardLink({ ...where, cookie: from.cookie, ears });
      links.push(made);
      return made.link as CounsellorLink;
    },
    ...{ keep: keepRows(), clock, timers, movedOn: async () => null },
    page: { visible: () => true, onVisible: () => () => undefined },
    device: {
      ...{ deviceKey: from.device.privateKey, chain: from.chain, binding: from.binding, origin: world.origin() },
      ...{ name: `Coach ${sub}`, site: 'CLB De Horizon', demo: true },
    },
  });
  const workspace = createWorkspace(desk, { clock, timers });
  const watched = new Map<DeskTalk, () => void>();
  const stop = desk.talks.subscribe((talks) => {
    for (const talk of talks) {
      if (watched.has(talk)) continue;
      const visit = nameOf(talk.visitId);
      const whose = { side: 'c' as const, by: sub, page: world.nextPage(), visit: () => visit };
      watched.set(talk, watchTalk(world, talk.talk, whose));
    }
  });

  function write(talk: DeskTalk): void {
    const text = world.newText(dice);
    if (!talk.talk.send(text).ok) return;
    const visit = nameOf(talk.visitId);
    history.add({ is: 'wrote', visit, by: sub, side: 'c', text: textIn(text)!, to: visit });
  }
  function talks(talk: DeskTalk): void {
    const { is } = talk.stage.value;
    if (is === 'talking') {
      if (!world.calm && dice.chance(0.4)) write(talk);
      if (dice.chance(0.3)) talk.talk.typed();
      if (!world.calm && dice.chance(0.02)) void talk.end('done');
    }
    if (talk.talk.unread.value > 0 && dice.chance(0.5)) talk.talk.markRead();
  }
  function step(): void {
    const { is } = desk.view.value;
    if (is === 'elsewhere' || is === 'replaced') return void desk.enter({ takeOver: true });
    if (is !== 'here') return;
    if (desk.slots.value !== slots) void desk.setSlots(slots);
    if (desk.status.value !== 'available') return void workspace.setStatus('available');
    const ring = desk.rings.value[0];
    if (ring) void workspace.accept(ring.offerNo);
    for (const talk of desk.talks.value) talks(talk);
    if (dice.chance(0.2)) void workspace.done();
  }
  function acts(): void {
    if (gone) return;
    step();
    timers.after(dice.between(300, 1_500), acts);
  }
  void desk.enter();
  acts();
  return {
    name: sub,
    isHere: () => true,
    isOnline: () => links.at(-1)?.status().is === 'online' && desk.connection.value.is === 'online',
    screens: () =>
      desk.talks.value.map((talk) => ({
        ...{ visit: nameOf(talk.visitId), side: 'c' as const, by: sub, page },
        ...{ stage: talk.stage.value.is, pending: pendingOf(talk.talk) },
      })),
    tells: () =>
      `${sub}: ${desk.view.value.is}, ${desk.status.value}, ${desk.rings.value.length} ring, holds ${desk.talks.value.map((talk) => `${nameOf(talk.visitId)} ${talk.stage.value.is}`).join(', ') || 'nobody'}, bar ${JSON.stringify(desk.connection.value)}, problem ${desk.problem.value ?? 'none'}; ${links.at(-1)?.tells() ?? 'no socket'}`,
    leaves() {
      gone = true;
      stop();
      for (const each of watched.values()) each();
      workspace.dispose();
      timers.stop();
      for (const link of links) link.close();
    },
  };
}
