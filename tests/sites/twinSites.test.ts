import { twinOf } from '@clbchat/shared/protocol/twinSites';
import { expect, test } from 'vitest';

const bears = (one: string, other: string) =>
  twinOf('b', { origins: ['https://b.be'], name: other }, { a: { origins: ['https://a.be'], name: one } })?.field;

test.each([
  ['other letters', 'De Linde', 'DE LINDE'],
  ['two spaces', 'De Linde', 'De  Linde'],
  ['a space that does not break, as a web page has it', 'De Linde', 'De\u00a0Linde'],
  ['a mark of no width, as a document has it', 'De Linde', 'De Linde\u200b'],
  ['a soft hyphen', 'Sint-Jozefscollege', 'Sint-Jozefs\u00adcollege'],
  ['a typographic apostrophe', "'t Klavertje", '’t Klavertje'],
  ['an accent of two signs', 'José', 'Jose\u0301'],
])(
  '[U52] a name that somebody reads as another school’s is its name, however it is written: %s',
  (_how, one, other) => {
    expect(bears(one, other)).toBe('name');
  },
);

test('[U52] names that differ to the eye are two, and no name is nobody’s', () => {
  expect([bears('De Linde', 'De Lindes'), bears('Jose', 'José'), bears('', ''), bears('\u200b', '\u200b')]).toEqual([
    ...[undefined, undefined, undefined, undefined],
  ]);
});
