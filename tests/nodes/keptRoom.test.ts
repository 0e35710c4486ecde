import { expect, test } from 'vitest';
import { deskOpens, signIn, visitorReturns, visitorWaits } from '../support/clients.ts';
import { talks } from '../support/talk.ts';
import { nodesOnRedis } from './nodes.ts';

const { node } = await nodesOnRedis();
const limits = { socketsMax: 4, socketsKeptMax: 4 };

test('[N26] visits that wait and whose sockets stand at one process take half of the room kept at another, and no more', async () => {
  const [one, other] = [await node('one', limits), await node('other', limits)];
  const desk = await deskOpens(other, await signIn(other, 'lien'));
  const talking = await visitorWaits(other, { from: '127.0.0.2' });
  await talks(desk, talking);
  for (const from of ['127.0.0.20', '127.0.0.21']) await visitorWaits(other, { from }); // who is new fills it
  const waiting = [];
  for (const from of ['127.0.0.10', '127.0.0.11', '127.0.0.12', '127.0.0.13'])
    waiting.push(await visitorWaits(one, { from }));
  const back = await Promise.allSettled(
    waiting.map(({ secrets }) => visitorReturns(other, secrets, { from: '127.0.0.10' })),
  );
  expect(back.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  talking.leave();
  await deskOpens(other, 'samir', { status: 'paused' });
  await visitorReturns(other, talking.secrets, { from: '127.0.0.2' });
});
