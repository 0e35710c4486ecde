import { personsName } from '@clbchat/server/accounts/accounts.store';
import { defaultCentre, parseCentre } from '@clbchat/server/centre/centre.rules';
import { unreadableIn } from '@clbchat/server/centre/sites.rules';
import { isName, spelled, whyNoName, withoutUnseen } from '@clbchat/shared/names';
import { isShown } from '@clbchat/shared/statement/certificate.schema';
import fc from 'fast-check';
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

/** Whether a centre may be called so that stood otherwise before. */
function isCentre(more: object, before: object = defaultCentre()): boolean {
  const [parsed, stood] = [parseCentre({ ...defaultCentre(), ...more }), parseCentre(before)];
  return parsed.ok && unreadableIn(parsed.centre, stood.ok ? stood.centre : null).length === 0;
}

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

test.each(['Sint-Jans\u00adcollege', 'GO! ❤\ufe0f Linde', '--'])(
  '[G93] what an earlier release let through (%j) stays where it stands, and comes to no other place',
  (name) => {
    const before = { ...defaultCentre(), name, sites: { linde: { origins: [], name } } };
    const { sites } = before;
    expect(parseCentre(before).ok).toBe(true);
    expect(isCentre({ name, sites, exitUrl: 'https://www.meteo.be/' }, before)).toBe(true);
    expect(isCentre({ name, sites: { ...sites, berk: { origins: [], name } } }, before)).toBe(false);
    expect(isCentre({ name, site: name, sites }, before)).toBe(false);
  },
);

test('[G93] what is typed or pasted is kept in one spelling, without what nobody sees', () => {
  expect(spelled('  Sint-Jans\u00adcollege ')).toBe('Sint-Janscollege');
  expect(spelled('CLB  Cafe\u0301\u00a0Zuid')).toBe('CLB Café Zuid');
  for (const pasted of ['Sint-Jan\tGent', 'Sint-Jan\r\nGent', 'Sint-Jan\u2028Gent', 'Sint-Jan\u0085Gent'])
    expect(spelled(pasted)).toBe('Sint-Jan Gent');
  for (const without of ['\u{1D159}', '\u{16FE4}', '\u2800']) expect(isName(`Noor${without}`)).toBe(false);
  expect(v.parse(personsName, 'Jan \u00a0 Peeters')).toBe('Jan Peeters');
});

test('[G93] a name is judged in our spelling: some are longer there than as they were typed', () => {
  expect(['x'.repeat(60), 'x'.repeat(61), '--'].map(whyNoName)).toEqual([null, 'long', 'unread']);
  expect(whyNoName(spelled('\u0958'.repeat(31)))).toBe('long');
});

test('[G93] what was spelled once is not spelled in another way again, whatever stood between a letter and its mark', () => {
  expect(['Cafe\u200d\u0301', 'Cafe\u0301', ' Caf\u00e9\t '].map(spelled)).toEqual([
    'Caf\u00e9',
    'Caf\u00e9',
    'Caf\u00e9',
  ]);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => spelled(spelled(text)) === spelled(text)),
  );
});
