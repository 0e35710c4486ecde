import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { npm, which } from '../setup/run.mjs';
import { call } from './call.mjs';

/** What this machine cannot do: said as *not run*, and no failure. */
export class NotHere extends Error {}

/**
 * Puts an image under the name that the Dockerfile begins with. @returns what was taken for it, as a part of a sentence
 * @throws NotHere
 */
export function haveBase({ images, name, from, here }) {
  if (from === 'debootstrap') {
    const made = madeHere({ name, here });
    images.take(made.tree, name);
    rmSync(made.tree, { recursive: true });
    return `a minimal Debian with Node ${made.node} in the place of \`${name}\``;
  }
  const source = from ?? `docker://docker.io/library/${name}`;
  try {
    images.pull(source, name);
  } catch (error) {
    const said = error.message.split('\n').filter((line) => line.trim() !== '');
    const why = said.at(-2) ?? said.at(-1); // the last line says only that buildah failed
    throw new NotHere(`the base image cannot be taken from ${source} (${why}); -- --base names another place`);
  }
  return from === undefined ? `\`${name}\`` : `\`${from}\` in the place of \`${name}\``;
}

/** Debian of the release that the image's name tells, with Node of its major as the registry of packages has it. */
function madeHere({ name, here }) {
  if (!which(['debootstrap']))
    throw new NotHere('debootstrap is not installed (on Debian: apt-get install debootstrap)');
  const [, major, release] = /^node:(\d+)-([a-z]+)/.exec(name);
  const tree = join(here, 'tree');
  call('debootstrap', ['--variant=minbase', '--include=ca-certificates,libstdc++6,libatomic1', release, tree]);
  const packed = `node-linux-${process.arch}`;
  const fetched = join(here, 'node');
  if (!npm(['install', '--prefix', fetched, '--no-save', '--ignore-scripts', `${packed}@${major}`, 'npm@10']))
    throw new NotHere(`Node ${major} cannot be had as a package`);
  const local = join(tree, 'usr/local');
  mkdirSync(join(local, 'lib/node_modules'), { recursive: true });
  cpSync(join(fetched, 'node_modules', packed, 'bin/node'), join(local, 'bin/node'));
  cpSync(join(fetched, 'node_modules/npm'), join(local, 'lib/node_modules/npm'), { recursive: true });
  call('ln', ['-s', '../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin/npm')]);
  call('chroot', [tree, 'useradd', '--uid', '1000', '--create-home', 'node']);
  rmSync(fetched, { recursive: true });
  return { tree, node: call(join(local, 'bin/node'), ['--version']) };
}
