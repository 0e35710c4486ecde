import * as v from 'valibot';

const CHARS_MAX = 255;
const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** `https://www.school.be`, `https://*.smartschool.be`, or a page of this very machine without TLS. No path, no slash at the end. */
export const origin = v.pipe(
  v.string(),
  v.maxLength(CHARS_MAX, `may be ${CHARS_MAX} long at most`),
  v.check(isOrigin, 'must be an origin as https://www.school.be'),
);

/**
 * One name for a service of ours, over TLS unless it is of this very machine.
 *
 * @returns it as browsers write it, in small letters and without the port that goes without saying; null when it is none
 */
export function publicOrigin(text: string): string | null {
  // ours: the environment of the program
  if (text.length > CHARS_MAX || !/^https?:\/\/[^\s/\\?#@*]+$/i.test(text) || !URL.canParse(text)) return null;
  const plain = new URL(text).origin;
  return isOrigin(plain) ? plain : null;
}

/** Whether answers of this origin may promise TLS for years: on this very machine that would lock its other programs out. */
export function promisesTls(plain: string): boolean {
  const { protocol, hostname } = new URL(plain);
  return protocol === 'https:' && !LOCAL_HOSTS.has(hostname);
}

export const webAddress = v.check(
  (address: string) => address.length <= CHARS_MAX && URL.canParse(address) && new URL(address).protocol === 'https:',
  'must be an address that begins with https://',
);

function isOrigin(text: string): boolean {
  // One star in front, and never right before a top-level domain: that would be everybody.
  const plain = text.replace(/^https:\/\/\*\.(?=[^.]+\.[^.]+)/, 'https://'); // ours: settings of a centre
  if (!/^https?:\/\/[A-Za-z0-9.:[\]-]+$/.test(plain) || !URL.canParse(plain)) return false; // ours: settings of a centre
  const url = new URL(plain);
  return url.origin === plain && (url.protocol === 'https:' || LOCAL_HOSTS.has(url.hostname));
}
