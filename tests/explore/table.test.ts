import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** The phases of a machine, from its source: types are gone when it runs. */
function phasesOf(file: string): string[] {
  const source = readFileSync(new URL(`../../shared/src/client/${file}`, import.meta.url), 'utf8');
  const union = source.slice(source.indexOf('export type Phase ='), source.indexOf('export interface State'));
  return [...union.matchAll(/readonly is: '(\w+)'/g)].map(([, name]) => name!).sort();
}

test.each([
  ['visitor', 'visitor/agreement.ts'],
  ['counsellor', 'desk/agreement.ts'],
])('the table of states in ARCHITECTURE has every state of the %s and no other', (side, file) => {
  const text = readFileSync(new URL('../../ARCHITECTURE.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(new RegExp(`^\\| ${side} \\| \`(\\w+)\``, 'gm'))].map(([, name]) => name!);
  expect(phasesOf(file).length).toBeGreaterThan(0);
  expect(rows.sort()).toEqual(phasesOf(file));
});
