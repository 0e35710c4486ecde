import { createHash, randomBytes } from 'node:crypto';

const COOKIE_BYTES = 32;
const COOKIE_CHARS = 43;

export const SESSION = 'clb';
/** Before there is a session: whoever has it has begun to sign in by passkey, in one tab or in several. */
export const BEGUN = 'clb-begun';
/** Of who was sent to a provider and has not come back, in one tab or in several. */
export const SENT = 'clb-sent';
/** Of who came back from a provider as somebody who belongs here: her next coming back is told from a stranger's. */
export const CAME = 'clb-came';
/** Of who typed a right password and not yet her code: a new one each time, so that no copy of an earlier one is half a way in. */
export const HALF = 'clb-half';
/** Of who signed in by a password: her next try is told from a stranger's. So many people have one computer, at most. */
export const KNOWN = [
  'clb-known',
  'clb-known-1',
  'clb-known-2',
  'clb-known-3',
  'clb-known-4',
  'clb-known-5',
  'clb-known-6',
  'clb-known-7',
] as const;
export type Known = (typeof KNOWN)[number];
type Name = typeof SESSION | typeof BEGUN | typeof SENT | typeof CAME | typeof HALF | Known;

/** How cookies are told to browsers. */
export interface Cookies {
  /** A cookie that nobody has had before, as `Set-Cookie` says it. @param lastsMs after which a browser drops it */
  make(name: Name, lastsMs: number, sid?: string): { readonly setCookie: string; readonly digest: string };
  /** The one that this browser has already, for so long from now on; where it has none, a new one. */
  again(name: Name, lastsMs: number, cookies: string | undefined): ReturnType<Cookies['make']>;
  /** Ours in a `Cookie` header. Null when there is none that could be ours, or two of its name: then somebody planted one. */
  value(name: Name, cookies: string | undefined): string | null;
  /** All that is looked at of it: its digest. */
  find(name: Name, cookies: string | undefined): string | null;
  /** The `Set-Cookie` that takes one away. */
  taken(name: Name): string;
}

/** All that is kept of a cookie. Base64url of SHA-256, 43 characters. */
export const digestOf = (sid: string): string => createHash('sha256').update(sid).digest('base64url');

/** @param attributes beside `HttpOnly` and `SameSite=Strict`, which every cookie of ours has */
export function cookiesWith(prefix: string, attributes: string): Cookies {
  const said = (name: Name, value: string, lastsS: number) =>
    `${prefix}${name}=${value}; Max-Age=${lastsS}; ${attributes}; HttpOnly; SameSite=Strict`;
  function value(name: Name, cookies: string | undefined): string | null {
    const mine = `${prefix}${name}=`;
    const found = (cookies ?? '').split('; ').filter((one) => one.startsWith(mine));
    const sid = found.length === 1 ? found[0]?.slice(mine.length) : undefined;
    return sid?.length === COOKIE_CHARS ? sid : null;
  }
  const make: Cookies['make'] = (name, lastsMs, sid = randomBytes(COOKIE_BYTES).toString('base64url')) => ({
    ...{ setCookie: said(name, sid, Math.floor(lastsMs / 1_000)), digest: digestOf(sid) },
  });
  return {
    make,
    again: (name, lastsMs, cookies) => make(name, lastsMs, value(name, cookies) ?? undefined),
    value,
    find(name, cookies) {
      const sid = value(name, cookies);
      return sid === null ? null : digestOf(sid);
    },
    taken: (name) => said(name, '', 0),
  };
}

/** `__Host-`: bound to this very host, never readable by a script, never sent from another site. */
export const hostCookies = cookiesWith('__Host-', 'Path=/; Secure');
