import { isName, spelled } from '@clbchat/shared/names';
import { isOrigin } from '@clbchat/shared/protocol/origin';
import { ORIGINS_MAX, SITE_NAME_CHARS_MAX } from '@clbchat/shared/protocol/sites';

/** A place on the web that may show the chat: mostly one school. */
export interface Site {
  readonly origins: readonly string[];
  readonly name?: string | undefined;
}
export type Sites = Readonly<Record<string, Site>>;

/** Characters that somebody may type into the field of addresses. */
const TYPED_CHARS_MAX = 12_000;

export type Judged =
  | { readonly ok: true; readonly site: Site }
  /** `what` is the address that is none, as it was typed */
  | {
      readonly ok: false;
      readonly field: 'name' | 'origins';
      readonly why: 'empty' | 'long' | 'unread' | 'many' | 'origin';
      readonly what: string;
    };

const WHAT_CHARS_MAX = 60;

/**
 * A site as it was typed: its addresses one on a line. What is plainly an origin with a slash behind it is one.
 *
 * @param stood its name before, which stays as it is where nobody touched it [G93]
 */
export function siteTyped(name: string, typed: string, stood?: string): Judged {
  const wrong = (
    field: 'name' | 'origins',
    why: 'empty' | 'long' | 'unread' | 'many' | 'origin',
    what = '',
  ): Judged => ({
    ...{ ok: false, field, why },
    what: what.length > WHAT_CHARS_MAX ? `${what.slice(0, WHAT_CHARS_MAX)}…` : what,
  });
  const called = name === stood ? stood : spelled(name);
  if (called === '') return wrong('name', 'empty');
  if (called.length > SITE_NAME_CHARS_MAX) return wrong('name', 'long');
  if (called !== stood && !isName(called)) return wrong('name', 'unread');
  if (typed.length > TYPED_CHARS_MAX) return wrong('origins', 'many');
  const lines = typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 0) return wrong('origins', 'empty');
  const origins = [...new Set(lines.map(plain))];
  if (origins.length > ORIGINS_MAX) return wrong('origins', 'many');
  const at = origins.findIndex((one) => !isOrigin(one));
  return at < 0 ? { ok: true, site: { origins, name: called } } : wrong('origins', 'origin', origins[at]);
}

/** As browsers send it: host in small letters of ASCII, no port that goes without saying, and nothing behind it. */
function plain(line: string): string {
  if (isOrigin(line)) return line;
  const url = URL.canParse(line) ? new URL(line) : null;
  const isBare = url && url.pathname === '/' && !url.search && !url.hash && !url.username && !url.password;
  return isBare && isOrigin(url.origin) ? url.origin : line;
}

/** @param random at least 12 characters of base64url */
export const newSiteId = (random: string): string => `s_${random.slice(0, 12)}`;

export const sameSite = (a: Site | undefined, b: Site | undefined): boolean =>
  a?.name === b?.name && JSON.stringify(a?.origins) === JSON.stringify(b?.origins);

type Origins = Readonly<Record<string, Pick<Site, 'origins'>>>;

/** Whether two lists name the same sites with the same addresses: a name is in no signature. */
export const sameOrigins = (a: Origins, b: Origins): boolean => plainOrigins(a) === plainOrigins(b);
const plainOrigins = (all: Origins) =>
  JSON.stringify(
    Object.entries(all)
      .map(([id, { origins }]) => [id, origins] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
