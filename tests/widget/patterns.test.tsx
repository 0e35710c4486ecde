import { normalise, normaliseLine } from '@clbchat/shared/crypto/text';
import { readHeader } from '@clbchat/shared/protocol/frame';
import { fromBase64url } from '@clbchat/shared/base64url';
import { LOOKED_AT_UNITS_MAX, personalData } from '../../widget/src/steps/personalData.ts';
import { nickProblem } from '../../widget/src/steps/nick.ts';
import { describe, expect, test } from 'vitest';

const TIMES = 1_000;
const full = (piece: string, length = LOOKED_AT_UNITS_MAX) => piece.repeat(length).slice(0, length);

/** What makes a pattern go back and try again, as long as anything may be. */
const evil = [
  'a',
  'a@',
  'a@a.',
  'a@a-',
  '0',
  '0032 ',
  '+32-',
  '00.',
  '(0)',
  'straat ',
  'laan',
  'nr. ',
  'laan nr',
  ' ',
  'é',
];

describe('[L20] a text at its bound, a thousand times: nobody waits for a pattern', () => {
  test.each(evil)('%j asked about on the device', (piece) => {
    const text = full(piece);
    for (let time = 0; time < TIMES; time += 1) personalData(text);
  });

  test.each(['\n', ' \n', '\u200d', '\u0301', 'a\u0301', '\u{1F468}\u200D', '\t'])('%j tidied up', (piece) => {
    const text = full(piece, 2_000);
    for (let time = 0; time < TIMES / 10; time += 1) normalise(text);
  });

  test('what is longer is not looked at', () => {
    const mail = 'jan@school.be';
    expect(personalData(mail + full(' ', LOOKED_AT_UNITS_MAX - mail.length))).toBe('email');
    const long = `${mail} ${full('a')}`;
    expect(personalData(long)).toBeNull();
    expect(nickProblem(long)).toBe('long');
    expect(normaliseLine(full('a', 100_000), 20)).toEqual({ ok: false, why: 'too_long' });
    for (let time = 0; time < TIMES; time += 1) readHeader(full('A', 16_000));
    for (let time = 0; time < TIMES; time += 1) fromBase64url(`${full('A', 16_000)}!`);
  });

  test.each([
    ['a.b@c.be', 'email'],
    ['jan.janssens@leerling.school.be.', 'email'],
    ['0032 (0) 470 12 34 56', 'phone'],
    ['+32.470/12-34-56', 'phone'],
    ['Kerkstraat 12', 'address'],
    ['85.07.30-033.28', 'national'],
    ['a@b', null],
    ['ik heb 2032 en 14', null],
  ])('%s is still %s', (text, what) => {
    expect(personalData(text)).toBe(what);
  });
});
