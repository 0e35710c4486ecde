import { toBase64url } from '@clbchat/shared/base64url';
import { normalise } from '@clbchat/shared/crypto/text';
import { newMid } from '@clbchat/shared/ids';
import { expect, test, vi } from 'vitest';
import { LIEN, lines } from '../support/pages.ts';
import { createPair, goesFor, takes } from '../support/realScene.ts';
import { hostile, keysOf } from './forge.ts';

const mid = newMid;

/** Every kind that has no screen yet, kinds of tomorrow, and known kinds in shapes that nobody sends. */
const odd = (): object[] => [
  { k: 'card', mid: mid(), id: 'veiligheid', lang: 'nl' },
  { k: 'plan', mid: mid(), rev: 1, steps: [{ what: 'geheim plan' }] },
  { k: 'ask', mid: mid(), id: mid(), about: 'person', facts: { __proto__: 'x', naam: 'geheim' } },
  { k: 'answer', mid: mid(), id: mid(), choice: 'geheim' },
  { k: 'safety', mid: mid() },
  { k: 'notice', mid: mid(), code: 'geheim' },
  { k: 'tomorrow', anything: ['geheim'] },
  { k: 'constructor' },
  { k: '__proto__', polluted: 1 },
  { k: 'text', mid: mid(), m: '' },
  { k: 'text', mid: mid(), m: 'x', html: '<img src=x>' },
  { k: 'text', mid: mid(), m: '\u202E\u200B' },
  { k: 'read', seen: [] },
  { k: 'typing' },
  { k: 7 },
  {},
];

test.each(['v', 'c'] as const)(
  '[E8 E57] what one side (%s) sends in odd kinds and shapes shows nothing of it to the other',
  async (side) => {
    const pair = await createPair();
    const { visitor, desk, theVisit, time } = pair;
    const say = hostile(await keysOf(pair, 1), theVisit(), side);
    const before = theVisit().seq;
    for (let round = 0; round < 3; round += 1) for (const message of odd()) await say(message);
    await time.advance(40_000);
    const shown = lines(side === 'v' ? desk.talk.talk : visitor.visitor.talk);
    expect(theVisit().seq).toBe(before + 3 * odd().length);
    expect(shown.join()).not.toMatch(/geheim|<img/);
    expect(shown.every((line) => /^(\[newer\]|\[unreadable\]|\[gap\]|\(joined Samira\))$/.test(line))).toBe(true);
    expect(shown).toContain('[newer]');
    // and the two go on
    visitor.visitor.talk.send('gewoon');
    desk.talk.talk.send('verder');
    await time.advance(20_000);
    expect(lines(desk.talk.talk)).toContain('them: gewoon');
    expect(lines(visitor.visitor.talk)).toContain('them: verder');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  },
);

test('[E57 E10] names that turn around, pile up or change all the time stay one short line, and are written once each', async () => {
  const pair = await createPair();
  const { desk, samira, theVisit, time } = pair;
  const say = hostile(await keysOf(pair, 1), theVisit(), 'v');
  const nicks = ['\u202Eneil', `a${'\u0301'.repeat(19)}`, 'Lien\n(CLB)', '\u2066\u2069', 'x'.repeat(20)];
  const seen: string[] = [];
  const stop = desk.talk.nick.subscribe((nick) => void seen.push(nick));
  for (const nick of nicks) for (let again = 0; again < 20; again += 1) await say({ k: 'name', mid: mid(), nick });
  const writes = samira.written.length;
  await time.advance(20_000);
  stop();
  expect(seen).toEqual(['Noor', 'neil', `\u00E1${'\u0301'.repeat(8)}`, 'Lien (CLB)', '', 'x'.repeat(20)]);
  // one for each name, and one each time that marks are told of what was read, once a second at most
  expect(samira.written.length - writes).toBeLessThanOrEqual(nicks.length + 2);
  expect(lines(desk.talk.talk)).toEqual([]);
});

test('[E57 K5] keys that nobody asked for, in hundreds: one line, and no epoch that is in use is touched', async () => {
  const pair = await createPair();
  pair.visitor.visitor.talk.send('tegen Samira');
  await pair.time.advance(3_000);
  await goesFor(pair.desk, pair);
  const lien = await pair.deskPage(await pair.computer(LIEN));
  await takes(lien);
  await pair.time.advance(3_000);
  await pair.visitor.visitor.choose('none');
  await pair.time.advance(3_000);
  const say = hostile(await keysOf(pair, 2), pair.theVisit(), 'v');
  const wrong = [0, 1, 2, 3, 2 ** 31].map((epoch) => [epoch, toBase64url(crypto.getRandomValues(new Uint8Array(32)))]);
  for (const keys of [[], wrong])
    for (let round = 0; round < 100; round += 1) await say({ k: 'keys', mid: mid(), keys });
  await pair.time.advance(120_000);
  const shown = lines(lien.talk.talk);
  expect(shown.filter((line) => line === '(history_kept)')).toHaveLength(1);
  expect(shown.join()).not.toContain('tegen Samira');
  pair.visitor.visitor.talk.send('nog altijd goed');
  await pair.time.advance(3_000);
  expect(lines(lien.talk.talk)).toContain('them: nog altijd goed');
});

/** Each text so often that what takes sixteen times as long as it should ends at the time-out, whatever the machine does. */
const TIMES = 10;
/** One that changes something, one for what the first has joined, and one that finds nothing more. */
const ROUNDS_MAX = 3;

test('[E10] no text keeps a page busy: the worst that fits is gone through three times, and no more', () => {
  const parts = [
    '\u200D',
    '\uFE0F',
    '\u{1F469}',
    '\u{1F3F4}',
    '\u{E0067}',
    '\u{E007F}',
    'a\u200C',
    '\u0301',
    '\n ',
    '\u200B',
    '\u202E',
  ];
  const rounds = vi.spyOn(String.prototype, 'normalize'); // once in each of them
  for (const one of parts)
    for (const other of parts)
      for (const text of [
        `${one}${other}`.repeat(4_000),
        one.repeat(3_000) + other.repeat(3_000),
        one.repeat(2_000) + other.repeat(2_000) + one.repeat(2_000),
      ])
        for (let time = 0; time < TIMES; time += 1) {
          rounds.mockClear();
          normalise(text.slice(0, 20_000));
          expect(rounds.mock.calls.length).toBeLessThanOrEqual(ROUNDS_MAX);
        }
  rounds.mockRestore();
});
