import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { END_REASONS } from '@clbchat/shared/ids';
import { PROBLEMS, type ProblemCode } from '@clbchat/shared/problem';
import { initials, nameOf } from '../../console/src/model/naming.ts';
import { asClock, asDuration } from '../../console/src/model/times.ts';
import { icons } from '../../console/src/ui/icons.ts';
import { nl } from '../../console/src/words/nl.ts';

const isSentence = (text: string) => /^\p{Lu}.{8,}[.?]$/u.test(text) && !text.includes('_');

test('[D4] every refusal and every ending is a sentence, never a code', () => {
  const codes = Object.keys(PROBLEMS) as ProblemCode[];
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.filter((code) => !isSentence(nl.problems[code]))).toEqual([]);
  expect(END_REASONS.filter((reason) => !isSentence(nl.endings[reason]('Vos')))).toEqual([]);
});

test('[D4] durations read as a person says them', () => {
  expect([asClock(0), asClock(372_999), asClock(-5), asClock(3_600_000)]).toEqual(['0:00', '6:12', '0:00', '60:00']);
  expect([asDuration(10_400), asDuration(245_000), asDuration(-1)]).toEqual(['10 s', '4 min', '0 s']);
});

test('[D4] who gave no name still has one, and whole characters make initials', () => {
  expect([nameOf('', 'parent'), nameOf('', 'parent', 2)]).toEqual(['Ouder', 'Ouder 2']);
  expect(initials('Blauwe Vos')).toBe('BV');
  expect(initials('Leerling · Welzijn')).toBe('LW');
  expect(initials('🦊 vos')).toBe('🦊V');
  expect(initials('   ')).toBe('');
});

test('[D4] every outline starts with an absolute move', () => {
  expect(Object.values(icons).filter((path) => !path.startsWith('M'))).toEqual([]);
});

test('[U93] one thing has one name in all that staff read', () => {
  const folder = 'console/src/words';
  const files = [...readdirSync(folder).map((name) => `${folder}/${name}`), 'docs/coordinator.md'];
  expect(files.length).toBeGreaterThan(10);
  // what is read: comments are for whoever writes it
  const read = (file: string) => readFileSync(file, 'utf8').replaceAll(/\/\*\*[^]*?\*\/|^import .*$/gm, '');
  const others = /\bservice\b|wortel|rootbestand|sleutel om te tekenen|\bje sleutel\b(?!s)/gi;
  expect(files.flatMap((file) => read(file).match(others) ?? [])).toEqual([]);
});
