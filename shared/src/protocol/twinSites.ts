import { SITE_NAME_CHARS_MAX } from './sites.ts';

interface Named {
  readonly origins: readonly string[];
  readonly name?: string | undefined;
}

export interface Twin {
  /** id of the other site */
  readonly other: string;
  readonly field: 'name' | 'origins';
  /** which of its origins; 0 for the name */
  readonly at: number;
}

/** As somebody reads it: `de  Linde` is De Linde, whatever its spaces are, with signs that nobody sees, and with either apostrophe. */
const spoken = (name: string | undefined) =>
  name
    ?.slice(0, SITE_NAME_CHARS_MAX)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\p{Cf}/gu, '') // at most SITE_NAME_CHARS_MAX
    .replaceAll(/[\u2018\u2019\u02bc\u0060\u00b4]/g, "'") // at most SITE_NAME_CHARS_MAX
    .split(/\s+/) // at most SITE_NAME_CHARS_MAX
    .filter(Boolean)
    .join(' ');

/** The first of these sites that bears the name of this one, or has one of its origins; null for none. It may be among them itself. */
export function twinOf(id: string, site: Named, sites: Readonly<Record<string, Named>>): Twin | null {
  const called = spoken(site.name);
  for (const [other, one] of Object.entries(sites)) {
    if (other === id) continue;
    if (called && spoken(one.name) === called) return { other, field: 'name', at: 0 };
    const at = site.origins.findIndex((origin) => one.origins.includes(origin));
    if (at >= 0) return { other, field: 'origins', at };
  }
  return null;
}
