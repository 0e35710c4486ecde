import type { Site } from './site.ts';

const ADDRESS_CHARS_MAX = 2_048;

/** @returns the address of a page of this site without what stands behind its `#`, ready to be opened; null when it is none */
export function pageOf(typed: string, { origins }: Site): string | null {
  const text = typed.trim();
  if (text.length > ADDRESS_CHARS_MAX || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (!origins.some((origin) => covers(origin, url))) return null;
  url.hash = '';
  url.username = '';
  url.password = '';
  return url.href;
}

/** As `frame-ancestors` reads it: a star stands for one name or several, never for none. */
function covers(origin: string, url: URL): boolean {
  if (!origin.includes('*')) return url.origin === origin;
  const [scheme, rest] = origin.split('*') as [string, string];
  return `${url.protocol}//` === scheme && url.host.endsWith(rest) && url.host.length > rest.length;
}
