/**
 * What an address is read as, or null where it is none. `URL.canParse` says of one with an accent in its host that it is
 * none, once Node 20 and 22 have made it fast: so it is read and seen.
 */
export function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
