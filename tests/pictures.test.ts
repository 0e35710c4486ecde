import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const PICTURE = /!\[(?<words>[^\]]*)\]\((?<path>[^)\s]+)\)/g; // of our own documents
const KB = 1_000;

/** What a document shows, by the name of the file. */
function shownIn(document: string): { words: string; name: string }[] {
  const text = readFileSync(join(root, document), 'utf8');
  return [...text.matchAll(PICTURE)].map(({ groups }) => ({
    words: groups?.['words'] ?? '',
    name: (groups?.['path'] ?? '').replace(/^(?:docs\/)?pictures\//, ''),
  }));
}
const kept = readdirSync(join(root, 'docs/pictures'));
const sizeOf = (name: string) => statSync(join(root, 'docs/pictures', name)).size;

test('[U59] every picture that a document shows is there, said in words and small, and no other is kept', () => {
  const [readme, coordinator] = [shownIn('README.md'), shownIn('docs/coordinator.md')];
  const all = [...readme, ...coordinator];
  expect([...new Set(all.map(({ name }) => name))].toSorted()).toEqual(kept.toSorted());
  expect(all.filter(({ words }) => words.length < 20)).toEqual([]);
  expect(coordinator.length).toBeGreaterThanOrEqual(10);
  expect(coordinator.filter(({ name }) => sizeOf(name) > 80 * KB)).toEqual([]);
  expect(readme.filter(({ name }) => sizeOf(name) > 140 * KB)).toEqual([]);
});

test('[U59] the command takes every picture of the coordinator’s page, and no other', () => {
  const source = readFileSync(join(root, 'tests/support/coordinatorPictures.ts'), 'utf8');
  const taken = [...source.matchAll(/^ {2}'c[\w-]+': '(\w+)',$/gm)].map(([, name = '']) => name);
  const names = [...taken, 'uren'].map((name) => `coordinator-${name}.webp`);
  expect(names.toSorted()).toEqual(kept.filter((name) => name.startsWith('coordinator-')).toSorted());
});
