import { identitiesOf } from '@clbchat/server/accounts/identities.store';
import { centreOf } from '@clbchat/server/centre/centre.store';
import { openRecords } from '@clbchat/server/records/open.redis';
import type { Clock } from '@clbchat/server/kernel/clock';
import type { StoreNeeds } from '@clbchat/server/kernel/needs';
import { act } from '@clbchat/server/records/acts.store';
import { SHELL } from '@clbchat/server/records/audit.rules';
import type { News } from '@clbchat/server/records/records.store';
import { redisStore } from '@clbchat/server/store.redis';
import { dateOf } from '@clbchat/shared/hours/calendar';
import type { Schedule } from '@clbchat/shared/hours/schedule';
import { wallTimeAt } from '@clbchat/shared/hours/zone';
import type { AccountId } from '@clbchat/shared/ids';
import { expect, test } from 'vitest';
import {
  connectCounsellor,
  demoProof,
  deskOpens,
  newRequest,
  prove,
  signIn,
  visitorWaits,
} from '../support/clients.ts';
import { changeAccount } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';
import { shutOn } from '../../console/src/model/hours/today.ts';
import { processes } from './processes.ts';
import { lookAt, TAG } from './world.ts';

const { server, redis, open, running } = await processes();

/** One process of a centre, whose clock stands still: whatever happens here happens without waiting for the next look. */
async function node(wishes: Parameters<typeof startService>[0] = {}): Promise<TestService> {
  const news = lookAt(server);
  news.on('error', () => undefined);
  open.push(news);
  const records = (clock: Clock) => openRecords({ redis, news, tag: '{demo}', clock });
  const service = await startService({ ...wishes, records });
  running.add(service);
  return service;
}

test('[A16 A13] a session that is ended at one process has no socket and no seat at the others, whom it held comes to the front', async () => {
  const [one, other] = [await node(), await node()];
  const there = await signIn(other);
  const desk = await deskOpens(other, there);
  const visitor = await visitorWaits(other);
  await talks(desk, visitor);
  const samir = await deskOpens(other, 'samir', { status: 'paused' });
  const { cookie } = await signIn(one, 'lien', there.device);
  const asked = { headers: { ...fromOurPage(one), cookie }, body: '{"others":true}' };
  expect((await request(one, 'POST', '/api/sessions/end', asked)).status).toBe(200);
  expect(await desk.closed).toBe('io server disconnect');
  await visitor.hears('visit:stage', ({ stage }) => stage === 'waiting');
  expect(await good(samir.ask('desk:state', {}))).toMatchObject({ status: 'paused' });
});

test('[G43 A16] whose link is taken away at one process has no session by it, no socket and no seat at the others; what her passkey opened goes on', async () => {
  const [one, other] = [await node(), await node()];
  const identities = identitiesOf(one.records, one.clock.nowMs);
  const lien = 'lien' as AccountId;
  await identities.link(lien, { issuer: 'https://login.example.be', subject: 'lien' });
  const own = async () => (await identities.own(lien))!;
  expect(await identities.confirm(await own(), lien)).toBe('done');
  const there = await signIn(other);
  const byProvider = async () => {
    const { setCookie, session } = await other.sessions.open(lien, 'oidc');
    return { ...there, cookie: setCookie.split(';')[0]!, binding: session.binding };
  };
  const [first, samir] = [await deskOpens(other, await byProvider()), await signIn(other, 'samir')];
  const passkey = await other.sessions.open(lien, 'passkey');
  expect(await identities.remove(await own(), lien)).toBe('done');
  expect(await first.closed).toBe('io server disconnect');
  const left = async (cookie: string) => other.sessions.find(other.sessions.bindingOf(cookie)!);
  expect([await left(first.signedIn.cookie), await left(passkey.setCookie), await left(samir.cookie)]).toEqual([
    ...[null, expect.anything(), expect.anything()],
  ]);

  // another link of hers in its place ends what the one before opened
  await identities.link(lien, { issuer: 'https://login.example.be', subject: 'lien' });
  await identities.confirm(await own(), lien);
  const { cookie } = await byProvider();
  await identities.link(lien, { issuer: 'https://login.example.be', subject: 'somebody else' });
  expect(await left(cookie)).not.toBeNull();
  await identities.confirm(await own(), lien);
  expect(await left(cookie)).toBeNull();
});

test('[A16 A12] who signs in anew at one process keeps her seat at another, and nobody is put back', async () => {
  const [one, other] = [await node(), await node()];
  const there = await signIn(other);
  const desk = await deskOpens(other, there);
  const visitor = await visitorWaits(other);
  await talks(desk, visitor);
  const samir = await deskOpens(other, 'samir', { status: 'paused' });
  const body = JSON.stringify({ who: 'lien', ...(await demoProof(there.device)) });
  const asked = { headers: { ...fromOurPage(one), cookie: there.cookie }, body };
  expect((await request(one, 'POST', '/api/demo/sign-in', asked)).status).toBe(200);
  await one.sessions.close(samir.signedIn); // news that comes after the other
  expect(await samir.closed).toBe('io server disconnect');
  expect(await good(visitor.ask('visit:state', {}))).toMatchObject({ stage: 'talking' });
  expect(await desk.ask('desk:state', {})).toMatchObject({ ok: true });
});

test('[A16 A11] whose account is disabled, or no counsellor’s any more, is out everywhere; others’ go on', async () => {
  const [one, other] = [await node(), await node()];
  const [lien, samir] = [await deskOpens(other), await deskOpens(other, 'samir', { status: 'paused' })];
  const visitor = await visitorWaits(other);
  await talks(lien, visitor);
  await changeAccount(one.records, 'lien', { disabled: true });
  expect(await lien.closed).toBe('io server disconnect');
  await visitor.hears('visit:stage', ({ stage }) => stage === 'waiting');
  expect(await good(samir.ask('desk:state', {}))).toMatchObject({ status: 'paused' });
  await good(samir.ask('desk:status', { status: 'available', requestId: newRequest() }));
  await talks(samir, visitor);
  await changeAccount(one.records, 'samir', { roles: ['coordinator'] });
  expect(await samir.closed).toBe('io server disconnect');
  await expect.poll(() => visitor.ask('visit:state', {})).toMatchObject({ value: { stage: 'waiting' } });
});

test('[A16 A17] whose rights grew connects anew and has them; until then she sits down nowhere', async () => {
  const service = await node();
  const noor = await signIn(service, 'noor');
  const watching = await connectCounsellor(service, noor);
  expect((await prove(service, watching, noor)).ok).toBe(true);
  expect(await watching.ask('desk:enter', { slots: 1, status: 'available' })).toEqual({ ok: false, code: 'not_yours' });
  await changeAccount(service.records, 'noor', { roles: ['coordinator', 'counsellor'] });
  expect(await watching.closed).toBe('io server disconnect');
  await deskOpens(service, noor);
});

test('[A16] settings that one process saved count at the others, also for a conversation’s clock; what got lost counts once the line is back', async () => {
  const [one, other] = [await node(), await node()];
  const store = centreOf(one.records, 'demo', () => one.clock.nowMs());
  const put = async (rules: object) => {
    const standing = (await store.get())!;
    const wanted = { ...standing.centre, rules: { ...standing.centre.rules, ...rules } };
    expect((await store.put(wanted, standing.rev, 'noor')).is).toBe('written');
  };
  await put({ slotsMax: 2 });
  for (const service of [one, other]) await expect.poll(() => service.centre.now().rules.slotsMax).toBe(2);
  const desk = await deskOpens(other, 'lien', { slots: 3 });
  expect(desk.state).toMatchObject({ slots: 2, slotsMax: 2 });

  const [, line] = open;
  const back = new Promise((resolve) => line!.once('ready', resolve));
  await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  await put({ slotsMax: 1 });
  await back;
  await expect.poll(() => other.centre.now().rules.slotsMax).toBe(1);
  expect(await good(desk.ask('desk:state', {}))).toMatchObject({ slotsMax: 1 });
});

test('[W125 U20] who waits at one process while a coordinator closes at another is told, and both say why and when it opens next', async () => {
  const store = (needs: StoreNeeds) => redisStore({ ...needs, redis, tag: TAG, checksClock: false });
  const [one, other] = [await node({ store }), await node({ store })];
  const [here, there] = [await visitorWaits(one), await visitorWaits(other)];
  const { life } = await good(here.ask('visit:state', {}));
  const headers = { ...fromOurPage(one), cookie: (await signIn(one, 'noor')).cookie };
  const { rev, settings } = JSON.parse((await request(one, 'GET', '/api/centre/settings', { headers })).body) as {
    rev: number;
    settings: { schedule: Schedule };
  };
  const today = wallTimeAt(one.clock.nowMs(), 'Europe/Brussels').day;
  const schedule = shutOn(settings.schedule, dateOf(today), 'force-majeure');
  const body = JSON.stringify({ rev, settings: { ...settings, schedule } });
  expect((await request(one, 'PUT', '/api/centre/settings', { headers, body })).status).toBe(200);
  const says = { state: 'closed', why: 'force-majeure', hours: { opens: { date: dateOf(today + 1), time: '00:00' } } };
  for (const service of [one, other])
    await expect
      .poll(async () => JSON.parse((await request(service, 'GET', '/api/centre/demo')).body) as unknown)
      .toMatchObject(says);
  await other.advance(other.limits.tickEveryMs);
  expect(await there.hears('visit:stage', ({ stage }) => stage === 'ended')).toMatchObject({ reason: 'closed' });
  // the hint came to nobody here, and the page is told by what it asks: its visit is over in the life that knew it
  expect(await here.ask('visit:state', {})).toMatchObject({ ok: false, code: 'lost', life });
});

test('[A16] settings that no centre could have change nothing, and where no news comes they count within a minute', async () => {
  const service = await startService({ records: (clock) => openRecords({ redis, tag: '{demo}', clock }) });
  running.add(service);
  const store = centreOf(service.records, 'demo', () => service.clock.nowMs());
  const standing = (await store.get())!;
  const wanted = { ...standing.centre, rules: { ...standing.centre.rules, slotsMax: 2 } };
  const put = await store.put(wanted, standing.rev, 'noor');
  expect(service.centre.now().rules.slotsMax).toBe(3);
  await service.advance(service.limits.sessionCheckEveryMs);
  await expect.poll(() => service.centre.now().rules.slotsMax).toBe(2);
  const rev = put.is === 'written' ? put.rev : 0;
  await service.records.write([{ kind: 'settings', id: 'centre', rev, text: '{"rules":{}}' }], null);
  await service.advance(service.limits.sessionCheckEveryMs);
  await expect.poll(() => service.said()).toContain('a job failed');
  expect(service.centre.now().rules.slotsMax).toBe(2);
});

test('[A16 N16] who was disabled while the line was gone has no seat once it is back, and where no news comes within a minute', async () => {
  const service = await node();
  const [news] = open;
  const lien = await deskOpens(service);
  const visitor = await visitorWaits(service);
  await talks(lien, visitor);
  const back = new Promise((resolve) => news!.once('ready', resolve));
  await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
  await changeAccount(service.records, 'lien', { disabled: true });
  await back;
  expect(await lien.closed).toBe('io server disconnect');
  await expect.poll(() => visitor.ask('visit:state', {})).toMatchObject({ value: { stage: 'waiting' } });

  const deaf = await startService({ records: (clock) => openRecords({ redis, tag: '{demo}', clock }) });
  running.add(deaf);
  const samir = await deskOpens(deaf, 'samir');
  const other = await visitorWaits(deaf);
  await talks(samir, other);
  const row = (await deaf.records.get({ kind: 'session', id: samir.signedIn.binding }))!;
  await deaf.records.write([{ kind: 'session', id: row.id, rev: row.rev, text: null }], null);
  await deaf.advance(deaf.limits.sessionCheckEveryMs);
  expect(await samir.closed).toBe('io server disconnect');
  await expect.poll(() => other.ask('visit:state', {})).toMatchObject({ value: { stage: 'waiting' } });
});

const OTHERWISE = [
  '{"changed":{}}',
  'null',
  'no JSON',
  '{"changed":[null]}',
  '{"changed":[{"kind":"new","id":"","gone":true}]}',
];
test('[A16 A7] what was only written down, as an export, is told as nothing that changed; what another release tells in another way, as anything', async () => {
  const one = await node();
  const heard: (readonly News[] | null)[] = [];
  const stop = one.records.watch((changed) => heard.push(changed));
  await expect.poll(() => heard).toEqual([null]); // it listens
  await act(one.records, one.clock.nowMs(), [], { by: SHELL, act: 'records_exported', about: 'demo' });
  for (const other of OTHERWISE) await redis.publish('{demo}:records:news', other);
  await changeAccount(one.records, 'lien', { name: 'Lien' });
  await expect
    .poll(() => heard)
    .toEqual([null, [], ...OTHERWISE.map(() => null), [{ kind: 'account', id: 'lien', gone: false }]]);
  expect(one.said()).not.toContain('"lvl":"error"');
  stop();
});
