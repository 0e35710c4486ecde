import { describe, expect, test } from 'vitest';
import { speak, type Dictionary } from '../../widget/src/frame/speak.ts';
import * as loaderWords from '../../widget/src/loader/words.ts';

const dictionaries = import.meta.glob<{ words?: Dictionary }>(
  ['../../widget/src/*/{words,*Words}.ts', '!../../widget/src/loader/*'],
  { eager: true },
);
const texts = Object.values(dictionaries)
  .flatMap(({ words }) => Object.entries(words ?? {}))
  .flatMap(([key, entry]) =>
    typeof entry === 'string' ? [[key, entry] as const] : [[key, entry.pupil] as const, [key, entry.parent] as const],
  );
const plain = (text: string) => text.replaceAll(/[*[\]]/g, '');

describe('the words', () => {
  test('[W27] no sentence is longer than fifteen words', () => {
    const sentences = texts.flatMap(([key, text]) =>
      plain(text)
        .split(/(?<=[.?!])\s+/)
        .map((sentence) => [key, sentence] as const),
    );
    expect(sentences.length).toBeGreaterThan(200);
    expect(sentences.filter(([, sentence]) => sentence.split(/\s+/).length > 15)).toEqual([]);
  });

  test('[W27] nobody is called "u"', () => {
    expect(texts.filter(([, text]) => /\b(u|uw|uzelf)\b/i.test(plain(text)))).toEqual([]);
  });

  test('[W104] what the small bar says beside its title is one short line', () => {
    const titles = new Set(['bar.open', 'bar.resume', 'bar.turn']);
    const lines = texts.filter(([key]) => key.startsWith('bar.') && !titles.has(key));
    const filled = lines.map(([, text]) => text.replace('{naam}', 'Lien').replace('{n}', '12'));
    expect(filled.length).toBeGreaterThan(6);
    expect(filled.filter((text) => text.length > 28)).toEqual([]);
  });

  test('[W27] a role has its own words, and every place is filled', () => {
    const t = speak({ a: { pupil: 'jij, {naam}', parent: 'je kind, {naam}' }, b: 'nog {n} van {t}' });
    expect(t('a', { role: 'pupil', naam: 'Lien' })).toBe('jij, Lien');
    expect(t('a', { role: 'parent', naam: 'Lien' })).toBe('je kind, Lien');
    expect(t('b', { n: 1, t: 3 })).toBe('nog 1 van 3');
  });

  test('[W22] what a school’s page shows has neither number nor name in it', () => {
    const shown = [...Object.values(loaderWords)].flatMap((entry) => (typeof entry === 'string' ? [entry] : []));
    expect(shown.filter((text) => /\d/.test(text))).toEqual([]);
    expect(shown.length).toBeGreaterThan(5);
  });
});
