import * as v from 'valibot';

const CHARS_MAX = 255;
const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** `https://www.school.be`, `https://*.smartschool.be`, or a page of this very machine without TLS. No path, no slash at the end. */
export const origin = v.pipe(
  v.string(),
  v.maxLength(CHARS_MAX, `may be ${CHARS_MAX} long at most`),
  v.check(isOrigin, 'must be an origin as https://www.school.be'),
);

export const isThisMachine = (hostname: string): boolean => LOCAL_HOSTS.has(hostname);

/** Whether a page of it may be named as one that shows the chat [S5]. */
export function isOrigin(text: string): boolean {
  if (text.length > CHARS_MAX) return false;
  // One star in front, and never right before a top-level domain: that would be everybody.
  const plain = text.replace(/^https:\/\/\*\.(?=[^.]+\.[^.]+)/, 'https://'); // at most CHARS_MAX
  if (!/^https?:\/\/[A-Za-z0-9.:[\]-]+$/.test(plain) || !URL.canParse(plain)) return false; // at most CHARS_MAX
  const url = new URL(plain);
  return url.origin === plain && (url.protocol === 'https:' || isThisMachine(url.hostname));
}
