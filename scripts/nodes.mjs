/**
 * `npm run nodes`: what the project promises beside the Node that it was made with. Every test without a browser, one sign-in
 * and one conversation in Chromium, on the newest release of each major named (22 and 24 otherwise). Each is fetched as a
 * package into a folder that is gone afterwards: nothing is installed. A figure and no gate of `npm test`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npm } from './setup/run.mjs';
import { timed } from './setup/timed.mjs';

const MAJORS = ['22', '24'];
const vitest = ['node_modules/vitest/vitest.mjs', 'run'];
const RUNS = [
  ['--project', 'node', '--project', 'dom', '--project', 'redis'],
  ['--project', 'browser', 'tests/browser/gettingIn.test.ts', 'tests/browser/conversation.test.ts'],
];

const majors = process.argv.length > 2 ? process.argv.slice(2) : MAJORS;
const wrong = majors.find((major) => !/^\d{2}$/.test(major));
if (wrong !== undefined) {
  console.error(`"${wrong}" is no major of Node: name them as in "npm run nodes -- 22 24".`);
  process.exit(2);
}

const failed = [];
for (const major of majors) {
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-node-'));
  try {
    if (!(await passesOn(major, folder))) failed.push(major);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
if (failed.length > 0) console.error(`Not whole on Node ${failed.join(' and ')}.`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function passesOn(major, folder) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  if (
    !npm([
      'install',
      '--prefix',
      folder,
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      `${name}@${major}`,
    ])
  )
    return false;
  const node = join(folder, 'node_modules', name, 'bin', 'node');
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  console.log(`Node ${stdout?.trim() ?? `${major}: it does not start here`}`);
  return (await timed(RUNS.map((run) => [node, ...vitest, ...run]))) === 0;
}
