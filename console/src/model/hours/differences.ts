import type { Interval } from '@clbchat/shared/protocol/status';
import { WEEKDAYS } from '@clbchat/shared/weekdays';
import type { Dated } from './days.ts';
import type { Settings } from './settings.ts';

/** One thing that stands otherwise in two versions. */
export type Difference =
  | {
      readonly of: 'day';
      readonly day: number;
      readonly mine: readonly Interval[];
      readonly theirs: readonly Interval[];
    }
  | {
      readonly of: 'dates';
      readonly from: string;
      readonly to: string;
      /** null: these days have no plan of their own there */
      readonly mine: Dated | null;
      readonly theirs: Dated | null;
    }
  | { readonly of: 'holidays'; readonly mine: string; readonly theirs: string }
  | { readonly of: 'rule'; readonly name: string; readonly mine: unknown; readonly theirs: unknown };

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Everything in which two versions differ, in the order in which the page shows it. */
export function differences(mine: Settings, theirs: Settings): Difference[] {
  const days = [1, 2, 3, 4, 5, 6, 0].flatMap((day): Difference[] => {
    const name = WEEKDAYS[day] ?? 'sunday';
    const [own, other] = [mine.schedule.week[name], theirs.schedule.week[name]];
    return isSame(own, other) ? [] : [{ of: 'day', day, mine: own, theirs: other }];
  });
  const ranges = new Map(
    [...mine.schedule.exceptions, ...theirs.schedule.exceptions].map(({ from, to }) => [`${from} ${to}`, { from, to }]),
  );
  const datedIn = ({ schedule }: Settings, from: string, to: string) =>
    schedule.exceptions.find((one) => one.from === from && one.to === to) ?? null;
  const dates = [...ranges.values()]
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .flatMap(({ from, to }): Difference[] => {
      const [own, other] = [datedIn(mine, from, to), datedIn(theirs, from, to)];
      return isSame(own, other) ? [] : [{ of: 'dates', from, to, mine: own, theirs: other }];
    });
  const [own, other] = [mine.schedule.holidays, theirs.schedule.holidays];
  const holidays: Difference[] = own === other ? [] : [{ of: 'holidays', mine: own, theirs: other }];
  const names = [...new Set([...Object.keys(mine.rules), ...Object.keys(theirs.rules)])];
  const rules = names
    .filter((name) => !isSame(mine.rules[name], theirs.rules[name]))
    .map((name): Difference => ({ of: 'rule', name, mine: mine.rules[name], theirs: theirs.rules[name] }));
  const exit: Difference[] =
    mine.exitUrl === theirs.exitUrl
      ? []
      : [{ of: 'rule', name: 'exitUrl', mine: mine.exitUrl, theirs: theirs.exitUrl }];
  return [...days, ...dates, ...holidays, ...rules, ...exit];
}
