import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

/** Burns some processor time in a grandchild, and tells how much on the way. */
const grandchild = `
  while (process.cpuUsage().user < 200_000);
`;
const child = `
  const { spawnSync } = require('node:child_process');
  spawnSync(process.execPath, ['-e', ${JSON.stringify(grandchild)}]);
  require('node:fs').writeSync(Number(process.env.PLAIN_LINE_FD), '1 passed, 0 failed, 0 skipped\\n');
  console.log('tested');
`;
const run = (commands: string[][]) => {
  const source = `import { timed } from './scripts/setup/timed.mjs';
    process.exitCode = await timed(${JSON.stringify(commands)});`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', source], { encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n') };
};
const node = (source: string) => [process.execPath, '-e', source];

test('the time of children and of theirs stands before the last line, which stays the last', () => {
  const { status, lines } = run([node("console.log('checked')"), node(child)]);
  expect(status).toBe(0);
  expect(lines).toHaveLength(4);
  expect(lines.slice(0, 2)).toEqual(['checked', 'tested']);
  expect(lines[3]).toBe('1 passed, 0 failed, 0 skipped');
  const user = /^Processor time [\d.]+ s \(user ([\d.]+) s, system [\d.]+ s\)$/.exec(lines[2] ?? '')?.[1];
  expect(Number(user), 'at least what the grandchild burnt').toBeGreaterThanOrEqual(0.2);
});

test('a command that fails is the last, and its code is the code of all', () => {
  const { status, lines } = run([node('process.exit(7)'), node("console.log('never')")]);
  expect(status).toBe(7);
  expect(lines).toEqual([expect.stringContaining('Processor time')]);
});
