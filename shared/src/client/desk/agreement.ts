import type { Step as MachineStep } from '../machine.ts';

/**
 * The counsellor's side of the key agreement for one visit, whole. She begins every epoch: a one-time key is offered,
 * what the visitor sealed to it is opened, written down, its other half given to the service, confirmed by a frame, and
 * declared to work; each only after the one before, so that nobody writes under a key that may be lost [K3]. Pure, as
 * ../visitor/agreement.ts is.
 */

/** The service's word on the visit while this console holds it. */
export interface Word {
  readonly talking: boolean;
  readonly epoch: number;
  /** the number of the next epoch; no other is taken */
  readonly epochNext: number;
  /** the visitor has no key for this epoch and asks for another */
  readonly wanted: boolean;
  /** what the visitor sealed; '' = nothing, or it was opened */
  readonly sealed: string;
  /** the service has the other half of what this console keeps; a store that went back may have lost it */
  readonly shared: boolean;
}

export type Phase =
  /** what was kept is still closed: nothing is judged */
  | { readonly is: 'locked' }
  | { readonly is: 'offering'; readonly epoch: number }
  /** the service has the key offer; the visitor has not sealed */
  | { readonly is: 'offered'; readonly epoch: number }
  | { readonly is: 'opening'; readonly epoch: number }
  /** the key is being written down */
  | { readonly is: 'keeping'; readonly epoch: number }
  /** the service is given the half without which what was written opens nothing */
  | { readonly is: 'sharing'; readonly epoch: number }
  | { readonly is: 'confirming'; readonly epoch: number }
  | { readonly is: 'declaring'; readonly epoch: number }
  | { readonly is: 'talking'; readonly epoch: number }
  /** this computer cannot keep a key: the visit goes to somebody else */
  | { readonly is: 'letGo' };

export interface State {
  readonly phase: Phase;
  readonly word: Word | null;
  /** epochs whose key this page has */
  readonly holds: readonly number[];
  /** the epoch that was last written down on this page */
  readonly written: number;
  /** epochs in which a confirm of this side is in the store */
  readonly confirmed: readonly number[];
  /** the one-time key that waits to be sealed to */
  readonly oneTime: number;
}

export type Event =
  | { readonly is: 'word'; readonly word: Word }
  | { readonly is: 'unlocked'; readonly holds: readonly number[]; readonly shared: boolean }
  /** the service's answer to a key offer; `stale`: it counts otherwise */
  | { readonly is: 'offered'; readonly id: string; readonly answer: 'ok' | 'stale' | 'no' }
  | { readonly is: 'sealed'; readonly epoch: number; readonly sealed: string }
  /** null: it was not sealed to this one-time key */
  | { readonly is: 'opened'; readonly id: string; readonly holds: readonly number[] | null }
  | { readonly is: 'kept'; readonly id: string; readonly ok: boolean }
  | { readonly is: 'shared'; readonly id: string; readonly ok: boolean }
  /** a confirm of this side is in the store, put there now or found there */
  | { readonly is: 'confirmed'; readonly epoch: number }
  | { readonly is: 'declared'; readonly id: string; readonly answer: 'ok' | 'stale' | 'no' }
  /** the one-time key was kept for as long as one is */
  | { readonly is: 'expired'; readonly epoch: number };

export type Effect = { readonly id: string } & (
  | { readonly do: 'unlock' }
  /** makes the one-time key of this epoch, unless there is one, and offers it; `offered` follows */
  | { readonly do: 'offer'; readonly epoch: number }
  | { readonly do: 'open'; readonly epoch: number; readonly sealed: string }
  | { readonly do: 'keep'; readonly epoch: number }
  | { readonly do: 'share'; readonly epoch: number }
  | { readonly do: 'confirm'; readonly epoch: number }
  | { readonly do: 'declare'; readonly epoch: number }
  | { readonly do: 'release' }
  | { readonly do: 'refresh' }
);
export type Step = MachineStep<State, Effect>;

export const begin = (): State => ({
  phase: { is: 'locked' },
  word: null,
  holds: [],
  written: 0,
  confirmed: [],
  oneTime: 0,
});

const stay = (state: State, ...effects: Effect[]): Step => ({ state, effects });
const go = (state: State, phase: Phase, ...effects: Effect[]): Step => ({ state: { ...state, phase }, effects });
const idOf = (what: string, epoch: number) => `${what} ${epoch}`;
const epochOf = (phase: Phase): number => ('epoch' in phase ? phase.epoch : 0);
const REFRESH: Effect = { do: 'refresh', id: 'refresh' };
/** for as long as it takes to look at the word that is there */
const UNLOCKED: Phase = { is: 'offering', epoch: 0 };

export function step(state: State, event: Event): Step {
  const { phase } = state;
  /** the end of what this phase waits for, and of nothing earlier */
  const ends = (is: Phase['is'], what: string, id: string) =>
    phase.is === is && 'epoch' in phase && id === idOf(what, phase.epoch);
  switch (event.is) {
    case 'word': {
      const next = { ...state, word: event.word };
      return phase.is === 'locked' ? stay(next, { do: 'unlock', id: 'unlock' }) : follow(next);
    }
    case 'unlocked':
      if (phase.is !== 'locked' || !state.word) return stay(state);
      return follow({ ...state, holds: event.holds, word: { ...state.word, shared: event.shared }, phase: UNLOCKED });
    case 'offered':
      if (!ends('offering', 'offer', event.id)) return stay(state);
      return event.answer === 'ok' ? offered(state) : stay(state, ...(event.answer === 'stale' ? [REFRESH] : []));
    case 'sealed':
      if (phase.is !== 'offered' || phase.epoch !== event.epoch || !state.word) return stay(state, REFRESH);
      return follow({ ...state, word: { ...state.word, sealed: event.sealed } });
    case 'opened':
      if (!ends('opening', 'open', event.id)) return stay(state);
      return event.holds ? settle({ ...state, holds: event.holds, oneTime: 0 }) : offer(state);
    case 'kept':
      if (!ends('keeping', 'keep', event.id)) return stay(state);
      return event.ok ? settle({ ...state, written: epochOf(phase) }) : letGo(state);
    case 'shared':
      if (!ends('sharing', 'share', event.id) || !event.ok) return stay(state);
      return settle({ ...state, word: { ...state.word!, shared: true } });
    case 'confirmed': {
      const next = { ...state, confirmed: [...new Set([...state.confirmed, event.epoch])] };
      return phase.is === 'confirming' && phase.epoch === event.epoch ? settle(next) : stay(next);
    }
    case 'declared':
      if (!ends('declaring', 'declare', event.id)) return stay(state);
      if (event.answer === 'ok') return talk(state, epochOf(phase));
      return stay(state, ...(event.answer === 'stale' ? [REFRESH] : []));
    case 'expired':
      if (state.oneTime !== event.epoch) return stay(state);
      return follow({ ...state, oneTime: 0 });
  }
}

/** The service's word, as it stands: what is to be done next. */
function follow(state: State): Step {
  const { phase, word, holds, oneTime } = state;
  if (!word || phase.is === 'locked') return stay(state);
  if (phase.is === 'letGo') return letGo(state);
  const { epoch, wanted, sealed } = word;
  if (epoch > 0 && epoch === oneTime && !wanted) {
    if (sealed === '') return go(state, { is: 'offered', epoch });
    return go(state, { is: 'opening', epoch }, { do: 'open', id: idOf('open', epoch), epoch, sealed });
  }
  // without a sealed key nothing of an opening visit can be declared, whatever is held of its epoch: a store went back
  const open = word.talking || sealed !== '';
  return open && holds.includes(epoch) && !wanted ? settle(state) : offer(state);
}

/**
 * A new epoch: under the number that the service hands out. A store that went back hands one out again: what is known
 * of that number is of another epoch, and must not pass for this one [K3].
 */
function offer(state: State): Step {
  const epoch = state.word!.epochNext;
  const other = (known: number) => known !== epoch;
  const [holds, confirmed] = [state.holds.filter(other), state.confirmed.filter(other)];
  const next = { ...state, holds, confirmed, written: other(state.written) ? state.written : 0, oneTime: epoch };
  return go(next, { is: 'offering', epoch }, { do: 'offer', id: idOf('offer', epoch), epoch });
}

/** What the service says next knows of it; until then this page does. */
function offered(state: State): Step {
  const epoch = state.oneTime;
  const word = { ...state.word!, epoch, epochNext: epoch + 1, wanted: false, sealed: '' };
  return go({ ...state, word }, { is: 'offered', epoch });
}

/** The key is here: the first of its steps that is not done. */
function settle(state: State): Step {
  const word = state.word!;
  const { epoch } = word;
  // without a sealed key in the store a talking visit's epoch was declared before
  if (word.talking && word.sealed === '' && word.shared) return talk(state, epoch);
  if (state.written !== epoch) return go(state, { is: 'keeping', epoch }, work('keep', epoch));
  if (!word.shared) return go(state, { is: 'sharing', epoch }, work('share', epoch));
  if (!state.confirmed.includes(epoch)) return go(state, { is: 'confirming', epoch }, work('confirm', epoch));
  return go(state, { is: 'declaring', epoch }, work('declare', epoch));
}
const work = (what: 'keep' | 'share' | 'confirm' | 'declare', epoch: number): Effect => ({
  do: what,
  id: idOf(what, epoch),
  epoch,
});

const letGo = (state: State): Step => go(state, { is: 'letGo' }, { do: 'release', id: 'release' });

function talk(state: State, epoch: number): Step {
  const { phase, oneTime, word } = state;
  if (phase.is === 'talking' && phase.epoch === epoch) return stay(state);
  const next = { ...state, oneTime: oneTime <= epoch ? 0 : oneTime, word: { ...word!, talking: true, sealed: '' } };
  return go(next, { is: 'talking', epoch });
}
