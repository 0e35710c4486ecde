import { createHash, randomBytes } from 'node:crypto';

/**
 * `__Host-`: bound to this very host, never readable by a script, never sent from another site. Chromium and Firefox take a
 * secure cookie on plain http from this very machine, where alone the service has such an origin [N52]; WebKit takes none, so
 * there the demonstration's console has to stand behind TLS.
 */
const SESSION = '__Host-clb';
/** Before there is a session: whoever has it has begun to sign in. */
export const BEGUN = '__Host-clb-begun';
/** Of who was sent to a provider and has not come back. */
export const SENT = '__Host-clb-sent';
/** Of who signed in by a password: her next try is told from a stranger's. */
export const KNOWN = '__Host-clb-known';
type Name = typeof SESSION | typeof BEGUN | typeof SENT | typeof KNOWN;
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';
const COOKIE_BYTES = 32;
const COOKIE_CHARS = 43;

/** All that is kept of a cookie. Base64url of SHA-256, 43 characters. */
export const digestOf = (sid: string): string => createHash('sha256').update(sid).digest('base64url');

/** A cookie that nobody has had before, as `Set-Cookie` says it. @param lastsMs after which a browser drops it */
export function newCookie(
  lastsMs: number,
  name: Name = SESSION,
  sid = randomBytes(COOKIE_BYTES).toString('base64url'),
): { readonly setCookie: string; readonly digest: string } {
  const lastsS = Math.floor(lastsMs / 1_000);
  return { setCookie: `${name}=${sid}; Max-Age=${lastsS}; ${ATTRIBUTES}`, digest: digestOf(sid) };
}

/** The `Set-Cookie` that takes one away. */
export const cookieTaken = `${SESSION}=; Max-Age=0; ${ATTRIBUTES}`;
export const sentTaken = `${SENT}=; Max-Age=0; ${ATTRIBUTES}`;

/** Our cookie in a `Cookie` header. Null when there is none that could be ours, or two of its name: then somebody planted one. */
export function valueIn(cookies: string | undefined, name: Name): string | null {
  const found = (cookies ?? '').split('; ').filter((one) => one.startsWith(`${name}=`));
  const sid = found.length === 1 ? found[0]?.slice(name.length + 1) : undefined;
  return sid?.length === COOKIE_CHARS ? sid : null;
}

/** All that is looked at of it: its digest. */
export function cookieIn(cookies: string | undefined, name: Name = SESSION): string | null {
  const sid = valueIn(cookies, name);
  return sid === null ? null : digestOf(sid);
}
