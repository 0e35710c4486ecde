import type { Schedule } from '@clbchat/shared/hours/schedule';
import { wishClashes } from '@clbchat/shared/hours/wishes';
import type { Rules } from '../kernel/needs.ts';
import { defaultRules } from './bounds.rules.ts';
import { parseCentre, type CentreSettings, type SettingProblem } from './centre.rules.ts';

/** What the page of opening hours is shown, and may change: hours, rules, and where "Snel weg" goes [U10]. */
const CHANGEABLE = ['schedule', 'rules', 'exitUrl'] as const;

export type ShownSettings = Pick<CentreSettings, (typeof CHANGEABLE)[number]>;

export const shownOf = ({ schedule, rules, exitUrl }: CentreSettings): ShownSettings => ({ schedule, rules, exitUrl });

export type Merged =
  | { readonly ok: true; readonly document: unknown }
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
    ...(parsed.ok ? newClashes(parsed.centre.schedule, standing.schedule) : parsed.problems),
  ];
  if (!parsed.ok || problems.length > 0) return { ok: false, problems };
  return { ok: true, document: { ...parsed.centre, rules: chosenOf(parsed.centre.rules) } };
}

/** What stood there before, from an import or of an earlier program, holds nobody back from closing now. */
function newClashes(schedule: Schedule, before: Schedule): ReturnType<typeof wishClashes> {
  const isSameWeek = JSON.stringify(schedule.week) === JSON.stringify(before.week);
  const stood = new Set(before.exceptions.map((one) => JSON.stringify(one)));
  return wishClashes(schedule).filter(({ path }) => {
    const [, part, index] = path.split('.');
    return part === 'week' ? !isSameWeek : !stood.has(JSON.stringify(schedule.exceptions[Number(index)]));
  });
}

/** What is as everywhere is not kept: another default would be a choice of nobody. */
function chosenOf(rules: Rules): Partial<Rules> {
  const standard = new Map<string, unknown>(Object.entries(defaultRules));
  return Object.fromEntries(Object.entries(rules).filter(([name, value]) => standard.get(name) !== value));
}
