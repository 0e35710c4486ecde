import type { Schedule } from '@clbchat/shared/hours/schedule';
import { firstDateKept } from '@clbchat/shared/hours/past';
import { tooManyDates, wishClashes } from '@clbchat/shared/hours/wishes';
import { localDate } from '@clbchat/shared/protocol/status';
import type { Rules } from '../kernel/needs.ts';
import { defaultRules } from './bounds.rules.ts';
import * as v from 'valibot';
import { parseCentre, type CentreSettings, type SettingProblem } from './centre.rules.ts';

/** What the page of opening hours is shown, and may change: hours, rules, and where "Snel weg" goes [U10]. */
const CHANGEABLE = ['schedule', 'rules', 'exitUrl'] as const;

type Dated = Schedule['exceptions'][number];

export type ShownSettings = Pick<CentreSettings, (typeof CHANGEABLE)[number]>;

export const shownOf = ({ schedule, rules, exitUrl }: CentreSettings): ShownSettings => ({ schedule, rules, exitUrl });

export type Merged =
  /** `movesExit`: *Snel weg* would lead elsewhere */
  | { readonly ok: true; readonly document: unknown; readonly movesExit: boolean }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

/**
 * The settings document with what the page wants in it. Everything else stays as it stands.
 *
 * @param wish as the page sent it: nothing is known of it
 * @returns every problem at once, each by its path
 */
export function mergedWith(standing: CentreSettings, wish: object): Merged {
  const asked = new Map(Object.entries(wish));
  const strange = [...asked.keys()].filter((key) => !CHANGEABLE.some((name) => name === key));
  const wanted = Object.fromEntries(CHANGEABLE.map((name) => [name, asked.get(name)]));
  const parsed = parseCentre({ ...standing, ...wanted });
  const problems: SettingProblem[] = [
    ...strange.map((path) => ({ path, code: 'unknown' as const, says: 'is not changed here' })),
    ...(parsed.ok ? tooManyDates(parsed.centre.schedule, standing.schedule) : []),
    ...(parsed.ok ? newClashes(parsed.centre.schedule, standing.schedule) : parsed.problems),
  ];
  if (!parsed.ok || problems.length > 0) return { ok: false, problems };
  const { centre } = parsed;
  const document = { ...centre, rules: chosenOf(centre.rules) };
  return { ok: true, document, movesExit: centre.exitUrl !== standing.exitUrl };
}

/** What stood there before, from an import or of an earlier program, holds nobody back from closing now. */
function newClashes(schedule: Schedule, before: Schedule): ReturnType<typeof wishClashes> {
  const isSameWeek = JSON.stringify(schedule.week) === JSON.stringify(before.week);
  return wishClashes(schedule).filter(({ path }) => {
    const [, part, index] = path.split('.');
    const one = schedule.exceptions[Number(index)];
    return part === 'week' ? !isSameWeek : !(one && before.exceptions.some((other) => holdsIn(one, other)));
  });
}

/** It says the same as the other did for days of it: also a part that closing a day left, and the whole that opening it made. */
function holdsIn(one: Dated, other: Dated): boolean {
  const isPart = other.from <= one.from && one.to <= other.to;
  const isWhole = other.why !== undefined && one.from <= other.from && other.to <= one.to;
  return (isPart || isWhole) && JSON.stringify(one.open) === JSON.stringify(other.open);
}

const dates = v.looseObject({ from: localDate, to: localDate });

/**
 * The wish without plans of days that say nothing of now any more [U25]. They go unread, so that years of them leave room
 * for today; everything else stays as it was sent.
 *
 * @param today days since 1970, of the centre's calendar
 */
export function withoutPast(wish: object, today: number): object {
  const { schedule } = wish as { schedule?: unknown };
  const { exceptions } = Object(schedule) as { exceptions?: unknown };
  if (!Array.isArray(exceptions)) return wish;
  const first = firstDateKept(today);
  const isPast = (one: unknown) => v.is(dates, one) && one.from <= one.to && one.to < first;
  return { ...wish, schedule: { ...Object(schedule), exceptions: exceptions.filter((one) => !isPast(one)) } };
}

/** What is as everywhere is not kept: another default would be a choice of nobody. */
function chosenOf(rules: Rules): Partial<Rules> {
  const standard = new Map<string, unknown>(Object.entries(defaultRules));
  return Object.fromEntries(Object.entries(rules).filter(([name, value]) => standard.get(name) !== value));
}
