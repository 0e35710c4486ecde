import { put, remove } from '@clbchat/server/live/ranked';
import type { LiveState, VisitRecord } from '@clbchat/server/live/record';
import type { LiveStore } from '@clbchat/server/store.memory';

/** A store in which one thing is wrong, in words; the rules one of which must break. */
export interface Planted {
  readonly breaks: readonly string[];
  readonly store: (store: LiveStore, live: LiveState) => LiveStore;
}

type Slice = keyof LiveStore;
type Method = (...args: never[]) => Promise<unknown>;

/** The same store, with one command that does something else around what it does. */
const around = <S extends Slice>(
  store: LiveStore,
  slice: S,
  name: keyof LiveStore[S],
  command: (real: Method) => Method,
) => ({ ...store, [slice]: { ...store[slice], [name]: command(store[slice][name] as Method) } }) as LiveStore;

/** While a command runs, something is not what it is. */
const during =
  (change: () => () => void) =>
  (real: Method): Method =>
  async (...args) => {
    const back = change();
    try {
      return await real(...args);
    } finally {
      back();
    }
  };
type Changes = (live: LiveState) => () => void;
const whileMatching =
  (change: Changes): Planted['store'] =>
  (store, live) =>
    around(
      store,
      'routing',
      'match',
      during(() => change(live)),
    );
const whileTicking =
  (change: Changes): Planted['store'] =>
  (store, live) =>
    around(
      store,
      'retention',
      'tick',
      during(() => change(live)),
    );
const of = (live: LiveState, input: unknown) => live.visits.get((input as { visitId: never }).visitId);
const waiting = (live: LiveState): VisitRecord[] =>
  [...live.visits.values()].filter(({ stage }) => stage === 'waiting');

/** Also where it stands among the others, which the store keeps beside the visits. */
function standsBy(live: LiveState, visit: VisitRecord, ticket: number): void {
  visit.ticket = ticket;
  for (const ranked of [live.queue, live.line])
    if (ranked.scores.has(visit.visitId)) put(ranked, visit.visitId, ticket);
}

export const PLANTED: Readonly<Record<string, Planted>> = {
  'a desk gets one more than it has places': {
    breaks: ['R2'],
    store: whileMatching((live) => {
      for (const desk of live.desks.values()) desk.slots += 1;
      return () => live.desks.forEach((desk) => void (desk.slots -= 1));
    }),
  },
  'it rings where somebody pauses': {
    breaks: ['R3'],
    store: whileMatching((live) => {
      const paused = [...live.desks.values()].filter(({ status }) => status === 'paused');
      for (const desk of paused) desk.status = 'available';
      return () => paused.forEach((desk) => void (desk.status = 'paused'));
    }),
  },
  'every third who comes is never rung for': {
    breaks: ['Q5'],
    store: whileMatching((live) => {
      const passed = waiting(live).filter(({ ticket, visitId }) => ticket % 3 === 0 && live.line.scores.has(visitId));
      for (const { visitId } of passed) remove(live.line, visitId);
      return () => passed.forEach(({ visitId, ticket }) => put(live.line, visitId, ticket));
    }),
  },
  'two who wait change tickets when one is declined': {
    breaks: ['Q3', 'Q2'],
    store: (store, live) =>
      around(store, 'retention', 'tick', (real) => async (...args) => {
        const [a, b] = waiting(live);
        if (a && b && live.offerCounter % 5 === 4) {
          const [first, second] = [a.ticket, b.ticket];
          standsBy(live, a, second);
          standsBy(live, b, first);
        }
        return real(...args);
      }),
  },
  'a counsellor is let go after half a minute': {
    breaks: ['R7'],
    store: whileTicking((live) => {
      for (const desk of live.desks.values()) desk.beatMs -= 30_000;
      return () => live.desks.forEach((desk) => void (desk.beatMs += 30_000));
    }),
  },
  'who had it before may write': {
    breaks: ['R6'],
    store: (store, live) =>
      around(store, 'conversation', 'append', (real) => async (...args) => {
        const [input] = args as unknown as [{ side: string; account: string; hold: number }];
        const visit = of(live, input);
        if (visit && input.side === 'c')
          Object.assign(input, {
            account: visit.holder,
            hold: visit.hold,
            seat: live.desks.get(visit.holder as never)?.seat,
          });
        return real(...args);
      }),
  },
  'two frames have one number': {
    breaks: ['C2'],
    store: (store, live) =>
      around(store, 'conversation', 'append', (real) => async (...args) => {
        const said = (await real(...args)) as { is: string };
        const visit = of(live, args[0]);
        if (said.is === 'stored' && visit && visit.seq % 10 === 9) visit.seq -= 1;
        return said;
      }),
  },
  'a visit that ended stays in the store': {
    breaks: ['V4', 'V1'],
    store: (store, live) =>
      around(store, 'visit', 'end', (real) => async (...args) => {
        const before = [...live.visits.values()];
        const said = await real(...args);
        for (const visit of before) {
          if (live.visits.has(visit.visitId) || visit.ticket % 4 !== 0) continue;
          live.visits.set(visit.visitId, { ...visit, stage: 'waiting', holder: '' });
          for (const ranked of [live.queue, live.line]) put(ranked, visit.visitId, visit.ticket);
        }
        return said;
      }),
  },
  'the place of an ended conversation stays taken': {
    breaks: ['V1', 'V4'],
    store: (store, live) =>
      around(store, 'visit', 'end', (real) => async (...args) => {
        const held = [...live.desks.values()].flatMap((desk) => [...desk.held].map((visitId) => ({ desk, visitId })));
        const said = await real(...args);
        for (const { desk, visitId } of held) if (!live.visits.has(visitId)) desk.held.add(visitId);
        return said;
      }),
  },
  'two take one visit, and both have it': {
    breaks: ['R1', 'V1', 'R6', 'V2'],
    store: (store, live) =>
      around(store, 'routing', 'take', (real) => async (...args) => {
        const [input] = args as unknown as [{ ticket: number; account: string }];
        const held = [...live.visits.values()].find(({ ticket, holder }) => ticket === input.ticket && holder !== '');
        if (!held || held.holder === input.account) return real(...args);
        const { holder, hold, stage } = held;
        Object.assign(held, { stage: 'waiting', holder: '', hold: hold - 1 });
        put(live.line, held.visitId, held.ticket);
        const said = await real(...args);
        if (held.holder === '') Object.assign(held, { stage, holder, hold });
        remove(live.line, held.visitId);
        return said;
      }),
  },
  'places are told from the other end': {
    breaks: ['Q2'],
    store: (store) =>
      around(store, 'queue', 'facts', (real) => async (...args) => {
        const facts = (await real(...args)) as { places: { ahead: number }[] };
        const { length } = facts.places;
        return { ...facts, places: facts.places.map((place) => ({ ...place, ahead: length - 1 - place.ahead })) };
      }),
  },
};
