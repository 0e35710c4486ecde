/** As the service has it (centre/origin.rules.ts), in characters. */
const URL_CHARS_MAX = 255;

/**
 * What is wrong with an address for *Snel weg*, or null. `elsewhere`: what stands before an @ reads as the site, and the site is
 * what stands behind it
 */
export function exitUrlProblem(text: string): 'too_long' | 'none' | 'elsewhere' | null {
  if (text.length > URL_CHARS_MAX) return 'too_long';
  const url = read(text);
  if (url?.protocol !== 'https:') return 'none';
  return url.username + url.password === '' ? null : 'elsewhere';
}

function read(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
