import { createWorkspace, type Workspace } from '../../console/src/model/workspace.ts';
import { createDesk } from '@clbchat/shared/client/desk/desk';
import type { CounsellorLink, DeskKeep } from '@clbchat/shared/client/ports';
import type { Desk, DeskTalk } from '@clbchat/shared/client/views';
import type { DeskState } from '@clbchat/shared/protocol/counsellor';
import { deskKeepOf, timersOf, type Computer } from '../support/pages.ts';
import type { SeenScreen } from './history.ts';
import { simulatedLink, type Ears, type SimulatedLink } from './link.ts';
import { pendingOf, watchTalk } from './screen.ts';
import { ORIGIN, type SignedInHere } from './service.ts';
import { storedFrame } from './visitor.ts';
import { textIn, type Person, type World } from './world.ts';

interface Page {
  readonly desk: Desk;
  readonly workspace: Workspace;
  show(): void;
  kill(): void;
  readonly screens: () => SeenScreen[];
}
interface Disk {
  refuses: boolean;
}

/** Storage of a computer, that may refuse to be written. */
const diskOf = (keep: DeskKeep, disk: Disk): DeskKeep => ({
  ...keep,
  write: (row) => (disk.refuses ? Promise.reject(new Error('the disk is full')) : keep.write(row)),
});

/** What a console asks and hears, as history. */
function earsOf(world: World, name: string, isGone: () => boolean): Ears {
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
      if (
        (event === 'offer:accept' || event === 'desk:take') &&
        !said.ok &&
        (said.code === 'gone' || said.code === 'taken')
      )
        world.weather.saw('two accepts at once');
      if (isGone() || !said.ok) return;
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
      if (isGone()) return;
      const said = hint as { visitId?: string; stage?: string; offerNo?: number };
      if (event === 'offer:ring') history.add({ is: 'ring', desk: name, offerNo: said.offerNo! });
      if (event === 'visit:stage' && said.stage === 'ended')
        history.add({ is: 'over', visit: nameOf(said.visitId!), by: name });
    },
  };
}

function openPage(world: World, from: SignedInHere, computer: Computer, disk: Disk): Page {
  const { clock, weather, sockets, draws, nameOf } = world;
  const { sub, name, site } = from.who;
  const timers = timersOf(world.timers);
  const number = world.nextPage();
  const shows = new Set<() => void>();
  const links: SimulatedLink[] = [];
  let gone = false;
  const ears = earsOf(world, sub, () => gone);
  const desk = createDesk({
    openLink() {
      const made = simulatedLink({
        ...{ clock, timers, network: world.timers, weather, sockets, ears, auth: () => ({}) },
        ...{ dice: draws(`network of ${sub}`), namespace: '/counsellor' as const },
        asker: { tag: sub, origin: ORIGIN, binding: from.binding },
      });
      links.push(made);
      return made.link as unknown as CounsellorLink;
    },
    keep: diskOf(
      deskKeepOf(computer, () => gone),
      disk,
    ),
    ...{ clock, timers, movedOn: async () => null },
    page: { visible: () => true, onVisible: (run) => (shows.add(run), () => void shows.delete(run)) },
    device: {
      ...{ deviceKey: from.authority.device.privateKey, chain: from.authority.chain, binding: from.binding },
      ...{ origin: ORIGIN, name, site, demo: false },
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
  return {
    desk,
    workspace,
    show: () => shows.forEach((run) => run()),
    kill() {
      gone = true;
      stop();
      for (const each of watched.values()) each();
      workspace.dispose();
      timers.stop();
      links.forEach((one) => one.cut());
    },
    screens: () =>
      desk.talks.value.map((talk) => ({
        ...{ visit: nameOf(talk.visitId), side: 'c', by: sub, page: number },
        ...{ stage: talk.stage.value.is, pending: pendingOf(talk.talk) },
      })),
  };
}

/** A counsellor at her computer, who takes, writes, pauses and ends, and whose browser does what browsers do. */
// over 80 lines because it is one person
export function deskPerson(world: World, from: SignedInHere): Person {
  const { history, clock, timers, draws, weather } = world;
  const { sub } = from.who;
  const dice = draws(`what ${sub} does`);
  const faults = draws(`what happens to ${sub}`);
  const computer: Computer = { authority: from.authority, rows: [], written: [], who: from.who };
  const disk: Disk = { refuses: false };
  let calm = false;
  let page: Page | null = null;

  async function sitsDown(takeOver: boolean): Promise<void> {
    page = openPage(world, from, computer, disk);
    const mine = page;
    await mine.desk.enter({ takeOver });
    if (page === mine && dice.chance(0.7)) void mine.desk.setSlots(dice.between(1, 3));
  }
  function awayFor(ms: number): void {
    page?.kill();
    page = null;
    timers.after(ms, () => void (page ?? sitsDown(true)));
  }
  function write(talk: DeskTalk): void {
    const text = world.newText(dice);
    if (!talk.talk.send(text).ok) return;
    const visit = world.nameOf(talk.visitId);
    history.add({ is: 'wrote', visit, by: sub, side: 'c', text: textIn(text)!, to: visit });
  }

  function acts(): void {
    if (page) step(page);
    timers.after(dice.between(1_000, 6_000), acts);
  }
  function goesWrong({ desk }: Page): boolean {
    if (calm) return false;
    if (faults.chance(0.005)) {
      const agreeing = desk.talks.value.some(({ stage }) => stage.value.is === 'opening');
      weather.saw(agreeing ? 'a reload of the console while a key is agreed' : 'a reload of the console');
      awayFor(faults.between(400, 3_000));
      return true;
    }
    if (faults.chance(0.0015)) {
      weather.saw('a console away for more than a minute');
      awayFor(faults.between(40_000, 110_000));
      return true;
    }
    if (faults.chance(0.004)) {
      weather.saw('a disk that refuses');
      disk.refuses = true;
      timers.after(faults.between(1_000, 30_000), () => void (disk.refuses = false));
    }
    return false;
  }
  function step(now: Page): void {
    const { desk, workspace } = now;
    if (goesWrong(now)) return;
    if (desk.view.value.is === 'elsewhere' || desk.view.value.is === 'replaced')
      return void desk.enter({ takeOver: true });
    if (desk.view.value.is !== 'here') return;
    if (desk.status.value !== 'available')
      return void (dice.chance(calm ? 0.8 : 0.4) && workspace.setStatus('available'));
    if (!calm && dice.chance(0.006)) return void workspace.setStatus('paused');
    const ring = desk.rings.value[0];
    const row = desk.queue.value.find(({ away, unanswered }) => !away && !unanswered);
    if (ring && dice.chance(calm ? 0.9 : 0.5)) void workspace.accept(ring.offerNo);
    else if (ring && !calm && dice.chance(0.06)) void desk.decline(ring.offerNo);
    else if (row && dice.chance(0.25)) void workspace.take(row.ticket);
    for (const talk of desk.talks.value) talks(now, talk);
    if (dice.chance(0.05)) void workspace.done();
  }
  function talks({ workspace }: Page, talk: DeskTalk): void {
    const { is } = talk.stage.value;
    if (is === 'talking' && dice.chance(0.12) && clock.nowMs() < world.lastWordMs) write(talk);
    if (is === 'talking' && dice.chance(0.07)) talk.talk.typed();
    if (dice.chance(0.3)) workspace.open(talk.visitId);
    if (talk.talk.unread.value > 0 && dice.chance(0.5)) talk.talk.markRead();
    if (!calm && is === 'talking' && dice.chance(0.006)) void talk.end('done');
    if (!calm && is === 'opening' && dice.chance(0.01)) void talk.putBack();
  }

  timers.after(dice.between(100, 30_000), () => {
    void sitsDown(false);
    acts();
  });
  return {
    screens: () => page?.screens() ?? [],
    calms() {
      calm = true;
      disk.refuses = false;
    },
    leaves() {
      for (const talk of page?.desk.talks.value ?? []) void talk.end('done');
      timers.after(10_000, () => {
        page?.kill();
        page = null;
      });
    },
  };
}
