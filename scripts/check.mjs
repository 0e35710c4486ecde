/**
 * Every gate of the repository: node scripts/check.mjs [gate…] [--root=folder]
 * All of them run even when one fails; the end is code 1 then. A gate that looked at nothing fails.
 */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileSizes } from './checks/fileSizes.mjs';
import { floorPlan } from './checks/floorPlan.mjs';
import { licence } from './checks/licence.mjs';
import { lockfile } from './checks/lockfile.mjs';
import { patterns } from './checks/patterns.mjs';
import { readers } from './checks/readers.mjs';
import { size } from './checks/size.mjs';
import { syntax } from './checks/syntax.mjs';
import { specTags } from './checks/specTags.mjs';
import { build, composeFile, deadCode, format, lint, types } from './checks/tools.mjs';

/** @type {Record<string, (root: string) => { looked: string, count: number, problems: string[] }>} */
const gates = {
  build,
  types,
  lint,
  format,
  floorPlan,
  specTags,
  lockfile,
  patterns,
  licence,
  deadCode,
  readers,
  size,
  syntax,
  composeFile,
  fileSizes,
};
const shownMax = 40;

const args = process.argv.slice(2);
const rootArgument = args.find((arg) => arg.startsWith('--root='))?.slice('--root='.length);
const root = resolve(rootArgument ?? resolve(dirname(fileURLToPath(import.meta.url)), '..'));
const asked = args.filter((arg) => !arg.startsWith('--'));
const unknown = asked.filter((name) => !Object.hasOwn(gates, name));
if (unknown.length > 0) {
  console.error(`There is no gate "${unknown[0]}"; there are: ${Object.keys(gates).join(', ')}.`);
  process.exit(1);
}

const failed = [];
for (const name of asked.length > 0 ? asked : Object.keys(gates)) {
  const started = performance.now();
  const { looked, problems } = outcomeOf(gates[name]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  console.log(`${problems.length > 0 ? 'FAILED' : 'ok    '} ${name.padEnd(12)} ${seconds} s  ${looked}`);
  for (const problem of problems.slice(0, shownMax)) console.log(`       ${problem}`);
  if (problems.length > shownMax) console.log(`       … and ${problems.length - shownMax} more`);
  if (problems.length > 0) failed.push(name);
}
if (failed.length > 0) console.log(`Gates that failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

function outcomeOf(gate) {
  try {
    const { looked, count, problems } = gate(root);
    return { looked, problems: count > 0 || problems.length > 0 ? problems : ['looked at nothing'] };
  } catch (error) {
    return { looked: 'broke off', problems: [error instanceof Error ? error.message : String(error)] };
  }
}
