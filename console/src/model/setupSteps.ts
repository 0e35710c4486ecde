import type { PassphraseProblem } from '@clbchat/shared/statement/passphrase';
import type { WhyUnread } from '@clbchat/shared/statement/rootFile';

/** The pages of a set-up, in their order. */
export const SETUP_STEPS = ['explain', 'passphrase', 'save', 'check', 'pins', 'sign', 'done'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

/** first, second: the two files that are chosen for the test, in any order */
export const SETUP_FIELDS = {
  explain: [],
  passphrase: ['passphrase', 'again'],
  save: ['save'],
  check: ['first', 'second', 'opening'],
  pins: [],
  sign: ['org', 'site', 'name'],
  done: [],
} as const satisfies Record<SetupStep, readonly string[]>;
export type SetupField = (typeof SETUP_FIELDS)[SetupStep][number];

/**
 * missing: nothing stands there · different: not the same twice · unsaved: one of the files was never asked for · unreadable:
 * the browser cannot read the chosen file any more · twice: both fields have the same root · other: of another set-up ·
 * words: too long, or with what nobody can type · failed: this browser made nothing · unkept: made, and kept nowhere ·
 * no_pins, other_pins: the service knows no roots yet, or others
 */
export type SetupProblem =
  | PassphraseProblem
  | Exclude<WhyUnread, 'passphrase'>
  | 'missing'
  | 'different'
  | 'unsaved'
  | 'unreadable'
  | 'closed'
  | 'twice'
  | 'other'
  | 'words'
  | 'failed'
  | 'unkept'
  | 'unheard'
  | 'no_pins'
  | 'signed_out'
  | 'other_pins';
export type SetupProblems = Readonly<Partial<Record<SetupField, SetupProblem>>>;

export interface SetupState {
  readonly step: SetupStep;
  /** something is being made or tested, and nothing else begins meanwhile */
  readonly busy: boolean;
  /** files that were asked for, 1 and 2 */
  readonly saved: { readonly O: boolean; readonly O2: boolean };
  readonly problems: SetupProblems;
  /** this page was reloaded in the middle: what it had made is nowhere any more */
  readonly lost: boolean;
}

/** asked: a person wants on from a page that makes something · done: what became of it · on, back, anew: pages without work */
export type SetupEvent =
  | { readonly is: 'on' | 'back' | 'anew' }
  | { readonly is: 'saved'; readonly kind: 'O' | 'O2' }
  | { readonly is: 'asked' | 'done'; readonly problems: SetupProblems };

const NONE: SetupProblems = {};
const NOTHING_SAVED = { O: false, O2: false };
export const setupBegins = (lost: boolean): SetupState => ({
  step: 'explain',
  busy: false,
  saved: NOTHING_SAVED,
  problems: NONE,
  lost,
});

const at = (state: SetupState, step: SetupStep): SetupState => ({
  ...state,
  step,
  busy: false,
  problems: NONE,
  lost: false,
});
const isFine = (problems: SetupProblems) => Object.keys(problems).length === 0;

/** Where work leads when it went well. What is tested is the only way past the test [O11]. */
const AFTER_WORK: Partial<Record<SetupStep, SetupStep>> = { passphrase: 'save', check: 'pins', sign: 'done' };

/** The whole set-up as one function. What does not belong to a page changes nothing. */
export function setupStep(state: SetupState, event: SetupEvent): SetupState {
  const { step, busy, saved } = state;
  const next = AFTER_WORK[step];
  switch (event.is) {
    case 'asked':
      return busy || !next ? state : { ...state, busy: isFine(event.problems), problems: event.problems };
    case 'done':
      if (!busy || !next) return state;
      return isFine(event.problems) ? at(state, next) : { ...state, busy: false, problems: event.problems };
    case 'saved':
      return step === 'save' ? { ...state, saved: { ...saved, [event.kind]: true }, problems: NONE } : state;
    case 'on':
      if (step === 'explain') return at(state, 'passphrase');
      if (step === 'pins') return at(state, 'sign');
      if (step !== 'save') return state;
      return saved.O && saved.O2 ? at(state, 'check') : { ...state, problems: { save: 'unsaved' } };
    case 'back':
      return step === 'check' && !busy ? at(state, 'save') : state;
    case 'anew':
      // what was made is thrown away: its files would open, and nobody would know of them
      return (step === 'save' || step === 'check') && !busy
        ? { ...at(state, 'passphrase'), saved: NOTHING_SAVED }
        : state;
  }
}

/** Something was made that a reload loses. */
export const isUnderWay = ({ step, busy }: SetupState): boolean =>
  (step !== 'explain' && step !== 'passphrase' && step !== 'done') || busy;
