import type { ReadonlySignal, Signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import type { Visitor } from '@clbchat/shared/client/views';
import type { Role } from '@clbchat/shared/ids';
import type { CentreFacts } from '@clbchat/shared/protocol/status';
import type { BarLine } from './chat/barLine.ts';
import type { ProblemProps } from './ending/Problem.tsx';
import type { Announcer } from './frame/announcer.ts';
import type { Surroundings } from './frame/around.ts';
import type { Border } from './frame/border.ts';
import type { FactsModel } from './frame/facts.ts';
import type { Shift } from './frame/shift.ts';
import type { Intro } from './steps/intro.ts';
import type { Start } from './steps/start.ts';

/** What comes right behind the first screen. */
export interface StepPages {
  readonly anonymous: ComponentType<WithWidget>;
  readonly topic: ComponentType<WithWidget>;
  readonly name: ComponentType<WithWidget>;
  readonly gone: ComponentType<WithWidget>;
  readonly Problem: ComponentType<ProblemProps & WithWidget>;
  readonly SmallBar: ComponentType<WithWidget>;
  readonly ShiftVoice: ComponentType<WithWidget>;
  readonly Files: ComponentType<WithWidget>;
}

/** What comes with the start of a visit: the engine, and the screens from the line to the end. */
export interface VisitPart {
  readonly visitor: Visitor;
  readonly Room: ComponentType<WithWidget & { visitor: Visitor }>;
  barLine(visitor: Visitor): BarLine;
}

/** Who finds the centre closed: who comes, who pressed the last tap too late, who waited. */
export type Turned = 'new' | 'late' | 'waited';

/** Pages that few people want, fetched for them. */
export interface RarePages {
  readonly Hidden: ComponentType<{ role: Role }>;
  readonly Breathe: ComponentType;
  readonly How: ComponentType<{ minutes: number }>;
  readonly Closed: ComponentType<WithWidget & { centre: CentreFacts }>;
  readonly Dropped: ComponentType<WithWidget>;
  /** keeps the page going beside an extension that translates; told what that did before */
  survive(records: readonly MutationRecord[]): void;
  readonly Unclaimed: ComponentType<WithWidget & { visitor: Visitor }>;
  readonly Later: ComponentType<{ centre: CentreFacts }>;
  readonly WhenOpen: ComponentType<WithWidget & { to: Turned }>;
}

/** Everything that a screen may read or ask. */
export interface Widget {
  readonly intro: Intro;
  readonly facts: FactsModel;
  readonly start: Start<VisitPart>;
  readonly announcer: Announcer;
  readonly shift: Shift;
  readonly around: Surroundings;
  readonly steps: Border<StepPages>;
  readonly rare: Border<RarePages>;
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

export interface WithWidget {
  widget: Widget;
}
