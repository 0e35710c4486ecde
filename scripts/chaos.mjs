/**
 * Breaks a real service in the middle of its work, by a seed, and judges what everybody saw:
 *   node scripts/chaos.mjs                 500 visitors, 6 counsellors and the six faults of `npm test`
 *   node scripts/chaos.mjs --long          every fault, also on a cluster, with full disks and a clock that is wrong
 *   --seed S  --visitors N  --desks M  --only WORDS
 * Prints each figure, what broke and how often, then what was played and what was not, and one line of JSON; ends with code 1
 * when anything broke. What this machine gives no right or program for is not run, and never passed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAMED = { '--seed': 'CHAOS_SEED', '--visitors': 'CHAOS_VISITORS', '--desks': 'CHAOS_DESKS' };
const chosen = { CHAOS_FORM: 'short', CHAOS_VISITORS: '500', CHAOS_DESKS: '6', CHAOS_SEED: '1', CHAOS_ONLY: '' };
const args = process.argv.slice(2);
while (args.length > 0) {
  const option = args.shift();
  if (option === '--long') chosen.CHAOS_FORM = 'long';
  else if (option === '--only' && args.length > 0) chosen.CHAOS_ONLY = args.shift();
  else if (NAMED[option] && Number(args[0]) > 0 && Number.isSafeInteger(Number(args[0])))
    chosen[NAMED[option]] = args.shift();
  else {
    console.error('Say --long, --seed S, --visitors N, --desks M or --only and words of a name.');
    process.exit(2);
  }
}
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'clbchat-chaos-'));
const report = join(folder, 'report.json');
const vitest = ['--no-install', 'vitest', 'run', '--project', 'redis', 'tests/chaos/chaos.test.ts'];
const env = { ...process.env, ...chosen, CHAOS_REPORT: report };
const [code] = await once(spawn('npx', vitest, { cwd: root, env, stdio: 'inherit' }), 'exit');
try {
  const { played, notRun, ...how } = JSON.parse(readFileSync(report, 'utf8'));
  for (const { fault, broke, figures, ms } of played) {
    const shown = figures.map(({ what, ms: took, goalMs, of }) => {
      if (of === 0) return `${what}: nobody was measured`;
      return `${what}: ${took ?? 'never'} ms of ${goalMs}, ${took !== null && took <= goalMs ? 'met' : 'short'}`;
    });
    console.log(
      `${broke.length === 0 ? 'held ' : 'BROKE'} ${(ms / 1_000).toFixed(1).padStart(6)} s  ${[fault, ...shown].join(' · ')}`,
    );
  }
  const names = (all) => all.join(', ') || 'nothing';
  console.log(`played: ${names(played.map(({ fault }) => fault))} / not run: ${names(notRun)}`);
  const broke = played.filter((each) => each.broke.length > 0).map(({ fault }) => fault);
  const figures = played.flatMap((each) => each.figures);
  console.log(JSON.stringify({ ...how, played: played.length, notRun, broke, figures }));
} catch {
  console.error('Nothing was written down: it ended before its end.');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = code ?? 1;
