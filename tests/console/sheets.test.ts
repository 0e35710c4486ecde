import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const SOURCE = 'console/src';
const textOf = new Map<string, string>();
const read = (file: string): string => {
  const known = textOf.get(file) ?? readFileSync(file, 'utf8');
  textOf.set(file, known);
  return known;
};
const beside = (file: string, name: string) => join(dirname(file), name).replace(/\?inline$/, '');
const found = (file: string, pattern: RegExp) => [...read(file).matchAll(pattern)].map((one) => beside(file, one[1]!));

/** What comes with this file, before anybody presses anything: code and sheets. */
function withIt(file: string, into = new Set<string>()): Set<string> {
  if (into.has(file)) return into;
  into.add(file);
  if (!file.endsWith('.css'))
    for (const next of found(file, /^(?:import (?!type )|export |\} )[^;]*?'(\.[^']+)'/gm)) withIt(next, into);
  return into;
}
/** Of which it says how they look wherever they stand: not within another one alone. */
const classesIn = (sheet: string) =>
  [
    ...read(sheet)
      .replaceAll(/\/\*[^]*?\*\//g, '')
      .matchAll(/^\s*\.([a-z][\w-]*)/gm),
  ].map((one) => one[1]!);
/** A class that is put together of parts is seen where it is written whole. */
const classesOf = (markup: string) =>
  [...read(markup).matchAll(/class(?:Name)?=(?:"([^"]*)"|\{([^}]*)\})/g)]
    .flatMap(([, plain, made]) =>
      (plain ?? [...made!.matchAll(/['`]([^'`]*)/g)].map((one) => one[1]).join(' ')).split(/\s/),
    )
    .filter((one) => /^[a-z][\w-]*$/.test(one));

test('[U55] what a button or a part looks like never hangs on which page was opened before: its style comes with it', () => {
  const first = withIt(`${SOURCE}/main.tsx`);
  const lazy = new Set<string>();
  const follow = (files: Iterable<string>) => {
    for (const file of files)
      for (const page of found(file, /import\('(\.[^']+)'\)/g)) {
        if (lazy.has(page)) continue;
        lazy.add(page);
        follow(withIt(page));
      }
  };
  follow(first);
  expect(lazy).toContain(`${SOURCE}/devicesPage.tsx`);
  const all = new Set([first, ...[...lazy].map((page) => withIt(page))].flatMap((files) => [...files]));
  const styled = new Set([...all].filter((file) => file.endsWith('.css')).flatMap(classesIn));
  const strange = [`${SOURCE}/main.tsx`, ...lazy].flatMap((page) => {
    const files = [...first, ...withIt(page)];
    const here = new Set(files.filter((file) => file.endsWith('.css')).flatMap(classesIn));
    const markup = files.filter((file) => file.endsWith('.tsx'));
    return markup.flatMap((file) =>
      classesOf(file)
        .filter((one) => (styled.has(one) || one.startsWith('button-')) && !here.has(one))
        .map((one) => `${page}: ${file} .${one}`),
    );
  });
  expect(strange).toEqual([]);
});

test('[U55 I19] the page that says that a computer is gone has the colours and the type of the console, though nothing of it', () => {
  const valuesIn = (file: string) =>
    read(file)
      .split('@media (prefers-color-scheme: dark)')
      .map(
        (part) =>
          new Map([...part.matchAll(/(--cc-[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!] as const)),
      );
  const [looks, page] = [valuesIn('shared/src/looks/looks.css'), valuesIn('console/public/forgotten.css')];
  expect(page.map((one) => one.size > 5)).toEqual([true, true]);
  for (const [at, part] of page.entries())
    for (const [name, value] of part) expect(value, name).toBe(looks[at]?.get(name));
  // and whatever is another colour in the dark is another one there
  const used = [...page[0]!.keys()].filter((name) => looks[1]?.has(name));
  expect(used.filter((name) => !page[1]?.has(name))).toEqual([]);
});
