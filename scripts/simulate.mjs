/**
 * Plays evenings with everything real but sockets, timers, chance and WebCrypto, by their seeds:
 *   node scripts/simulate.mjs --seeds N    the first N (100 unless said), then the planted bugs
 *   node scripts/simulate.mjs --seed S     one of them again
 * Prints one line for each violation, and one line of JSON at the end; ends with code 1 when there is any, when an evening
 * differs from itself, or when something that must happen sometimes never did.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [option = '--seeds', wanted = '100', ...more] = process.argv.slice(2);
const isNumber = Number.isSafeInteger(Number(wanted)) && Number(wanted) > 0;
if (!['--seeds', '--seed'].includes(option) || !isNumber || more.length > 0) {
  console.error('Say --seeds and how many, or --seed and which.');
  process.exit(1);
}
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const env = { ...process.env, [option === '--seed' ? 'SIMULATE_SEED' : 'SIMULATE_SEEDS']: wanted };
const vitest = ['--no-install', 'vitest', 'run', '--project', 'node', 'tests/simulate/simulate.test.ts'];
const [code] = await once(spawn('npx', vitest, { cwd: root, env, stdio: 'inherit' }), 'exit');
process.exitCode = code ?? 1;
