import { spelled, whyNoName } from '@clbchat/shared/names';
import type { Changed, MadeLink, NewsPorts, Seen, StepUp, TeamList, TeamPorts, Why } from '../model/team/team.ts';
import { openDatabase, readFrom, writeTo } from './database.ts';

const headers = { 'content-type': 'application/json', 'x-clb': '1' };
const WHYS: readonly string[] = ['stale', 'own', 'gone', 'full', 'not_yours', 'too_fast'] satisfies readonly Why[];
/** As releases of before kept it. */
type SeenBefore = string | { readonly id: string };
const keyOf = (account: string) => `team-seen ${account}`;

const listIn = (value: unknown): TeamList | null => {
  const { me, people, invitations, news, newsCount, names } = Object(value) as Partial<TeamList>;
  const isOne = typeof me === 'string' && [people, invitations, news].every((each) => Array.isArray(each));
  return isOne
    ? {
        ...{ me, people: people!, invitations: invitations!, news: news!, names: Object(names) as TeamList['names'] },
        ...(typeof newsCount === 'number' && { newsCount }),
      }
    : null;
};

/** Who works here; null where no answer comes, or none for her. */
export const createTeamReader =
  (fetchFrom: typeof fetch) =>
  async (since?: string): Promise<TeamList | null> => {
    const how: RequestInit = { headers: { 'x-clb': '1' }, credentials: 'same-origin' };
    const answer = await fetchFrom(
      since === undefined ? '/api/team' : `/api/team?since=${encodeURIComponent(since)}`,
      how,
    ).catch(() => null);
    return answer?.ok ? listIn(await answer.json().catch(() => null)) : null;
  };

/** Who works here, from the service, and what of it this browser profile showed already. */
export function createNewsPorts(fetchFrom: typeof fetch, factory: IDBFactory): NewsPorts {
  return {
    read: createTeamReader(fetchFrom),
    async seen(account) {
      const database = await openDatabase(factory);
      const found = await readFrom<Seen | SeenBefore | undefined>(database, 'prefs', (store) =>
        store.get(keyOf(account)),
      );
      if (typeof found === 'string') return { newest: found, ids: [found] };
      return found && 'id' in found ? { newest: found.id, ids: [found.id] } : (found ?? null);
    },
    async remember(account, seen) {
      await writeTo(await openDatabase(factory), 'prefs', (store) => store.put(seen, keyOf(account)));
    },
  };
}

/** @param page the console's own address, at which an invitation opens */
export function createTeamPorts(fetchFrom: typeof fetch, page: () => string): Omit<TeamPorts, 'with'> {
  async function ask<More = object>(
    path: string,
    body: object,
    more: (said: Readonly<Record<string, unknown>>) => More | null,
  ): Promise<Changed<More> | StepUp> {
    const how: RequestInit = { method: 'POST', headers, credentials: 'same-origin', body: JSON.stringify(body) };
    const answer = await fetchFrom(`/api/team/${path}`, how).catch(() => null);
    const said = Object(await answer?.json().catch(() => null)) as Record<string, unknown>;
    const team = listIn(said['team']);
    const found = answer?.ok ? more(said) : null;
    if (team && found) return { ok: true, team, ...found };
    if (said['code'] === 'step_up') return 'step_up';
    if (answer?.status === 401) return { ok: false, why: 'signed_out', team: null };
    const why = WHYS.includes(String(said['code'])) ? (said['code'] as Why) : 'unreachable';
    return { ok: false, why, team };
  }
  const nothingMore = () => ({});

  return {
    async invite(roles, typed) {
      const name = spelled(typed);
      const why = name === '' ? null : whyNoName(name);
      if (why) return { ok: false, why: `name_${why}`, team: null };
      return ask<MadeLink>('invite', { roles, ...(name !== '' && { name }) }, ({ token, endMs }) =>
        typeof token === 'string' && typeof endMs === 'number' ? { link: `${page()}#begin=${token}`, endMs } : null,
      );
    },
    withdraw: (id) => ask('withdraw', { id }, nothingMore),
    setRoles: ({ id, rev }, roles) => ask('roles', { account: id, rev, roles }, nothingMore),
    setDisabled: ({ id, rev }, disabled) => ask('disable', { account: id, rev, disabled }, nothingMore),
  };
}
