import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, normaliseLine } from '@clbchat/shared/crypto/text';

const clean = (raw: string) => {
  const result = normalise(raw);
  return result.ok ? result.text : result.why;
};
const FAMILY = '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}';

describe('text that people write', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '<math><mtext></p><img src onerror=alert(1)>',
    'javascript:alert(1)',
    '${7*7} {{7*7}} `x`',
    'body{background:url(//evil)}',
    '&lt;b&gt; &amp;',
    'https://xn--pypal-4ve.com',
  ])('[E10] mark-up stays the text that it is: %j', (raw) => {
    expect(clean(raw)).toBe(raw);
  });

  it.each([
    ['override', 'a\u202Egnp.exe', 'agnp.exe'],
    ['isolates', '\u2066a\u2069b', 'ab'],
    ['marks', 'a\u200E\u200F\u061Cb', 'ab'],
    ['byte order', '\uFEFFhoi', 'hoi'],
    ['zero width', 'p\u200Ba\u2060y\u00ADpal', 'paypal'],
    ['controls', 'a\u0000b\u0007c\u007Fd\u009Fe', 'abcde'],
    ['escape', '\u001B[31mrood', '[31mrood'],
    ['hidden letters', 'a\u{E0041}\u{E0042}b', 'ab'],
    ['fillers', 'a\u3164b', 'ab'],
    ['tab', 'a\tb', 'a b'],
    ['line ends', 'a\r\nb\rc\u2028d\u2029e\u0085f', 'a\nb\nc\nd\ne\nf'],
    ['composed', 'e\u0301', '\u00E9'],
    ['outer space', '  \n hoi \n ', 'hoi'],
  ])('[E10] %s', (_what, raw, text) => {
    expect(clean(raw)).toBe(text);
  });

  it.each([
    ['a family', FAMILY],
    ['a skin', '\u{1F469}\u{1F3FD}\u200D\u{1F680}'],
    ['a heart on fire', '\u2764\uFE0F\u200D\u{1F525}'],
    ['Scotland', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
    ['Belgium', '\u{1F1E7}\u{1F1EA}'],
    ['a keycap', '1\uFE0F\u20E3'],
    ['Persian', '\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645'],
    ['Arabic with vowels', '\u0645\u064E\u0631\u0652\u062D\u064E\u0628\u064B\u0627'],
    ['Turkish', '\u0130stanbul \u0131l\u0131k'],
  ])('[E10] %s is left whole', (_what, raw) => {
    expect(clean(raw)).toBe(raw);
  });

  it('[E10] a joiner outside an emoji goes', () => {
    expect(clean('a\u200Db')).toBe('ab');
    expect(clean(`${FAMILY}\u200D`)).toBe(FAMILY);
    expect(clean('\u200D\u{1F98A}')).toBe('\u{1F98A}');
    expect(clean('a\u200C b')).toBe('a b');
  });

  it('[E10] a tower of marks becomes at most eight', () => {
    expect(clean(`x${'\u0323'.repeat(1_000)}`)).toBe(`x${'\u0323'.repeat(8)}`);
    expect(clean(`x${'\u0323\u200B'.repeat(1_000)}y`)).toBe(`x${'\u0323'.repeat(8)}y`);
  });

  it('[E10] lines: two blank ones at most, with or without spaces in them', () => {
    expect(clean(`a${'\n'.repeat(500)}b`)).toBe('a\n\n\nb');
    expect(clean(`a${' \t\n'.repeat(500)}b`)).toBe('a\n\n\nb');
    expect(clean('a\n\nb')).toBe('a\n\nb');
  });

  it.each(['', ' \n\t', '\u200B\u200E', '\uFEFF', '\u3164', '\u0000'])('[E10] %j is nothing', (raw) => {
    expect(normalise(raw)).toEqual({ ok: false, why: 'empty' });
  });

  it.each(['\uD800', 'a\uDC00b', '\uDC00\uD800', '\u{1F98A}\uD83E'])('[E10] %j holds half a character', (raw) => {
    expect(normalise(raw)).toEqual({ ok: false, why: 'surrogate' });
  });

  it('[E10] 2,000 units fit, one more does not, and what goes away is not counted', () => {
    expect(clean('a'.repeat(2_000))).toHaveLength(2_000);
    expect(clean('a'.repeat(2_001))).toBe('too_long');
    expect(clean(`${'a'.repeat(2_000)}${'\u200B'.repeat(500)}`)).toHaveLength(2_000);
    expect(clean('e\u0301'.repeat(2_000))).toHaveLength(2_000);
    expect(clean(FAMILY.repeat(250))).toHaveLength(2_000);
    expect(clean(FAMILY.repeat(251))).toBe('too_long');
    expect(clean(' '.repeat(20_001))).toBe('too_long');
  });

  it('[E10] a nickname is one line', () => {
    expect(normaliseLine('Mila\n\u202Evan\t \u0085hier', 20)).toEqual({ ok: true, text: 'Mila van hier' });
    expect(normaliseLine('x'.repeat(21), 20)).toEqual({ ok: false, why: 'too_long' });
  });

  it('[E10] whatever comes in, what goes out is settled, well formed and within the limit', () => {
    const nasty = fc.constantFrom(
      '\u200D',
      '\u200C',
      '\u200B',
      '\uFE0F',
      '\u0323',
      '\u0301',
      '\n',
      ' ',
      '\u202E',
      '\u{1F468}',
      '\u{1F3FD}',
      '\u{1F3F4}',
      '\u{E0067}',
      '\u{E007F}',
      'a',
      '\u3164',
      '\u0915\u093C',
      '\r',
    );
    const any = fc.oneof(
      fc.string({ unit: fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 1 })), maxLength: 60 }),
    );
    fc.assert(
      fc.property(any, (raw) => {
        const once = normalise(raw);
        if (!once.ok) return;
        expect(normalise(once.text)).toEqual(once);
        expect(once.text.normalize('NFC')).toBe(once.text);
        expect(once.text).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_C}\uFEFF]|\n{4}|\p{M}{9}/u);
      }),
      { numRuns: 3_000 },
    );
  });
});
