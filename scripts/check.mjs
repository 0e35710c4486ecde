/**
 * Every gate of the repository: node scripts/check.mjs [gate…] [--root=folder]
 * All of them run even when one fails; the end is code 1 then. A gate that looked at nothing fails.
 */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gates, judge } from './checks/gates.mjs';

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
  const { passed, said } = judge(name, root);
  console.log(said);
  if (!passed) failed.push(name);
}
if (failed.length > 0) console.log(`Gates that failed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
