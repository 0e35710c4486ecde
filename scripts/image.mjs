/**
 * `npm run image`: builds each way of serving that the Dockerfile knows and runs it, with two stores of Redis beside the relay. Prints what
 * was done and writes the same into docs/figures.md: *built, ran, answered*, or *not run* and why, which is no failure. A stage that is not
 * built, does not start or does not answer is one. A figure and no gate of `npm test`.
 *
 *   npm run image                            the base image from its registry
 *   npm run image -- --base <where>          from where buildah can take it: docker://mirror/node:22…, docker-archive:node.tar
 *   npm run image -- --base debootstrap      a minimal Debian that is made here, with Node as a package, in its place
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { haveBase, NotHere } from './image/base.mjs';
import { imagesIn } from './image/buildah.mjs';
import { openServices } from './image/services.mjs';
import { which } from './setup/run.mjs';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const page = join(root, 'docs/figures.md');
const BEGIN = '<!-- image: written by npm run image -->';
const END = '<!-- end of image -->';
const hosts = {
  CHAT_ORIGIN: 'https://chat.clb.test',
  CONSOLE_ORIGIN: 'https://console.clb.test',
  RELAY_ORIGIN: 'https://relay.clb.test',
  TRUSTED_HOPS: '1',
};

const [option, base] = process.argv.slice(2);
if (option !== undefined && (option !== '--base' || !base)) {
  console.error('npm run image takes nothing but: -- --base <where buildah can take the base image, or debootstrap>');
  process.exit(2);
}

const lines = [];
const say = (line) => {
  console.log(line);
  lines.push(`- ${line}`);
};
const here = mkdtempSync(join(tmpdir(), 'clbchat-image-'));
const services = openServices(here);
const images = imagesIn(here);
const LEFT = new Set(['.git', 'node_modules', 'dist', '.tsout']);
try {
  await builtAndRun();
} catch (error) {
  if (error instanceof NotHere) say(`*Not run*: ${error.message}.`);
  else {
    say(`**Failed**: ${error.message.trim().split('\n').at(-1)}`);
    console.error(error.message);
    process.exitCode = 1;
  }
} finally {
  const [before, rest] = readFileSync(page, 'utf8').split(BEGIN);
  writeFileSync(page, `${before}${BEGIN}\n${lines.join('\n')}\n${END}${rest.split(END)[1]}`);
  await services.close();
  images.close();
  rmSync(here, { recursive: true, force: true });
}

async function builtAndRun() {
  if (process.getuid?.() !== 0) throw new NotHere('it wants root');
  for (const tool of ['buildah', 'redis-server'])
    if (!which([tool])) throw new NotHere(`${tool} is not installed (on Debian: apt-get install ${tool})`);
  const name = /^FROM (\S+) AS build$/m.exec(readFileSync(join(root, 'Dockerfile'), 'utf8'))[1];
  say(
    `${new Date().toISOString().slice(0, 10)}, ${images.version()}. Base: ${haveBase({ images, name, from: base, here })}.`,
  );

  // one state of the tree for every stage: somebody may work on meanwhile
  const tree = join(here, 'context');
  cpSync(root, tree, { recursive: true, filter: (from) => !LEFT.has(basename(from)) });
  const stores = await services.stores();
  const relay = await served('relay', { ...hosts, ...stores }, async (ask) => {
    await says(ask, 200, '/live');
    await says(ask, 200, '/ready');
    return '`/live` and `/ready` answered, with two stores of Redis';
  });
  await served('static', { ...hosts, RELAY_URL: relay }, async (ask) => {
    await says(ask, 200, '/live');
    await says(ask, 200, '/v1/loader.js', 'chat.clb.test');
    await says(ask, 200, '/console/', 'console.clb.test');
    await says(ask, 302, '/', 'console.clb.test');
    return '`/live` and the pages of both hosts answered, beside that relay';
  });
  await served('demo', { DEMO_PORT: String(await services.freePort()) }, async (ask) => {
    await says(ask, 200, '/ready');
    await says(ask, 200, '/console/');
    return '`/ready` and the console answered';
  });

  /** @returns where it listens: `http://127.0.0.1:…` */
  async function served(stage, settings, look) {
    const startedMs = Date.now();
    const image = images.build(tree, stage);
    const builtIn = Math.round((Date.now() - startedMs) / 1_000);
    const { user, command } = images.runs(image);
    if (!/^(?!0(?::|$)|root\b)./.test(user)) throw new Error(`${stage} runs as ${user || 'root'}`);
    const port = await services.freePort();
    const where = `http://127.0.0.1:${port}`;
    const given = { HOST: '127.0.0.1', PORT: String(port), ...settings };
    const ask = (path, host = '127.0.0.1') => services.status(port, path, host);
    await services.start(images.runArguments(image, given, command), () => ask('/live').then((code) => code === 200));
    const answered = await look(ask);
    say(`\`${stage}\`: built in ${builtIn} s, ran as user ${user}; ${answered}.`);
    return where;
  }
}

async function says(ask, wanted, path, host) {
  const code = await ask(path, host);
  if (code !== wanted) throw new Error(`${path} answered ${code} where ${wanted} was expected`);
}
