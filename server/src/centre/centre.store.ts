import { SIGNED_SITES_CHARS_MAX } from '@clbchat/shared/statement/sites';
import { doorShutAt, type ShutDoor } from '@clbchat/shared/hours/shutDoor';
import { Bug } from '../kernel/failure.ts';
import * as v from 'valibot';
import { bySession } from '../accounts/sessionsEnded.store.ts';
import { act, lookBack } from '../records/acts.store.ts';
import { HOURS_SAVED, readEntry, type Acted } from '../records/audit.rules.ts';
import type { Changes, RecordsStore, Row } from '../records/records.store.ts';
import { newCentre, parseCentre, type CentreSettings, type SettingProblem } from './centre.rules.ts';
import { twinsIn, unreadableIn } from './sites.rules.ts';

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

/** As its coordinator's browser signed it (statement/sites.ts), and the `rev` that it says. */
export interface SignedSites {
  readonly text: string;
  readonly rev: number;
}

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
   * @param session the binding of the session in which it does: rejects with Problem `no_cert` when that ended meanwhile [G81];
   *   where it changed it is `changed`, with the settings as they were seen
   */
  put(settings: unknown, seen: number, by: string, session?: string): Promise<PutCentre>;
  /**
   * The same for the sites alone, in one step with the list of them that a coordinator signed, which takes the place of the one before [U35].
   *
   * @param signed null: nobody signs here, and a list of before goes
   * @param looked what the list was looked at for, as it stands: where it stands otherwise by now it is `changed`, with the
   *   settings as they were seen [O60]
   */
  putSites(
    sites: unknown,
    signed: SignedSites | null,
    seen: number,
    by: string,
    looked?: Changes,
    session?: string,
  ): Promise<PutCentre>;
  /** Shuts the door to who comes, from this moment on, or opens it again; whatever else stands stays [H30]; what is so already is not written again [H31]. False when none stand. */
  putDoor(shut: boolean, by: string, session?: string): Promise<boolean>;
  /** The list that was signed last, and its `rev`; null when none stands. */
  signedSites(): Promise<SignedSites | null>;
  /**
   * Id of the account that did this last, or SHELL or DEMO; null where the audit log does not reach back so far.
   *
   * @param what the page that asks: who saved another one since is not whom she clashes with
   */
  changedBy(what: 'hours' | 'sites'): Promise<string | null>;
}

/** The one row of settings that a centre has. */
export const THE = { kind: 'settings', id: 'centre' } as const;
export const SIGNED = { kind: 'sites', id: 'signed' } as const;
export const signedList = v.strictObject({
  text: v.pipe(v.string(), v.maxLength(SIGNED_SITES_CHARS_MAX)),
  rev: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
});

export function centreOf(records: RecordsStore, id: string, nowMs: () => number): CentreStore {
  const get = async () => {
    const row = await records.get(THE);
    return row && { centre: readStored(row.text), rev: row.rev };
  };
  /** In the place of what stands, as long as that still does. */
  const putOver = async (
    row: Row | null,
    settings: unknown,
    beside: Changes,
    acted: Acted,
    session: string | undefined,
  ): Promise<PutCentre> => {
    const parsed = parseCentre(settings);
    if (!parsed.ok) return { is: 'refused', problems: parsed.problems };
    if (parsed.centre.id !== id)
      return { is: 'refused', problems: [{ path: 'id', code: 'value', says: `must be ${id}` }] };
    const unreadable = unreadableIn(parsed.centre, row && readStored(row.text));
    if (unreadable.length > 0) return { is: 'refused', problems: unreadable };
    const change = { ...THE, rev: row?.rev ?? 0, text: JSON.stringify(settings) };
    const written = await act(records, nowMs(), [change, ...beside, ...(await bySession(records, session))], acted);
    if (written.is === 'stale') return { is: 'changed', now: await get() };
    return { is: 'written', centre: parsed.centre, rev: written.rev };
  };
  return {
    get,
    async put(settings, seen, by, session) {
      const row = await records.get(THE);
      if ((row?.rev ?? 0) !== seen) return { is: 'changed', now: await get() };
      const before = row ? readStored(row.text) : newCentre(id);
      return putOver(row, settings, [], { by, act: savedOver(before, settings), about: THE.id }, session);
    },
    async putSites(sites, signed, seen, by, looked = [], session) {
      const [row, before] = await Promise.all([records.get(THE), records.get(SIGNED)]);
      if ((row?.rev ?? 0) !== seen) return { is: 'changed', now: await get() };
      const standing: { readonly sites?: unknown } = row ? (JSON.parse(row.text) as object) : newCentre(id);
      const twins = twinsIn(sites, standing.sites);
      if (twins.length > 0) return { is: 'refused', problems: twins };
      const settings: unknown = { ...standing, sites };
      const list = signed && JSON.stringify(signed);
      const beside = list === null && !before ? [] : [{ ...SIGNED, rev: before?.rev ?? 0, text: list }];
      return putOver(row, settings, [...beside, ...looked], { by, act: 'sites_changed', about: THE.id }, session);
    },
    async putDoor(shut, by, session) {
      for (;;) {
        const row = await records.get(THE);
        if (!row) return false;
        const { door: before, ...rest } = JSON.parse(row.text) as { door?: ShutDoor };
        const { schedule } = readStored(row.text);
        if (shut === (doorShutAt(nowMs(), schedule, before) !== null)) return true; // pressed at another process meanwhile
        const settings = shut ? { ...rest, door: { shutMs: nowMs() } } : rest;
        const acted = { by, act: shut ? 'door_shut' : 'door_opened', about: THE.id } as const;
        const put = await putOver(row, settings, [], acted, session);
        if (put.is === 'written') return true;
        if (put.is === 'refused') throw new Bug('the door breaks the rules of settings');
      }
    },
    async signedSites() {
      const row = await records.get(SIGNED);
      return row && v.parse(signedList, JSON.parse(row.text));
    },
    async changedBy(what) {
      const acts: readonly string[] = what === 'hours' ? HOURS_SAVED : ['sites_changed'];
      const { found } = await lookBack(
        records,
        (entries) => entries.findLast((text) => acts.some((act) => act === readEntry(text)?.act)) ?? null,
      );
      return found === null ? null : (readEntry(found)?.by ?? null);
    },
  };
}

/** The same where nobody put any yet: what a centre starts from then stands, closed [I4], and the first who saves writes it. */
export const orNew = (store: CentreStore, id: string): CentreStore => ({
  ...store,
  get: async () => (await store.get()) ?? { centre: newCentre(id), rev: 0 },
});

/** As which act settings are written that take the place of others. */
function savedOver(before: CentreSettings, settings: unknown): Acted['act'] {
  const parsed = parseCentre(settings);
  if (!parsed.ok || parsed.centre.exitUrl === before.exitUrl) return 'settings_changed';
  const isAllElse = JSON.stringify({ ...parsed.centre, exitUrl: '' }) === JSON.stringify({ ...before, exitUrl: '' });
  return isAllElse ? 'exit_changed' : 'settings_and_exit_changed';
}

function readStored(text: string): CentreSettings {
  const parsed = parseCentre(JSON.parse(text));
  if (parsed.ok) return parsed.centre;
  throw new Bug(`stored settings break the rules at ${parsed.problems.map(({ path }) => path).join(', ')}`);
}
