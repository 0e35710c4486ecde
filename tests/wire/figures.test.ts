import { figuresOf } from '@clbchat/server/figures/figures.store';
import { madeUpWeeks } from '@clbchat/server/demo/weeks.rules';
import type { Told } from '@clbchat/shared/figures/told';
import { afterEach, expect, test } from 'vitest';
import { signIn, visitorWaits, type Who } from '../support/clients.ts';
import { fakeClock } from '../support/clock.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { fakeTimers } from '../support/timers.ts';
import { good } from '../support/talk.ts';

let service: TestService;
afterEach(() => service.stop());

const HOUR_MS = 3_600_000;
const LAST = 2_967; // 2026-W46, the last week of a block
const hourNow = () => Math.floor(service.clock.nowMs() / HOUR_MS);
const weeksOf = async () => figuresOf(service.records, () => service.clock.nowMs(), service.limits);

async function asks(query: string, who: Who = 'noor'): Promise<{ status: number; told: Told & { code?: string } }> {
  const { cookie } = await signIn(service, who);
  const headers = { ...fromOurPage(service), cookie };
  const { status, body } = await request(service, 'GET', `/api/figures${query}`, { headers });
  return { status, told: JSON.parse(body) as Told };
}

test('[F11 F7] a coordinator gets weeks that are over, by their names, and the blocks that lie among them', async () => {
  service = await startService();
  await (await weeksOf()).begin(madeUpWeeks(LAST), hourNow());
  expect((await asks('', 'lien')).status).toBe(403);
  const all = await asks('');
  expect(all.status).toBe(200);
  expect(all.told.weeks.map(({ week }) => week)).toEqual(['2026-W43', '2026-W44', '2026-W45', '2026-W46', '2026-W47']);
  expect(all.told.blocks.map(({ from, to }) => [from, to])).toEqual([['2026-W43', '2026-W46']]);
  const two = await asks('?from=2026-W44&to=2026-W45');
  expect(two.told).toEqual({ weeks: all.told.weeks.slice(1, 3), blocks: [] });
});

test('[F11] whatever else is asked for is refused, and a week that cannot be told yet says so', async () => {
  service = await startService();
  await (await weeksOf()).begin(madeUpWeeks(LAST), hourNow());
  const wrong = [
    '?visit=x',
    '?from=2026-W54',
    '?from=2026-W00',
    '?from=2026-11-23',
    '?week=2026-W44',
    '?from=2026-W45&to=2026-W44',
  ];
  const long = ['?from=2020-W01&to=2026-W44', '?from=0000-W01', '?hour=1', '?from=2026-W44&topic=health'];
  for (const query of [...wrong, ...long]) expect((await asks(query)).status, query).toBe(400);
  for (const query of ['?from=2026-W44&to=2026-W48', '?from=2027-W01&to=2027-W02']) {
    const { status, told } = await asks(query);
    expect([status, told.code], query).toEqual([409, 'not_ready']);
  }
});

test('[F1 F3 F7] who left while waiting is told as one of few, once the week is over and its last hour in the records', async () => {
  const clock = fakeClock(Date.parse('2026-11-29T22:59:30Z')); // half a minute before Monday
  const limits = { figuresLateMs: 2_000, figuresEveryMs: 5_000 };
  service = await startService({ machine: { clock, timers: fakeTimers(clock) }, limits });
  const visitor = await visitorWaits(service);
  await good(visitor.ask('visit:end', { why: 'left' }));
  await service.advance(10_000);
  expect((await asks('?from=2026-W48&to=2026-W48')).told.code).toBe('not_ready');
  await service.advance(28_000);
  const { status, told } = await asks('?from=2026-W48&to=2026-W48');
  expect(status).toBe(200);
  expect(told.weeks).toMatchObject([{ week: '2026-W48', visits: 'few', madeUp: false, tables: { topic: null } }]);
  const { weeks } = await (await weeksOf()).weeks();
  expect(weeks.at(-1)?.counts).toMatchObject({ 'role.pupil': 1, 'at.0.23': 1, 'left.0': 1, 'open.0.23': 1 });
});
