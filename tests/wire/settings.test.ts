import { dateOf } from '@clbchat/shared/hours/calendar';
import type { Schedule } from '@clbchat/shared/hours/schedule';
import { wallTimeAt } from '@clbchat/shared/hours/zone';
import { parseCentre } from '@clbchat/server/centre/centre.rules';
import { demoCentre } from '@clbchat/server/demo/centre';
import { centreOf } from '@clbchat/server/centre/centre.store';
import { readEntry } from '@clbchat/server/records/audit.rules';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { shutOn } from '../../console/src/model/hours/today.ts';
import { signIn, visitorWaits } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let noor: string;
beforeEach(async () => {
  service = await startService({ hours: 'real', schoolOrigins: ['https://www.school.be'] });
  noor = (await signIn(service, 'noor')).cookie;
});
afterEach(() => service.stop());

const PATH = '/api/centre/settings';
interface Shown {
  readonly rev: number;
  readonly settings: {
    schedule: { week: Record<string, unknown>; exceptions: unknown[]; [name: string]: unknown };
    rules: Record<string, unknown>;
    exitUrl: string;
  };
}
const read = async (cookie: string | undefined = noor) => {
  const answer = await request(service, 'GET', PATH, { headers: { ...fromOurPage(service), cookie } });
  return { status: answer.status, body: JSON.parse(answer.body) as Shown & { code?: string } };
};
const put = async (body: unknown, headers: Record<string, string | undefined> = {}) => {
  const all = { ...fromOurPage(service), cookie: noor, ...headers };
  const answer = await request(service, 'PUT', PATH, {
    headers: all,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: JSON.parse(answer.body) as Record<string, unknown> };
};
const stored = () => centreOf(service.records, 'demo', service.clock.nowMs).get();
const sunday = [{ from: '10:00', to: '12:00' }];
const withSunday = ({ settings }: Shown) => ({
  ...settings,
  schedule: { ...settings.schedule, week: { ...settings.schedule.week, sunday } },
});

describe('[U8] the settings of the centre', () => {
  test('[U41] are read and saved by a coordinator only, and by a page of ours only, with the time that it is at the service', async () => {
    const { body } = await read();
    expect(Object.keys(body).toSorted()).toEqual(['bounds', 'nowMs', 'orders', 'rev', 'settings']);
    expect(body, '[U41]').toMatchObject({ nowMs: service.clock.nowMs() });
    expect(Object.keys(body.settings).toSorted()).toEqual(['exitUrl', 'rules', 'schedule']);
    const lien = await signIn(service, 'lien');
    const wish = { rev: body.rev, settings: withSunday(body) };
    expect(await read(lien.cookie)).toMatchObject({ status: 403, body: { code: 'not_yours' } });
    expect((await put(wish, { cookie: lien.cookie })).status).toBe(403);
    for (const cookie of ['', `__Host-clb=${'x'.repeat(43)}`]) {
      expect((await read(cookie)).status).toBe(401);
      expect((await put(wish, { cookie })).status).toBe(401);
    }
    expect((await put(wish, { origin: 'https://www.school.be' })).status).toBe(403);
    expect((await put(wish, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await put(wish, { 'x-clb': undefined })).status).toBe(403);
    expect((await stored())?.rev).toBe(body.rev);
  });

  test('one who is no coordinator any more saves nothing from that moment', async () => {
    const { body } = await read();
    const row = (await service.records.get({ kind: 'account', id: 'noor' }))!;
    await service.records.write(
      [
        {
          kind: 'account',
          id: 'noor',
          rev: row.rev,
          text: JSON.stringify({ ...JSON.parse(row.text), roles: ['counsellor'] }),
        },
      ],
      null,
    );
    expect((await put({ rev: body.rev, settings: withSunday(body) })).status).toBe(403);
  });

  test('every request counts against its address, before anything is looked at', async () => {
    const tight = await startService({ limits: { postsBurst: 1, postsHouseBurst: 1 } });
    try {
      const asked = () => request(tight, 'GET', PATH, { headers: fromOurPage(tight) });
      expect((await asked()).status).toBe(401);
      expect((await asked()).status).toBe(429);
    } finally {
      await tight.stop();
    }
  });

  test('more than one request may hold is refused before it is read', async () => {
    const { body } = await read();
    const fat = { ...withSunday(body), exitUrl: `https://${'x'.repeat(service.limits.settingsBytesMax)}` };
    expect((await put({ rev: body.rev, settings: fat })).status).toBe(413);
    for (const wrong of [{}, { rev: body.rev }, { rev: -1, settings: {} }, { rev: '1', settings: {} }, null, 7])
      expect((await put(wrong)).status, JSON.stringify(wrong)).toBe(400);
  });
});

describe('[U9] saving', () => {
  test('is written with who did it, and counts at once for whoever asks', async () => {
    const before = (await read()).body;
    const answer = await put({ rev: before.rev, settings: withSunday(before) });
    expect(answer).toMatchObject({ status: 200, body: { settings: { schedule: { week: { sunday } } } } });
    expect(answer.body['rev']).toBeGreaterThan(before.rev);
    expect((await read()).body).toMatchObject({ rev: answer.body['rev'], settings: answer.body['settings'] });
    const { entries } = await service.records.audit();
    expect(readEntry(entries.at(-1)!)).toMatchObject({ by: 'noor', act: 'settings_changed', about: 'centre' });
    const facts = JSON.parse((await request(service, 'GET', '/api/centre/demo')).body) as { week: unknown[] };
    expect(facts.week[0]).toEqual(sunday);
  });

  test('who saw older ones is told what stands and whose it is, and nothing is written', async () => {
    const seen = (await read()).body;
    const first = await put({ rev: seen.rev, settings: withSunday(seen) });
    const other = { ...seen.settings, exitUrl: 'https://www.vrt.be/' };
    expect(await put({ rev: seen.rev, settings: other })).toMatchObject({
      status: 409,
      body: {
        code: 'stale',
        by: 'Noor',
        now: { rev: first.body['rev'], settings: { schedule: { week: { sunday } } } },
      },
    });
    expect((await stored())?.centre.exitUrl).toBe(seen.settings.exitUrl);
  });

  test('of two at the same moment one is written', async () => {
    const seen = (await read()).body;
    const answers = await Promise.all(
      [1, 2, 3].map((minute) => {
        const at = [{ from: `1${minute}:00`, to: '18:00' }];
        const schedule = { ...seen.settings.schedule, week: { ...seen.settings.schedule.week, sunday: at } };
        return put({ rev: seen.rev, settings: { ...seen.settings, schedule } });
      }),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    const won = answers.find(({ status }) => status === 200);
    expect((await read()).body.settings).toEqual(won?.body['settings']);
  });

  test('[U10] everything that is wrong is named by its path at once, and nothing is written', async () => {
    const seen = (await read()).body;
    const { schedule, rules } = seen.settings;
    const answer = await put({
      rev: seen.rev,
      settings: {
        schedule: {
          ...schedule,
          week: {
            ...schedule.week,
            monday: [
              { from: '17:00', to: '21:00' },
              { from: '20:00', to: '22:00' },
            ],
          },
          exceptions: [{ from: '2027-03-28', to: '2027-03-28', open: [{ from: '02:30', to: '05:00' }] }],
        },
        rules,
        exitUrl: 'https://www.vrt.be/',
        sites: {},
      },
    });
    const paths = (of: typeof answer) =>
      (of.body['problems'] as { path: string; code: string }[]).map(({ path, code }) => [path, code]);
    expect(answer.status).toBe(422);
    expect(paths(answer)).toEqual([
      ['sites', 'unknown'],
      ['schedule.week.monday.1', 'overlap'],
      ['schedule.exceptions.0.open.0', 'no_such_hour'],
    ]);
    const worse = await put({
      rev: seen.rev,
      settings: { schedule: null, rules: { ...rules, lastEntryMs: -1, nothing: 1 }, exitUrl: 'http://x' },
    });
    expect(paths(worse)).toEqual([
      ['schedule', 'type'],
      ['rules.lastEntryMs', 'value'],
      ['rules.nothing', 'unknown'],
      ['exitUrl', 'value'],
    ]);
    const elsewhere = await put({
      rev: seen.rev,
      settings: { ...seen.settings, exitUrl: 'https://www.meteo.be@evil.example/' },
    });
    expect([elsewhere.status, paths(elsewhere)]).toEqual([422, [['exitUrl', 'value']]]);
    expect((await put({ rev: seen.rev, settings: {} })).status).toBe(422);
    expect((await stored())?.rev).toBe(seen.rev);
  });
});

describe('[U9 U20] hours that nobody may ask for any more, but that stand', () => {
  test('hold nobody back from closing now, and are refused once somebody changes them', async () => {
    const store = centreOf(service.records, 'demo', service.clock.nowMs);
    const { centre, rev } = (await store.get())!;
    const monday = [
      { from: '17:00', to: '21:00' },
      { from: '20:00', to: '22:00' },
    ];
    const gap = { from: '2027-03-28', to: '2027-03-28', open: [{ from: '02:30', to: '05:00' }] };
    const schedule = { ...centre.schedule, week: { ...centre.schedule.week, monday }, exceptions: [gap] };
    expect((await store.put({ ...centre, schedule }, rev, 'noor')).is).toBe('written');

    const seen = (await read()).body;
    const shut = { from: '2026-11-26', to: '2026-11-26', open: [], why: 'technical' };
    const closed = { ...seen.settings, schedule: { ...seen.settings.schedule, exceptions: [shut, gap] } };
    const written = await put({ rev: seen.rev, settings: closed });
    expect(written.status).toBe(200);
    const again = (await read()).body;
    const late = { ...gap, open: [{ from: '02:45', to: '05:00' }] };
    const worse = {
      ...again.settings.schedule,
      exceptions: [late],
      week: { ...again.settings.schedule.week, friday: [], sunday },
    };
    const answer = await put({ rev: again.rev, settings: { ...again.settings, schedule: worse } });
    expect((answer.body['problems'] as { path: string }[]).map(({ path }) => path)).toEqual([
      'schedule.week.monday.1',
      'schedule.exceptions.0.open.0',
    ]);
  });
});

describe('[U10] what is no business of the page', () => {
  test('sites, name, languages and the id of the centre stay as they stand', async () => {
    const seen = (await read()).body;
    const before = (await stored())!.centre;
    await put({ rev: seen.rev, settings: withSunday(seen) });
    const { schedule: _own, ...after } = (await stored())!.centre;
    const { schedule: _was, ...was } = before;
    expect(after).toEqual(was);
    expect(after.sites).toEqual({ demo: { origins: ['https://www.school.be'] } });
    for (const more of [{ id: 'other' }, { name: 'Elders' }, { languages: ['en'] }, { sites: { x: { origins: [] } } }])
      expect((await put({ rev: (await read()).body.rev, settings: { ...withSunday(seen), ...more } })).status).toBe(
        422,
      );
  });

  test('[U7] a rule that is as everywhere is not kept as a choice', async () => {
    const seen = (await read()).body;
    await put({ rev: seen.rev, settings: { ...seen.settings, rules: { ...seen.settings.rules, lastEntryMs: 0 } } });
    const row = await service.records.get({ kind: 'settings', id: 'centre' });
    expect(JSON.parse(row!.text)).toMatchObject({ rules: { lastEntryMs: 0 } });
    expect(Object.keys((JSON.parse(row!.text) as { rules: object }).rules)).toEqual(['lastEntryMs']);
    const parsed = parseCentre(demoCentre({ open: 'real', schoolOrigins: [] }));
    expect((await read()).body.settings.rules).toEqual({ ...(parsed.ok && parsed.centre.rules), lastEntryMs: 0 });
  });
});

describe('[U20] closed now', () => {
  test.each([
    [0, 10],
    [18, 0],
  ])(
    '[W125] whoever waits at %i:%i is told, and what she is shown says why, and when it opens next',
    async (hour, minute) => {
      const always = await startService();
      try {
        const wall = () => wallTimeAt(always.clock.nowMs(), 'Europe/Brussels');
        always.clock.advance(((hour * 60 + minute - wall().minute + 1_440) % 1_440) * 60_000);
        await always.advance(1_000);
        const visitor = await visitorWaits(always);
        const headers = { ...fromOurPage(always), cookie: (await signIn(always, 'noor')).cookie };
        const { rev, settings } = JSON.parse((await request(always, 'GET', PATH, { headers })).body) as {
          rev: number;
          settings: { schedule: Schedule };
        };
        const schedule = shutOn(settings.schedule, dateOf(wall().day), 'technical');
        const body = JSON.stringify({ rev, settings: { ...settings, schedule } });
        expect((await request(always, 'PUT', PATH, { headers, body })).status).toBe(200);
        await always.advance(always.limits.tickEveryMs);
        const told = await visitor.hears('visit:stage', ({ stage }) => stage === 'ended');
        expect(told).toMatchObject({ reason: 'closed' });
        const facts = JSON.parse((await request(always, 'GET', '/api/centre/demo')).body) as Record<string, unknown>;
        const opens = { time: '00:00', date: dateOf(wall().day + 1) };
        expect(facts).toMatchObject({ state: 'closed', why: 'technical', hours: { is: 'closed', opens } });
        expect(await visitor.ask('visit:state', {})).toMatchObject({ ok: false, code: 'ended' });
      } finally {
        await always.stop();
      }
    },
  );
});
