import { defaultCentre, parseCentre, type CentreDocument } from '@clbchat/server/centre/centre.rules';
import { hoursHttp } from '@clbchat/server/hours/hours.http';
import { closesAt, holidayNote, weekTable } from '@clbchat/shared/hours/notes';
import { crowdAt, quiet } from '@clbchat/server/hours/status.rules';
import { centreFacts, serviceStatus } from '@clbchat/shared/protocol/status';
import type { Range } from '@clbchat/shared/protocol/wire';
import Fastify from 'fastify';
import * as v from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { fakeClock, MONDAY_18H_MS } from './support/clock.ts';

const SECOND = 1_000;

function centre(part: Partial<CentreDocument['schedule']> = {}) {
  const base = defaultCentre();
  const sites = { s_1: { origins: ['https://www.school.be'] } };
  const parsed = parseCentre({ ...base, sites, schedule: { ...base.schedule, ...part } });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.centre;
}

const apps: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(apps.splice(0).map((app) => app.close()));
});

function service(startMs = MONDAY_18H_MS) {
  const clock = fakeClock(startMs);
  const said: string[] = [];
  const queue = { range: null as Range };
  const app = Fastify({ logger: { level: 'trace', stream: { write: (line: string) => said.push(line) } } });
  app.register(hoursHttp, { centreNow: () => centre(), nowMs: clock.nowMs, queueFacts: () => queue });
  apps.push({ close: async () => app.close() });
  return { app, clock, queue, said };
}

describe('what is public', () => {
  test('[H10] a school page reads one word and the next opening, from any origin, for 30 seconds', async () => {
    const { app, clock } = service();
    const open = await app.inject({ url: '/status/clb', headers: { origin: 'https://www.school.be' } });
    expect(open.json()).toEqual({ state: 'open', nextOpen: null });
    expect(open.headers).toMatchObject({
      ...{ 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' },
      'cache-control': 'public, max-age=30',
    });
    expect(open.headers).not.toHaveProperty('vary');
    expect(open.headers).not.toHaveProperty('set-cookie');

    clock.advance(4 * 3_600 * SECOND);
    const closed = (await app.inject('/status/clb')).json();
    expect(closed).toEqual({ state: 'closed', nextOpen: { day: 2, time: '17:00', date: '2026-11-24' } });
    expect(v.is(serviceStatus, closed)).toBe(true);
  });

  test('[W52] a site of the centre asks under its own id, and one that is only called like something of ours is none', async () => {
    const { app } = service();
    const asked = async (place: string) => (await app.inject(`/status/${place}`)).statusCode;
    expect(await asked('s_1')).toBe(200);
    expect(await Promise.all(['s_2', 'constructor', '__proto__', 'x'.repeat(33)].map(asked))).toEqual([
      404, 404, 404, 400,
    ]);
  });

  test('[H10] asking leaves no line in any log', async () => {
    const { app, said } = service();
    await app.inject('/status/clb');
    await app.inject('/api/centre/clb');
    await app.inject('/status/a-school-with-a-name');
    expect(said).toEqual([]);
  });

  test('[H10] another centre, or none, is answered without a word about it', async () => {
    const { app } = service();
    for (const url of ['/status/other', '/api/centre/other']) {
      const answer = await app.inject(url);
      expect([answer.statusCode, answer.json()]).toEqual([404, { code: 'gone' }]);
    }
    expect((await app.inject('/status/NOT%20ONE')).statusCode).toBe(400);
  });

  test('[H11] busy comes from the estimate, at marks of 30 seconds, and does not go to and fro', () => {
    const mark = 1_000 * 30 * SECOND;
    let crowd = crowdAt(mark, quiet, { fromMin: 10, toMin: 15 });
    expect(crowd.busy).toBe(false);
    crowd = crowdAt(mark + 29 * SECOND, crowd, { fromMin: 20, toMin: 40 });
    expect(crowd.busy).toBe(false); // not before the next mark
    crowd = crowdAt(mark + 30 * SECOND, crowd, { fromMin: 15, toMin: 20 });
    expect(crowd.busy).toBe(true);
    crowd = crowdAt(mark + 60 * SECOND, crowd, { fromMin: 10, toMin: 15 });
    expect(crowd.busy).toBe(true);
    crowd = crowdAt(mark + 90 * SECOND, crowd, { fromMin: 5, toMin: 10 });
    expect(crowd.busy).toBe(false);
    expect(crowdAt(mark + 120 * SECOND, { mark: 0, busy: true }, null).busy).toBe(false);
  });

  test('[H11] a busy centre says busy while open, and closed when closed', async () => {
    const { app, clock, queue } = service();
    queue.range = { fromMin: 20, toMin: 30 };
    expect((await app.inject('/status/clb')).json()).toEqual({ state: 'busy', nextOpen: null });
    clock.advance(4 * 3_600 * SECOND);
    expect((await app.inject('/status/clb')).json()).toMatchObject({ state: 'closed' });
  });

  test('[H12] the chat reads hours, holiday, way out and help lines, and nothing about who may frame it', async () => {
    const { app } = service();
    const answer = await app.inject('/api/centre/clb');
    const facts = answer.json();
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(v.safeParse(centreFacts, facts).issues).toBeUndefined();
    expect(facts).toMatchObject({
      id: 'clb',
      state: 'open',
      hours: { is: 'open', closesInMs: 3 * 3_600 * SECOND },
      closesAt: '21:00',
      holiday: { name: 'christmas', from: '2026-12-21', to: '2027-01-03' },
      exitUrl: 'https://www.meteo.be/nl',
      lengthToldMin: 45,
      helpLines: { checked: '2026-11' },
    });
    expect(facts.helpLines.lines.map(({ number }: { number: string }) => number)).toEqual([
      '112',
      '101',
      '1813',
      '102',
      '1712',
      '106',
    ]);
    expect(JSON.stringify(facts)).not.toContain('origins');
  });
});

describe('the closed screen', () => {
  test('[H13] the week table lists seven days, Sunday first, in order, with overlaps made into one', () => {
    expect(weekTable(centre().schedule)).toEqual([
      [],
      [{ from: '17:00', to: '21:00' }],
      [{ from: '17:00', to: '21:00' }],
      [{ from: '14:00', to: '21:00' }],
      [{ from: '17:00', to: '21:00' }],
      [],
      [],
    ]);
    const monday = [
      { from: '20:00', to: '01:00' },
      { from: '09:00', to: '12:00' },
      { from: '11:00', to: '13:00' },
      { from: '19:00', to: '21:00' },
    ];
    const { schedule } = centre({ week: { ...centre().schedule.week, monday } });
    expect(weekTable(schedule)[1]).toEqual([
      { from: '09:00', to: '13:00' },
      { from: '19:00', to: '01:00' },
    ]);
  });

  test('[H13] the note names the running or the next holiday, and none that a dated opening interrupts', () => {
    const on = (iso: string, part: Partial<CentreDocument['schedule']> = {}) =>
      holidayNote(Date.parse(iso), centre(part).schedule)?.name;
    expect(on('2026-12-25T12:00:00+01:00')).toBe('christmas');
    expect(on('2027-01-03T23:59:00+01:00')).toBe('christmas');
    expect(on('2027-01-04T00:00:00+01:00')).toBe('spring');
    expect(on('2026-12-25T12:00:00+01:00', { holidays: 'open' })).toBeUndefined();
    const exceptions = [{ from: '2026-12-28', to: '2026-12-28', open: [{ from: '14:00', to: '17:00' }] }];
    expect(on('2026-12-25T12:00:00+01:00', { exceptions })).toBe('spring');
  });

  test('[H13] midnight as an end is 24:00, and there is no end when closed', () => {
    const monday = [{ from: '20:00', to: '24:00' }];
    const { schedule } = centre({ week: { ...centre().schedule.week, monday } });
    expect(closesAt(Date.parse('2026-11-23T22:00:00+01:00'), schedule)).toBe('24:00');
    expect(closesAt(Date.parse('2026-11-23T19:00:00+01:00'), schedule)).toBeNull();
  });
});
