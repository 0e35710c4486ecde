/**
 * Plants one bug after the other in a copy of the tree and runs the tests that have to notice it:
 *   node scripts/plant.mjs [--changed] [--list] [words that the bug's sentence or file contains, or the number of a rule]
 * A bug is caught when a test fails whose title bears the number of a rule that the bug breaks; another test that fails
 * shows nothing of that rule. Ends with code 1 when a bug escapes, when one can no longer be planted, when the tests fail
 * without any bug, and, unless it was asked for some only, when a rule of SPEC.md has no bug. Code 2: an option it does not know.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bugs } from './plant/bugs.mjs';
import { choose, refusal } from './plant/choose.mjs';
import { build, runTests } from './plant/run.mjs';
import { rulesWithoutBug, tableOf } from './plant/table.mjs';
import { copyOf } from './plant/tree.mjs';

const AT_ONCE = 2;
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const spec = readFileSync(join(root, 'SPEC.md'), 'utf8');
const args = process.argv.slice(2);
const refused = refusal(args);
if (refused !== null) {
  console.error(refused);
  process.exit(2);
}
const { planted, all, listed } = choose(bugs, args, root);

if (listed) {
  for (const line of tableOf(spec, planted)) console.log(line);
  process.exit(endsWithout(all ? planted : null, []));
}
if (planted.length === 0) {
  console.log('No planted bug is about that.');
  process.exit(all ? 1 : 0);
}

const copies = Array.from({ length: Math.min(AT_ONCE, planted.length) }, () => copyOf(root));
process.once('exit', () => copies.forEach((copy) => copy.remove()));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

// Without a bug they must pass, or "caught" means nothing.
const suites = [...new Set(planted.flatMap(({ tests }) => tests))];
const everyRule = [...new Set(planted.flatMap(({ rules }) => rules))];
if (planted.some(needsBuild)) build(copies[0]);
const sound = await runTests(copies[0], suites, everyRule);
if (sound.failed.length > 0) {
  console.error(sound.said);
  console.error('These tests fail without any planted bug.');
  process.exit(1);
}

const escaped = [];
const caught = [];
const left = [...planted];
await Promise.all(copies.map(work));
for (const line of tableOf(spec, caught)) console.log(line);
console.log(`${caught.length} of ${planted.length} planted bugs caught`);
process.exitCode = endsWithout(all ? bugs : null, escaped);

/** Says what is missing. @returns {number} the code to end with */
function endsWithout(plants, unnoticed) {
  const missing = plants ? rulesWithoutBug(spec, plants) : [];
  if (missing.length > 0) console.log(`${missing.length} rules have no planted bug: ${missing.join(' ')}`);
  for (const { says, file, why } of unnoticed) console.log(`  escaped: ${says} (${file})${why}`);
  return missing.length + unnoticed.length > 0 ? 1 : 0;
}

async function work(copy) {
  for (let bug = left.shift(); bug; bug = left.shift()) {
    const started = performance.now();
    const { why, by } = await outcomeOf(copy, bug);
    const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
    console.log(`${why === null ? 'caught ' : 'ESCAPED'} ${seconds} s  [${bug.rules.join(' ')}] ${bug.says}`);
    if (why === null) caught.push({ ...bug, by });
    else escaped.push({ ...bug, why });
  }
}

/** @returns {Promise<{ why: string | null, by: string[] }>} why it escaped, or the titles that caught it */
async function outcomeOf(copy, bug) {
  let heal;
  try {
    heal = copy.plant(bug.file, bug.from, bug.to);
    if (needsBuild(bug)) build(copy);
    const { failed } = await runTests(copy, bug.tests, bug.rules);
    return { why: failed.length > 0 ? null : '', by: failed };
  } catch (error) {
    return { why: `: ${error.message}`, by: [] };
  } finally {
    heal?.();
  }
}

/** What a browser or a process of its own runs is what was built. */
function needsBuild({ built, tests }) {
  return built === true || tests.some((path) => path.startsWith('tests/browser/'));
}
