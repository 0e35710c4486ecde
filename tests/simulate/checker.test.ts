import { expect, test } from 'vitest';
import { violationsOf } from './checker.ts';
import type { Event, Happened, SeenDesk, SeenVisit } from './history.ts';

/** The history of one conversation, in which nothing is wrong, and what is changed in it. */

const at = (s: number, happened: Happened): Event => ({ atMs: s * 1_000, ...happened });
const visit = (over: Partial<SeenVisit> = {}): SeenVisit => ({
  ...{ visit: 'v1', stage: 'waiting', inLine: true, ticket: 1, passed: false, hold: 0, epoch: 0, desk: '' },
  ...over,
});
const held = (over: Partial<SeenVisit> = {}) =>
  visit({ stage: 'talking', inLine: false, hold: 1, epoch: 1, desk: 'samira', ...over });
const desk = (over: Partial<SeenDesk> = {}): SeenDesk => ({
  ...{ desk: 'samira', slots: 1, held: [], rings: [], answers: true },
  ...over,
});
const look = (visits: SeenVisit[], desks: SeenDesk[], known = visits.map((one) => one.visit)): Happened => ({
  ...{ is: 'look', visits, desks, known },
});
const holding = look([held()], [desk({ held: ['v1'] })]);
const wrote = (text: string): Happened => ({
  ...{ is: 'wrote', visit: 'v1', by: 'samira', side: 'c', text, to: 'v1' },
});
const stored = (text: string, seq: number, over: Partial<Happened & { is: 'stored' }> = {}): Happened => ({
  ...{ is: 'stored', visit: 'v1', by: 'samira', side: 'c', frame: text, seq, hold: 1, askedMs: 31_000, text },
  ...over,
});
const shown = (text: string, page = 1, of = 'v1'): Happened => ({
  ...{ is: 'shown', visit: of, to: 'pupil', side: 'v', page, text },
});
const got = (who: string, hold: number, askedMs: number): Happened => ({
  ...{ is: 'got', desk: who, visit: 'v1', hold, askedMs },
});
const screen = { visit: 'v1', stage: 'talking', pending: [] };
const screens: Happened = {
  is: 'screens',
  screens: [
    { ...screen, side: 'v', by: 'pupil', page: 1 },
    { ...screen, side: 'c', by: 'samira', page: 2 },
  ],
};

const sound = (): Event[] => [
  at(1, { is: 'joined', visit: 'v1', ahead: 0 }),
  at(2, look([visit()], [desk({ answers: false })])),
  at(9, { is: 'asks_status', desk: 'samira', status: 'available' }),
  at(10, { is: 'status', desk: 'samira', status: 'available' }),
  at(11, { is: 'ring', desk: 'samira', offerNo: 1 }),
  at(12, got('samira', 1, 11_500)),
  at(15, { is: 'talks', desk: 'samira', visit: 'v1', hold: 1 }),
  at(20, holding),
  ...['t1', 't2', 't3'].flatMap((text, n) => [
    at(31 + n, wrote(text)),
    at(31 + n, stored(text, n + 1)),
    at(31 + n, shown(text)),
    at(31 + n, { is: 'received', visit: 'v1', by: 'samira', text }),
  ]),
  at(40, { is: 'beat', desk: 'samira' }),
  at(50, holding),
  at(50, screens),
  at(60, { is: 'over', visit: 'v1', by: 'samira' }),
  at(61, look([], [desk()])),
];

const without = (...texts: string[]) =>
  sound().filter(
    (event) => !('text' in event && texts.includes(event.text ?? '') && event.is !== 'wrote' && event.is !== 'stored'),
  );
const withMore = (...more: Event[]) => [...sound(), ...more].toSorted((a, b) => a.atMs - b.atMs);
const broken = (history: Event[]) => [...new Set(violationsOf(history).map(({ rule }) => rule))];

test('[V1 V2 V3 V4 Q2 Q3 R1 R2 C1 C2] a history in which nothing is wrong breaks nothing', () => {
  expect(violationsOf(sound())).toEqual([]);
});

const others = look([held(), visit({ visit: 'v2', ticket: 2 })], [desk({ held: ['v1'] }), desk({ desk: 'lien' })]);
const PLANTED: readonly (readonly [string, string, string, () => Event[]])[] = [
  [
    'V1',
    'a visit at two desks',
    'V1',
    () => withMore(at(45, look([held()], [desk({ held: ['v1'] }), desk({ desk: 'lien', held: ['v1'] })]))),
  ],
  [
    'V1',
    'a ring that no visit knows',
    'V1',
    () => withMore(at(45, look([held()], [desk({ held: ['v1'], slots: 2, rings: ['v9'] })]))),
  ],
  [
    'V2',
    'a page that shows what is no longer so',
    'V2',
    () =>
      withMore(at(50, { is: 'screens', screens: [{ ...screen, side: 'v', by: 'pupil', page: 1, stage: 'waiting' }] })),
  ],
  [
    'V2',
    'a text that never leaves',
    'V2',
    () =>
      withMore(
        at(50, {
          is: 'screens',
          screens: [
            { ...screen, side: 'v', by: 'pupil', page: 1, pending: ['t7'] },
            { ...screen, side: 'c', by: 'samira', page: 2 },
          ],
        }),
      ),
  ],
  ['V3', 'a text in another conversation', 'V3', () => withMore(at(45, shown('t1', 5, 'v2')))],
  ['V4', 'a key left behind', 'V4', () => withMore(at(62, look([], [desk()], ['v1'])))],
  ['V4', 'a visit that is there again after its end', 'V4', () => withMore(at(70, got('lien', 2, 69_000)))],
  ['Q2', 'a place that goes back', 'Q2', () => withMore(at(5, { is: 'place', visit: 'v1', ahead: 3 }))],
  [
    'Q3',
    'two tickets swapped',
    'Q3',
    () =>
      withMore(
        at(21, others),
        at(22, look([held({ ticket: 2 }), visit({ visit: 'v2' })], [desk({ held: ['v1'] }), desk({ desk: 'lien' })])),
      ),
  ],
  [
    'Q5',
    'who waits while somebody is free',
    'Q5',
    () =>
      withMore(
        ...Array.from({ length: 100 }, (_, n) => at(100 + n, look([visit({ visit: 'v2', ticket: 2 })], [desk()]))),
      ),
  ],
  ['R1', 'two holders', 'R1', () => withMore(at(12.2, got('lien', 1, 11_600)))],
  [
    'R1',
    'an earlier hold given once more',
    'R1',
    () => withMore(at(30, got('lien', 2, 29_000)), at(45, got('samira', 1, 44_000))),
  ],
  [
    'R2',
    'one more than there are places',
    'R2',
    () => withMore(at(45, look([held(), held({ visit: 'v2', ticket: 2 })], [desk({ held: ['v1', 'v2'] })]))),
  ],
  [
    'R3',
    'a ring at a desk that pauses',
    'R3',
    () =>
      withMore(
        at(41, { is: 'asks_status', desk: 'samira', status: 'paused' }),
        at(42, { is: 'status', desk: 'samira', status: 'paused' }),
        at(46, { is: 'ring', desk: 'samira', offerNo: 2 }),
      ),
  ],
  [
    'R6',
    'a frame taken from an old hold',
    'R6',
    () => withMore(at(45, got('lien', 2, 44_500)), at(47, stored('t9', 4, { askedMs: 46_000 }))),
  ],
  [
    'R7',
    'a release that comes too early',
    'R7',
    () => withMore(at(52, look([held({ hold: 2, stage: 'waiting', inLine: true, desk: '' })], [desk()]))),
  ],
  [
    'C1',
    'two texts in another order',
    'C1',
    () =>
      sound().map((event) =>
        event.is === 'shown' ? { ...event, text: { t1: 't2', t2: 't1' }[event.text] ?? event.text } : event,
      ),
  ],
  ['C1', 'a middle that is lost', 'C1', () => without('t2')],
  ['C1', 'a tail that is lost', 'C1', () => without('t3')],
  [
    'C1',
    'what counts as received and nobody shows',
    'C1',
    () => withMore(at(45, { is: 'received', visit: 'v1', by: 'samira', text: 't8' })),
  ],
  ['C2', 'one number for two frames', 'C2', () => withMore(at(45, stored('t9', 3)))],
  ['C2', 'two numbers for one frame', 'C2', () => withMore(at(45, stored('t1', 4)))],
  ['C4', 'a text that stands twice', 'C4', () => withMore(at(45, shown('t1')))],
  ['C6', 'a line that moves', 'C6', () => withMore(at(45, { is: 'moved', visit: 'v1', page: 1 }))],
];
test.each(PLANTED)('[%s] planted in a history, and found: %s', (_, _what, rule, history) => {
  expect(broken(history())).toContain(rule);
});

test('[C1] a page that says that something is missing breaks nothing', () => {
  const says = at(34, { is: 'missing', visit: 'v1', side: 'v', page: 1 });
  expect(broken([...without('t2'), says].toSorted((a, b) => a.atMs - b.atMs))).toEqual([]);
});

test('[V2] a text that came back to its writer breaks nothing, though it stands on; another one does', () => {
  const back = at(44, { is: 'returned', visit: 'v1', by: 'pupil', text: 't7' });
  const seen = (...pending: string[]): Happened => ({
    is: 'screens',
    screens: [
      { ...screen, side: 'v', by: 'pupil', page: 1, pending },
      { ...screen, side: 'c', by: 'samira', page: 2 },
    ],
  });
  expect(broken(withMore(back, at(50, seen('t7'))))).toEqual([]);
  expect(broken(withMore(back, at(50, seen('t7', 't8'))))).toEqual(['V2']);
});

test('[R7] a release breaks nothing after a minute without a sign of life, nor when she gave it back', () => {
  const released = look([held({ hold: 2, stage: 'waiting', desk: '' })], [desk({ answers: false })]);
  const late = sound().filter(({ atMs, is }) => atMs < 45_000 && is !== 'screens');
  expect(broken([...late, at(101, released)])).toEqual([]);
  expect(broken([...late, at(45, { is: 'gave_up', desk: 'samira', visit: 'v1' }), at(46, released)])).toEqual([]);
});

test('what a part of the run found itself is a violation like any other', () => {
  expect(broken(withMore(at(45, { is: 'wrong', rule: 'crypto', what: 'a nonce is used twice' })))).toEqual(['crypto']);
});

test('[Q2 Q3 C2] in another memory of the store tickets, places and numbers begin anew, and in the same one they do not', () => {
  const lives = (...between: Event[]) => [
    at(1, look([visit(), visit({ visit: 'v2', ticket: 2 })], [])),
    at(2, { is: 'place', visit: 'v2', ahead: 0 }),
    at(3, stored('t1', 3)),
    ...between,
    at(5, look([visit({ ticket: 2 }), visit({ visit: 'v2', ticket: 1 })], [])),
    at(6, { is: 'place', visit: 'v2', ahead: 1 }),
    at(7, stored('t2', 3)),
  ];
  expect(broken(lives()).toSorted()).toEqual(['C2', 'Q2', 'Q3']);
  expect(broken(lives(at(4, { is: 'life' })))).toEqual([]);
});

test('[R7 Q5] a centre whose times are shorter is judged by these', () => {
  const released = look([held({ hold: 2, stage: 'waiting', inLine: false, desk: '' })], [desk({ answers: false })]);
  const early = [...sound().filter(({ atMs, is }) => atMs < 45_000 && is !== 'screens'), at(50, released)];
  expect(broken(early)).toEqual(['R7']);
  expect(violationsOf(early, { triedMs: 7_600, releaseMs: 6_000 })).toEqual([]);
  const waits = withMore(
    ...Array.from({ length: 12 }, (_, n) => at(100 + n, look([visit({ visit: 'v2', ticket: 2 })], [desk()]))),
  );
  expect(broken(waits)).toEqual([]);
  expect(violationsOf(waits, { triedMs: 7_600, releaseMs: 6_000 }).map(({ rule }) => rule)).toEqual(['Q5']);
});

test('[C1] a page that talked when the screens were looked at, and no more the next time, owes nothing that came after it', () => {
  const left = { is: 'screens', screens: [{ ...screen, side: 'c', by: 'samira', page: 2 }] } as const;
  const more = [at(51, wrote('t4')), at(51, stored('t4', 4))];
  expect(broken(withMore(...more))).toEqual(['C1']);
  expect(broken(withMore(...more, at(52, look([held()], [desk({ held: ['v1'] })])), at(52, left)))).toEqual([]);
});
