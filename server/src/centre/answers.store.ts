import type { Answer } from '@clbchat/shared/answers';
import * as v from 'valibot';
import { bySession } from '../accounts/sessionsEnded.store.ts';
import { act, lookBack } from '../records/acts.store.ts';
import { readEntry } from '../records/audit.rules.ts';
import type { RecordsStore } from '../records/records.store.ts';
import { answersDocument, parseAnswers } from './answers.rules.ts';
import type { SettingProblem } from './centre.rules.ts';

/** All canned answers as they stand, and the number by which whoever changes them says which ones were seen; 0 = nobody wrote any. */
export interface StandingAnswers {
  readonly rev: number;
  readonly answers: readonly Answer[];
}

export type PutAnswers =
  | ({ readonly is: 'written' } & StandingAnswers)
  /** somebody else changed them meanwhile, and nothing is written */
  | { readonly is: 'changed'; readonly now: StandingAnswers }
  | { readonly is: 'refused'; readonly problems: readonly SettingProblem[] };

/** The canned answers of one centre, in the records. Whom one was sent to is nowhere. */
export interface AnswersStore {
  get(): Promise<StandingAnswers>;
  /**
   * Stores all of them in the place of those that stand, where these are the ones that were seen [S9 S10].
   *
   * @param seen the `rev` that they were made from
   * @param by id of the account that puts them, or DEMO
   * @param session the binding of the session in which it does: rejects with Problem `no_cert` when that ended meanwhile [G81]
   */
  put(answers: unknown, seen: number, by: string, session?: string): Promise<PutAnswers>;
  /** Id of the account that did so last, or DEMO; null where the audit log does not reach back so far. */
  changedBy(): Promise<string | null>;
}

/** The one row of canned answers that a centre has. */
export const ALL = { kind: 'answers', id: 'all' } as const;

export function answersOf(records: RecordsStore, nowMs: () => number): AnswersStore {
  const get = async (): Promise<StandingAnswers> => {
    const row = await records.get(ALL);
    return row ? { rev: row.rev, ...v.parse(answersDocument, JSON.parse(row.text)) } : { rev: 0, answers: [] };
  };
  return {
    get,
    async put(wanted, seen, by, session) {
      for (;;) {
        const now = await get();
        if (now.rev !== seen) return { is: 'changed', now };
        const parsed = parseAnswers(wanted);
        if (!parsed.ok) return { is: 'refused', problems: parsed.problems };
        const change = { ...ALL, rev: seen, text: JSON.stringify({ answers: parsed.answers }) };
        const acted = { by, act: 'answers_changed', about: ALL.id } as const;
        const written = await act(records, nowMs(), [change, ...(await bySession(records, session))], acted);
        if (written.is === 'written') return { is: 'written', rev: written.rev, answers: parsed.answers };
        // another list came first, or it was her session that changed: both are looked at anew
      }
    },
    async changedBy() {
      const { found } = await lookBack(
        records,
        (entries) => entries.findLast((text) => readEntry(text)?.act === 'answers_changed') ?? null,
      );
      return found === null ? null : (readEntry(found)?.by ?? null);
    },
  };
}
