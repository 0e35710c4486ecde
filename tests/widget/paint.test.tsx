import { signal } from '@preact/signals-core';
import { expect, test, vi } from 'vitest';
import { keepPainted } from '../../widget/src/ui/paint.ts';

const nextMicrotask = () => Promise.resolve();

test('[W31] what changes together is painted once, and what is no longer read is not heard', async () => {
  const [shown, first, second] = [signal(true), signal(0), signal(0)];
  const painted: string[] = [];
  const stop = keepPainted(() => void painted.push(`${first.value} ${shown.value ? second.value : '-'}`));
  first.value = 1;
  second.value = 1;
  expect(painted).toEqual(['0 0']);
  await nextMicrotask();
  expect(painted).toEqual(['0 0', '1 1']);
  shown.value = false;
  await nextMicrotask();
  second.value = 2;
  await nextMicrotask();
  expect(painted).toEqual(['0 0', '1 1', '1 -']);
  first.value = 2;
  stop();
  await nextMicrotask();
  first.value = 3;
  await nextMicrotask();
  expect(painted).toHaveLength(3);
});

test('[W31] a paint that fails is reported, and the next change is painted all the same', async () => {
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  const number = signal(0);
  const painted: number[] = [];
  const stop = keepPainted(() => {
    if (number.value === 1) throw new Error('not this one');
    painted.push(number.value);
  });
  number.value = 1;
  await nextMicrotask();
  number.value = 2;
  await nextMicrotask();
  expect(reported).toHaveBeenCalledOnce();
  expect(painted).toEqual([0, 2]);
  stop();
  vi.unstubAllGlobals();
});
