import { expect, test } from 'vitest';
import { memoryStore } from '@clbchat/server/store.memory';
import { contract } from './contract.ts';
import { sceneOf } from './scene.ts';
import { watched } from './watched.ts';

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
