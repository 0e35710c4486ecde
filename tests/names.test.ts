import { personsName } from '@clbchat/server/accounts/accounts.store';
import { defaultCentre, parseCentre } from '@clbchat/server/centre/centre.rules';
import { isName, withoutUnseen } from '@clbchat/shared/names';
import { isShown } from '@clbchat/shared/statement/certificate.schema';
import * as v from 'valibot';
import { expect, test } from 'vitest';

const MARK = '\u0300';
const NONE = [
  ...['', ' ', '\u3164', '\u2800', '\u115f\u1160', '\uffa0', MARK, '·', '--', '\ud83d\ude42'],
  ...['Noor\u3164', 'Noor\u034f', 'Noor\ufe0f', 'No\u2800or', 'No\u00ador', 'No\u200bor', 'Noor\u202e', 'No\nor'],
  ...['No\u2028or', 'Noor\ud800', 'Noor\u{e0041}', `Z${MARK.repeat(50)}`, `Z${MARK.repeat(6)}`],
];
const NAMES = [
  'Noor',
  '7',
  'Ömer Çelik',
  "D'hondt-Van de Velde",
  'Nguyễn Thị',
  'नूर',
  'שָׁלוֹם',
  'نُور',
  '李',
  'CLB · Noord',
];

const isCentre = (more: object) => parseCentre({ ...defaultCentre(), ...more }).ok;

test.each(NONE)('[G93] %j is nobody’s name, no office’s and no site’s, and is signed for nobody', (text) => {
  expect(isName(text)).toBe(false);
  expect(isShown(text)).toBe(false);
  expect(v.is(personsName, text)).toBe(false);
  expect(isCentre({ name: text })).toBe(false);
  expect(isCentre({ site: text })).toBe(false);
  expect(isCentre({ sites: { school: { origins: [], name: text } } })).toBe(false);
});

test.each(NAMES)('[G93] %j is a name', (text) => {
  expect([isName(text), isShown(text), withoutUnseen(text)]).toEqual([true, true, text]);
  expect(v.parse(personsName, ` ${text} `)).toBe(text.normalize('NFC'));
  const sites = { school: { origins: [], name: text } };
  expect(isCentre({ name: text, site: text, sites })).toBe(true);
});

test('[G93] of what looks alike one spelling is kept, and it is as short as any', () => {
  expect(v.parse(personsName, 'Zoe\u0308')).toBe('Zoë');
  expect(v.is(personsName, '\u0958'.repeat(60))).toBe(false); // two signs each, in that spelling
});
