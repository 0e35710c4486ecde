import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { FAILED_TESTS } from './failedTests.mjs';

/** A title that bears one of these numbers, as a pattern. */
const bearing = (rules) => `\\[(?:[A-Z]\\d+ )*(?:${rules.join('|')})(?: [A-Z]\\d+)*\\]`;

/**
 * Runs those tests of these files whose titles bear one of the rules. With one rule the first failure is enough; with
 * several each of them should be seen.
 *
 * @throws Error when no such test ran
 * @returns {Promise<{ failed: string[], said: string }>} the titles of those that failed
 */
export async function runTests(copy, tests, rules) {
  const vitest = join(copy.root, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=./scripts/plant/failedTests.mjs'];
  const bail = rules.length === 1 ? ['--bail=1'] : [];
  const args = [vitest, 'run', ...bail, '--no-file-parallelism', ...reporters, '-t', bearing(rules), ...tests];
  const child = spawn(process.execPath, args, {
    cwd: copy.root,
    env: { ...process.env, FIRST_FAILURE: 'yes' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  await once(child, 'close');
  const told = said.split('\n').find((line) => line.startsWith(FAILED_TESTS));
  const broke = /Failed Suites|Error compiling script/.test(said); // a slip in what was planted, and no bug
  if (!told || broke) throw new Error(`the tests did not run:\n${said}`);
  const { ran, failed } = JSON.parse(told.slice(FAILED_TESTS.length));
  if (ran === 0) throw new Error(`no test of ${tests.join(', ')} bears ${rules.join(' or ')}`);
  return { failed, said };
}

/** Builds what browsers and processes of their own run. @throws Error when that fails: then nothing was planted */
export function build(copy) {
  const args = ['run', '-s', 'build', '--ignore-scripts'];
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: copy.root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`it does not build:\n${stdout}${stderr}`);
}
