import { act } from '@clbchat/server/records/acts.store';
import { brokenAt, NOTHING_YET, older, readEntry } from '@clbchat/server/records/audit.rules';
import { openRecords } from '@clbchat/server/records/open.redis';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { signIn } from '../support/clients.ts';
import { AS_RECORDS, startRedis } from '../support/redis.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { recordsOn } from './records.ts';
import { lookAt } from './world.ts';

const DAY_MS = 86_400_000;
const inOrder = (a: string, b: string) => (a < b ? -1 : 1);
const server = await startRedis(AS_RECORDS);
/** Each process has a connection of its own. */
const lines: readonly Redis[] = [lookAt(server), lookAt(server)];
const running: TestService[] = [];
afterEach(async () => {
  for (const service of running.splice(0)) await service.stop();
  await lines[0]!.flushall();
});
afterAll(async () => {
  for (const line of lines) line.disconnect();
  await server.stop();
});

test('[A4] what two processes write at the same time is one chain with each act once, also while both take away what is old', async () => {
  const clock = fakeClock();
  const both = await Promise.all(lines.map((line) => recordsOn(line, clock)));
  const acts = async (from: number, to: number) =>
    Promise.all(
      both.map(async (records, at) => {
        for (let n = from; n < to; n += 1) {
          const about = `${at}-${n}`;
          const row = { kind: 'account', id: about, rev: 0, text: '{}' } as const;
          await act(records, clock.nowMs(), [row], { by: `by${at}`, act: 'account_made', about });
        }
      }),
    );
  const abouts = async () => (await both[0]!.audit()).entries.map((text) => readEntry(text)?.about ?? '');
  const all = (from: number, to: number) =>
    [0, 1].flatMap((at) => Array.from({ length: to - from }, (_, n) => `${at}-${from + n}`)).toSorted(inOrder);

  await acts(0, 20);
  expect((await abouts()).toSorted(inOrder)).toEqual(all(0, 20));
  clock.advance(366 * DAY_MS);
  const shortens = both.map(async (records) => {
    for (let times = 0; times < 3; times += 1)
      await records.shorten(older(await records.audit(), clock.nowMs() - 365 * DAY_MS));
  });
  await Promise.all([acts(20, 40), ...shortens]);
  const log = await both[1]!.audit();
  expect((await abouts()).toSorted(inOrder)).toEqual(all(20, 40));
  expect([brokenAt(log), log.anchor === NOTHING_YET]).toEqual([null, false]);
  expect(await both[1]!.list('account')).toHaveLength(80);
});

test('[A3] of two coordinators who save the same page at two processes at once one is told, and of each save there is one act', async () => {
  const nodes: { readonly service: TestService; readonly cookie: string }[] = [];
  for (const redis of lines) {
    const service = await startService({ records: (clock) => openRecords({ redis, tag: '{demo}', clock }) });
    running.push(service);
    nodes.push({ service, cookie: (await signIn(service, 'noor')).cookie });
  }
  const asks = async ({ service, cookie }: (typeof nodes)[number], method: 'GET' | 'PUT', body?: object) =>
    request(service, method, '/api/centre/sites', {
      headers: { ...fromOurPage(service), cookie },
      ...(body && { body: JSON.stringify(body) }),
    });
  const [first] = nodes;
  const actsOf = async () =>
    (await first!.service.records.audit()).entries.filter((text) => readEntry(text)?.act === 'sites_changed').length;
  for (let times = 1; times <= 5; times += 1) {
    const { rev } = JSON.parse((await asks(first!, 'GET')).body) as { rev: number };
    const wish = (at: number) => ({ rev, sites: { [`s_${times}_${at}`]: { origins: [] } }, signed: null });
    const answers = await Promise.all(nodes.map((one, at) => asks(one, 'PUT', wish(at))));
    const won = answers.findIndex(({ status }) => status === 200);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const { sites } = JSON.parse((await asks(first!, 'GET')).body) as { sites: object };
    expect(Object.keys(sites)).toEqual([`s_${times}_${won}`]);
    const told = JSON.parse(answers[1 - won]!.body) as { now: { sites: object }; by: string };
    expect([told.now.sites, told.by]).toEqual([sites, 'Noor']);
    expect(await actsOf()).toBe(times);
  }
});
