import {
  ANSWER_NAME_CHARS_MAX,
  ANSWER_TEXT_CHARS_MAX,
  ANSWERS_CHARS_MAX,
  ANSWERS_MAX,
  FOLDERS,
  isAnswerName,
  READERS,
  whyNoAnswer,
  type Answer,
} from '@clbchat/shared/answers';
import * as v from 'valibot';
import type { SettingProblem } from './centre.rules.ts';

const TEXT_SAYS = {
  empty: 'may not be empty',
  long: `may be ${ANSWER_TEXT_CHARS_MAX} characters at most`,
  not_plain: 'must be plain text',
} as const;

const answer = v.strictObject({
  name: v.pipe(
    v.string(),
    v.check(isAnswerName, `must be small letters, digits and single dashes, ${ANSWER_NAME_CHARS_MAX} at most`),
  ),
  text: v.pipe(
    v.string(),
    v.check(
      (text) => whyNoAnswer(text) === null,
      ({ input }) => TEXT_SAYS[whyNoAnswer(input) ?? 'empty'],
    ),
  ),
  folder: v.picklist(FOLDERS, `must be one of ${FOLDERS.join(', ')}`),
  for: v.picklist(READERS, `must be one of ${READERS.join(', ')}`),
});

/** Too many is seen before any of them is looked at. */
const few = v.pipe(
  v.array(v.unknown()),
  v.maxLength(ANSWERS_MAX, `may hold ${ANSWERS_MAX} answers at most`),
  v.check(
    (all) => JSON.stringify(all).length <= ANSWERS_CHARS_MAX,
    `may be ${ANSWERS_CHARS_MAX} characters at most, all answers together`,
  ),
);

/** As they are kept, and as they are read. */
export const answers = v.pipe(few, v.array(answer));
export const answersDocument = v.strictObject({ answers });

export type ParsedAnswers =
  | { readonly ok: true; readonly answers: readonly Answer[] }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

/** Reads canned answers. Never throws; lists everything that is wrong with them, by its path such as `answers.2.name`. */
export function parseAnswers(json: unknown): ParsedAnswers {
  const read = v.safeParse(answers, json);
  if (!read.success) return { ok: false, problems: read.issues.map(problemOf) };
  const names = read.output.map(({ name }) => name);
  const twice = names.flatMap((name, at): SettingProblem[] =>
    names.indexOf(name) < at ? [{ path: `answers.${at}.name`, code: 'overlap', says: 'is that of another, too' }] : [],
  );
  return twice.length > 0 ? { ok: false, problems: twice } : { ok: true, answers: read.output };
}

function problemOf(issue: v.BaseIssue<unknown>): SettingProblem {
  const path = ['answers', ...(issue.path ?? []).map((step) => String(step.key))].join('.');
  return { path, code: issue.expected === 'never' ? 'unknown' : 'value', says: issue.message };
}
