import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupProblem } from './problem.mjs';
import { npm } from './run.mjs';
import { hashOf, isStamped, stamp } from './stamp.mjs';

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Installs what package-lock.json says, unless exactly that is there already. */
export function deps() {
  const lock = readJson('package-lock.json').packages;
  const workspaces = readJson('package.json').workspaces;
  const manifests = ['', ...workspaces];
  const files = ['package-lock.json', '.npmrc', ...manifests.map((folder) => join(folder, 'package.json'))];
  const want = hashOf(process.platform, process.arch, ...files.map((file) => readFileSync(file)));

  const complete = installationIsComplete(lock) && workspaces.every(commandsAreLinked);
  if (complete && isStamped('deps', want)) return;
  // Somebody may have installed by hand, perhaps on a machine that is offline now: leave that alone.
  if (complete && manifests.every((folder) => lockAgrees(lock, folder))) return stamp('deps', want);

  // --include=dev: with NODE_ENV=production npm would leave the compiler out.
  if (!npm(['ci', '--include=dev', '--no-audit', '--no-fund'])) {
    throw new SetupProblem('npm ci failed, its reason stands above. Can this machine reach the npm registry?');
  }
  stamp('deps', want);
}

/** True when node_modules holds every package of the lockfile in its version, and none was deleted by halves. */
function installationIsComplete(lock) {
  let installed;
  try {
    installed = readJson('node_modules/.package-lock.json').packages;
  } catch {
    return false;
  }
  return Object.entries(lock).every(([path, wanted]) => {
    if (!path.includes('node_modules/')) return true;
    const have = installed[path];
    if (!have) return Boolean(wanted.optional || wanted.devOptional); // of another platform
    return existsSync(join(path, 'package.json')) && (wanted.link ? have.link : have.version === wanted.version);
  });
}

/** A command that came with the last pull is linked by no installation of before: `npx` would ask a registry for its name. */
function commandsAreLinked(folder) {
  const commands = Object.keys(readJson(join(folder, 'package.json')).bin ?? {});
  return commands.every((name) => existsSync(join('node_modules', '.bin', name)));
}

function lockAgrees(lock, folder) {
  const manifest = readJson(join(folder, 'package.json'));
  const sorted = (list) => JSON.stringify(Object.entries(list ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return kinds.every((kind) => sorted(lock[folder]?.[kind]) === sorted(manifest[kind]));
}
