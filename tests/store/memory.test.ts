import { expect, test } from 'vitest';
import { memoryStore, type LiveStore } from '@clbchat/server/store.memory';
import { emptyLive } from '@clbchat/server/live/record';
import { contract } from './contract.ts';
import { sceneOf } from './scene.ts';
import { watched } from './watched.ts';
import { tokenName } from './world.ts';

contract('in memory', async (needs) => memoryStore(needs));
contract('in memory, with every rule checked around every command', async (needs) => watched(needs));

test('[P1] who declined is remembered for so many; the oldest goes first', async () => {
  const { store, joins, sits, ringsAt, rings } = await sceneOf(async (needs) => memoryStore(needs), {
    limits: { triedMax: 1 },
  });
  await joins(1);
  const first = await sits(1);
  await store.routing.decline({ ...first, offerNo: await ringsAt(first) });
  const second = await sits(2);
  await store.routing.decline({ ...second, offerNo: await ringsAt(second) });
  expect(await rings()).toMatchObject([{ account: first.account }]);
});

test('[N26] who waits and whose socket stands at another process takes nothing up where there is room for who talks alone; at its own it does', async () => {
  const live = emptyLive();
  let other: LiveStore | undefined;
  const { store, joins } = await sceneOf(async (needs) => {
    other = memoryStore({ ...needs, node: 'other' }, live);
    return memoryStore({ ...needs, node: 'own' }, live);
  });
  const { visitId, conn } = await joins(1);
  const by = { visitId, next: tokenName(1, 1), short: true };
  const attach = { ...by, token: tokenName(1, 0) };
  expect([await other?.visit.reissue(by), await other?.visit.attach(attach)]).toEqual([
    { is: 'full_house' },
    { is: 'full_house' },
  ]);
  expect(await store.visit.reissue(by)).toMatchObject({ is: 'attached', conn: conn + 1 });
});
