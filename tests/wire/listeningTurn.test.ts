import { keepListening } from '@clbchat/server/redis/listening';
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { fakeTimers } from '../support/timers.ts';

test('[A16 N72] what was refused late, of an earlier time, asks for nothing more once the line hears, nor once it was stopped', async () => {
  const timers = fakeTimers(fakeClock());
  const line = Object.assign(new EventEmitter(), { status: 'ready' });
  const asked: { resolve(): void; reject(e: Error): void }[] = [];
  const subscribe = () => new Promise<void>((resolve, reject) => void asked.push({ resolve, reject }));
  const { now, stop } = keepListening(line as never, { subscribe, hears: () => undefined, after: timers.after });
  now();
  line.emit('ready');
  asked[1]!.resolve();
  asked[0]!.reject(new Error('late'));
  await timers.advance(0);
  await timers.advance(9_000);
  expect(asked.length).toBe(2);
  line.emit('ready');
  stop();
  asked[2]!.reject(new Error('late'));
  await timers.advance(0);
  await timers.advance(9_000);
  expect(asked.length).toBe(3);
});
