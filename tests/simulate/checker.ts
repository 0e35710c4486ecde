import type { Event, Happened, History, SeenDesk, SeenVisit } from './history.ts';

/** What a history breaks: the number of a rule of SPEC.md, when, and what. */
export interface Violation {
  readonly rule: string;
  readonly atMs: number;
  readonly what: string;
}

type Of<Is extends Happened['is']> = Extract<Event, { is: Is }>;
type Says = (atMs: number, what: string) => void;
/** One pass over a history, event by event, and what only its end can tell. */
interface Rule {
  readonly see?: { readonly [Is in Happened['is']]?: (event: Of<Is>) => void };
  readonly end?: () => void;
}

/** How long a look may show what no step forbids: a ring that is not begun, a place that is not told. */
const SOON_MS = 2_000;
/** Signs of life are gathered, then written. */
const GATHERED_MS = 2_000;

/** Times of the centre that was seen. */
export interface Times {
  /** a visit that everybody free has declined rings them again after so long */
  readonly triedMs: number;
  readonly releaseMs: number;
}
const PRODUCTION: Times = { triedMs: 76_000, releaseMs: 60_000 };

/** Judges a history by the invariants that can be seen from outside. It knows nothing of who made it. */
export function violationsOf(history: History, times: Times = PRODUCTION): Violation[] {
  const found: Violation[] = [];
  for (const [names, make] of RULES) {
    const rule = make((atMs, what) => void found.push({ rule: names, atMs, what }), times);
    for (const event of history) (rule.see?.[event.is] as ((one: Event) => void) | undefined)?.(event);
    rule.end?.();
  }
  for (const event of history) {
    if (event.is === 'wrong') found.push({ rule: event.rule, atMs: event.atMs, what: event.what });
  }
  return found.toSorted((a, b) => a.atMs - b.atMs);
}

const RULES: readonly (readonly [string, (says: Says, times: Times) => Rule])[] = [
  ['V1', onePlace],
  ['V3', ownTexts],
  ['V4', gone],
  ['Q2', places],
  ['Q3', tickets],
  ['Q5', nobodyWaitsForNothing],
  ['R1', oneHolder],
  ['R2', slots],
  ['R3', notWhilePaused],
  ['R6', fences],
  ['R7', notTooEarly],
  ['C1', delivered],
  ['C2', numbers],
  ['C4', once],
  ['C6', stands],
  ['V2', screens],
];

const byVisit = <T>(make: () => T) => {
  const known = new Map<string, T>();
  return (visit: string): T => {
    const one = known.get(visit) ?? make();
    known.set(visit, one);
    return one;
  };
};

/** A visit is in one place, and both who look from there and who look from the visit see the same. */
function onePlace(says: Says): Rule {
  return {
    see: {
      look({ atMs, visits, desks }) {
        for (const { visit, stage, desk, inLine } of visits) {
          const at = (which: 'held' | 'rings') =>
            desks.filter((one) => one[which].includes(visit)).map((one) => one.desk);
          const held = stage === 'opening' || stage === 'talking';
          const [has, rings] = [held ? [desk] : [], stage === 'offered' ? [desk] : []];
          if (at('held').join() !== has.join())
            says(atMs, `${visit} is ${stage} at "${desk}" and held by "${at('held').join()}"`);
          if (at('rings').join() !== rings.join())
            says(atMs, `${visit} is ${stage} and rings at "${at('rings').join()}"`);
          if (inLine && stage !== 'waiting') says(atMs, `${visit} is ${stage} and in the line`);
        }
        for (const { desk, held, rings } of desks) {
          for (const visit of [...held, ...rings])
            if (!visits.some((one) => one.visit === visit)) says(atMs, `${desk} has ${visit}, which is nowhere`);
        }
      },
    },
  };
}

/** Nothing is read in another conversation than the one in which it was written, nor by who wrote it. */
function ownTexts(says: Says): Rule {
  const wrote = new Map<string, Of<'wrote'>>();
  return {
    see: {
      wrote: (event) => void wrote.set(event.text, event),
      shown({ atMs, visit, side, text }) {
        const from = wrote.get(text);
        if (!from) says(atMs, `"${text}" is shown in ${visit}, and nobody wrote it`);
        else if (from.visit !== visit) says(atMs, `"${text}" of ${from.visit} is shown in ${visit}`);
        else if (from.side === side) says(atMs, `"${text}" comes back to the side that wrote it`);
      },
    },
  };
}

/** After the end was answered nothing of the visit is in the store, and nothing appears. */
function gone(says: Says): Rule {
  const over = new Map<string, number>();
  const told = new Set<string>();
  return {
    see: {
      over({ visit, atMs }) {
        if (!over.has(visit)) over.set(visit, atMs);
      },
      look({ atMs, known }) {
        for (const visit of known) {
          if (!over.has(visit) || told.has(visit)) continue;
          told.add(visit);
          says(atMs, `${visit} is over, and its id is in the store`);
        }
      },
      got({ visit, desk, askedMs, atMs }) {
        if (askedMs > (over.get(visit) ?? Infinity)) says(atMs, `${desk} got ${visit}, which is over`);
      },
      stored({ visit, by, askedMs, atMs }) {
        if (askedMs > (over.get(visit) ?? Infinity)) says(atMs, `${by} wrote into ${visit}, which is over`);
      },
    },
  };
}

/** `ahead` rises only when somebody is given back to the front, or has lost its own place. */
function places(says: Says): Rule {
  /** visits that came back to the line, one entry each time */
  const back: string[] = [];
  const stageOf = new Map<string, SeenVisit>();
  let told = byVisit(() => ({ ahead: -1, backs: 0 }));
  const tell = ({ atMs, visit, ahead }: Of<'place'> | Of<'joined'>) => {
    const last = told(visit);
    const seen = stageOf.get(visit);
    const more = ahead - last.ahead;
    const allowed = back.slice(last.backs).filter((other) => other !== visit).length;
    const own = seen?.passed === true || back.slice(last.backs).includes(visit);
    if (last.ahead >= 0 && !own && more > allowed) says(atMs, `${visit} had ${last.ahead} in front, then ${ahead}`);
    Object.assign(last, { ahead, backs: Math.max(0, back.length - 3) }); // what was told may be a little older than what was seen
  };
  return {
    see: {
      // what an older store knew of places is not all that was told of them
      life: () => void (told = byVisit(() => ({ ahead: -1, backs: back.length }))),
      place: tell,
      joined: tell,
      look({ visits }) {
        for (const now of visits) {
          const before = stageOf.get(now.visit);
          if (before && now.hold > before.hold) back.push(now.visit);
          stageOf.set(now.visit, now);
        }
      },
    },
  };
}

/** A ticket is kept, and is one visit's for ever. */
function tickets(says: Says): Rule {
  const ticketOf = new Map<string, number>();
  const owner = new Map<number, string>();
  return {
    see: {
      life: () => [ticketOf, owner].forEach((known) => known.clear()),
      look({ atMs, visits }) {
        for (const { visit, ticket, passed } of visits) {
          const before = ticketOf.get(visit);
          if (before !== undefined && before !== ticket && !passed)
            says(atMs, `${visit} had ticket ${before}, then ${ticket}`);
          const other = owner.get(ticket);
          if (other !== undefined && other !== visit) says(atMs, `ticket ${ticket} of ${other} is now ${visit}'s`);
          ticketOf.set(visit, ticket);
          owner.set(ticket, visit);
        }
      },
    },
  };
}

/** Nobody stands in the line while somebody could be rung; nor does who came later ring first. */
function nobodyWaitsForNothing(says: Says, { triedMs }: Times): Rule {
  const sinceMs = new Map<string, number>();
  let troubleUntilMs = -Infinity;
  const free = ({ answers, held, rings, slots: room }: SeenDesk) => answers && held.length + rings.length < room;
  return {
    see: {
      store_fails: ({ untilMs }) => void (troubleUntilMs = Math.max(troubleUntilMs, untilMs)),
      look({ atMs, visits, desks }) {
        const waits = atMs < troubleUntilMs + SOON_MS || !desks.some(free) ? [] : visits.filter(({ inLine }) => inLine);
        const now = new Set(waits.map(({ visit }) => visit));
        for (const visit of sinceMs.keys()) if (!now.has(visit)) sinceMs.delete(visit);
        for (const visit of now) {
          const since = sinceMs.get(visit) ?? atMs;
          sinceMs.set(visit, since);
          if (atMs - since <= triedMs) continue;
          says(atMs, `${visit} waited for ${(atMs - since) / 1_000} s, and somebody was free`);
          sinceMs.set(visit, Infinity);
        }
      },
    },
  };
}

/** Of any number who want a visit one gets it: a hold is one counsellor's, and a later one is somebody's turn after her. */
function oneHolder(says: Says): Rule {
  const holders = byVisit(() => new Map<number, Of<'got'>>());
  return {
    see: {
      got(event) {
        const { visit, hold, desk, atMs } = event;
        const of = holders(visit);
        const other = of.get(hold);
        if (other && other.desk !== desk)
          says(atMs, `${visit} was given to ${other.desk} and to ${desk} as hold ${hold}`);
        const later = [...of.values()].find((one) => one.hold > hold && one.atMs <= event.askedMs);
        if (later) says(atMs, `${desk} got ${visit} as hold ${hold} after ${later.desk} had it as ${later.hold}`);
        if (!other) of.set(hold, event);
      },
    },
  };
}

/** What a desk has grows only up to its slots. */
function slots(says: Says): Rule {
  const before = new Map<string, number>();
  return {
    see: {
      look({ atMs, desks }) {
        for (const { desk, held, rings, slots: room } of desks) {
          const load = held.length + rings.length;
          if (load > room && load > (before.get(desk) ?? 0)) says(atMs, `${desk} has ${load} and room for ${room}`);
          before.set(desk, load);
        }
      },
    },
  };
}

/** Nothing rings where somebody pressed *pause*, until she presses otherwise. */
function notWhilePaused(says: Says): Rule {
  const paused = new Map<string, number>();
  return {
    see: {
      asks_status: ({ desk }) => void paused.delete(desk),
      status({ desk, status, atMs }) {
        if (status === 'paused') paused.set(desk, Math.min(atMs, paused.get(desk) ?? Infinity));
        else paused.delete(desk);
      },
      ring({ desk, offerNo, atMs }) {
        if (atMs - (paused.get(desk) ?? Infinity) > SOON_MS)
          says(atMs, `offer ${offerNo} rings at ${desk}, who is paused`);
      },
    },
  };
}

/** Who no longer has a visit can do nothing in it from the moment at which the next one had it. */
function fences(says: Says): Rule {
  const newest = new Map<string, Of<'got'>>();
  return {
    see: {
      got(event) {
        if (event.hold > (newest.get(event.visit)?.hold ?? 0)) newest.set(event.visit, event);
      },
      stored({ visit, side, by, hold, askedMs, atMs }) {
        const now = newest.get(visit);
        if (side === 'c' && now && hold < now.hold && askedMs > now.atMs)
          says(atMs, `${by} wrote into ${visit} with hold ${hold}, after ${now.desk} had it as ${now.hold}`);
      },
    },
  };
}

/** A conversation is taken from nobody whose page gave a sign of life within the last minute. */
function notTooEarly(says: Says, { releaseMs }: Times): Rule {
  const holder = new Map<string, { desk: string; hold: number }>();
  const beat = new Map<string, number>();
  let troubleUntilMs = -Infinity;
  return {
    see: {
      store_fails: ({ untilMs }) => void (troubleUntilMs = Math.max(troubleUntilMs, untilMs + GATHERED_MS)),
      beat({ desk, atMs }) {
        if (atMs > troubleUntilMs) beat.set(desk, atMs);
      },
      talks: ({ visit, desk, hold }) => void holder.set(visit, { desk, hold }),
      gave_up: ({ visit }) => void holder.delete(visit),
      over: ({ visit }) => void holder.delete(visit),
      look({ atMs, visits, known }) {
        for (const [visit, { desk, hold }] of holder) {
          const now = visits.find((one) => one.visit === visit);
          if (!now || !known.includes(visit)) {
            holder.delete(visit);
          } else if (now.hold > hold) {
            holder.delete(visit);
            const quietMs = atMs - (beat.get(desk) ?? -Infinity);
            if (quietMs < releaseMs)
              says(atMs, `${visit} was taken from ${desk}, whose page answered ${quietMs} ms before`);
          }
        }
      },
    },
  };
}

interface Told {
  /** texts of one side that the service took while one counsellor had the visit, in order */
  readonly stored: { readonly text: string; readonly side: string; readonly hold: number }[];
  /** by page */
  readonly pages: Map<number, { side: string; shown: string[]; missing: boolean }>;
  hold: number;
}

/** What the service took arrives in order, and whole, or the page says that something is missing. */
function delivered(says: Says): Rule {
  const of = byVisit((): Told => ({ stored: [], pages: new Map(), hold: 0 }));
  const all = new Map<string, Told>();
  const order = new Map<string, number>();
  const open = new Set<string>();
  let endMs = 0;
  const at = (visit: string) => {
    all.set(visit, of(visit));
    return of(visit);
  };
  const page = (visit: string, side: string, number: number) => {
    const { pages } = at(visit);
    const one = pages.get(number) ?? { side, shown: [], missing: false };
    pages.set(number, one);
    return one;
  };
  return {
    see: {
      wrote: ({ text }) => void order.set(text, order.size),
      got: ({ visit, hold }) => void (at(visit).hold = Math.max(at(visit).hold, hold)),
      stored({ visit, side, hold, text }) {
        const told = at(visit);
        if (text !== undefined && !told.stored.some((one) => one.text === text))
          told.stored.push({ text, side, hold: side === 'c' ? hold : told.hold });
      },
      missing: ({ visit, side, page: number }) => void (page(visit, side, number).missing = true),
      shown({ visit, side, page: number, text }) {
        page(visit, side, number).shown.push(text);
      },
      received({ visit, text, atMs }) {
        const arrived = [...at(visit).pages.values()].some(({ shown }) => shown.includes(text));
        if (!arrived) says(atMs, `"${text}" counts as received in ${visit}, and no page shows it`);
      },
      screens({ atMs, screens: seen }) {
        endMs = atMs;
        open.clear();
        for (const screen of seen) if (screen.stage === 'talking') open.add(`${screen.visit} ${screen.page}`);
      },
    },
    end() {
      for (const [visit, { stored, pages, hold }] of all) {
        for (const [number, { side, shown, missing }] of pages) {
          const places = shown.map((text) => order.get(text) ?? -1);
          const late = places.findIndex((place, n) => n > 0 && place < places[n - 1]!);
          if (late > 0) says(endMs, `in ${visit} "${shown[late]}" stands after "${shown[late - 1]}"`);
          if (missing) continue;
          const theirs = stored.filter((one) => one.side !== side && one.hold === hold).map(({ text }) => text);
          const last = open.has(`${visit} ${number}`)
            ? theirs.length
            : theirs.findLastIndex((text) => shown.includes(text));
          const lost = theirs.slice(0, Math.max(0, last)).filter((text) => !shown.includes(text));
          if (lost.length > 0) says(endMs, `in ${visit} page ${number} never showed "${lost.join('", "')}"`);
        }
      }
    },
  };
}

/** A log has no holes and no doubles: one frame has one number, and one number one frame. */
function numbers(says: Says): Rule {
  const none = () => byVisit(() => ({ byFrame: new Map<string, number>(), bySeq: new Map<number, string>() }));
  let frames = none();
  return {
    see: {
      life: () => void (frames = none()),
      stored({ visit, frame, seq, atMs }) {
        if (seq === 0) return; // a repetition whose number is no longer known
        const { byFrame, bySeq } = frames(visit);
        const before = byFrame.get(frame);
        if (before !== undefined && before !== seq) says(atMs, `a frame of ${visit} is number ${before} and ${seq}`);
        const other = bySeq.get(seq);
        if (other !== undefined && other !== frame) says(atMs, `two frames of ${visit} are number ${seq}`);
        byFrame.set(frame, seq);
        bySeq.set(seq, frame);
      },
    },
  };
}

function once(says: Says): Rule {
  const pages = byVisit(() => new Set<string>());
  return {
    see: {
      shown({ visit, page, text, atMs }) {
        const shown = pages(visit);
        if (shown.has(`${page} ${text}`)) says(atMs, `"${text}" stands twice on one page of ${visit}`);
        shown.add(`${page} ${text}`);
      },
    },
  };
}

function stands(says: Says): Rule {
  return { see: { moved: ({ visit, page, atMs }) => says(atMs, `what page ${page} of ${visit} showed has moved`) } };
}

/** When nothing is broken any more, every page shows what the store knows, and nothing waits to be sent. */
function screens(says: Says): Rule {
  let look: Of<'look'> | null = null;
  /** what the store had and its reader left unread stands on, and is in the composer: it waits for a press [C5] */
  const cameBack = byVisit(() => new Set<string>());
  return {
    see: {
      look: (event) => void (look = event),
      returned: ({ visit, text }) => void cameBack(visit).add(text),
      screens({ atMs, screens: seen }) {
        for (const { visit, desk, stage } of look?.visits ?? []) {
          const held = stage === 'opening' || stage === 'talking';
          if (held && !seen.some((one) => one.visit === visit && one.by === desk))
            says(atMs, `${desk} does not see ${visit}`);
        }
        for (const { visit, side, by, stage, pending } of seen) {
          const there = look?.visits.find((one) => one.visit === visit);
          const truth = there ? (there.stage === 'offered' ? 'waiting' : there.stage) : 'ended';
          const mine = side === 'v' || there?.desk === by;
          if (mine && stage !== truth) says(atMs, `${visit} is ${truth}, and ${by} sees it ${stage}`);
          if (!mine && (stage === 'talking' || stage === 'opening'))
            says(atMs, `${by} sees ${visit} ${stage}, and it is not hers`);
          const both = seen.filter((one) => one.visit === visit && one.stage === 'talking').length > 1;
          const waiting = pending.filter((text) => !cameBack(visit).has(text)).length;
          if (mine && both && waiting > 0) says(atMs, `${waiting} texts of ${by} in ${visit} never arrived`);
        }
      },
    },
  };
}
