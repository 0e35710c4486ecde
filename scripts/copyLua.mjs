/** Puts the Lua files of server/src at the same place under server/dist, where the wrappers look for them. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const server = join(resolve(dirname(fileURLToPath(import.meta.url)), '..'), 'server');
const luaUnder = (folder) =>
  existsSync(folder) ? readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.lua')) : [];

// A file that was renamed or removed must not live on in dist.
for (const path of luaUnder(join(server, 'dist'))) rmSync(join(server, 'dist', path));
for (const path of luaUnder(join(server, 'src'))) {
  const target = join(server, 'dist', path);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(server, 'src', path), target);
}
