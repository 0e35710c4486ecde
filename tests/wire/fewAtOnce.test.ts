import { fewAtOnce } from '@clbchat/server/kernel/fewAtOnce';
import { expect, test } from 'vitest';

/** Work that is done when it is told to be. */
function works({ atOnce = 1, queueMax = 2 } = {}) {
  const few = fewAtOnce({ atOnce, queueMax });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const run = (name: string, rank = 0) =>
    few.run(rank, () => {
      begun.push(name);
      return new Promise<string>((end) => ends.set(name, () => end(name)));
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise(setImmediate);
  };
  return { few, begun, run, end };
}

test('[G18] only so much is done at once, and a full queue gives its worst place away', async () => {
  const { begun, run, end } = works();
  const first = run('first', 9);
  const [bad, worse] = [run('bad', 5), run('worse', 7)];
  const good = run('good', 1);
  expect(await worse).toBeNull();
  expect(await run('as bad, and later', 5)).toBeNull();
  expect(begun).toEqual(['first']);
  for (const name of ['first', 'good', 'bad']) await end(name);
  expect(begun).toEqual(['first', 'good', 'bad']);
  expect(await Promise.all([first, bad, good])).toEqual([{ value: 'first' }, { value: 'bad' }, { value: 'good' }]);
});

test('[G18] of equals that are too many one by lot gives its place away, and not who came last alone', async () => {
  const lots: number[] = [];
  const few = fewAtOnce({ atOnce: 1, queueMax: 2, lot: (equals) => (lots.push(equals), 0) });
  const ends: (() => void)[] = [];
  const run = (rank: number) => few.run(rank, () => new Promise<number>((end) => ends.push(() => end(rank))));
  const [first, better, earlier] = [run(0), run(1), run(2)];
  const later = run(2);
  expect([await earlier, lots]).toEqual([null, [2]]);
  for (const _each of [1, 2, 3]) {
    ends.shift()?.();
    await new Promise(setImmediate);
  }
  expect(await Promise.all([first, better, later])).toEqual([{ value: 0 }, { value: 1 }, { value: 2 }]);
});

test('[G18] work that fails gives its place to the next', async () => {
  const { few, run, end } = works();
  const failed = few.run(0, async () => Promise.reject(new Error('no')));
  const next = run('next');
  await expect(failed).rejects.toThrow('no');
  await end('next');
  expect(await next).toEqual({ value: 'next' });
});
