import { fromBase64url } from '@clbchat/shared/base64url';
import type { VisitorLink } from '@clbchat/shared/client/ports';
import { createVisitor } from '@clbchat/shared/client/visitor/visitor';
import { frameId, HEADER_BYTES, readHeader } from '@clbchat/shared/protocol/frame';
import type { Side } from '../simulate/history.ts';
import type { Ears } from '../simulate/link.ts';
import { pendingOf, watchTalk } from '../simulate/screen.ts';
import { textIn } from '../simulate/world.ts';
import { keepOf, newTab } from '../support/pages.ts';
import { timersOf } from '../support/pages.ts';
import { heardLink, type HeardLink } from './links.ts';
import type { Person, World } from './world.ts';

/** A visitor's page, with what the runs ask it. */
export interface VisitorPerson extends Person {
  /** the visit that this page is about, '' = none; and where the page says it stands */
  visit(): string;
  stage(): string;
  /** when this page said of a visit that it is over */
  readonly told: ReadonlyMap<string, number>;
  /** writes now, and hears when the other browser has it. @returns null where nobody is talked to */
  writes(): Promise<number> | null;
}

/** A frame that the service took, with what lies in it. */
export function storedFrame(world: World, by: string, hold: number, frame: string, seq: number, askedMs: number): void {
  const header = readHeader(frame);
  if (!header) return world.history.add({ is: 'wrong', rule: 'C3', what: `${by} sent what is no frame` });
  const text = world.seals.textOf(fromBase64url(frame)!.subarray(HEADER_BYTES));
  const of = { visit: world.nameOf(header.visitId), by, side: header.side as Side, frame: frameId(header) };
  world.history.add({ is: 'stored', ...of, ...{ seq, hold, askedMs }, ...(text !== null && { text }) });
}

function earsOf(world: World, name: string, of: { visit: string; joining: boolean }): Ears {
  const { history, nameOf } = world;
  const isOf = (visitId: string) => Object.assign(of, { visit: nameOf(visitId), joining: false });
  let placedMs = 0;
  /** What was asked for before another place was told may be older than that. */
  const place = (ahead: number | undefined, askedMs = Infinity) => {
    if (ahead === undefined || of.joining || askedMs <= placedMs) return;
    placedMs = Date.now();
    history.add({ is: 'place', visit: of.visit, ahead });
  };
  return {
    alive: () => undefined,
    asked(event) {
      if (event === 'visit:join') of.joining = true; // a place may be told before the answer says of which visit
    },
    answered(event, input, said, askedMs) {
      if (!said.ok) return;
      const value = said.value as { visitId?: string; ahead?: number; seq?: number } | null;
      if (value?.visitId !== undefined) isOf(value.visitId);
      if (event === 'visit:join') history.add({ is: 'joined', visit: of.visit, ahead: value?.ahead ?? 0 });
      else if (event === 'visit:state' || event === 'queue:here') place(value?.ahead, askedMs);
      else if (event === 'visit:end' && of.visit !== '') history.add({ is: 'over', visit: of.visit, by: name });
      else if (event === 'talk:append')
        storedFrame(world, name, 0, (input as { frame: string }).frame, value?.seq ?? 0, askedMs);
    },
    heard(event, hint) {
      const said = hint as { visitId?: string; ahead?: number; stage?: string };
      if (event === 'visit:attached' && said.visitId !== undefined) isOf(said.visitId);
      if (event === 'visit:attached' || event === 'queue:moved') place(said.ahead);
      if (event === 'visit:stage' && said.stage === 'ended') history.add({ is: 'over', visit: of.visit, by: name });
    },
  };
}

const HERE: ReadonlySet<string> = new Set(['waiting', 'opening', 'choosing', 'talking']);
const WRITES_EVERY_MS = { least: 400, most: 2_400 };

/** Somebody who comes, waits, writes, answers what is asked, and comes again when it is over. */
// over 80 lines because it is one person at one page
export function visitorPerson(world: World, name: string): VisitorPerson {
  const { history, clock, draws } = world;
  const dice = draws(`what ${name} does`);
  const timers = timersOf(world.timers);
  const tab = newTab();
  /** of each link its own: the end of one visit may be answered when the next one has begun */
  let of = { visit: '', joining: false };
  const links: HeardLink[] = [];
  const told = new Map<string, number>();
  const page = world.nextPage();
  let gone = false;
  const visitor = createVisitor({
    openLink(auth) {
      of = { visit: '', joining: false };
      const ears = earsOf(world, name, of);
      const where = { address: world.address(), origin: world.origin(), namespace: '/visitor' as const };
      const made = heardLink({ ...where, auth, ears });
      links.push(made);
      return made.link as VisitorLink;
    },
    keep: keepOf(tab, 'session', () => gone),
    ...{ clock, timers, pins: world.pins },
    page: { visible: () => true, onVisible: () => () => undefined, onLeave: () => () => undefined },
    lock: async () => ({ mine: () => true, release: () => undefined }),
    beacon: () => undefined,
  });
  const { view, talk } = visitor;
  const stops = [
    watchTalk(world, talk, { side: 'v', by: name, page, visit: () => of.visit }),
    view.subscribe((now) => {
      if (now.is === 'ended' && of.visit !== '') told.set(of.visit, told.get(of.visit) ?? clock.nowMs());
    }),
  ];

  function send(): string | null {
    const text = world.newText(dice);
    if (!talk.send(text).ok) return null;
    const to = view.value.is === 'talking' ? view.value.peer.name : '';
    history.add({ is: 'wrote', visit: of.visit, by: name, side: 'v', text: textIn(text)!, to });
    return textIn(text);
  }
  function step(): void {
    const now = view.value;
    if (talk.returned.value !== '') talk.clearReturned();
    if (now.is === 'none' && !world.calm)
      void visitor.join({ role: 'pupil', topic: 'wellbeing', lang: 'nl', nick: name, first: '' });
    else if (now.is === 'waiting' && now.unanswered) void visitor.here();
    else if (now.is === 'opening' && now.ask) visitor.touched();
    else if (now.is === 'choosing') void visitor.choose('all');
    else if (now.is === 'talking') {
      if (now.asksHistory) void visitor.choose('all');
      if (dice.chance(0.3)) talk.typed();
      if (!world.calm && dice.chance(0.6)) send();
      if (dice.chance(0.5)) talk.markRead();
      if (!world.calm && dice.chance(0.01)) void visitor.end();
    } else if (now.is === 'ended' && !world.calm && dice.chance(0.5)) visitor.reset();
    else if (now.is === 'elsewhere' || now.is === 'unclaimed') void visitor.resumeHere();
  }
  function acts(): void {
    if (gone) return;
    step();
    timers.after(dice.between(WRITES_EVERY_MS.least, WRITES_EVERY_MS.most), acts);
  }
  timers.after(dice.between(10, 2_000), acts);

  return {
    ...{ name, told, visit: () => of.visit, stage: () => view.value.is },
    isHere: () => HERE.has(view.value.is),
    isOnline: () => links.at(-1)?.status().is === 'online' && visitor.connection.value.is === 'online',
    screens() {
      const { is } = view.value;
      if (of.visit === '' || is === 'none' || is === 'joining' || is === 'elsewhere' || is === 'unclaimed') return [];
      const stage = is === 'choosing' ? 'opening' : is;
      return [{ visit: of.visit, side: 'v', by: name, page, stage, pending: pendingOf(talk) }];
    },
    tells: () =>
      `${name}: visit ${of.visit || '–'}, view ${JSON.stringify(view.value)}, bar ${JSON.stringify(visitor.connection.value)}, ${pendingOf(talk).length} texts unsent; ${links.at(-1)?.tells() ?? 'no socket'}`,
    writes() {
      if (view.value.is !== 'talking') return null;
      const beganMs = clock.nowMs();
      const text = send();
      if (text === null) return null;
      return new Promise((resolve) => {
        const stop = talk.items.subscribe((items) => {
          const there = items.find((item) => item.is === 'text' && item.from === 'me' && textIn(item.text) === text);
          if (there?.is === 'text' && there.from === 'me' && there.state === 'pending') return;
          queueMicrotask(() => stop());
          resolve(there ? clock.nowMs() - beganMs : Infinity);
        });
      });
    },
    leaves() {
      gone = true;
      for (const stop of stops) stop();
      timers.stop();
      for (const link of links) link.close();
    },
  };
}
