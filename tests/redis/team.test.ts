import { openRecords } from '@clbchat/server/records/open.redis';
import { expect, test } from 'vitest';
import { teamContract } from '../records/team.ts';
import { createAuthenticator } from '../support/authenticator.ts';
import { deskOpens, signIn, visitorWaits } from '../support/clients.ts';
import { makesFirst, post, said } from '../support/gettingIn.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';
import { fromOurPage, request } from '../support/request.ts';
import { processes } from './processes.ts';
import { lookAt } from './world.ts';

const { server, redis, open, running } = await processes();
let centres = 0;
teamContract('on Redis', (clock) => openRecords({ redis, tag: `{team-${(centres += 1)}}`, clock }));

/** One process of a centre, whose clock stands still: whatever happens here happens without waiting for the next look. */
async function node(): Promise<TestService> {
  const news = lookAt(server);
  news.on('error', () => undefined);
  open.push(news);
  const service = await startService({
    passkeys: 'too',
    records: (clock) => openRecords({ redis, news, tag: '{demo}', clock }),
    publicOrigin: 'http://localhost:8080',
  });
  running.add(service);
  return service;
}
type People = readonly { readonly id: string; readonly rev: number }[];
async function seen(service: TestService, cookie: string, account: string) {
  const headers = { ...fromOurPage(service), cookie };
  const { people } = said<{ people: People }>(await request(service, 'GET', '/api/team', { headers }));
  return { account, rev: people.find(({ id }) => id === account)!.rev };
}

test('[T8 A16] who is disabled at one process has no socket and no seat at the other, whom she held comes to the front, and others go on', async () => {
  const [one, other] = [await node(), await node()];
  const { cookie } = await signIn(one, 'noor');
  const lien = await deskOpens(other, 'lien');
  const visitor = await visitorWaits(other);
  await talks(lien, visitor);
  const samir = await deskOpens(other, 'samir', { status: 'paused' });
  const wish = { ...(await seen(one, cookie, 'lien')), disabled: true };
  expect((await post(one, '/api/team/disable', wish, cookie)).status).toBe(200);
  expect(await lien.closed).toBe('io server disconnect');
  await visitor.hears('visit:stage', ({ stage }) => stage === 'waiting');
  expect(await good(samir.ask('desk:state', {}))).toMatchObject({ status: 'paused' });
});

test('[T8 A16] whose role of counsellor goes has no seat at the other process; who gets one more connects anew', async () => {
  const [one, other] = [await node(), await node()];
  const { cookie } = await signIn(one, 'noor');
  const [lien, samir] = [await deskOpens(other, 'lien'), await deskOpens(other, 'samir')];
  const give = async (account: string, roles: string[]) =>
    post(one, '/api/team/roles', { ...(await seen(one, cookie, account)), roles }, cookie);
  expect((await give('lien', ['coordinator'])).status).toBe(200);
  expect(await lien.closed).toBe('io server disconnect');
  expect((await give('samir', ['counsellor', 'coordinator'])).status).toBe(200);
  expect(await samir.closed).toBe('io server disconnect');
  const again = await deskOpens(other, samir.signedIn);
  expect(await good(again.ask('desk:state', {}))).toMatchObject({ status: 'available' });
});

test('[T9] two coordinators who disable each other at two processes leave one', async () => {
  const [one, other] = [await node(), await node()];
  const { cookie } = await signIn(one, 'noor');
  await post(one, '/api/team/roles', { ...(await seen(one, cookie, 'lien')), roles: ['coordinator'] }, cookie);
  const lien = await signIn(other, 'lien');
  const both = await Promise.all([
    post(one, '/api/team/disable', { ...(await seen(one, cookie, 'lien')), disabled: true }, cookie),
    post(other, '/api/team/disable', { ...(await seen(other, lien.cookie, 'noor')), disabled: true }, lien.cookie),
  ]);
  expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
  const rows = Object.values(await redis.hgetall('{demo}:records:account'));
  expect(rows.filter((row) => row.includes('coordinator') && row.includes('"disabled":false'))).toHaveLength(1);
});

test('[T4 T5] an invitation of one process is used at two others at once by one of them', async () => {
  const [one, other] = [await node(), await node()];
  const { cookie } = await signIn(one, 'noor');
  const { token } = said<{ token: string }>(await post(one, '/api/team/invite', { roles: ['counsellor'] }, cookie));
  expect(JSON.stringify(await redis.hgetall('{demo}:records:invitation'))).not.toContain(token);
  const finishes = await Promise.all(
    ['Tom', 'Tim'].map(async (name) => {
      const made = await makesFirst(one, createAuthenticator(one.origin), { token, name });
      return { token, name, passkeys: [made], codes: true };
    }),
  );
  const both = await Promise.all([one, other].map((service, at) => post(service, '/api/begin/finish', finishes[at])));
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404]);
  expect(await redis.hgetall('{demo}:records:invitation')).toEqual({});
  expect(Object.keys(await redis.hgetall('{demo}:records:account'))).toHaveLength(4);
});
