import { isName } from '@clbchat/shared/names';
import { sites } from '@clbchat/shared/protocol/sites';
import { twinOf } from '@clbchat/shared/protocol/twinSites';
import * as v from 'valibot';
import { urlOf } from '../kernel/url.ts';
import type { CentreSettings, SettingProblem } from './centre.rules.ts';

type Named = Pick<CentreSettings, 'name' | 'site' | 'sites' | 'exitUrl'>;
type Listed = Readonly<Record<string, { readonly origins: readonly string[] }>>;

/** Whether a signed list says what somebody wants to save, name or no name. What is wanted has not been looked at yet. */
export function sameSites(signed: Listed, wanted: object): boolean {
  const plain = (all: object) =>
    JSON.stringify(
      Object.entries(all)
        .map(([id, one]: [string, unknown]) => [id, Object(one) as Partial<Listed[string]>] as const)
        .map(([id, { origins }]) => [id, origins])
        .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    );
  return plain(signed) === plain(wanted);
}

/**
 * Sites that are new or changed and bear the name of another, or have an address of one [U52]. What stood so before holds back nobody who
 * changes another; what is no list of sites is somebody else's to refuse.
 */
export function twinsIn(wanted: unknown, before: unknown): SettingProblem[] {
  const read = v.safeParse(sites, wanted);
  if (!read.success) return [];
  const stood = v.safeParse(sites, before);
  const plain = (site: { origins: readonly string[]; name?: string | undefined } | undefined) =>
    JSON.stringify([site?.name, site?.origins]);
  return Object.entries(read.output).flatMap(([id, site]): SettingProblem[] => {
    if (stood.success && plain(stood.output[id]) === plain(site)) return [];
    const twin = twinOf(id, site, read.output);
    const path = `sites.${id}.${twin?.field === 'name' ? 'name' : `origins.${twin?.at}`}`;
    return twin ? [{ path, code: 'overlap', says: `is that of ${twin.other}, too` }] : [];
  });
}

const ELSEWHERE: SettingProblem = { path: 'exitUrl', code: 'value', says: 'must have nothing before an @' };

/**
 * What is new or changed and reads otherwise than it is: names of the centre, its office and its sites that nobody can read, and a
 * place for *Snel weg* with a name before an @, which reads as the site. What stood so before, put by an earlier release too, stays
 * [G93 U10].
 */
export function unreadableIn(now: Named, before: Named | null): SettingProblem[] {
  const named: (readonly [path: string, now: string | undefined, before: string | undefined])[] = [
    ['name', now.name, before?.name],
    ['site', now.site, before?.site],
    ...Object.entries(now.sites).map(([id, { name }]) => [`sites.${id}.name`, name, before?.sites[id]?.name] as const),
  ];
  const names = named
    .filter(([, name, stood]) => name !== undefined && name !== stood && !isName(name))
    .map(([path]) => ({ path, code: 'value', says: 'must be a name that people can read' }) as const);
  const { username = '', password = '' } = urlOf(now.exitUrl) ?? {};
  const isElsewhere = now.exitUrl !== before?.exitUrl && username + password !== '';
  return [...names, ...(isElsewhere ? [ELSEWHERE] : [])];
}
