import * as desk from './deskPage.ts';
import { accept, lag, serve, toFront } from './store.ts';
import * as visitor from './visitorPage.ts';
import {
  copy,
  LINES,
  NONE,
  PLACES,
  type Answer,
  type Kind,
  type Left,
  type Line,
  type Place,
  type World,
} from './world.ts';

/**
 * What may happen next. One of it is what happens when everybody is quick, in turn and without faults; each other one
 * is a deviation: something waits that could go on (a slow unlock, packets that come together), or a fault, or another
 * choice of a person.
 */
export interface Move {
  readonly name: string;
  /** changes a draft */
  readonly run: (w: World) => void;
}

const ready = (w: World, line: Line): boolean => {
  if (line === 'visitor') return w.v.work.length > 0;
  if (line === 'desk') return (w.c?.work.length ?? 0) > 0;
  return w[line].length > 0;
};

/** The next thing of a line is done. */
function advance(w: World, kind: Kind, line: Line): void {
  switch (line) {
    case 'visitor':
      return visitor.finish(w, kind, 0);
    case 'desk':
      return desk.finish(w, w.c!, kind, 0);
    case 'fromV':
      return served(w, 'v');
    case 'fromC':
      return served(w, 'c');
    case 'toV': {
      const [first, ...rest] = w.toV;
      w.toV = rest;
      return visitor.hear(w, kind, first!);
    }
    case 'toC': {
      const [first, ...rest] = w.toC;
      w.toC = rest;
      return desk.hear(w, w.c!, kind, first!);
    }
  }
}

type Fate = 'heard' | 'lost' | 'unanswered' | 'twice';
function served(w: World, side: 'v' | 'c', fate: Fate = 'heard'): void {
  const from = side === 'v' ? 'fromV' : 'fromC';
  const [packet, ...rest] = w[from];
  if (!packet) return;
  if (fate !== 'twice') w[from] = rest;
  const page = w.c;
  const answer: Answer = fate === 'lost' ? { re: packet, code: 'no' } : serve(w, side, packet);
  if (fate === 'twice' || (side === 'c' && w.c !== page)) return;
  const heard: Answer = fate === 'unanswered' ? { re: packet, code: 'no' } : answer;
  if (side === 'v') w.toV = [...w.toV, heard];
  else w.toC = [...w.toC, heard];
}

/** What a person does when nothing else is to be waited for. */
function person(w: World, kind: Kind): Move | null {
  const { v, c, store, truth } = w;
  const { phase, word } = v.s;
  if (phase.is === 'asking' && phase.about === 'person') {
    const { sub } = phase.offer;
    return { name: `the visitor answers all for ${sub}`, run: (d) => visitor.answer(d, kind, sub, 'all') };
  }
  if (phase.is === 'asking' || (word && !word.atDesk && word.unanswered && store.unanswered))
    return { name: 'the visitor says that it is here', run: (d) => visitor.here(d, kind) };
  if (store.stage === 'waiting' && !store.unanswered) return accepts(first(w));
  if (phase.is === 'talking' && !truth.wrote.v)
    return { name: 'the visitor writes', run: (d) => visitor.write(d, kind) };
  if (c?.s.phase.is === 'talking' && !truth.wrote.c)
    return { name: 'the counsellor writes', run: (d) => desk.write(d, d.c!, kind) };
  return null;
}

/** Who is asked first: who had it before, but nobody who could not keep its key. */
const first = ({ store, broken }: World): Place =>
  PLACES.find((place) => place === store.was && place !== broken) ?? PLACES.find((place) => place !== broken) ?? 'A1';
const accepts = (place: Place): Move => ({
  name: `${place} accepts`,
  run(w) {
    accept(w, place);
    desk.arrive(w, place);
  },
});

/** @returns what happens by itself, or null when everybody rests */
export function usual(w: World, kind: Kind): Move | null {
  const line = LINES.find((each) => ready(w, each) && !w.held.includes(each));
  if (line) return { name: nameOf(w, line), run: (d) => advance(d, kind, line) };
  const waits = LINES.some((each) => ready(w, each));
  if (waits) return { name: 'what was slow goes on', run: (d) => void (d.held = []) };
  return person(w, kind);
}

function nameOf(w: World, line: Line): string {
  switch (line) {
    case 'visitor':
      return `the visitor's page ends ${w.v.work[0]!.effect.id}`;
    case 'desk':
      return `the console ends ${w.c!.work[0]!.id}`;
    case 'fromV':
    case 'fromC':
      return `the store hears ${w[line][0]!.k} of the ${line === 'fromV' ? 'visitor' : 'counsellor'}`;
    default: {
      const first = w[line][0]!;
      const what = 'hint' in first ? `hint ${first.hint}` : `answer to ${first.re.k} (${first.code})`;
      return `the ${line === 'toV' ? 'visitor' : 'counsellor'} hears ${what}`;
    }
  }
}

export function deviations(w: World, kind: Kind): Move[] {
  return [...slow(w, kind), ...faults(w, kind), ...fate(w), ...choices(w, kind)];
}

function slow(w: World, kind: Kind): Move[] {
  const moves: Move[] = [];
  const next = LINES.find((each) => ready(w, each) && !w.held.includes(each));
  if (next) moves.push({ name: `slow: ${next}`, run: (d) => void (d.held = [...d.held, next].sort()) });
  for (const line of w.held) {
    if (!ready(w, line)) continue;
    const run = (d: World) => {
      d.held = d.held.filter((each) => each !== line);
      advance(d, kind, line);
    };
    moves.push({ name: nameOf(w, line), run });
  }
  for (let n = 1; n < w.v.work.length; n += 1)
    moves.push({ name: `the visitor's page ends ${w.v.work[n]!.effect.id}`, run: (d) => visitor.finish(d, kind, n) });
  if (w.v.look === 'no') moves.push({ name: 'the visitor looks', run: (d) => visitor.refresh(d) });
  if (w.c?.look === 'no') moves.push({ name: 'the counsellor looks', run: (d) => desk.refresh(d, d.c!) });
  return moves;
}

/** One of a fault that is left. */
const fault = (w: World, of: keyof Left, name: string, run: (d: World) => void): Move[] =>
  w.left[of] === 0
    ? []
    : [
        {
          name,
          run(d) {
            d.left[of] -= 1;
            run(d);
          },
        },
      ];

function faults(w: World, kind: Kind): Move[] {
  const { v, c } = w;
  const moves: Move[] = [];
  for (const side of ['v', 'c'] as const) {
    const first = (side === 'v' ? w.fromV : w.fromC)[0];
    const who = side === 'v' ? 'visitor' : 'counsellor';
    if (!first) continue;
    moves.push(
      ...fault(w, 'lost', `${first.k} of the ${who} is lost`, (d) => served(d, side, 'lost')),
      ...fault(w, 'lost', `the answer to ${first.k} of the ${who} is lost`, (d) => served(d, side, 'unanswered')),
    );
    if (first.k !== 'state' && first.k !== 'since')
      moves.push(...fault(w, 'repeated', `${first.k} of the ${who} comes twice`, (d) => served(d, side, 'twice')));
  }
  for (const to of ['toV', 'toC'] as const) {
    const first = w[to][0];
    if (first && 'hint' in first)
      moves.push(...fault(w, 'hints', `hint ${first.hint} is lost ${to}`, (d) => void (d[to] = d[to].slice(1))));
  }
  if (c?.work.some((effect) => effect.do === 'keep'))
    moves.push(...fault(w, 'writes', "the console's disk refuses", (d) => void (d.broken = c.place)));
  const read = v.work.findIndex(({ effect }) => effect.do === 'read');
  if (read >= 0)
    moves.push(...fault(w, 'doubts', 'the key offer is not believed', (d) => visitor.finish(d, kind, read, true)));
  if (c && c.s.oneTime > 0 && c.oneTime !== '') {
    const { oneTime: epoch } = c.s;
    moves.push(
      ...fault(w, 'expiries', 'the one-time key is too old', (d) => desk.tell(d, d.c!, kind, { is: 'expired', epoch })),
    );
  }
  const confirm = w.store.log.find(({ k }) => k === 'confirm');
  if (confirm) moves.push(...fault(w, 'withheld', 'a confirm is withheld', (d) => withhold(d, confirm.id)));
  if (w.store.before) moves.push(...fault(w, 'lags', 'a replica without the last epoch takes over', lag));
  return moves;
}

function withhold({ store }: World, withheld: string): void {
  Object.assign(store, { withheld, log: store.log.filter(({ id }) => id !== withheld) });
}

function fate(w: World): Move[] {
  const { stage, holder, keyOffer, sealed } = w.store;
  const atDesk = stage === 'opening' || stage === 'talking';
  const moves = [
    ...fault(w, 'visitorReloads', 'the visitor reloads', visitor.reload),
    ...fault(w, 'shares', "the visitor's share is lost", (d) => void (d.store.shareV = '')),
  ];
  if (!atDesk || holder === '') return moves;
  if (stage === 'opening') {
    const owes = keyOffer !== '' && sealed === '';
    moves.push(...fault(w, 'timeouts', 'no key in time', (d) => toFront(d, owes)));
  }
  const other: Place = holder === 'A1' ? 'A2' : 'A1';
  return [
    ...moves,
    ...fault(w, 'releases', 'the counsellor is gone', (d) => toFront(d)),
    ...fault(w, 'deskReloads', 'the counsellor reloads', (d) => desk.arrive(d, holder)),
    ...(holder === 'B1'
      ? []
      : fault(w, 'moves', `the counsellor goes to ${other}`, (d) => {
          d.store.holder = other;
          desk.arrive(d, other);
        })),
  ];
}

function choices(w: World, kind: Kind): Move[] {
  const { phase, kept } = w.v.s;
  const moves: Move[] = [];
  if (w.store.stage === 'waiting' && !w.store.unanswered)
    for (const place of PLACES) if (place !== first(w)) moves.push(accepts(place));
  if (phase.is === 'asking' && phase.about === 'person') {
    const { sub } = phase.offer;
    moves.push({ name: `the visitor answers none for ${sub}`, run: (d) => visitor.answer(d, kind, sub, 'none') });
  }
  if (phase.is === 'asking' && phase.about === 'presence')
    moves.push({ name: 'the visitor says that it is here, at once', run: (d) => visitor.here(d, kind) });
  if (!w.truth.wrote.v && kept.people.length > 0 && phase.is !== 'talking')
    moves.push({ name: 'the visitor writes, with nobody there', run: (d) => visitor.write(d, kind) });
  return moves;
}

/** Applies a move. */
export function after(w: World, { run }: Move): World {
  const d = copy(w);
  run(d);
  d.held = d.held.filter((line) => ready(d, line));
  return d;
}

/** In the order in which one thing leads to another. */
const COURSE: readonly Line[] = ['fromV', 'fromC', 'toV', 'toC', 'visitor', 'desk'];

/** One way to the store and back, and the work that it leads to; when nothing is under way, a person acts, or both look. */
export function round(w: World, kind: Kind): World {
  const d = { ...copy(w), held: [], left: NONE };
  if (!LINES.some((line) => ready(d, line))) {
    const acts = person(d, kind);
    if (acts) acts.run(d);
    else {
      visitor.refresh(d);
      if (d.c) desk.refresh(d, d.c);
    }
  }
  for (const line of COURSE) {
    for (let n = 0; n < AT_ONCE && ready(d, line); n += 1) advance(d, kind, line);
  }
  return d;
}
/** one thing may lead to another of its line; without end is none of them */
const AT_ONCE = 20;
