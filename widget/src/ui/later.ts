import { signal } from '@preact/signals-core';
import type { ComponentType } from 'preact';
import type { CentreFacts } from '@clbchat/shared/protocol/status';
import type { Step } from '../model/intro.ts';
import type { Widget } from '../model/widget.ts';
import type { WithRoom } from './parts.ts';
import type { ProblemProps } from './Problem.tsx';

type Screen = ComponentType<{ widget: Widget }>;

/** Screens that come right behind the first one, so that the first one is light. */
export interface Later {
  readonly steps: Readonly<Record<Exclude<Step, 'welcome'>, Screen>>;
  readonly SmallBar: ComponentType<WithRoom>;
  readonly HelpSheet: Screen;
  readonly ShiftVoice: Screen;
  readonly Closed: ComponentType<{ centre: CentreFacts }>;
  readonly Problem: ComponentType<ProblemProps>;
}

/** null while they are on their way */
export const later = signal<Later | null>(null);
