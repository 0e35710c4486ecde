import { createDesk } from '@clbchat/shared/client/desk';
import type {
  CounsellorLink,
  DeskKeep,
  DeskRow,
  Hold,
  Keep,
  KeptVisit,
  VisitorLink,
} from '@clbchat/shared/client/ports';
import type { Desk, DeskTalk, Item, Talk, Visitor } from '@clbchat/shared/client/views';
import { createVisitor } from '@clbchat/shared/client/visitor';
import { limits } from '@clbchat/shared/limits';
import { DAY_S, makeAuthority, NOW_MS, SAMIRA, type Authority } from '../crypto/authority.ts';
import { fakeTime, type FakeTime } from './fakeTime.ts';
import { idle } from './idle.ts';
import { createRelay } from './relay.ts';
import type { RelayVisit } from './relayVisit.ts';
import { linkDouble, type LinkControl } from './wireDouble.ts';

export const LIEN = { sub: 'lien', name: 'Lien', site: 'CLB Zuid' };
export { SAMIRA };

/** A tab of the visitor: its storage outlives its pages. */
export interface Tab {
  kept: KeptVisit | null;
  /** all that was ever written, as a disk may keep it */
  written: KeptVisit[];
  beacons: string[];
}
/** A computer of a counsellor. */
export interface Computer {
  authority: Authority;
  rows: DeskRow[];
  written: DeskRow[];
  who: typeof SAMIRA;
}
export interface VisitorPage {
  visitor: Visitor;
  control: LinkControl;
  tab: Tab;
  visible: boolean;
  /** how far this device's clock is wrong */
  skewMs: number;
  /** the page comes into view */
  show(): void;
  /** the page is gone from one instant to the next: its socket, and all that it would still have written */
  kill(): void;
}
export interface DeskPage {
  desk: Desk;
  control: LinkControl;
  computer: Computer;
  kill(): void;
  /** the first conversation */
  readonly talk: DeskTalk;
}

const BINDING = 'session-of-the-test';
const ORIGIN = 'https://chat.example';

/** The locks of one browser: a page has them until it lets go, is gone, or another one takes them. */
function browserLocks() {
  const held = new Map<string, object>();
  return {
    lock(name: string, how: 'ask' | 'take', page: object): Hold | null {
      if (how === 'ask' && held.has(name)) return null;
      held.set(name, page);
      const mine = () => held.get(name) === page;
      return { mine, release: () => void (mine() && held.delete(name)) };
    },
    gone(page: object) {
      for (const [name, holder] of held) if (holder === page) held.delete(name);
    },
  };
}

export type Scene = Awaited<ReturnType<typeof createScene>>;

/** Both clients' engines, with real cryptography, around one relay of the test's own. */
export async function createScene() {
  const time: FakeTime = fakeTime(NOW_MS);
  const trust = { pins: [] as string[], nowMs: NOW_MS, skewMsMax: DAY_S * 1_000 };
  const relay = createRelay(time.clock.nowMs, trust, BINDING, ORIGIN);
  const { clock, timers } = time;
  const controls = new Set<LinkControl>();
  const locks = browserLocks();
  /** the signs of life that a service asks for; a test may stop them */
  const pulses = { on: true };
  timers.every(limits.pulseEveryMs, () => {
    if (pulses.on) for (const control of controls) control.pulse();
  });

  function visitorPage(tab: Tab, kind: Keep['kind'] = 'session'): VisitorPage {
    const shows = new Set<() => void>();
    const state: { control: LinkControl | null; dead: boolean } = { control: null, dead: false };
    const keep: Keep = {
      kind,
      read: () => structuredClone(tab.kept),
      write(value) {
        if (state.dead) return;
        tab.kept = structuredClone(value);
        tab.written.push(structuredClone(value));
      },
      clear() {
        if (!state.dead) tab.kept = null;
      },
    };
    const visitor = createVisitor({
      openLink(auth) {
        const { link, control } = linkDouble(relay.visitorService, auth);
        state.control = control;
        controls.add(control);
        return link as VisitorLink;
      },
      keep,
      clock: { nowMs: () => clock.nowMs() + page.skewMs },
      timers,
      page: { visible: () => page.visible, onVisible: (run) => (shows.add(run), () => void shows.delete(run)) },
      pins: trust.pins,
      lock: (visitId, how) => Promise.resolve(locks.lock(visitId, how, page)),
      beacon: (body) => void tab.beacons.push(body),
    });
    const page: VisitorPage = {
      visitor,
      get control() {
        if (!state.control) throw new Error('this page has no socket yet');
        return state.control;
      },
      tab,
      visible: true,
      skewMs: 0,
      show() {
        page.visible = true;
        for (const run of shows) run();
      },
      kill() {
        state.dead = true;
        state.control?.cut();
        locks.gone(page);
      },
    };
    return page;
  }

  async function computer(who = SAMIRA): Promise<Computer> {
    const authority = await makeAuthority({ who });
    trust.pins.push(...authority.trust.pins);
    return { authority, rows: [], written: [], who };
  }

  async function deskPage(from: Computer, options: { takeOver?: boolean } = {}): Promise<DeskPage> {
    const state: { control: LinkControl | null; dead: boolean } = { control: null, dead: false };
    const keep: DeskKeep = {
      rows: () => Promise.resolve(structuredClone(from.rows)),
      write(row) {
        if (state.dead) return Promise.reject(new Error('this page is gone'));
        from.rows = [...from.rows.filter(({ visitId }) => visitId !== row.visitId), structuredClone(row)];
        from.written.push(structuredClone(row));
        return Promise.resolve();
      },
      remove(visitId) {
        if (state.dead) return Promise.reject(new Error('this page is gone'));
        from.rows = from.rows.filter((row) => row.visitId !== visitId);
        return Promise.resolve();
      },
    };
    const { name, site } = from.who;
    const desk = createDesk({
      openLink() {
        const { link, control } = linkDouble(relay.deskService, () => ({}));
        state.control = control;
        controls.add(control);
        return link as CounsellorLink;
      },
      keep,
      clock,
      timers,
      page: { visible: () => true, onVisible: () => () => undefined },
      device: {
        deviceKey: from.authority.device.privateKey,
        chain: from.authority.chain,
        ...{ binding: BINDING, origin: ORIGIN, name, site, demo: false },
      },
    });
    await desk.enter(options);
    await idle();
    return {
      desk,
      get control() {
        if (!state.control) throw new Error('this page has no socket yet');
        return state.control;
      },
      computer: from,
      kill() {
        state.dead = true;
        state.control?.cut();
      },
      get talk() {
        const [talk] = desk.talks.value;
        if (!talk) throw new Error('this console holds nobody');
        return talk;
      },
    };
  }

  const theVisit = (): RelayVisit => {
    const [visit] = relay.visits.values();
    if (!visit) throw new Error('nobody is here');
    return visit;
  };

  return { time, relay, pulses, trust, visitorPage, deskPage, computer, theVisit };
}

export const newTab = (): Tab => ({ kept: null, written: [], beacons: [] });
export const JOIN = { role: 'pupil', topic: 'wellbeing', lang: 'nl', nick: 'Noor', first: '' } as const;

/** A visitor and a counsellor who have just met. */
export async function createPair(options: { first?: string; kind?: Keep['kind'] } = {}) {
  const scene = await createScene();
  const tab = newTab();
  const visitor = scene.visitorPage(tab, options.kind);
  await visitor.visitor.join({ ...JOIN, first: options.first ?? '' });
  const samira = await scene.computer(SAMIRA);
  const desk = await scene.deskPage(samira);
  await desk.desk.take('next');
  await idle();
  return { ...scene, tab, visitor, desk, samira };
}

/** What a person reads, one line per item. */
export const lines = (talk: Talk): string[] => talk.items.value.map(line);
function line(item: Item): string {
  if (item.is === 'text') return `${item.colleague ? 'colleague' : item.from}: ${item.text}`;
  if (item.is === 'system') return item.name === undefined ? `(${item.code})` : `(${item.code} ${item.name})`;
  return `[${item.is}]`;
}
export const states = (talk: Talk): string[] =>
  talk.items.value.flatMap((item) => (item.is === 'text' && item.from === 'me' ? [`${item.text} ${item.state}`] : []));
