import type { IncomingMessage } from 'node:http';
import { OWN_PAGE_HEADER } from '@clbchat/shared/protocol/wire';

const URL_CHARS_MAX = 512;
const QUERY_NAMES = new Set(['EIO', 'transport', 'sid', 't', 'b64']);
const METHODS = new Set(['GET', 'POST', 'OPTIONS']);

/** A request that changes something, or opens a socket, comes from one of our own pages and says so. */
export const isOurOrigin = (origins: readonly string[], request: IncomingMessage): boolean =>
  originOf(origins, request) !== null;

/**
 * The page behind a request. CORS does not guard sockets, so this is the guard for every kind of request.
 * Browsers leave `Origin` out of a GET to the page's own host (long polling); then they say `same-origin`
 * in a header that no page can write, and the page is the host's own. Where they do not know that header yet, one
 * of ours says it, which a page of another origin can set only after asking, and is refused.
 *
 * @returns null when it is not exactly one of ours.
 */
export function originOf(origins: readonly string[], { headers, method }: IncomingMessage): string | null {
  const { origin, host } = headers;
  if (origin !== undefined) return origins.includes(origin) ? origin : null;
  const site = headers['sec-fetch-site'] ?? (headers[OWN_PAGE_HEADER] === undefined ? 'none' : 'same-origin');
  if (method !== 'GET' || headers.upgrade !== undefined || site !== 'same-origin') return null;
  return origins.find((one) => new URL(one).host === host) ?? null;
}

/** Whether such a page is of another host than the one that is asked: in production no page of ours is of the relay's. */
const isApart = (origin: string, host: string | undefined) =>
  origin.startsWith('https://') && new URL(origin).host !== host;

/**
 * No page of another site can send all of this, whatever its browser sends along. Safari before 16.4 says nothing of the
 * site; origin and header of our own are enough there, for no other page can set both. From a host of ours to the relay's it
 * is `same-site`, which counts from there alone.
 */
export function isFromOurPage(origins: readonly string[], request: IncomingMessage): boolean {
  const { headers } = request;
  const site = headers['sec-fetch-site'] ?? 'same-origin';
  const origin = originOf(origins, request);
  if (origin === null || headers[OWN_PAGE_HEADER] !== '1') return false;
  return site === 'same-origin' || (site === 'same-site' && isApart(origin, headers.host));
}

/**
 * Whether a goodbye may be one of our own pages'. Pages that name no referrer have none of an origin either in what
 * `sendBeacon` sends with Firefox and Safari: `null`, and `same-origin` in the header that no page can write, or `same-site` to a relay that is a host of its own. Safari
 * before 16.4 does not know that one; there the visit's token, which is asked for in any case, has to be enough.
 */
export function isOurGoodbye(origins: readonly string[], request: IncomingMessage): boolean {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  if (origin !== undefined && origin !== 'null') return isOurOrigin(origins, request);
  if (site === 'same-site') return origins.some((one) => isApart(one, host));
  return site === 'same-origin' || (site === undefined && origin === 'null');
}

const KEY_CHARS = 24;
const KEY = /^[+/0-9A-Za-z]{22}==$/; // at most KEY_CHARS

/**
 * What Engine.IO and `ws` would refuse, and in words of their own: a WebSocket for a session that exists already (no
 * page of ours changes horses), of another version, or without a key.
 */
export function canUpgrade({ url = '', method, headers }: IncomingMessage): boolean {
  const query = new URLSearchParams(url.slice(url.indexOf('?') + 1));
  const key = headers['sec-websocket-key'] ?? '';
  return (
    method === 'GET' &&
    query.get('transport') === 'websocket' &&
    !query.has('sid') &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    headers['sec-websocket-version'] === '13' &&
    key.length === KEY_CHARS &&
    KEY.test(key)
  );
}

/**
 * Whether it asks as long polling does. Of a WebSocket's session Engine.IO takes a plain request for the session's own,
 * and then nobody answers it.
 */
export const isPoll = ({ url = '' }: IncomingMessage): boolean =>
  new URLSearchParams(url.slice(url.indexOf('?') + 1)).get('transport') === 'polling';

/**
 * What is said twice, or not at all, or behind a `#`, Engine.IO reads otherwise than we do: to it an empty `sid` is a new
 * session, which here would have been counted as one that exists.
 *
 * @returns the origin of a request to the realtime path, null when it may not go further.
 */
export function admitted(origins: readonly string[], request: IncomingMessage): string | null {
  const { url = '', method = '' } = request;
  if (url.length > URL_CHARS_MAX || url.includes('#') || !METHODS.has(method)) return null;
  const said = [...new URLSearchParams(url.slice(url.indexOf('?') + 1))];
  const query = new Map(said);
  if (query.get('EIO') !== '4' || query.size < said.length) return null;
  if (said.some(([name, value]) => !QUERY_NAMES.has(name) || value === '')) return null;
  return originOf(origins, request);
}
