import { fileSizes } from './fileSizes.mjs';
import { floorPlan } from './floorPlan.mjs';
import { licence } from './licence.mjs';
import { lockfile } from './lockfile.mjs';
import { patterns } from './patterns.mjs';
import { readers } from './readers.mjs';
import { size } from './size.mjs';
import { specTags } from './specTags.mjs';
import { syntax } from './syntax.mjs';
import { build, composeFile, deadCode, format, lint, types } from './tools.mjs';

/** @type {Record<string, (root: string) => { looked: string, count: number, problems: string[] }>} */
export const gates = {
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

/**
 * Runs one gate. One that looked at nothing, or broke off, has failed.
 *
 * @param {string} name a key of `gates`
 * @param {string} root the tree to look at
 * @returns {{ passed: boolean, said: string }} `said` as lines, the last without its end
 */
export function judge(name, root) {
  const started = performance.now();
  const { looked, problems } = outcomeOf(gates[name], root);
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(5);
  const passed = problems.length === 0;
  const lines = [`${passed ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${seconds} s  ${looked}`];
  for (const problem of problems.slice(0, shownMax)) lines.push(`       ${problem}`);
  if (problems.length > shownMax) lines.push(`       … and ${problems.length - shownMax} more`);
  return { passed, said: lines.join('\n') };
}

function outcomeOf(gate, root) {
  try {
    const { looked, count, problems } = gate(root);
    return { looked, problems: count > 0 || problems.length > 0 ? problems : ['looked at nothing'] };
  } catch (error) {
    return { looked: 'broke off', problems: [error instanceof Error ? error.message : String(error)] };
  }
}
