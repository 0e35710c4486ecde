import { readFileSync } from 'node:fs';

/** A name that a row of the table says in code: of a cookie, a store, or a field. */
interface Said {
  readonly name: string;
  readonly fits: RegExp;
}
interface Row {
  readonly where: readonly Said[];
  readonly what: readonly Said[];
}

const HEADING = '\n## What lies on the device\n';

/** The table of docs/privacy.md. @throws when there is none */
export function onTheDevice(): readonly Row[] {
  const [, section = ''] = readFileSync(new URL('../../docs/privacy.md', import.meta.url), 'utf8').split(HEADING);
  const [table = ''] = section.split('\n\n', 1);
  const rows = table.split('\n').slice(2);
  if (rows.length === 0) throw new Error('docs/privacy.md has no table of what lies on the device');
  return rows.map((row) => {
    const [, where = '', what = ''] = row.split('|');
    return { where: saidIn(where), what: saidIn(what) };
  });
}

/** What the rows of one place name, such as `rows` of the counsellor's browser. */
export const namedAt = (place: string): readonly Said[] =>
  onTheDevice()
    .filter(({ where }) => where.some(({ fits }) => fits.test(place)))
    .flatMap(({ what }) => what);

/** Fields of a value as it lies there, by their way to them; a list is one field, and a key that nobody takes out as well. */
export function fieldsOf(value: unknown, way = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [way];
  const within = Object.entries(value);
  return within.length === 0 ? [way] : within.flatMap(([name, each]) => fieldsOf(each, way ? `${way}.${name}` : name));
}

const saidIn = (cell: string): Said[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => ({
    name,
    fits: new RegExp(`^${name.replaceAll('.', '\\.').replaceAll(/<\w+>/g, '[\\w-]+')}$`),
  }));
