import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Bug {
  says: string;
  rules: string[];
  file: string;
  from: string;
  to: string;
  tests: string[];
}

/** Scripts are no part of the program and have no types; what they answer comes as JSON. */
function said<Answer>(source: string): Answer {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', source], { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as Answer;
}
const bugs = said<Bug[]>("console.log(JSON.stringify((await import('./scripts/plant/bugs.mjs')).bugs))");

test('every bug can be planted, breaks something, and names rules and tests that are there', () => {
  const spec = readFileSync('SPEC.md', 'utf8');
  const wrong = bugs.flatMap(({ says, rules, file, from, to, tests }) => {
    const times = existsSync(file) ? readFileSync(file, 'utf8').split(from).length - 1 : 0;
    return [
      ...(times === 1 ? [] : [`${says}: stands ${times} times in ${file}`]),
      ...(from === to ? [`${says}: changes nothing`] : []),
      ...rules.filter((rule) => !spec.includes(`**${rule}**`)).map((rule) => `${says}: ${rule} is no rule`),
      ...(rules.length === 0 || tests.length === 0 ? [`${says}: names no rule or no test`] : []),
      ...tests.filter((path) => !existsSync(path)).map((path) => `${says}: ${path} is not there`),
    ];
  });
  expect(wrong).toEqual([]);
  expect(new Set(bugs.map(({ says, file }) => `${says} ${file}`)).size).toBe(bugs.length);
});

const spec = '- **A1** One.\n- **A2** Two.\n- **A3** (later) Three.\n';
const some = [
  { says: 'one is two', rules: ['A1'], file: 'a.ts', tests: ['tests/a.test.ts'] },
  { says: 'both at once', rules: ['A1', 'A2'], file: 'b.ts', tests: ['tests/b.test.ts'], by: ['b > [A2 A1] is two'] },
];

test('the table has a line for each rule of each bug, with what was shown and not what was hoped', () => {
  const table = said<string[]>(`
    const { tableOf } = await import('./scripts/plant/table.mjs');
    const [hoped, shown] = ${JSON.stringify(some)};
    console.log(JSON.stringify(tableOf(${JSON.stringify(spec)}, [hoped, { ...shown, by: ['b > [A2] is two'] }])));
  `);
  expect(table).toEqual([
    'A1   | one is two (a.ts) | tests/a.test.ts',
    'A1   | both at once (b.ts) | no test of this number failed',
    'A2   | both at once (b.ts) | b > [A2] is two',
  ]);
});

test('a rule without a bug is missed, but not one for later', () => {
  const missing = said<string[]>(`
    const { rulesWithoutBug } = await import('./scripts/plant/table.mjs');
    console.log(JSON.stringify(rulesWithoutBug(${JSON.stringify(spec)}, [${JSON.stringify(some[0])}])));
  `);
  expect(missing).toEqual(['A2']);
});

test.each([
  [[], ['one is two', 'both at once'], true],
  [['A2'], ['both at once'], false],
  [['is two'], ['one is two'], false],
  [['b.ts'], ['both at once'], false],
])('asked for %j', (args, expected, all) => {
  const chosen = said<{ planted: Bug[]; all: boolean }>(`
    const { choose } = await import('./scripts/plant/choose.mjs');
    console.log(JSON.stringify(choose(${JSON.stringify(some)}, ${JSON.stringify(args)}, '.')));
  `);
  expect(chosen.planted.map(({ says }) => says)).toEqual(expected);
  expect(chosen.all).toBe(all);
});

// With `--list` beside it: were it overlooked, this would print a table and not plant all there are.
test.each(['--help', '-h', '--lists', '--list=yes'])(
  'an option that there is not is refused in a sentence: %s',
  (option) => {
    const args = ['scripts/plant.mjs', '--list', option, 'A1'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stderr).toBe(`There is no option "${option}"; there are: --changed, --list.\n`);
    expect([status, stdout]).toEqual([2, '']);
  },
);
