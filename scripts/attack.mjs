/**
 * Tries every known attack against the built program, on stores in memory and on Redis:
 *   node scripts/attack.mjs [--short] [words of a name]
 * `--short` leaves Redis and the slow ones out. Ends with code 1 when one was not survived.
 */
import { attacks } from './attack/attacks.mjs';
import { startProgram } from './attack/program.mjs';

const args = process.argv.slice(2);
const short = args.includes('--short');
const words = args.filter((arg) => !arg.startsWith('--')).join(' ');
const stores = short ? ['memory'] : ['memory', 'redis'];

const chosen = stores.flatMap((store) =>
  attacks
    .filter(({ name, slow, only = store }) => name.includes(words) && only === store && !(short && slow))
    .map((attack) => ({ ...attack, store })),
);
let failed = 0;
for (const { name, run, store, ...how } of chosen) {
  const began = performance.now();
  const wrong = await tryOnce(run, { store, ...how });
  if (wrong !== null) failed += 1;
  const seconds = ((performance.now() - began) / 1_000).toFixed(1).padStart(5);
  console.log(
    `${wrong === null ? 'survived' : 'FAILED  '} ${store.padEnd(6)} ${seconds} s  ${name}${wrong === null ? '' : `: ${wrong}`}`,
  );
}
console.log(`${chosen.length} tried, ${chosen.length - failed} survived, ${failed} failed`);
process.exit(failed > 0 || chosen.length === 0 ? 1 : 0);

/** @returns what went wrong, null when it was survived */
async function tryOnce(run, how) {
  let target;
  try {
    target = await startProgram(how);
    const wrong = await run(target);
    if (wrong !== null) return wrong;
    return target.isAlive() || how.full ? null : 'the program ended';
  } catch (error) {
    return `broke off: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    await target?.stop();
  }
}
