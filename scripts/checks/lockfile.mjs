import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { borrowed } from './borrowed.mjs';

/** The lowest Node of each line that package.json allows: who runs there runs above. */
const oldestNodes = ['20.19.0', '22.13.0', '24.0.0'];

/** The lockfile names no registry, has a hash for everything, fits every allowed Node, has one copy of what answers peers, and `npm ci` will find it complete, in the image too. */
export function lockfile(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const installed = Object.entries(packages).filter(([path, { link }]) => path.includes('node_modules/') && !link);
  const problems = installed.flatMap(([path, entry]) => [...problemsOf(path, entry, packages)]);
  problems.push(...copiesOf(installed));
  return { looked: `${installed.length} packages`, count: installed.length, problems };
}

function* problemsOf(path, entry, packages) {
  if (/^\w[\w+.-]*:/.test(entry.resolved ?? '')) yield `${path}: has an address: ${entry.resolved}`;
  if (!entry.integrity && !entry.inBundle) yield `${path}: has no hash`;
  if (/^(shared|server)\//.test(path))
    yield `${path}: does not lie at the top, and the Dockerfile copies no other packages`;

  const named = Object.keys({ ...entry.dependencies, ...entry.optionalDependencies });
  const absent = named.filter((name) => !isReachable(name, path, packages));
  for (const name of absent) yield `${path}: needs ${name}, which the lockfile does not hold`;

  if (entry.optional || !entry.engines?.node) return;
  const { satisfies } = borrowed('fastify', 'semver');
  const refused = oldestNodes.filter((version) => !satisfies(version, entry.engines.node));
  if (refused.length > 0) yield `${path}: wants Node ${entry.engines.node}, so not ${refused.join(', ')}`;
}

/** A second copy is another version than the one whose bounds we looked at, and set: each answers peers by itself. */
const answerPeers = ['ws', 'engine.io', 'engine.io-parser', 'socket.io', 'socket.io-parser', 'fastify', 'ioredis'];

function* copiesOf(installed) {
  for (const name of answerPeers) {
    const paths = installed.map(([path]) => path).filter((path) => path.endsWith(`node_modules/${name}`));
    for (const path of paths.filter((each) => each !== `node_modules/${name}`)) yield `${path}: a second copy`;
  }
}

/** Looks a package up as Node does: beside the one that asks, then one folder higher, up to the top. */
function isReachable(name, from, packages) {
  for (let folder = from; ;) {
    if (packages[`${folder}/node_modules/${name}`.replace(/^\//, '')]) return true;
    if (folder === '') return false;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')));
  }
}
