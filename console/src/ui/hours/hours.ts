import type { Signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { intervalOf, type Block } from '@clbchat/shared/hours/blocks';
import type { Holiday } from '@clbchat/shared/protocol/status';
import type { Dated } from '../../model/hours/days.ts';
import { DAY_MIN, type GridBlock, type Placed } from '../../model/hours/grid.ts';
import type { HoursPage } from '../../model/hours/page.ts';
import type { SettingProblem } from '../../model/hours/settings.ts';
import { dayNames, hours as words } from '../../words/hours.ts';
import { WEEKDAYS } from '@clbchat/shared/weekdays';

/** Which window is open above the page. */
export type Open =
  | null
  | { readonly is: 'block'; readonly block: Block; readonly id: number | null }
  | { readonly is: 'remove'; readonly block: GridBlock }
  | { readonly is: 'days'; readonly days: Dated | null }
  | { readonly is: 'holiday'; readonly holiday: Holiday }
  | { readonly is: 'preview' }
  | { readonly is: 'shut' }
  | { readonly is: 'longer' };

interface Around {
  readonly page: HoursPage;
  readonly open: Signal<Open>;
  /** what a screen reader is told */
  readonly said: Signal<string>;
  /** the block that is to have the focus once it stands in its new place */
  readonly wanted: Signal<number | null>;
}

const context = createContext<Around | null>(null);
export const HoursProvider = context.Provider;

/** @throws when used outside the page of opening hours */
export function useHours(): Around {
  const found = useContext(context);
  if (!found) throw new Error('no page of opening hours around this part');
  return found;
}

/** "Woensdag 14 tot 21 uur" */
export const blockName = (block: Block): string => words.week.block(block.day, intervalOf(block), block.to > DAY_MIN);

/** Why a block cannot stand there. */
export function refusal(placed: Exclude<Placed, { is: 'placed' }>): string {
  if (placed.is === 'overlap') return words.block.overlap(intervalOf(placed.other));
  return words.block[placed.is];
}

/** What the service refuses, by its path, in a sentence. */
export function problemWords({ path, code }: SettingProblem): string {
  const [first, second = '', third = ''] = path.split('.');
  const day = dayNames[WEEKDAYS.findIndex((name) => name === third)];
  const rule = words.rules.names[second]?.[0];
  const what =
    first === 'rules'
      ? (rule ?? words.rules.title)
      : first === 'exitUrl'
        ? words.rules.exitUrl
        : (day ?? words.days.title);
  return words.save.problem(what, words.save.why[code] ?? words.save.why['value'] ?? '');
}
