/**
 * `npm run bench -- <part> …`: measures, prints what it found and the same as one line of JSON. `--long` looks longer, where a part
 * can; `--profile` says where the relay's processor goes. It ends with 1 only when a figure is further than 15 % from its goal and docs/performance.md does not say why; never a gate.
 */
import { resolve } from 'node:path';

const parts = {
  relay: async () => (await import('./bench/relay.mjs')).relay,
  queue: async () => (await import('./bench/queue.mjs')).queue,
  idle: async () => (await import('./bench/idle.mjs')).idle,
  connect: async () => (await import('./bench/connect.mjs')).connect,
  nodes: async () => (await import('./bench/nodes.mjs')).nodes,
  console: async () => (await import('./bench/console.mjs')).consoleOpens,
  widget: async () => (await import('./bench/widget.mjs')).widget,
  'sign-in': async () => (await import('./bench/signIn.mjs')).signIn,
};

process.chdir(resolve(import.meta.dirname, '..'));
const said = process.argv.slice(2);
const [long, profile] = ['--long', '--profile'].map((option) => said.includes(option));
const asked = said.filter((word) => !['--long', '--profile'].includes(word));
const unknown = asked.find((name) => !Object.hasOwn(parts, name));
if (asked.length === 0 || unknown !== undefined) {
  console.error(`npm run bench -- <part> [--long] [--profile]; the parts are: ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}
for (const name of asked) await (await parts[name]())({ long, profile });
