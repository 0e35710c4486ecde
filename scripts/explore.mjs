/**
 * Walks through what may happen to the key agreement, as far as asked:
 *   node scripts/explore.mjs [states from each start, 100000 unless said]
 *   node scripts/explore.mjs cases    writes tests/explore/cases.json anew
 * Prints states, depth and violations; ends with code 1 when there are any.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [wanted = '100000'] = process.argv.slice(2);
const states = Number(wanted);
if (wanted !== 'cases' && !(Number.isSafeInteger(states) && states > 0)) {
  console.error(`"${wanted}" is neither a number of states nor "cases".`);
  process.exit(1);
}
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const env = { ...process.env, ...(wanted === 'cases' ? { EXPLORE_CASES: '1' } : { EXPLORE_STATES: wanted }) };
const vitest = ['--no-install', 'vitest', 'run', '--project', 'node', 'tests/explore/explore.test.ts'];
const [code] = await once(spawn('npx', vitest, { cwd: root, env, stdio: 'inherit' }), 'exit');
process.exitCode = code ?? 1;
