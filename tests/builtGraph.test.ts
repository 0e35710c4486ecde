import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { buildServer } from './support/served.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
beforeAll(buildServer, 120_000);

/** As the compiler writes them: at once, and by `import()` when they are needed. */
const AT_ONCE = /^(?:import|export)\b[^;]*?from '([^']+)'|^import '([^']+)'/gm;
const LATER = /\bimport\('([^']+)'\)/g;

/** Every file that is loaded with this one, by its path from `server/dist`, and every package by its name. */
function loadedBy(entry: string, patterns: readonly RegExp[] = [AT_ONCE, LATER]): string[] {
  const [found, waiting] = [new Set<string>(), [join(root, 'server/dist', entry)]];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const name = relative(join(root, 'server/dist'), file);
    if (found.has(name)) continue;
    found.add(name);
    const text = readFileSync(file, 'utf8');
    for (const pattern of patterns)
      for (const [, one, other] of text.matchAll(pattern)) {
        const what = (one ?? other)!;
        const shared = /^@clbchat\/shared\/(.+)$/.exec(what)?.[1];
        if (what.startsWith('.')) waiting.push(join(dirname(file), what));
        else if (shared) waiting.push(join(root, 'shared/dist', `${shared}.js`));
        else found.add(what);
      }
  }
  return [...found];
}
const among = (loaded: readonly string[], pattern: RegExp) => loaded.filter((name) => pattern.test(name));

const DEMONSTRATION = /^demo\/|^serve\/demo\.js$/;
const STORES =
  /^(?:store|redis|records|accounts|queue|visit|presence|routing|conversation|retention|live)\b|^(?:ioredis|socket\.io|ws|@simplewebauthn\/server)$/;
const PAGES = /^edge\/pages\.js$|^mirror\/|^@fastify\/static$/;

test('[I3] the demonstration alone loads what is the demonstration’s, and main loads no way of serving by itself', () => {
  expect(among(loadedBy('serve/demo.js'), DEMONSTRATION).length).toBeGreaterThan(6);
  for (const entry of ['serve/relay.js', 'serve/static.js'])
    expect(among(loadedBy(entry), DEMONSTRATION), entry).toEqual([]);
  const main = loadedBy('main.js', [AT_ONCE]);
  expect(main).toContain('config.js');
  expect(among(main, /^serve\/|^demo\/|^compose/)).toEqual([]);
  expect(among(loadedBy('main.js'), /^serve\//).toSorted()).toEqual(
    ['brokenLog', 'demo', 'relay', 'running', 'static'].map((one) => `serve/${one}.js`),
  );
});

test('[I3] the relay loads no pages, and the static side no store and no socket', () => {
  const [relay, files] = [loadedBy('serve/relay.js'), loadedBy('serve/static.js')];
  expect(among(relay, STORES).length).toBeGreaterThan(20);
  expect(among(relay, PAGES)).toEqual([]);
  expect(among(files, PAGES).length).toBeGreaterThan(4);
  expect(among(files, STORES)).toEqual([]);
});
