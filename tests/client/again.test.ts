import { createAgain } from '@clbchat/shared/client/again';
import { expect, test } from 'vitest';

/** A request whose answers come when the test says so. */
function slow() {
  const waiting: { answer(): void; fail(): void }[] = [];
  const ask = () =>
    new Promise<void>((answer, reject) => void waiting.push({ answer, fail: () => reject(new Error('no answer')) }));
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { waiting, look: createAgain(ask), turn };
}

test('[V2] however often something is heard while one request is under way, one more follows it', async () => {
  const { waiting, look, turn } = slow();
  const looked = look();
  for (let hint = 0; hint < 5; hint += 1) void look();
  await turn();
  expect(waiting).toHaveLength(1);
  waiting[0]?.answer();
  await turn();
  expect(waiting).toHaveLength(2);
  waiting[1]?.answer();
  await looked;
  await turn();
  expect(waiting).toHaveLength(2);
  void look();
  await turn();
  expect(waiting).toHaveLength(3);
});

test('[V2] a request that fails keeps nobody from asking the next', async () => {
  const { waiting, look, turn } = slow();
  const looked = look();
  waiting[0]?.fail();
  await expect(looked).rejects.toThrow('no answer');
  void look();
  await turn();
  expect(waiting).toHaveLength(2);
});
