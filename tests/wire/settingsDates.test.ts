import { parseCentre } from '@clbchat/server/centre/centre.rules';
import { centreOf } from '@clbchat/server/centre/centre.store';
import { withoutPast } from '@clbchat/server/centre/settings.rules';
import { DOCUMENT_CHARS_MAX } from '@clbchat/server/records/records.store';
import { dateOf, dayOf } from '@clbchat/shared/hours/calendar';
import type { Schedule } from '@clbchat/shared/hours/schedule';
import { wallTimeAt } from '@clbchat/shared/hours/zone';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openedOn, shutOn } from '../../console/src/model/hours/today.ts';
import { signIn } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let noor: string;
beforeEach(async () => {
  service = await startService({ hours: 'real' });
  noor = (await signIn(service, 'noor')).cookie;
});
afterEach(() => service.stop());

const PATH = '/api/centre/settings';
interface Shown {
  readonly rev: number;
  readonly settings: { schedule: Schedule; rules: object; exitUrl: string };
}
const read = async () =>
  JSON.parse(
    (await request(service, 'GET', PATH, { headers: { ...fromOurPage(service), cookie: noor } })).body,
  ) as Shown;
const put = async (body: object) => {
  const headers = { ...fromOurPage(service), cookie: noor };
  const answer = await request(service, 'PUT', PATH, { headers, body: JSON.stringify(body) });
  return { status: answer.status, body: JSON.parse(answer.body) as Record<string, unknown> };
};
const stored = () => centreOf(service.records, 'demo', service.clock.nowMs).get();
const sunday = [{ from: '10:00', to: '12:00' }];

type Dated = Schedule['exceptions'][number];
/** Hours of its own on each of so many days after one another. */
const ownDays = (first: string, count: number, open: Dated['open'] = sunday): Dated[] =>
  Array.from({ length: count }, (_, at) => dateOf(dayOf(first) + at)).map((date) => ({ from: date, to: date, open }));
const today = () => wallTimeAt(service.clock.nowMs(), 'Europe/Brussels').day;
/** Puts these plans there as an import would, and gives what the page reads then. */
async function standWith(exceptions: Dated[]) {
  const store = centreOf(service.records, 'demo', service.clock.nowMs);
  const { centre, rev } = (await store.get())!;
  const put = await store.put({ ...centre, schedule: { ...centre.schedule, exceptions } }, rev, 'noor');
  expect(put.is).toBe('written');
  const shown = await read();
  return { ...shown, schedule: shown.settings.schedule };
}
const problemsOf = ({ body }: Awaited<ReturnType<typeof put>>) =>
  (body['problems'] as { path: string; code: string }[]).map(({ path, code }) => `${path} ${code}`);

describe('[U9] dated hours that overlap', () => {
  const two = [
    { from: '10:00', to: '14:00' },
    { from: '12:00', to: '16:00' },
  ];
  const nights = [
    { from: '20:00', to: '02:00' },
    { from: '01:00', to: '03:00' },
  ];

  test('are refused within a day, and from one day of a plan into the next; those that touch are not', async () => {
    const { rev, settings, schedule } = await standWith([]);
    const said = async (...exceptions: Dated[]) => {
      const answer = await put({ rev, settings: { ...settings, schedule: { ...schedule, exceptions } } });
      return answer.status === 422 ? problemsOf(answer) : answer.status;
    };
    const days = (from: string, to: string, open: Dated['open']) => ({ from, to, open });
    expect(await said(days('2027-02-01', '2027-02-01', two))).toEqual(['schedule.exceptions.0.open.1 overlap']);
    expect(await said(days('2027-02-01', '2027-02-02', nights))).toEqual(['schedule.exceptions.0.open.1 overlap']);
    expect(await said(days('2027-02-01', '2027-02-02', nights.toReversed()))).toEqual([
      'schedule.exceptions.0.open.1 overlap',
    ]);
    const touching = [...sunday, { from: '12:00', to: '14:00' }];
    expect(await said(days('2027-02-01', '2027-02-01', nights), days('2027-02-03', '2027-02-05', touching))).toBe(200);
  });

  test('[U42] are refused over the midnight between two plans, too, whichever of them is new', async () => {
    const night = { from: '2027-02-01', to: '2027-02-01', open: [{ from: '20:00', to: '02:00' }] };
    const early = { from: '2027-02-02', to: '2027-02-04', open: [{ from: '01:00', to: '03:00' }] };
    const late = { ...early, open: [{ from: '02:00', to: '03:00' }] };
    const before = await standWith([]);
    const said = async (rev: unknown, ...exceptions: Dated[]) =>
      put({ rev, settings: { ...before.settings, schedule: { ...before.schedule, exceptions } } });
    const [first, second] = ['schedule.exceptions.0.open.0 overlap', 'schedule.exceptions.1.open.0 overlap'];
    expect(problemsOf(await said(before.rev, night, early))).toEqual([first, second]);
    for (const [stood, added, wrong] of [
      [night, early, second],
      [early, night, first],
    ] as const) {
      const { rev } = await standWith([stood]);
      expect(problemsOf(await said(rev, night, early)), JSON.stringify(added)).toEqual([wrong]);
      expect((await said(rev, night, late)).status, 'those that touch').toBe(200);
      const stands = await standWith([night, early]);
      expect((await said(stands.rev, night, early)).status, 'both stood so').toBe(200);
    }
  });

  test('[U20] that stood so before hold nobody back from closing a day of them now, nor from opening it again', async () => {
    const date = dateOf(today());
    const range = { from: dateOf(today() - 1), to: dateOf(today() + 1), open: two };
    const { rev, settings, schedule } = await standWith([range]);
    const shut = shutOn(schedule, date, 'technical');
    const closed = await put({ rev, settings: { ...settings, schedule: shut } });
    expect(closed.status).toBe(200);
    const again = await put({ rev: closed.body['rev'], settings: { ...settings, schedule: openedOn(shut, date) } });
    expect(again).toMatchObject({ status: 200, body: { settings: { schedule: { exceptions: [range] } } } });
  });
});

describe('[U25] plans of days that are past', () => {
  test('go when somebody saves, so that after years of them today can be closed', async () => {
    const day = today();
    const { rev, settings, schedule } = await standWith(ownDays(dateOf(day - 400), 400));
    const shut = shutOn(schedule, dateOf(day), 'technical');
    const written = await put({ rev, settings: { ...settings, schedule: shut } });
    expect(written.status).toBe(200);
    const kept = (await stored())!.centre.schedule.exceptions.map(({ from }) => dayOf(from) - day);
    expect(kept, 'what began on the last two days may still run').toEqual([-2, -1, 0]);
  });

  test('stay while their school holiday runs, and what is no plan is left to be refused', async () => {
    const keptOn = (date: string, exceptions: unknown) =>
      withoutPast({ schedule: { exceptions }, exitUrl: 7 }, dayOf(date)) as { schedule: { exceptions: Dated[] } };
    const winter = ownDays('2026-12-18', 20);
    const firstOn = (date: string) => keptOn(date, winter).schedule.exceptions[0]?.from;
    expect([firstOn('2026-12-20'), firstOn('2026-12-21'), firstOn('2027-01-03'), firstOn('2027-01-04')]).toEqual([
      '2026-12-18',
      '2026-12-19',
      '2026-12-21',
      '2027-01-02',
    ]);
    for (const strange of [[null, 7, {}, { from: 'x', to: '2020-01-01' }], { to: '2020-01-01' }, 'x', undefined])
      expect(keptOn('2026-12-20', strange)).toEqual({ schedule: { exceptions: strange }, exitUrl: 7 });
    for (const none of [{}, { schedule: null }, { schedule: 7 }]) expect(withoutPast(none, 20_000)).toBe(none);
  });
});

describe('[U26] as many plans as may be', () => {
  test('may be chosen, one more not, and today can be closed beside them and opened again', async () => {
    const day = today();
    const around = { from: dateOf(day - 1), to: dateOf(day + 1), open: sunday };
    const most = [around, ...ownDays(dateOf(day + 2), 399)];
    const before = await standWith([]);
    const saved = (rev: unknown, exceptions: Dated[]) =>
      put({ rev, settings: { ...before.settings, schedule: { ...before.schedule, exceptions } } });
    expect(problemsOf(await saved(before.rev, [...most, ...ownDays('2029-01-01', 1)]))).toEqual([
      'schedule.exceptions value',
    ]);
    const full = await saved(before.rev, most);
    const shut = shutOn({ ...before.schedule, exceptions: most }, dateOf(day), 'technical');
    expect(shut.exceptions).toHaveLength(402);
    const closed = await saved(full.body['rev'], shut.exceptions);
    expect([full.status, closed.status]).toEqual([200, 200]);
    const again = await saved(closed.body['rev'], openedOn(shut, dateOf(day)).exceptions);
    expect(again).toMatchObject({ status: 200, body: { settings: { schedule: { exceptions: most } } } });
  });

  test('the largest settings that may stand fit one request, and one document of the records', async () => {
    const open = [8, 10, 12, 14, 16, 18, 20, 22].map((hour) => ({
      from: `${String(hour).padStart(2, '0')}:00`,
      to: `${String(hour + 1).padStart(2, '0')}:00`,
    }));
    const days = ownDays(dateOf(today() + 1), 481, open).map((one) => ({
      ...one,
      why: 'force-majeure' as const,
      stood: { from: one.from, to: one.to },
    }));
    const { centre } = (await stored())!;
    const week = Object.fromEntries(Object.keys(centre.schedule.week).map((day) => [day, open]));
    const exitUrl = `https://www.vrt.be/${'x'.repeat(2_048)}`;
    const fits = (one: object) => parseCentre({ ...centre, ...one }).ok;
    let longest = exitUrl;
    while (!fits({ exitUrl: longest })) longest = longest.slice(0, -1);
    const largest = { ...centre.schedule, week, exceptions: days.slice(0, 480) };
    expect([fits({ schedule: largest }), fits({ schedule: { ...largest, exceptions: days } })]).toEqual([true, false]);

    const { rev } = await standWith(days.slice(0, 480));
    const body = { rev, settings: { schedule: largest, rules: centre.rules, exitUrl: longest } };
    expect(JSON.stringify(body).length).toBeGreaterThan(service.limits.settingsBytesMax * 0.8); // the bound is near what it is for
    expect((await put(body)).status).toBe(200);
    const row = await service.records.get({ kind: 'settings', id: 'centre' });
    expect(row!.text.length).toBeLessThan(DOCUMENT_CHARS_MAX * 0.75); // the rest is for the sites
  });
});
