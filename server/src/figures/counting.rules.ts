import { LEFT_MIN, TALK_MIN, WAIT_MIN } from '@clbchat/shared/figures/told';
import type { VisitRecord } from '../live/record.ts';

/** What is counted of a visit that ended, each by itself: nothing says which of them were of one visit [F1]. */

export const HOUR_MS = 3_600_000;

/** Hours since 1970: those of the zones of Flanders begin with them. */
export const hourOf = (ms: number): number => Math.floor(ms / HOUR_MS);

const stepOf = (ms: number, ends: readonly number[]): number => {
  const at = ends.findIndex((min) => ms < min * 60_000);
  return at < 0 ? ends.length : at;
};

/**
 * The names of its counters: `role.` `topic.` `lang.` `came.` (the hour since 1970), and either `wait.` and `talk.` or, where no
 * counsellor and it ever talked, `left.` (the number of a step of time).
 */
export function countersOf(
  { role, topic, lang, joinedMs, talkedMs }: Pick<VisitRecord, 'role' | 'topic' | 'lang' | 'joinedMs' | 'talkedMs'>,
  nowMs: number,
): string[] {
  const what = [`role.${role}`, `topic.${topic}`, `lang.${lang}`, `came.${hourOf(joinedMs)}`];
  if (talkedMs === 0) return [...what, `left.${stepOf(nowMs - joinedMs, LEFT_MIN)}`];
  return [...what, `wait.${stepOf(talkedMs - joinedMs, WAIT_MIN)}`, `talk.${stepOf(nowMs - talkedMs, TALK_MIN)}`];
}
