/**
 * What was seen of one run from outside: at the pages, in the answers that they got, and in looks into the store. Names stand
 * for ids (`v1` a visit, `samira` a counsellor), so that the same run tells the same history.
 */
export type Side = 'v' | 'c';

/** One visit in the store, as a look found it. */
export interface SeenVisit {
  readonly visit: string;
  readonly stage: 'waiting' | 'offered' | 'opening' | 'talking';
  /** in the line: may be offered */
  readonly inLine: boolean;
  readonly ticket: number;
  /** it has lost its place after two openings in a row [Q12] */
  readonly passed: boolean;
  readonly hold: number;
  readonly epoch: number;
  /** who has it, or at whom it rings; '' = nobody */
  readonly desk: string;
}
export interface SeenDesk {
  readonly desk: string;
  readonly slots: number;
  readonly held: readonly string[];
  readonly rings: readonly string[];
  /** could be rung just now, slots aside: it is available, and gave a sign of life lately */
  readonly answers: boolean;
}
/** One side of a conversation on a screen. */
export interface SeenScreen {
  readonly visit: string;
  readonly side: Side;
  readonly by: string;
  readonly page: number;
  readonly stage: string;
  /** texts that have not reached the other browser yet, as far as this page knows */
  readonly pending: readonly string[];
}

export type Happened =
  | { readonly is: 'joined'; readonly visit: string; readonly ahead: number }
  /** what a page was told of its place */
  | { readonly is: 'place'; readonly visit: string; readonly ahead: number }
  /** *send* was pressed, and the text left the composer */
  | {
      readonly is: 'wrote';
      readonly visit: string;
      readonly by: string;
      readonly side: Side;
      readonly text: string;
      readonly to: string;
    }
  /** a text that was not sent stands in the composer again */
  | { readonly is: 'returned'; readonly visit: string; readonly by: string; readonly text: string }
  /** the service took a frame; `text` where somebody could look into it, `asked` when it was asked for */
  | {
      readonly is: 'stored';
      readonly visit: string;
      readonly by: string;
      readonly side: Side;
      readonly frame: string;
      readonly seq: number;
      readonly hold: number;
      readonly askedMs: number;
      readonly text?: string;
    }
  /** a text of the other side came onto a page: once for each time that it stands there */
  | {
      readonly is: 'shown';
      readonly visit: string;
      readonly to: string;
      readonly side: Side;
      readonly page: number;
      readonly text: string;
    }
  /** a page says that something is missing, closed or not to be read */
  | { readonly is: 'missing'; readonly visit: string; readonly side: Side; readonly page: number }
  /** what stood on a page stands in another order */
  | { readonly is: 'moved'; readonly visit: string; readonly page: number }
  /** *Verstuurd*: the other browser says that it has it */
  | { readonly is: 'received'; readonly visit: string; readonly by: string; readonly text: string }
  /** a counsellor has a visit; `hold` counts those who had it */
  | {
      readonly is: 'got';
      readonly desk: string;
      readonly visit: string;
      readonly hold: number;
      readonly askedMs: number;
    }
  /** the service says that both have the key: they talk from now on */
  | { readonly is: 'talks'; readonly desk: string; readonly visit: string; readonly hold: number }
  /** a counsellor's own step ended her holding: she gave it back, or signed out */
  | { readonly is: 'gave_up'; readonly desk: string; readonly visit: string }
  /** the service said that a visit is over, to whoever asked for it or by a hint */
  | { readonly is: 'over'; readonly visit: string; readonly by: string }
  /** a sign of life of a counsellor's page arrived */
  | { readonly is: 'beat'; readonly desk: string }
  /** the service took a press, or answered with another status */
  | { readonly is: 'status'; readonly desk: string; readonly status: string }
  | { readonly is: 'asks_status'; readonly desk: string; readonly status: string }
  | { readonly is: 'ring'; readonly desk: string; readonly offerNo: number }
  /** the store as it is at one moment; `known`: visits whose id stands anywhere in it */
  | {
      readonly is: 'look';
      readonly visits: readonly SeenVisit[];
      readonly desks: readonly SeenDesk[];
      readonly known: readonly string[];
    }
  /** the store does not answer, or answers late, until then */
  | { readonly is: 'store_fails'; readonly how: string; readonly untilMs: number }
  /** the store is another memory than before: empty, or that of a replica that took over */
  | { readonly is: 'life' }
  /** nothing is broken from here on, and nobody leaves */
  | { readonly is: 'calm' }
  /** what pages show at the end of the calm */
  | { readonly is: 'screens'; readonly screens: readonly SeenScreen[] }
  /** something that a part of the run itself found: which rule, and what */
  | { readonly is: 'wrong'; readonly rule: string; readonly what: string };

export type Event = { readonly atMs: number } & Happened;
export type History = readonly Event[];

export interface Recorder {
  readonly events: Event[];
  add(happened: Happened): void;
}
export const recorder = (nowMs: () => number): Recorder => {
  const events: Event[] = [];
  return { events, add: (happened) => void events.push({ atMs: nowMs(), ...happened }) };
};
