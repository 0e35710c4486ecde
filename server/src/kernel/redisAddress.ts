/** How an address is written, for the sentence that refuses one. */
export const REDIS_ADDRESS =
  'redis://host:port or rediss://host:port, where a name or password has %25 for %, %2F for /, %23 for # and %3F for ?';

/** Longer than any that somebody writes. */
const ADDRESS_CHARS_MAX = 2_048;

/** What may stand behind `?`: anything else there would change how the connection works. */
const OPTIONS: readonly string[] = ['family'];

/**
 * Where an address of a Redis server leads, for people: without the name and the password in it.
 *
 * @returns `host:port`, or null for what is no such address
 */
export function redisPlace(address: string): string | null {
  if (address.length > ADDRESS_CHARS_MAX || !URL.canParse(address)) return null;
  const url = new URL(address);
  const isOne = ['redis:', 'rediss:'].includes(url.protocol) && url.hostname !== '';
  // a `/` or `#` in a password that is not written as it must be makes another address of what stands before it
  const isWhole = /^\/?\d{0,5}$/.test(url.pathname) && url.hash === ''; // at most ADDRESS_CHARS_MAX
  const plain = isWhole && [...url.searchParams.keys()].every((name) => OPTIONS.includes(name));
  if (!isOne || !plain || !decodes(url.username) || !decodes(url.password)) return null;
  return `${url.hostname}:${url.port || 6379}`;
}

function decodes(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
