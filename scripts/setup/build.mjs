import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupProblem } from './problem.mjs';
import { npm } from './run.mjs';
import { hashOf, isStamped, stamp } from './stamp.mjs';

const workspaces = ['shared', 'server', 'widget', 'console'];
const single = [
  'tsconfig.json',
  'tsconfig.base.json',
  'package.json',
  'package-lock.json',
  'scripts/copyLua.mjs',
  'scripts/bundleKeys.mjs',
  'scripts/compress.mjs',
];
const outputs = [
  'shared/dist/.tsbuildinfo',
  'server/dist/main.js',
  'server/dist/clbchat-keys.mjs',
  'widget/dist/loader.js',
  'widget/dist/index.html',
  'widget/dist/index.html.br',
  'console/dist/index.html',
  'console/dist/index.html.br',
];
const notSource = new Set(['node_modules', 'dist', '.tsout']);

/** Compiles and bundles, unless the sources are those of the last build that went well. */
export function build() {
  const sources = [...workspaces.flatMap((folder) => [...filesUnder(folder)]), ...single].sort();
  const want = hashOf(...sources.flatMap((file) => [file, readFileSync(file)]));
  const missing = () => outputs.filter((file) => !existsSync(file));
  if (missing().length === 0 && isStamped('build', want)) return;

  if (!npm(['run', '--silent', 'build'])) throw new SetupProblem('The build failed, its reason stands above.');
  if (missing().length > 0) throw new SetupProblem(`The build went well but did not make ${missing().join(', ')}.`);
  stamp('build', want);
}

function* filesUnder(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !notSource.has(entry.name)) yield* filesUnder(path);
    if (entry.isFile()) yield path;
  }
}
