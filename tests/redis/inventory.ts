import { readFileSync } from 'node:fs';
import { WEEKDAYS } from '@clbchat/shared/weekdays';
import { defaultRules } from '@clbchat/server/centre/bounds.rules';
import type { Kept } from './dump.ts';

/** A field of a key, or a place in the JSON that is stored there: `n ticket`, `records:account a1.name`. */
interface Row {
  readonly key: string;
  readonly field: string;
  readonly fits: RegExp;
  readonly purpose: string;
  readonly gone: string;
}

/** At the end of a field that holds an empty list or record. */
export const EMPTY = ' empty';

export type StoreName = 'Live' | 'Records';

/** What may stand where a row has a word in angle brackets. */
const PLACES: Readonly<Record<string, string>> = {
  visit: '[\\w-]{22}',
  login: '[a-z0-9.@]+',
  account: '[\\w-]{1,64}',
  request: '[\\w-]{21,22}',
  digest: '[\\w-]{40,43}',
  number: '\\d+',
  side: '[cv]',
  epoch: '\\d+',
  stream: '[\\w-]+',
  site: '[\\w-]{1,32}',
  node: '[\\w-]{0,32}',
  purpose: 'setup|recover',
  week: '\\d{4}-W\\d{2}',
  counter: '(?:role|topic|lang|came|at|open|wait|talk|left)\\.[\\w.-]+',
  day: WEEKDAYS.join('|'),
  rule: Object.keys(defaultRules).join('|'),
};

const document = readFileSync(new URL('../../docs/privacy.md', import.meta.url), 'utf8');

/** The table of a store in docs/privacy.md, one row for each field. @throws when it cannot be read as one */
export function inventoryOf(store: StoreName): Row[] {
  const [, section] = document.split(`\n### ${store} store\n`);
  const [table = ''] = (section ?? '').split(/\n#+ /, 1);
  const lines = table.split('\n').filter((line) => line.startsWith('| `'));
  if (lines.length === 0) throw new Error(`docs/privacy.md has no table for the ${store} store`);
  return lines.flatMap((line) => {
    const [, keys = '', fields = '', purpose = '', gone = '', ...more] = line.split('|').map((cell) => cell.trim());
    if (purpose === '' || gone === '' || more.join('') !== '') throw new Error(`not a row of the inventory: ${line}`);
    return namesIn(keys).flatMap((key) =>
      namesIn(fields).map((field) => ({ key, field, fits: patternOf(key, field), purpose, gone })),
    );
  });
}

const namesIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);

/** An empty list or record shows no field of its own: it fits the rows of what would stand in it. */
function patternOf(key: string, field: string): RegExp {
  const steps = field.split('.');
  const around = steps.map((_, at) => sourceOf(steps.slice(0, at + 1).join('.')));
  return new RegExp(`^${sourceOf(key)} (?:${sourceOf(field)}|(?:${around.join('|')})${EMPTY})$`);
}

function sourceOf(row: string): string {
  const parts = row.split(/<(\w+)>/).map((part, index) => {
    if (index % 2 === 0) return part.replaceAll('.', '\\.');
    const place = PLACES[part];
    if (!place) throw new Error(`nobody knows what stands at <${part}>`);
    return `(?:${place})`;
  });
  return parts.join('');
}

/** Every field of every key, as rows name them; places in lists are no part of a name. */
export function fieldsIn(dump: readonly Kept[], tag: string): Set<string> {
  return new Set(
    dump.flatMap((kept) => {
      if (!kept.key.startsWith(`${tag}:`)) throw new Error(`${kept.key} is no key of the centre`);
      return fieldsOf(kept).map((field) => `${kept.key.slice(tag.length + 1)} ${field}`);
    }),
  );
}

function fieldsOf({ type, holds }: Kept): string[] {
  if (type === 'hash') return pairs(holds).flatMap(([field, value]) => [field, ...within(field, value)]);
  if (type === 'zset') return pairs(holds).map(([member]) => member);
  // an entry is its id and then fields and values, all between commas
  if (type === 'stream') return holds.flatMap((entry) => pairs(entry.split(',').slice(1)).map(([field]) => field));
  if (type === 'list') return holds.flatMap((entry) => (entry.startsWith('{') ? within('', entry) : [entry]));
  return ['value'];
}

const pairs = (flat: readonly string[]): [string, string][] =>
  flat.flatMap((name, index): [string, string][] => (index % 2 === 0 ? [[name, flat[index + 1] ?? '']] : []));

/** A record of the records store is JSON behind its rev and its end. */
function within(field: string, value: string): string[] {
  const [, json] = /^(?:\d+ \d+ )?(\{.*\})$/s.exec(value) ?? [];
  return json ? leaves(field, JSON.parse(json)) : [];
}

function leaves(path: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  if (Object.keys(value).length === 0) return [path + EMPTY];
  if (Array.isArray(value)) return value.flatMap((each) => leaves(path, each));
  return Object.entries(value).flatMap(([name, each]) => leaves(path === '' ? name : `${path}.${name}`, each));
}
