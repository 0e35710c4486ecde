import type { Event as DeskEvent, State as DeskState, Step as DeskStep } from '@clbchat/shared/client/desk/agreement';
import type { Event, State, Step } from '@clbchat/shared/client/visitor/agreement';
import { SOUND, type Kind } from './world.ts';

/** Faults that the machines once had, or nearly: each is a step that does one thing otherwise. */
export interface Planted extends Kind {
  /** a start that is nearer to it than the beginning, by what has happened before */
  readonly after: readonly string[];
  /** the rule that speaks */
  readonly breaks: string;
}

type VisitorStep = (state: State, event: Event, step: Kind['visitor']) => Step;
type ConsoleStep = (state: DeskState, event: DeskEvent, step: Kind['desk']) => DeskStep;
const { visitor, desk } = SOUND;
const visitorWith = (fault: VisitorStep): Kind => ({
  ...SOUND,
  visitor: (state, event) => fault(state, event, visitor),
});
const deskWith = (fault: ConsoleStep): Kind => ({ ...SOUND, desk: (state, event) => fault(state, event, desk) });

export const PLANTED: Record<string, Planted> = {
  '2: the visitor takes frames before it is unlocked': {
    ...SOUND,
    impatient: 'v',
    after: ['sealed', 'the visitor reloads', 'slow: visitor'],
    breaks: '[K8]',
  },
  '2: sealed, no offer, no confirm in the store: it does not ask': {
    ...visitorWith((state, event, step) => (event.is === 'caughtUp' ? { state, effects: [] } : step(state, event))),
    after: ['sealed', 'hint frame is lost toV', 'a confirm is withheld'],
    breaks: '[K8]',
  },
  '3: the console takes frames before it is unlocked': {
    ...SOUND,
    impatient: 'c',
    after: ['talking', 'the counsellor reloads'],
    breaks: '[K8]',
  },
  '7: who is asked loses the question after the opening time': {
    ...visitorWith((state, event, step) => {
      const gone = event.is === 'word' && !event.word.atDesk && state.phase.is === 'asking';
      return step(gone ? { ...state, phase: { is: 'free' } } : state, event);
    }),
    after: ['talking', 'the counsellor is gone', 'B1 accepts', 'asking'],
    breaks: '[W14]',
  },
  '7: an answer is not remembered': {
    ...visitorWith((state, event, step) => {
      const next = step(state, event);
      return { ...next, state: { ...next.state, answered: null } };
    }),
    after: ['talking', 'the counsellor is gone', 'B1 accepts', 'asking', 'no key in time'],
    breaks: '[W14]',
  },
  '19: a failed write is met with silence': {
    ...deskWith((state, event, step) =>
      event.is === 'kept' && !event.ok ? { state, effects: [] } : step(state, event),
    ),
    after: [],
    breaks: '[K8]',
  },
  '26: the visitor ignores a lower epoch': {
    ...visitorWith((state, event, step) =>
      event.is === 'word' && event.word.atDesk && event.word.epoch < state.kept.sealedMax && state.phase.is !== 'locked'
        ? { state, effects: [] }
        : step(state, event),
    ),
    after: ['talking', 'the counsellor goes to A2', 'talking'],
    breaks: '[K8]',
  },
  '26: the console ignores a lower epoch': {
    ...deskWith((state, event, step) =>
      event.is === 'word' && event.word.epoch < (state.word?.epoch ?? 0) && state.phase.is !== 'locked'
        ? { state, effects: [] }
        : step(state, event),
    ),
    after: ['talking', 'the counsellor goes to A2', 'talking'],
    breaks: '[K8]',
  },
  'a share that was given once counts for ever': {
    ...deskWith((state, event, step) =>
      step(
        state,
        event.is === 'word' && state.word?.shared ? { ...event, word: { ...event.word, shared: true } } : event,
      ),
    ),
    after: [],
    breaks: '[K8]',
  },
  'the highest sealed epoch is forgotten by a reload': {
    ...visitorWith((state, event, step) =>
      step(state, event.is === 'unlocked' ? { ...event, kept: { ...event.kept, sealedMax: 0 } } : event),
    ),
    after: ['sealed'],
    breaks: '[K1]',
  },
  'nobody is asked about another person': {
    ...visitorWith((state, event, step) => {
      const known = state.kept.people.at(-1)?.sub;
      if (event.is !== 'read' || typeof event.offer === 'string' || known === undefined) return step(state, event);
      return step({ ...state, answered: { sub: event.offer.sub, choice: 'all' } }, event);
    }),
    after: ['talking', 'the counsellor is gone', 'B1 accepts'],
    breaks: '[K2]',
  },
  'the visitor talks when its key is sealed': {
    ...visitorWith((state, event, step) => {
      const next = step(state, event);
      const { phase } = next.state;
      return phase.is === 'sealed' ? { ...next, state: { ...next.state, phase: { ...phase, is: 'talking' } } } : next;
    }),
    after: [],
    breaks: '[K3]',
  },
  'the counsellor talks without a key on her disk': {
    ...deskWith((state, event, step) => step({ ...state, written: state.word?.epoch ?? 0 }, event)),
    after: [],
    breaks: '[K3]',
  },
  'the counsellor declares before she confirms': {
    ...deskWith((state, event, step) => step({ ...state, confirmed: [state.word?.epoch ?? 0] }, event)),
    after: [],
    breaks: '[K3]',
  },
  'whom a key is for is written before what that person may read': {
    ...SOUND,
    lateHistory: true,
    after: [
      ...['talking', 'the counsellor is gone', 'B1 accepts', 'asking', 'the visitor answers none for B'],
      'the visitor writes, with nobody there',
      'the visitor reloads',
    ],
    breaks: '[K5]',
  },
};
