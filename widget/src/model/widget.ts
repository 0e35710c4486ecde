import type { ReadonlySignal, Signal } from '@preact/signals-core';
import type { Visitor } from '@clbchat/shared/client/views';
import type { Announcer } from './announcer.ts';
import type { FactsModel } from './facts.ts';
import type { Intro } from './intro.ts';
import type { Shift } from './shift.ts';
import type { Start } from './start.ts';

/** The place in which the page stands: a school's page with a loader, a plain frame, or a window of its own. */
export interface Surroundings {
  /** a loader answered: the panel can be made small */
  readonly hasLoader: ReadonlySignal<boolean>;
  readonly minimised: ReadonlySignal<boolean>;
  minimise(): void;
  open(): void;
  /** a neutral mark in the title of the page around */
  attention(): void;
}

/** Everything that a screen may read or ask. */
export interface Widget {
  readonly intro: Intro;
  readonly facts: FactsModel;
  readonly start: Start;
  readonly announcer: Announcer;
  readonly shift: Shift;
  readonly around: Surroundings;
  /** null while it is being found out; empty when nobody may be trusted */
  readonly pins: ReadonlySignal<readonly string[] | null>;
  /** this browser can encrypt */
  readonly capable: boolean;
  readonly kept: Visitor['kept'];
  /** the sheet with the numbers */
  readonly help: Signal<boolean>;
  readonly exitUrl: ReadonlySignal<string>;
  leave(): void;
}
