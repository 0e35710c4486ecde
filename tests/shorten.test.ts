import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { shorten } from '../widget/build/shorten.ts';

const roots: string[] = [];
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true });
});

/** The plugin's own hooks over a small source; `this.error` throws, as the bundler's does. */
function over(files: Readonly<Record<string, string>>): Record<string, string> {
  const root = mkdtempSync(join(tmpdir(), 'shorten-'));
  roots.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const plugin = shorten();
  const call = (hook: unknown, ...given: unknown[]): unknown =>
    (hook as (...given: unknown[]) => unknown).call(
      {
        error: (why: string) => {
          throw new Error(why);
        },
      },
      ...given,
    );
  call(plugin.configResolved, { root: join(root, 'widget') });
  call(plugin.buildStart);
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      (call(plugin.transform, text, join(root, name)) as string | null) ?? text,
    ]),
  );
}

const source = {
  'shared/src/looks/looks.css': ':root {\n  --cc-bg: #fff;\n  --cc-bg-soft: #eee;\n}\n',
  'widget/src/ui/Wait.tsx': "export const W = () => <p>{tc('wait.title')} {tc(`end.${why}`)} {t('loading')}</p>;\n",
  'widget/src/ui/wait.css': '.w { background: var(--cc-bg-soft); color: var(--cc-bg); margin: var(--elsewhere); }\n',
  'widget/src/words/nl.ts':
    "export const nl = {\n  loading: 'Even',\n  'wait.title': 'Wacht',\n  'end.lost': 'wait.title?',\n  'end.left': 'Dag',\n};\n",
  'widget/src/loader/main.ts': "element('wait.title');\n",
};

test('[W32] a build shortens a name everywhere or nowhere, and no key that a screen puts together', () => {
  const built = over(source);
  expect(built['shared/src/looks/looks.css']).toBe(':root {\n  --0: #fff;\n  --1: #eee;\n}\n');
  expect(built['widget/src/ui/wait.css']).toContain('background: var(--1); color: var(--0); margin: var(--elsewhere);');
  expect(built['widget/src/ui/Wait.tsx']).toContain("tc('0')} {tc(`end.${why}`)} {t('loading')");
  expect(built['widget/src/words/nl.ts']).toContain(
    "loading: 'Even',\n  '0': 'Wacht',\n  'end.lost': 'wait.title?',\n  'end.left'",
  );
  expect(built['widget/src/loader/main.ts']).toBe(source['widget/src/loader/main.ts']);
});

test('[W32] a key of which nobody can tell where it begins stops the build', () => {
  expect(() => over({ ...source, 'widget/src/ui/Wait.tsx': 'tc(`${name}.sub`);\n' })).toThrow('where this key begins');
});

test('[W32] a build that found nothing to shorten says so', () => {
  expect(() => over({ ...source, 'shared/src/looks/looks.css': '' })).toThrow('nothing to make short');
});
