import { emptyLive, type LiveState, type VisitRecord } from '@clbchat/server/live/record';
import type { StoreNeeds } from '@clbchat/server/kernel/needs';
import { memoryStore, type LiveStore } from '@clbchat/server/store.memory';
import { DEMO } from '@clbchat/server/records/audit.rules';
import type { AccountId, Digest, Role } from '@clbchat/shared/ids';
import { createDesk } from '@clbchat/shared/client/desk/desk';
import type { CounsellorLink, DeskKeep, Keep, VisitorLink } from '@clbchat/shared/client/ports';
import type { Desk, DeskTalk, Visitor } from '@clbchat/shared/client/views';
import { createVisitor } from '@clbchat/shared/client/visitor/visitor';
import { limits, type Limits } from '@clbchat/shared/limits';
import { exportPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import { onTestFinished } from 'vitest';
import { makeAuthority, NOW_MS } from '../crypto/authority.ts';
import { fakeClock } from './clock.ts';
import { idle } from './idle.ts';
import { browserLocks, deskKeepOf, JOIN, keepOf, newTab, SAMIRA, timersOf, type Computer, type Tab } from './pages.ts';
import { scriptedLink, type LinkControl, type Packet } from './scriptedLink.ts';
import { startService, type TestService } from './service.ts';
import { fakeTimers, type FakeTimers } from './timers.ts';

export interface VisitorPage {
  readonly visitor: Visitor;
  /** of the latest connection */
  readonly control: LinkControl;
  readonly tab: Tab;
  visible: boolean;
  /** how far this device's clock is wrong */
  skewMs: number;
  /** the page comes into view */
  show(): void;
  /** the browser says that the page goes */
  leave(): void;
  /** the page is gone from one instant to the next: its socket, and all that it would still have written */
  kill(): void;
}
export interface DeskPage {
  readonly desk: Desk;
  readonly control: LinkControl;
  readonly computer: Computer;
  show(): void;
  kill(): void;
  /** the first conversation */
  readonly talk: DeskTalk;
}

interface Wishes {
  /** stands between the service and its memory store */
  readonly store?: (store: LiveStore) => LiveStore;
  readonly limits?: Partial<Limits>;
}
interface DeskWishes {
  readonly takeOver?: boolean;
  /** stands between the page and its storage */
  readonly keep?: (keep: DeskKeep) => DeskKeep;
  /** false leaves `enter` to the test */
  readonly enter?: boolean;
}

/** Hints may be lost; the signs of life between service and page are none. */
export const isHint = ({ way, kind, event }: Packet): boolean =>
  way === 'down' && kind === 'event' && event !== 'presence:pulse';
export const isPulse = ({ event }: Packet): boolean => event === 'presence:pulse';
export const asks = (event: string) => (packet: Packet) =>
  packet.way === 'up' && packet.kind === 'event' && packet.event === event;
export const answers = (event: string) => (packet: Packet) => packet.kind === 'ack' && packet.event === event;
/** as a fate: these are lost */
export const loses = (lost: (packet: Packet) => boolean) => (packet: Packet) => (lost(packet) ? 'lost' : 'now');

export type Scene = Awaited<ReturnType<typeof createScene>>;

/** The real service in memory, and engines of both sides around it, in a time that only a test moves. */
export async function createScene(wishes: Wishes = {}) {
  const clock = fakeClock(NOW_MS);
  const timers = fakeTimers(clock, idle);
  const live = emptyLive();
  const pins: string[] = [];
  const stores = storesOver(live, wishes.store);
  const service = await startService({
    machine: { clock, timers },
    limits: { ...limits, ...wishes.limits },
    pins,
    store: stores.first,
  });
  onTestFinished(service.stop);
  const world = { service, timers, pins, locks: browserLocks() };

  return {
    time: { clock, timers, advance: timers.advance, until: <T>(work: Promise<T>) => until(timers, work) },
    ...{ service, live, pins },
    /** The live store starts again, with nothing in it. */
    newLife: stores.next,
    visitorPage: (tab: Tab, kind: Keep['kind'] = 'session') => visitorPage(world, tab, kind),
    async computer(who = SAMIRA): Promise<Computer> {
      const authority = await makeAuthority({ who });
      pins.push(...authority.trust.pins);
      const account = who.sub as AccountId;
      await service.accounts.make(account, { name: who.name, roles: ['counsellor'], disabled: false }, DEMO);
      const device = (await pinOf(await exportPublic(authority.device.publicKey))) as Digest;
      await service.devices.signed(device, account, Infinity, DEMO);
      return { authority, rows: [], written: [], who };
    },
    deskPage: (from: Computer, more: DeskWishes = {}) => deskPage(world, from, more),
    theVisit(): VisitRecord {
      const [visit] = live.visits.values();
      if (!visit) throw new Error('nobody is here');
      return visit;
    },
  };
}

/** One memory store after the other, behind what the service takes for one. */
function storesOver(live: LiveState, wrap: Wishes['store'] = (same) => same) {
  let make = (): LiveStore => {
    throw new Error('no store yet');
  };
  let now: LiveStore | null = null;
  const slice = <Name extends keyof LiveStore>(name: Name) =>
    new Proxy({} as LiveStore[Name], { get: (_, method) => Reflect.get((now ??= make())[name], method) as unknown });
  return {
    first(needs: StoreNeeds): LiveStore {
      make = () => wrap(memoryStore(needs, live));
      const [visit, queue, presence] = [slice('visit'), slice('queue'), slice('presence')];
      const [routing, conversation, retention] = [slice('routing'), slice('conversation'), slice('retention')];
      const [pending, rounds, sums] = [slice('pending'), slice('rounds'), slice('sums')];
      return { visit, queue, presence, routing, conversation, retention, pending, rounds, sums };
    },
    next() {
      Object.assign(live, emptyLive());
      now = null;
    },
  };
}

const PATIENCE_MS = 60_000;

/** Lets time pass until this is done. @throws after a minute of it */
async function until<T>(timers: FakeTimers, work: Promise<T>): Promise<T> {
  let done = false;
  const over = () => void (done = true);
  work.then(over, over);
  await idle();
  for (let ms = 0; !done; ms += 500) {
    if (ms > PATIENCE_MS) throw new Error('it never ended');
    await timers.advance(500);
  }
  return work;
}

interface World {
  readonly service: TestService;
  readonly timers: FakeTimers;
  readonly pins: string[];
  readonly locks: ReturnType<typeof browserLocks>;
}

function view() {
  const [shows, leaves] = [new Set<() => void>(), new Set<() => void>()];
  return {
    onVisible: (run: () => void) => (shows.add(run), () => void shows.delete(run)),
    comes: () => shows.forEach((run) => run()),
    onLeave: (run: () => void) => (leaves.add(run), () => void leaves.delete(run)),
    goes: () => leaves.forEach((run) => run()),
  };
}

/** The link that a page has just now. The next one goes through the same network. */
function latest() {
  let control: LinkControl | null = null;
  return {
    is(next: LinkControl) {
      if (control) Object.assign(next, { fate: control.fate, forge: control.forge });
      control = next;
    },
    cut: () => control?.cut(),
    get control() {
      if (!control) throw new Error('this page has no socket yet');
      return control;
    },
  };
}

function visitorPage({ service, timers: all, pins, locks }: World, tab: Tab, kind: Keep['kind']): VisitorPage {
  const timers = timersOf(all);
  const shows = view();
  const link = latest();
  let gone = false;
  const visitor = createVisitor({
    openLink(auth) {
      const made = scriptedLink({
        ...{ plug: service.plug, namespace: '/visitor', auth, timers },
        headers: { origin: service.origin },
      });
      link.is(made.control);
      return made.link as VisitorLink;
    },
    keep: keepOf(tab, kind, () => gone),
    clock: { nowMs: () => service.clock.nowMs() + page.skewMs },
    timers,
    page: { visible: () => page.visible, onVisible: shows.onVisible, onLeave: shows.onLeave },
    pins,
    lock: (visitId, how) => Promise.resolve(locks.lock(visitId, how, page)),
    beacon: (body) => void tab.beacons.push(body),
  });
  const page: VisitorPage = {
    ...{ visitor, tab, visible: true, skewMs: 0 },
    get control() {
      return link.control;
    },
    show() {
      page.visible = true;
      shows.comes();
    },
    leave: shows.goes,
    kill() {
      gone = true;
      timers.stop();
      link.cut();
      locks.gone(page);
    },
  };
  return page;
}

async function deskPage({ service, timers: all }: World, from: Computer, more: DeskWishes): Promise<DeskPage> {
  const { name, site, sub } = from.who;
  const timers = timersOf(all);
  const shows = view();
  const link = latest();
  const { setCookie, session } = await service.sessions.open(sub as AccountId, 'demo');
  let gone = false;
  const desk = createDesk({
    openLink() {
      const made = scriptedLink({
        ...{ plug: service.plug, namespace: '/counsellor', auth: () => ({}), timers },
        headers: { origin: service.origin, cookie: setCookie.split(';')[0] ?? '' },
      });
      link.is(made.control);
      return made.link as CounsellorLink;
    },
    keep: (more.keep ?? ((same) => same))(deskKeepOf(from, () => gone)),
    clock: service.clock,
    timers,
    page: { visible: () => true, onVisible: shows.onVisible },
    movedOn: async () => null,
    device: {
      ...{ deviceKey: from.authority.device.privateKey, chain: from.authority.chain },
      ...{ binding: session.binding, origin: service.origin, name, site, demo: false },
    },
  });
  if (more.enter !== false) {
    await desk.enter(more.takeOver ? { takeOver: true } : {});
    await idle();
  }
  return {
    ...{ desk, computer: from },
    show: shows.comes,
    get control() {
      return link.control;
    },
    kill() {
      gone = true;
      timers.stop();
      link.cut();
    },
    get talk() {
      const [talk] = desk.talks.value;
      if (!talk) throw new Error('this console holds nobody');
      return talk;
    },
  };
}

/** She is ready, and takes who rings at her or waits. */
export async function takes({ desk, show }: DeskPage) {
  if (desk.status.value !== 'available') await desk.setStatus('available');
  await idle();
  show(); // she looks
  await idle();
  const [ring] = desk.rings.value;
  const taken = ring ? await desk.accept(ring.offerNo) : await desk.take('next');
  await idle();
  return taken;
}

/** A visitor and a counsellor who have just met. */
export async function createPair(options: { first?: string; role?: Role; kind?: Keep['kind'] } & Wishes = {}) {
  const scene = await createScene(options);
  const tab = newTab();
  const visitor = scene.visitorPage(tab, options.kind);
  await visitor.visitor.join({ ...JOIN, role: options.role ?? JOIN.role, first: options.first ?? '' });
  const samira = await scene.computer(SAMIRA);
  const desk = await scene.deskPage(samira);
  await takes(desk);
  return { ...scene, tab, visitor, desk, samira };
}

/** Her page is gone, and nobody waits for her any more: the visitor stands at the front. */
export async function goesFor(desk: DeskPage, { time }: Pick<Scene, 'time'>): Promise<void> {
  desk.kill();
  await time.advance(65_000);
}
