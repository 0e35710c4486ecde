/** Puts the Lua files of server/src at the same place under server/dist, where the wrappers look for them. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const server = join(resolve(dirname(fileURLToPath(import.meta.url)), '..'), 'server');
const luaUnder = (folder) =>
  existsSync(folder) ? readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.lua')) : [];

const sources = new Set(luaUnder(join(server, 'src')));
// A file that was renamed or removed must not live on in dist.
for (const path of luaUnder(join(server, 'dist'))) if (!sources.has(path)) rmSync(join(server, 'dist', path));
for (const path of sources) {
  const [source, target] = [join(server, 'src', path), join(server, 'dist', path)];
  // what is so already is left alone: a process that starts meanwhile reads it
  if (existsSync(target) && readFileSync(target).equals(readFileSync(source))) continue;
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(source, target);
}
