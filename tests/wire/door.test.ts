import { readEntry } from '@clbchat/server/records/audit.rules';
import { standingOf } from '@clbchat/server/centre/standing.store';
import { centreOf } from '@clbchat/server/centre/centre.store';
import { afterEach, expect, test } from 'vitest';
import {
  connectVisitor,
  deskOpens,
  joinInput,
  newSecrets,
  signIn,
  visitorWaits,
  type Who,
} from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { good } from '../support/talk.ts';

let service: TestService;
afterEach(() => service.stop());

const PATH = '/api/centre/door';
async function by(who: Who) {
  const { cookie } = await signIn(service, who);
  const headers = { ...fromOurPage(service), cookie };
  const said = ({ status, body }: { status: number; body: string }) => ({
    status,
    body: JSON.parse(body) as Record<string, unknown>,
  });
  return {
    set: async (shut: unknown) =>
      said(await request(service, 'PUT', PATH, { headers, body: JSON.stringify({ shut }) })),
    read: async () => said(await request(service, 'GET', PATH, { headers })),
  };
}
const seen = async (path: string) => JSON.parse((await request(service, 'GET', path)).body) as Record<string, unknown>;
const acts = async () => (await service.records.audit()).entries.map((text) => readEntry(text)?.act);

test('[H30] who comes is refused and reads why; who waits is served; a desk hears of it within a second; either may undo it', async () => {
  service = await startService();
  const waiting = await visitorWaits(service);
  const desk = await deskOpens(service, 'lien');
  await desk.hears('offer:ring');
  const samir = await by('samir');
  expect(await samir.set(true)).toMatchObject({ status: 200, body: { is: 'shut' } });
  expect(await seen('/status/demo')).toMatchObject({ state: 'closed' });
  expect(await seen('/api/centre/demo')).toMatchObject({ state: 'closed', why: 'line' });
  const late = await connectVisitor(service);
  expect(await late.ask('visit:join', await joinInput(await newSecrets()))).toMatchObject({
    ok: false,
    code: 'closed',
  });
  await service.advance(service.limits.tickEveryMs);
  await desk.hears('queue:changed');
  expect(await good(desk.ask('desk:state', {}))).toMatchObject({ hours: { is: 'shut' } });
  await service.advance(60_000);
  expect(await good(waiting.ask('visit:state', {}))).toMatchObject({ visitId: waiting.visitId });

  const noor = await by('noor');
  expect(await noor.read()).toMatchObject({ body: { is: 'shut' } });
  expect(await noor.set(false)).toMatchObject({ status: 200, body: { is: 'open' } });
  expect(await late.ask('visit:join', await joinInput(await newSecrets()))).toMatchObject({ ok: true });
  expect((await acts()).filter((act) => act?.startsWith('door'))).toEqual(['door_shut', 'door_opened']);
  expect(JSON.stringify(await noor.read())).not.toContain('amir');
});

test('[H30] it outlives a restart, and other settings stay as they are', async () => {
  service = await startService();
  const before = service.centre.now();
  await (await by('lien')).set(true);
  const store = centreOf(service.records, 'demo', service.clock.nowMs);
  const again = standingOf(store, (await store.get())!);
  const { door, ...rest } = again.now();
  const { door: _none, ...others } = before;
  expect(door).toEqual({ shutMs: service.clock.nowMs() });
  expect(JSON.stringify(rest)).toBe(JSON.stringify(others));
});

test('[H30] a process that runs works by what an import put back, though its number is lower', async () => {
  service = await startService();
  const store = centreOf(service.records, 'demo', service.clock.nowMs);
  const before = (await store.get())!;
  await (await by('lien')).set(true);
  const shut = (await store.get())!;
  let now = shut;
  const runs = standingOf({ get: async () => now }, shut);
  now = before;
  await runs.reread();
  expect(runs.now().door).toBeUndefined();
});

test('[H31] two who press the same at two processes at once: one act, one write', async () => {
  service = await startService();
  const two = [0, 1].map(() => centreOf(service.records, 'demo', service.clock.nowMs));
  for (const shut of [true, false]) await Promise.all(two.map((store) => store.putDoor(shut, 'lien')));
  expect((await acts()).filter((act) => act?.startsWith('door'))).toEqual(['door_shut', 'door_opened']);
});

test('[H31] where it is closed nobody shuts it; the same press twice is one', async () => {
  service = await startService({ hours: 'real' });
  const lien = await by('lien');
  const { is } = (await lien.read()).body;
  const first = await lien.set(true);
  if (is === 'closed') {
    expect(first).toMatchObject({ status: 409, body: { code: 'stage' } });
    expect(await acts()).not.toContain('door_shut');
  }
  await service.stop();
  service = await startService();
  const samir = await by('samir');
  for (let times = 0; times < 2; times += 1) expect((await samir.set(true)).body).toMatchObject({ is: 'shut' });
  expect((await acts()).filter((act) => act === 'door_shut')).toHaveLength(1);
  for (const wrong of [1, null, 'true']) expect((await samir.set(wrong)).status).toBe(400);
});

test('[H30] a desk hears of it though nobody waits', async () => {
  service = await startService();
  const desk = await deskOpens(service, 'lien');
  const told = async () => {
    await service.advance(service.limits.tickEveryMs);
    const { hours } = await good(desk.ask('desk:state', {})); // what was told before has come by then
    return { times: desk.heard('queue:changed').length, is: hours.is };
  };
  await told();
  const { times, is } = await told();
  await (await by('samir')).set(true);
  expect([is, await told()]).toEqual(['open', { times: times + 1, is: 'shut' }]);
});
