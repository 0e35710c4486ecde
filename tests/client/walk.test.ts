import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

/** ARCHITECTURE.md tells in which files a message is: here its list is held against what the files import. */
const CLIENT = 'shared/src/client';
const line = /^\* \*\*The same, file by file\*\*.*$/m.exec(readFileSync('ARCHITECTURE.md', 'utf8'))?.[0] ?? '';
const [, out = '', back = ''] = line.split(/ Out: | In: /);
const stepsOf = (walk: string) =>
  walk.split(' → ').map((step) => [...step.matchAll(/`([a-z]+\/\w+\.ts)`/g)].map(([, file]) => file!));

/** Files that the given one imports, of this folder. */
function importsOf(file: string): string[] {
  const source = readFileSync(join(CLIENT, file), 'utf8');
  return [...source.matchAll(/from '(\.[^']+)'/g)].map(([, path]) => join(dirname(file), path!));
}

test.each([
  ['out', out],
  ['in', back],
])('the walk of a message %s: each file knows the next, and it passes at most four', (_, walk) => {
  const steps = stepsOf(walk);
  expect(steps.length).toBeGreaterThan(3);
  // two sides may stand at one step: a message passes one of them
  expect(new Set(steps.map(([first]) => first)).size).toBeLessThanOrEqual(4);
  steps.slice(1).forEach((next, at) => {
    for (const one of steps[at] ?? []) {
      for (const other of next) {
        // a callback goes back to who made it: one of the two knows the other
        expect([...importsOf(one), ...importsOf(other)], `${one} → ${other}`).toSatisfy(
          (known: string[]) => known.includes(other) || known.includes(one),
        );
      }
    }
  });
});
