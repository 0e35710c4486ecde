import * as v from 'valibot';

const LOCAL_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/** `https://www.school.be`, `https://*.smartschool.be`, or a page of this very machine without TLS. No path, no slash at the end. */
export const origin = v.pipe(
  v.string(),
  v.maxLength(255, 'may be 255 long at most'),
  v.check(isOrigin, 'must be an origin as https://www.school.be'),
);

export const webAddress = v.check(
  (address: string) => address.length <= 255 && URL.canParse(address) && new URL(address).protocol === 'https:',
  'must be an address that begins with https://',
);

function isOrigin(text: string): boolean {
  // One star in front, and never right before a top-level domain: that would be everybody.
  const plain = text.replace(/^https:\/\/\*\.(?=[^.]+\.[^.]+)/, 'https://'); // ours: settings of a centre
  if (!/^https?:\/\/[A-Za-z0-9.:[\]-]+$/.test(plain) || !URL.canParse(plain)) return false; // ours: settings of a centre
  const url = new URL(plain);
  return url.origin === plain && (url.protocol === 'https:' || LOCAL_HOSTS.has(url.hostname));
}
