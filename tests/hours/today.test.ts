import { parseCentre } from '@clbchat/server/centre/centre.rules';
import { demoCentre } from '@clbchat/server/demo/centre';
import { bounds, orders } from '@clbchat/server/centre/bounds.rules';
import { factsOf, quiet, statusOf } from '@clbchat/server/hours/status.rules';
import { defaultSchedule, type Schedule } from '@clbchat/shared/hours/schedule';
import { signal } from '@preact/signals-core';
import { describe, expect, test } from 'vitest';
import { stateOf, withDays } from '../../console/src/model/hours/days.ts';
import { createHoursPage } from '../../console/src/model/hours/page.ts';
import { pageIn } from '../../widget/src/site.ts';
import type { Saved, Settings } from '../../console/src/model/hours/settings.ts';
import { endOn, longerOn, openedOn, shutOn, shutStill } from '../../console/src/model/hours/today.ts';

const TODAY = '2026-11-26';
const at = (time: string) => Date.parse(`${TODAY}T${time}:00+01:00`);
const evening = [{ from: '17:00', to: '21:00' }];

function centreOf(schedule: Schedule) {
  const parsed = parseCentre({ ...demoCentre({ open: 'real', schoolOrigins: [] }), schedule });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.centre;
}

test.each([
  ['https://école.be', 'https://xn--cole-9oa.be/'],
  ['https://www.vrt.be/nieuws?a=b#c', 'https://www.vrt.be/nieuws?a=b#c'],
  ['HTTPS://www.VRT.be', 'https://www.vrt.be/'],
])('[U10 W127] visitors are told where Snel weg goes as browsers write it: %s', (exitUrl, told) => {
  expect(factsOf(at('18:00'), { ...centreOf(defaultSchedule()), exitUrl }, quiet).exitUrl).toBe(told);
  expect(pageIn(told)).toBe(told);
});

describe('[U20] closed before its time', () => {
  const shut = shutOn(defaultSchedule(), TODAY, 'technical');

  test('it is closed at once without draining, visitors read why on that day only, and its hours come back', () => {
    const facts = (ms: number, schedule = shut) => factsOf(ms, centreOf(schedule), quiet);
    expect(facts(at('18:00'))).toMatchObject({ state: 'closed', hours: { is: 'closed' }, why: 'technical' });
    expect(facts(at('18:00')).hours).toMatchObject({ opens: { date: '2026-11-30' } });
    expect(facts(at('18:00') + 86_400_000)).not.toHaveProperty('why');
    expect(facts(at('18:00'), defaultSchedule())).not.toHaveProperty('why');
    expect(JSON.stringify(statusOf(at('18:00'), centreOf(shut), quiet))).not.toContain('technical');
    expect(shutStill(shut, TODAY, 1_080)?.why).toBe('technical');
    const again = openedOn(shut, TODAY);
    expect(facts(at('18:00'), again)).toMatchObject({ state: 'open', hours: { is: 'open' } });
    expect(again, 'the day has no plan of its own that it had not').toEqual(defaultSchedule());
  });

  test('other days of the same plan keep theirs, a day that was closed gets none by it, and no other reason is one', () => {
    const week = withDays(defaultSchedule(), '2026-11-23', '2026-11-27', {
      is: 'limited',
      days: [1, 2, 3, 4, 5],
      open: evening,
    });
    expect(shutOn(week, TODAY, 'force-majeure').exceptions).toEqual([
      { from: '2026-11-23', to: '2026-11-25', open: evening },
      {
        ...{ from: TODAY, to: TODAY, open: evening, why: 'force-majeure' },
        stood: { from: '2026-11-23', to: '2026-11-27' },
      },
      { from: '2026-11-27', to: '2026-11-27', open: evening },
    ]);
    const holiday = '2026-12-24';
    expect(shutOn(defaultSchedule(), holiday, 'technical').exceptions[0]?.open).toEqual([]);
    expect(openedOn(shutOn(defaultSchedule(), holiday, 'technical'), holiday)).toEqual(defaultSchedule());
    const christmas = { name: 'christmas', from: '2026-12-21', to: '2027-01-03' } as const;
    const open = withDays(defaultSchedule(), christmas.from, christmas.to, { is: 'open' });
    expect(stateOf(shutOn(open, '2026-12-22', 'technical'), christmas).is).toBe('limited');
    const strange = { ...defaultSchedule(), exceptions: [{ from: TODAY, to: TODAY, open: [], why: 'moe' }] };
    expect(parseCentre({ ...demoCentre({ open: 'real', schoolOrigins: [] }), schedule: strange })).toMatchObject({
      ok: false,
    });
  });
});

describe('[U21] open longer', () => {
  test('the last end of today is later, and nothing else', () => {
    expect(endOn(defaultSchedule(), TODAY)).toBe(21 * 60);
    expect(longerOn(defaultSchedule(), TODAY, 22 * 60).exceptions).toEqual([
      { from: TODAY, to: TODAY, open: [{ from: '17:00', to: '22:00' }] },
    ]);
    expect(longerOn(defaultSchedule(), TODAY, 24 * 60).exceptions[0]?.open).toEqual([{ from: '17:00', to: '24:00' }]);
    const two = {
      ...defaultSchedule().week,
      thursday: [
        { from: '18:00', to: '20:00' },
        { from: '10:00', to: '12:00' },
      ],
    };
    expect(longerOn({ ...defaultSchedule(), week: two }, TODAY, 21 * 60).exceptions[0]?.open).toEqual([
      { from: '18:00', to: '21:00' },
      { from: '10:00', to: '12:00' },
    ]);
  });

  test('never earlier, not beyond midnight, and not on a day that is closed or goes on over midnight', () => {
    const same = defaultSchedule();
    expect(longerOn(same, TODAY, 21 * 60)).toBe(same);
    expect(longerOn(same, TODAY, 25 * 60)).toBe(same);
    const night = { ...same, week: { ...same.week, thursday: [{ from: '20:00', to: '02:00' }] } };
    for (const [schedule, date] of [
      [same, '2026-11-27'],
      [same, '2026-12-24'],
      [shutOn(same, TODAY, 'technical'), TODAY],
      [night, TODAY],
    ] as const) {
      expect(endOn(schedule, date)).toBeNull();
      expect(longerOn(schedule, date, 1_439)).toBe(schedule);
    }
  });
});

describe('[U20] what acts at once', () => {
  const { schedule, rules, exitUrl } = centreOf(defaultSchedule());
  const settings: Settings = { schedule, rules: { ...rules }, exitUrl };
  const change = (one: Schedule) => shutOn(one, TODAY, 'technical');

  async function opened(answer: (seen: number, sent: Settings) => Saved) {
    const writes: [number, Settings][] = [];
    const page = createHoursPage(
      {
        read: async () => ({ rev: 7, settings, bounds, orders, nowMs: at('18:00') }),
        write: async (seen, sent) => (writes.push([seen, sent]), answer(seen, sent)),
      },
      () => at('18:00'),
    );
    await page.open();
    return { page, writes };
  }

  test('saves nothing that was not saved yet, and loses nothing of it', async () => {
    const { page, writes } = await opened((seen, sent) => ({ is: 'written', rev: seen + 1, settings: sent }));
    page.change({ exitUrl: 'https://www.vrt.be/' });
    expect(await page.atOnce(change)).toBe('written');
    expect(writes[0]?.[1]).toMatchObject({ exitUrl, schedule: { exceptions: [{ why: 'technical' }] } });
    expect([page.changed.value, page.draft.value.exitUrl, page.clash.value]).toEqual([
      true,
      'https://www.vrt.be/',
      null,
    ]);
    expect(shutStill(page.draft.value.schedule, TODAY, 1_080)?.why).toBe('technical');
    await page.save();
    expect(writes[1]?.[0]).toBe(8);
  });

  test('goes over what somebody else saved without taking it away, and what is not saved yet waits for a choice then', async () => {
    const theirs = { ...settings, exitUrl: 'https://www.vrt.be/' };
    const once = () =>
      opened((seen, sent) =>
        seen === 7
          ? { is: 'stale', now: { rev: 9, settings: theirs }, by: 'Noor' }
          : { is: 'written', rev: 10, settings: sent },
      );
    const clean = await once();
    expect(await clean.page.atOnce(change)).toBe('written');
    expect(clean.writes[1]).toMatchObject([9, { exitUrl: theirs.exitUrl }]);
    expect([clean.page.changed.value, clean.page.clash.value]).toEqual([false, null]);
    const half = await once();
    half.page.change({ rules: { ...settings.rules, lastEntryMs: 0 } });
    await half.page.atOnce(change);
    expect(half.page.clash.value).toMatchObject({ by: 'Noor', now: { rev: 10 } });
    expect(half.page.draft.value.rules['lastEntryMs']).toBe(0);
  });

  test('[U40] is no clash with a door that somebody pressed, nor with a school: nothing of this page is another', async () => {
    const { page } = await opened((seen, sent) =>
      seen === 7
        ? { is: 'stale', now: { rev: 9, settings: structuredClone(settings) }, by: 'Noor' }
        : { is: 'written', rev: 10, settings: sent },
    );
    page.change({ exitUrl: 'https://www.vrt.be/' });
    expect(await page.atOnce(change)).toBe('written');
    expect([page.clash.value, page.draft.value.exitUrl]).toEqual([null, 'https://www.vrt.be/']);
  });

  test('is about the day that it is: a page that stood open over midnight closes the new one', async () => {
    const nowMs = signal(at('23:59'));
    const page = createHoursPage(
      {
        read: async () => ({ rev: 7, settings, bounds, orders, nowMs: nowMs.value }),
        write: async () => ({ is: 'unreachable' }),
      },
      () => nowMs.value,
    );
    await page.open();
    expect([page.today.value, page.time.value]).toEqual([TODAY, '23:59']);
    nowMs.value += 60_000;
    expect([page.today.value, page.time.value]).toEqual(['2026-11-27', '00:00']);
  });

  test('[U41] is about the day that it is at the service, on a computer whose clock is of another day', async () => {
    for (const [wrongMs, serviceMs] of [
      [Date.parse('2026-11-25T18:00:00+01:00'), at('18:00')],
      [Date.parse('2026-11-28T03:00:00+01:00'), at('23:59')],
    ] as const) {
      const nowMs = signal(wrongMs);
      const writes: Settings[] = [];
      const page = createHoursPage(
        {
          read: async () => ({ rev: 7, settings, bounds, orders, nowMs: serviceMs }),
          write: async (seen, sent) => (writes.push(sent), { is: 'written', rev: seen + 1, settings: sent }),
        },
        () => nowMs.value,
      );
      await page.open();
      expect(page.today.value).toBe(TODAY);
      await page.atOnce((one) => shutOn(one, page.today.peek(), 'technical'));
      expect(writes[0]?.schedule.exceptions).toMatchObject([{ from: TODAY, to: TODAY, why: 'technical' }]);
      nowMs.value += 86_400_000;
      expect(page.today.value).toBe('2026-11-27');
    }
  });

  test('[U90] says when it could not be had, and changes nothing then', async () => {
    for (const [answer, is, said] of [
      [{ is: 'unreachable' }, 'unreachable', 'today_unsure'],
      [{ is: 'not_yours' }, 'not_yours', 'not_yours'],
      [{ is: 'stale', now: { rev: 9, settings }, by: null }, 'unreachable', 'today_unsure'],
      [{ is: 'refused', problems: [{ path: 'schedule', code: 'value' }] }, 'refused', null],
    ] as const) {
      const { page } = await opened(() => answer);
      expect(await page.atOnce(change)).toBe(is);
      expect([page.said.value, page.changed.value]).toEqual([said, false]);
    }
  });
});
