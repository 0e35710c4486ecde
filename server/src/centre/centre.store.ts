import { Bug } from '../kernel/failure.ts';
import { act } from '../records/acts.store.ts';
import { readEntry } from '../records/audit.rules.ts';
import type { RecordsStore } from '../records/records.store.ts';
import { parseCentre, type CentreSettings, type SettingProblem } from './centre.rules.ts';

/** Settings as they stand, and the number by which whoever changes them says which ones were seen. */
export interface StandingCentre {
  readonly centre: CentreSettings;
  readonly rev: number;
}

export type PutCentre =
  | ({ readonly is: 'written' } & StandingCentre)
  /** somebody else changed them meanwhile: both can be shown beside each other, and nothing is written */
  | { readonly is: 'changed'; readonly now: StandingCentre | null }
  | { readonly is: 'refused'; readonly problems: readonly SettingProblem[] };

/** Settings of one centre, in the records. Nothing of a visitor is ever near it. */
export interface CentreStore {
  /** Null when nobody put any yet. Throws Bug when what is stored no longer passes the rules. */
  get(): Promise<StandingCentre | null>;
  /**
   * Stores what passes the rules, is of this centre, and was made from the settings that stand [A3].
   *
   * @param settings a CentreDocument as its page wrote it
   * @param seen the `rev` that it was made from; 0 = there were none
   * @param by id of the account that puts it
   */
  put(settings: unknown, seen: number, by: string): Promise<PutCentre>;
  /** Id of the account that changed them last, or SHELL or DEMO; null where the audit log does not reach back so far. */
  changedBy(): Promise<string | null>;
}

/** The one row of settings that a centre has. */
export const THE = { kind: 'settings', id: 'centre' } as const;

export function centreOf(records: RecordsStore, id: string, nowMs: () => number): CentreStore {
  const get = async () => {
    const row = await records.get(THE);
    return row && { centre: readStored(row.text), rev: row.rev };
  };
  return {
    get,
    async put(settings, seen, by) {
      const parsed = parseCentre(settings);
      if (!parsed.ok) return { is: 'refused', problems: parsed.problems };
      if (parsed.centre.id !== id)
        return { is: 'refused', problems: [{ path: 'id', code: 'value', says: `must be ${id}` }] };
      const change = { ...THE, rev: seen, text: JSON.stringify(settings) };
      const written = await act(records, nowMs(), [change], { by, act: 'settings_changed', about: THE.id });
      if (written.is === 'stale') return { is: 'changed', now: await get() };
      return { is: 'written', centre: parsed.centre, rev: written.rev };
    },
    async changedBy() {
      const { entries } = await records.audit();
      const last = entries.findLast((text) => readEntry(text)?.act === 'settings_changed');
      return last === undefined ? null : (readEntry(last)?.by ?? null);
    },
  };
}

function readStored(text: string): CentreSettings {
  const parsed = parseCentre(JSON.parse(text));
  if (parsed.ok) return parsed.centre;
  throw new Bug(`stored settings break the rules at ${parsed.problems.map(({ path }) => path).join(', ')}`);
}
