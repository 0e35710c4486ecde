import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmSays } from '../setup/run.mjs';
import { call } from './call.mjs';

/** Where the image's npm reads what holds for the whole machine. */
const NPMRC = '/usr/local/etc/npmrc';
const CAFILE = '/usr/local/etc/npm-cafile.crt';

/** Images in a folder of their own, with no daemon and no namespace: what is there already is neither seen nor changed. */
export function imagesIn(here) {
  const store = ['--root', join(here, 'images'), '--runroot', join(here, 'run')];
  const env = { ...process.env, BUILDAH_ISOLATION: 'chroot', STORAGE_DRIVER: process.env.STORAGE_DRIVER ?? 'vfs' };
  const buildah = (...args) => call('buildah', [...store, ...args], { env });
  const tagOf = (name) => `docker.io/library/${name}`;
  return {
    /** Some drivers leave a mount of their own, in which nothing can be removed. */
    close() {
      try {
        call('umount', ['--lazy', join(here, 'images', env.STORAGE_DRIVER)]);
      } catch {} // there is none
    },
    version: () => call('buildah', ['--version']).replace(/ \(.*/, ''),
    pull: (source, name) => buildah('tag', buildah('pull', '--quiet', source), tagOf(name)),
    take(tree, name) {
      const container = buildah('from', 'scratch');
      buildah('add', '--quiet', container, tree, '/');
      buildah('config', '--env', 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', container);
      buildah('commit', '--quiet', '--rm', container, tagOf(name));
    },
    build(root, stage) {
      const image = `localhost/clbchat-${stage}`;
      const how = ['--pull-never', '--layers', '--network', 'host', ...asNpmHere(here)];
      buildah('build', ...how, '--target', stage, '--tag', image, root);
      return image;
    },
    /** @returns user and command of the image itself */
    runs(image) {
      const { config } = JSON.parse(buildah('inspect', '--type', 'image', image)).OCIv1;
      return { user: config.User ?? '', command: config.Cmd ?? [] };
    },
    /** @returns how a container of it is run in the foreground */
    runArguments(image, settings, command) {
      const container = buildah('from', '--pull-never', image);
      const given = Object.entries(settings).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
      return { command: 'buildah', args: [...store, 'run', ...given, container, '--', ...command], env };
    },
  };
}

/** Packages come from where this machine takes them: its npm's registry, and whom that trusts. None of it stays in the image. */
function asNpmHere(here) {
  const npmrc = join(here, 'npmrc');
  const [registry, cafile] = ['registry', 'cafile'].map((name) => npmSays(['config', 'get', name]));
  const trusts = /^(?:null|undefined)?$/.test(cafile) ? [] : [`cafile=${CAFILE}`];
  writeFileSync(npmrc, [`registry=${registry}`, ...trusts, ''].join('\n'));
  return [`${npmrc}:${NPMRC}:ro`, ...trusts.map(() => `${cafile}:${CAFILE}:ro`)].flatMap((one) => ['--volume', one]);
}
