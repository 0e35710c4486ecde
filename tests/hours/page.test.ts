import { parseCentre } from '@clbchat/server/centre/centre.rules';
import { demoCentre } from '@clbchat/server/demo/centre';
import { bounds, orders } from '@clbchat/server/centre/bounds.rules';
import { factsOf, quiet } from '@clbchat/server/hours/status.rules';
import { signal } from '@preact/signals-core';
import { describe, expect, test } from 'vitest';
import { differences } from '../../console/src/model/hours/differences.ts';
import { withDays } from '../../console/src/model/hours/days.ts';
import { place } from '../../console/src/model/hours/grid.ts';
import { createHoursPage } from '../../console/src/model/hours/page.ts';
import { previewAt } from '../../console/src/model/hours/preview.ts';
import { allFields, brokenOrder, rangeOf, shownOf, storedOf } from '../../console/src/model/hours/rulesForm.ts';
import type { Saved, Settings, Standing } from '../../console/src/model/hours/settings.ts';

const NOW_MS = Date.parse('2026-11-26T12:00:00+01:00');
const parsed = parseCentre(demoCentre({ open: 'real', schoolOrigins: [] }));
if (!parsed.ok) throw new Error('the demonstration has settings');
const { centre } = parsed;
const settings: Settings = { schedule: centre.schedule, rules: { ...centre.rules }, exitUrl: centre.exitUrl };
const other: Settings = { ...settings, exitUrl: 'https://www.vrt.be/' };

/** The page before a service that answers as it is told. */
async function opened(answers: Saved[] = [], standing: Standing | null = { rev: 7, settings }) {
  const writes: [seen: number, sent: Settings][] = [];
  let stands = standing;
  const page = createHoursPage(
    {
      read: async () => stands && { ...stands, bounds, orders, nowMs: NOW_MS },
      write: async (seen, sent) => (writes.push([seen, sent]), answers.shift() ?? { is: 'unreachable' }),
    },
    () => NOW_MS,
  );
  await page.open();
  return { page, writes, stands: (next: Standing | null) => (stands = next) };
}
const addSunday = (page: Awaited<ReturnType<typeof opened>>['page']) => {
  const placed = place(page.grid.value, { day: 0, from: 600, to: 720 }, null);
  if (placed.is === 'placed') page.setGrid(placed.grid);
};

describe('[U7] rules of the centre', () => {
  test('each has a unit and a range in it, and says no to what lies outside or is no whole number', () => {
    for (const field of allFields) {
      const range = rangeOf(field, { bounds });
      const [from, to] = bounds[field.name as keyof typeof bounds];
      expect(range, field.name).toEqual({ from: from / field.size, to: to / field.size });
      expect(storedOf(field, shownOf(field, settings.rules), range), field.name).toBe(settings.rules[field.name]);
      expect(storedOf(field, String(range.from), range)).toBe(from);
      expect(storedOf(field, String(range.to), range)).toBe(to);
      for (const wrong of [
        String(range.from - 1),
        String(range.to + 1),
        '',
        ' ',
        '1.5',
        '1,5',
        'tien',
        '1e1000',
        '9'.repeat(400),
      ])
        expect(storedOf(field, wrong, range), `${field.name} ${wrong}`).toBeNull();
    }
  });

  test('two of which the first would be above the second are told', () => {
    expect(brokenOrder(settings.rules, { orders })).toBeNull();
    expect(brokenOrder({ ...settings.rules, slotsDefault: 3, slotsMax: 2 }, { orders })).toEqual([
      'slotsDefault',
      'slotsMax',
    ]);
  });
});

describe('[U12] what the visitor sees', () => {
  test('is what the service would tell the chat at that moment, for a year of hours', () => {
    const { schedule } = withDaysOf(settings);
    const of = { ...centre, schedule };
    for (let ms = NOW_MS; ms < NOW_MS + 366 * 86_400_000; ms += 187 * 60_000) {
      const wall = new Intl.DateTimeFormat('sv-SE', {
        timeZone: 'Europe/Brussels',
        dateStyle: 'short',
        timeStyle: 'short',
      });
      const [date = '', time = ''] = wall.format(ms).split(' ');
      const { hours, closesAt, week, holiday } = factsOf(ms, of, quiet);
      expect(previewAt(date, time, { ...settings, schedule }), `${date} ${time}`).toEqual({
        hours,
        closesAt,
        week,
        holiday,
      });
    }
  });
});
const withDaysOf = (of: Settings): Settings => ({
  ...of,
  schedule: withDays(of.schedule, '2026-12-24', '2026-12-24', {
    is: 'limited',
    days: [4],
    open: [{ from: '10:00', to: '12:00' }],
  }),
});

describe('[U13] what is not saved yet', () => {
  test('is told, is still there when the page is opened again, and goes back when asked', async () => {
    const { page, stands } = await opened();
    expect(page.changed.value).toBe(false);
    addSunday(page);
    expect(page.changed.value).toBe(true);
    stands({ rev: 9, settings: other });
    await page.open();
    expect(page.draft.value.schedule.week.sunday).toEqual([{ from: '10:00', to: '12:00' }]);
    const asked = page.open();
    addSunday(page); // while the answer is on its way
    await asked;
    expect(page.draft.value.exitUrl).toBe(settings.exitUrl);
    page.undo();
    expect(page.changed.value).toBe(false);
    expect(page.grid.value).toHaveLength(4);
    await page.open(); // nothing is lost now
    expect(page.draft.value.exitUrl).toBe(other.exitUrl);
  });

  test('stays when the service refuses or does not answer, and what was changed meanwhile stays after a yes', async () => {
    const { page, writes } = await opened([
      { is: 'unreachable' },
      { is: 'refused', problems: [{ path: 'exitUrl', code: 'value' }] },
      { is: 'not_yours' },
    ]);
    addSunday(page);
    await page.save();
    expect([page.said.value, page.changed.value]).toEqual(['unreachable', true]);
    await page.save();
    expect(page.problems.value).toEqual([{ path: 'exitUrl', code: 'value' }]);
    await page.save();
    expect([page.said.value, page.changed.value, page.problems.value]).toEqual(['not_yours', true, []]);
    expect(writes.map(([seen]) => seen)).toEqual([7, 7, 7]);

    const late = await opened();
    addSunday(late.page);
    const sent = late.page.draft.value;
    const answered = createHoursPage(
      {
        read: async () => ({ rev: 1, settings, bounds, orders, nowMs: NOW_MS }),
        write: async (_seen, asked) => {
          answered.change({ exitUrl: other.exitUrl });
          return { is: 'written', rev: 2, settings: asked };
        },
      },
      () => NOW_MS,
    );
    await answered.open();
    answered.change({ schedule: sent.schedule });
    await answered.save();
    expect([answered.said.value, answered.changed.value, answered.draft.value.exitUrl]).toEqual([
      null, // that it is not saved is what the bar says then [U31]
      true,
      other.exitUrl,
    ]);
  });

  test('what the service refused is said no longer than until the next press, or until what stands is shown again', async () => {
    const refused: Saved = { is: 'refused', problems: [{ path: 'exitUrl', code: 'value' }] };
    const { page } = await opened([refused, { is: 'unreachable' }, refused]);
    addSunday(page);
    await page.save();
    expect(page.problems.value).toHaveLength(1);
    await page.atOnce((schedule) => ({
      ...schedule,
      exceptions: [{ from: '2026-11-26', to: '2026-11-26', open: [] }],
    }));
    expect(page.problems.value).toEqual([]);
    await page.save();
    expect(page.problems.value).toHaveLength(1);
    page.undo();
    expect(page.problems.value).toEqual([]);
  });

  test('a page that could not be read says so and can be asked again; a field that says no holds the saving back', async () => {
    const { page, stands, writes } = await opened([], null);
    expect(page.state.value.is).toBe('failed');
    stands({ rev: 1, settings });
    await page.open();
    expect(page.state.value.is).toBe('ready');
    page.note('rules.lastEntryMs', true);
    expect(page.changed.value).toBe(true);
    await page.save();
    expect(writes).toEqual([]);
    page.note('rules.lastEntryMs', false);
    expect(page.changed.value).toBe(false);
  });
});

describe('[U14] somebody else saved first', () => {
  const clash: Saved = { is: 'stale', now: { rev: 9, settings: other }, by: 'Noor' };

  test('nothing is overwritten: both are there until somebody chooses', async () => {
    const { page, writes } = await opened([clash]);
    addSunday(page);
    await page.save();
    expect(page.clash.value).toMatchObject({ by: 'Noor', now: { rev: 9 } });
    expect(page.draft.value.schedule.week.sunday).toHaveLength(1);
    expect(writes).toHaveLength(1);
    page.takeTheirs();
    expect([page.draft.value, page.changed.value, page.clash.value]).toEqual([other, false, null]);
    expect(page.grid.value).toHaveLength(4);
  });

  test('her own goes over what she was shown, and over nothing that came after it', async () => {
    const third: Saved = { is: 'stale', now: { rev: 12, settings }, by: null };
    const { page, writes } = await opened([clash, third, { is: 'written', rev: 13, settings: other }]);
    addSunday(page);
    await page.save();
    await page.keepMine();
    expect(page.clash.value?.now.rev).toBe(12);
    await page.keepMine();
    expect(writes.map(([seen]) => seen)).toEqual([7, 9, 12]);
    expect([page.clash.value, page.said.value]).toEqual([null, 'saved']);
  });

  test('an answer that was lost on its way is no clash with oneself', async () => {
    const { page } = await opened();
    addSunday(page);
    const sent = page.draft.value;
    const again = await opened([{ is: 'stale', now: { rev: 8, settings: sent }, by: 'Noor' }]);
    again.page.change(sent);
    await again.page.save();
    expect([again.page.clash.value, again.page.said.value, again.page.changed.value]).toEqual([null, 'saved', false]);
  });

  test('[U25] nor is one by which days that are past went', async () => {
    const past = { from: '2020-11-26', to: '2020-11-26', open: [] };
    const { page } = await opened();
    const sent = { ...page.draft.value, exitUrl: other.exitUrl };
    const withPast = { ...sent, schedule: { ...sent.schedule, exceptions: [past, ...sent.schedule.exceptions] } };
    const again = await opened([{ is: 'stale', now: { rev: 8, settings: sent }, by: 'Noor' }]);
    again.page.change(withPast);
    await again.page.save();
    expect([again.page.clash.value, again.page.said.value, again.page.changed.value]).toEqual([null, 'saved', false]);
    expect(again.writes[0]?.[1]).toEqual(sent);
  });

  test('all that differs is listed: days, dates, holidays, rules', () => {
    const mine: Settings = {
      ...withDaysOf(settings),
      rules: { ...settings.rules, lastEntryMs: 0 },
    };
    const theirs: Settings = {
      ...other,
      schedule: { ...settings.schedule, holidays: 'open', week: { ...settings.schedule.week, monday: [] } },
    };
    expect(differences(mine, theirs)).toEqual([
      { of: 'day', day: 1, mine: [{ from: '17:00', to: '21:00' }], theirs: [] },
      { of: 'dates', from: '2026-12-24', to: '2026-12-24', mine: mine.schedule.exceptions[0], theirs: null },
      { of: 'holidays', mine: 'closed', theirs: 'open' },
      { of: 'rule', name: 'lastEntryMs', mine: 0, theirs: 900_000 },
      { of: 'rule', name: 'exitUrl', mine: settings.exitUrl, theirs: other.exitUrl },
    ]);
    expect(differences(mine, mine)).toEqual([]);
  });
});

test('[U40] what somebody saved beside the hours meanwhile is no clash: mine is saved on it', async () => {
  const { page, writes } = await opened([
    { is: 'stale', now: { rev: 9, settings }, by: 'Noor' },
    { is: 'written', rev: 10, settings: other },
  ]);
  addSunday(page);
  await page.save();
  expect([page.clash.value, page.said.value, writes.map(([seen]) => seen)]).toEqual([null, 'saved', [7, 9]]);
});

test('[D39] what needs no answer goes by itself: that all is saved, of a press that acts at once too; what is not saved stays', async () => {
  const time = signal(NOW_MS);
  const answers: Saved[] = [];
  const read = async () => ({ rev: 7, settings, bounds, orders, nowMs: time.peek() });
  const page = createHoursPage({ read, write: async () => answers.shift()! }, () => time.value);
  await page.open();
  const shut = () =>
    page.atOnce((schedule) => ({ ...schedule, exceptions: [{ from: '2026-11-26', to: '2026-11-26', open: [] }] }));
  const passing = async (does: () => unknown) => {
    await does();
    const at = page.said.value;
    time.value += 7_999;
    expect(page.said.value).toBe(at);
    time.value += 1;
    return [at, page.said.value];
  };
  answers.push({ is: 'written', rev: 8, settings });
  expect(await passing(shut)).toEqual(['saved', null]);
  page.change({ exitUrl: other.exitUrl });
  answers.push({ is: 'written', rev: 9, settings: other });
  expect(await passing(page.save)).toEqual(['saved', null]);
  page.change({ exitUrl: settings.exitUrl });
  answers.push({
    is: 'stale',
    now: { rev: 10, settings: { ...other, rules: { ...other.rules, slotsMax: 2 } } },
    by: 'Els',
  });
  await page.save();
  expect(await passing(page.takeTheirs)).toEqual(['taken', null]);
  page.change({ exitUrl: settings.exitUrl });
  answers.push({ is: 'unreachable' });
  expect(await passing(page.save)).toEqual(['unreachable', 'unreachable']);
});
