/** A copy of the tree to plant bugs in, so that nobody's own files are ever touched. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const copied = [
  'shared',
  'server',
  'widget',
  'console',
  'tests',
  'scripts',
  'docs',
  'Dockerfile',
  'docker-compose.yml',
  'package.json',
  'vitest.config.ts',
  'tsconfig.json',
  'tsconfig.base.json',
  'SPEC.md',
];
const left = new Set(['node_modules', 'dist', '.tsout', 'pictures']);

/** @returns {{ root: string, plant: (file: string, from: string, to: string) => () => void, remove: () => void }} */
export function copyOf(root) {
  const copy = mkdtempSync(join(tmpdir(), 'clbchat-plant-'));
  for (const path of copied) {
    cpSync(join(root, path), join(copy, path), { recursive: true, filter: (from) => !left.has(basename(from)) });
  }
  linkPackages(join(root, 'node_modules'), join(copy, 'node_modules'), copy);
  return {
    root: copy,
    plant(file, from, to) {
      const path = join(copy, file);
      const good = readFileSync(path, 'utf8');
      const times = good.split(from).length - 1;
      if (times !== 1) throw new Error(`"${from.trim()}" stands ${times} times in ${file}, it should stand once`);
      writeFileSync(
        path,
        good.replace(from, () => to),
      );
      return () => writeFileSync(path, good);
    },
    remove: () => rmSync(copy, { recursive: true, force: true }),
  };
}

/** Packages are those of the tree; its own workspaces must be those of the copy. */
function linkPackages(from, to, copy) {
  mkdirSync(join(to, '@clbchat'), { recursive: true });
  for (const name of readdirSync(from)) {
    if (name !== '@clbchat' && !name.startsWith('.vite')) symlinkSync(join(from, name), join(to, name));
  }
  for (const name of ['shared', 'server', 'widget', 'console'])
    symlinkSync(join(copy, name), join(to, '@clbchat', name));
}
