import { openRecords } from '@clbchat/server/records/open.redis';
import type { Digest } from '@clbchat/shared/ids';
import { beforeAll, expect, test } from 'vitest';
import {
  asks,
  chainOf,
  codeOf,
  computer,
  issuerBy,
  makeCentreKeys,
  posts,
  send,
  type CentreKeys,
} from '../support/centreKeys.ts';
import { deskOpens, signIn, visitorWaits, type SignedIn } from '../support/clients.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';
import { processes } from './processes.ts';
import { lookAt } from './world.ts';

const { server, redis, open, running } = await processes();
let centre: CentreKeys;
beforeAll(async () => {
  centre = await makeCentreKeys();
});

/** One process of a centre, whose clock stands still; a deaf one hears nothing of what others write. */
async function node(isDeaf = false): Promise<TestService> {
  const news = isDeaf ? undefined : lookAt(server);
  news?.on('error', () => undefined);
  if (news) open.push(news);
  const service = await startService({
    pins: [...centre.pins],
    passkeys: 'too',
    records: (clock) => openRecords({ redis, ...(news && { news }), tag: '{demo}', clock }),
  });
  running.add(service);
  return service;
}

/** Lien's computer, signed by an issuer of Noor's, and the visitor whom she talks to on it at one of two processes. */
async function scene(other: TestService) {
  const one = await node();
  const noor = { ...(await signIn(one, 'noor')), service: one };
  const issuer = await issuerBy(centre, one.clock.nowMs());
  expect(codeOf(await posts(noor, issuer))).toBe('200 ok');
  const lien = { ...(await signIn(one, 'lien')), service: one };
  const { keys, pub, id } = await computer();
  expect(codeOf(await asks(lien, { keys, pub, id }))).toBe('200 ok');
  const chain = await chainOf(issuer, { sub: 'lien', pub }, one.clock.nowMs());
  expect(codeOf(await send(noor, '/api/devices/sign', { chain }))).toBe('200 ok');
  const signed: SignedIn = { ...lien, device: keys, chain };
  const desk = await deskOpens(other, signed);
  const visitor = await visitorWaits(other);
  await talks(desk, visitor);
  const issuers = (await one.issuers.list()).map((each) => each.id);
  const takes = {
    device: () => send(noor, '/api/devices/remove', { id }),
    issuer: () => send(noor, '/api/issuers/remove', { id: issuers[0] as Digest }),
  };
  return { desk, visitor, takes };
}

/** Asked first: it gives up where nothing happens, and a socket that nobody closes is waited for until the test's own time is over. */
const isFreed = (visitor: Awaited<ReturnType<typeof scene>>['visitor']) =>
  expect.poll(() => visitor.ask('visit:state', {})).toMatchObject({ value: { stage: 'waiting' } });

for (const what of ['device', 'issuer'] as const) {
  test(`[A16 O22] the ${what} that is taken away at one process has no socket and no seat at another, at once, and once the line is back`, async () => {
    const other = await node();
    const [news] = open;
    const { desk, visitor, takes } = await scene(other);
    const before = await good(visitor.ask('visit:state', {}));
    expect(before).toMatchObject({ stage: 'talking' });
    const back = new Promise((resolve) => news!.once('ready', resolve));
    if (what === 'device') await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    expect(codeOf(await takes[what]())).toBe('200 ok');
    if (what === 'device') await back;
    await isFreed(visitor);
    expect(await desk.closed).toBe('io server disconnect');
  });

  test(`[A16 O22] where no news of the ${what} comes it counts within a minute`, async () => {
    const deaf = await node(true);
    const { desk, visitor, takes } = await scene(deaf);
    expect(codeOf(await takes[what]())).toBe('200 ok');
    expect(await good(desk.ask('desk:state', {}))).toBeTruthy();
    await deaf.advance(deaf.limits.sessionCheckEveryMs);
    await isFreed(visitor);
    expect(await desk.closed).toBe('io server disconnect');
  });
}
