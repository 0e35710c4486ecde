/**
 * Plants one bug after the other in a copy of the tree and runs the tests that have to notice it:
 *   node scripts/plant.mjs [words that the bug's sentence or file contains]
 * Ends with code 1 when a bug escapes, when one can no longer be planted, or when the tests fail without any bug.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bugs } from './plant/bugs.mjs';
import { copyOf } from './plant/tree.mjs';

const AT_ONCE = 2;
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const wanted = process.argv.slice(2).join(' ');
const planted = bugs.filter(({ says, file }) => `${says} ${file}`.includes(wanted));
if (planted.length === 0) {
  console.error(`No bug is about "${wanted}".`);
  process.exit(1);
}

const copies = Array.from({ length: AT_ONCE }, () => copyOf(root));
process.once('exit', () => copies.forEach((copy) => copy.remove()));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

// Without a bug they must pass, or "caught" means nothing.
const suites = [...new Set(planted.flatMap(({ tests }) => tests))];
const sound = await passes(copies[0], suites);
if (!sound.passed) {
  console.error(sound.said);
  console.error('These tests fail without any planted bug.');
  process.exit(1);
}

const escaped = [];
const left = [...planted];
await Promise.all(copies.map(work));
console.log(`${planted.length - escaped.length} of ${planted.length} planted bugs caught`);
for (const { says, file, why } of escaped) console.log(`  escaped: ${says} (${file})${why}`);
process.exitCode = escaped.length > 0 ? 1 : 0;

async function work(copy) {
  for (let bug = left.shift(); bug; bug = left.shift()) {
    const started = performance.now();
    const why = await escape(copy, bug);
    const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
    console.log(`${why === null ? 'caught ' : 'ESCAPED'} ${seconds} s  ${bug.says}`);
    if (why !== null) escaped.push({ ...bug, why });
  }
}

/** @returns null when it was caught, otherwise what to add to its sentence */
async function escape(copy, { file, from, to, tests }) {
  let heal;
  try {
    heal = copy.plant(file, from, to);
  } catch (error) {
    return `: ${error.message}`;
  }
  try {
    return (await passes(copy, tests)).passed ? '' : null;
  } finally {
    heal();
  }
}

/** Runs test files up to the first failure. A run that found no tests has not passed, and caught nothing either. */
async function passes(copy, tests) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--bail=1', '--no-file-parallelism', ...tests];
  const env = { ...process.env, FIRST_FAILURE: 'yes' };
  const child = spawn(process.execPath, args, { cwd: copy.root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  await once(child, 'close');
  const last = /(\d+) passed, (\d+) failed, \d+ skipped/.exec(said);
  const broke = /Failed Suites|Error compiling script/.test(said); // a slip in what was planted, and no bug
  if (!last || broke || Number(last[1]) + Number(last[2]) === 0) throw new Error(`the tests did not run:\n${said}`);
  return { passed: last[2] === '0', said };
}
