import { createAfter } from '@clbchat/server/edge/after';
import type { Addressed, Hub } from '@clbchat/server/edge/hub';
import { expect, test } from 'vitest';

const hint = (event: string): Addressed => ({ to: 'desk', account: 'a' as never, seat: 1, event, hint: null });
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('[C1] what may be told at once is, and never before what was decided earlier', async () => {
  const told: string[] = [];
  const hub = { deliver: (hints: readonly Addressed[]) => void told.push(...hints.map(({ event }) => event)) } as Hub;
  let kicked = 0;
  const after = createAfter(hub, () => (kicked += 1));
  after({ hints: [hint('first')] }, 'now');
  expect(told).toEqual(['first']);
  after({ hints: [hint('second')], freed: true });
  after({ hints: [hint('third')] }, 'now');
  expect([told, kicked], 'an answer goes before the second').toEqual([['first'], 0]);
  await turn();
  expect([told, kicked]).toEqual([['first', 'second', 'third'], 1]);
});
