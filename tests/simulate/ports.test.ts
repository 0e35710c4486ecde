import { openFrame, sealFrame } from '@clbchat/shared/crypto/frame';
import { deriveEpoch, makeKey } from '@clbchat/shared/crypto/epoch';
import { newMid } from '@clbchat/shared/ids';
import { FRAME_TYPES } from '@clbchat/shared/protocol/frame';
import { expect, test } from 'vitest';
import { randomToken } from '@clbchat/shared/digest';
import { alone } from './alone.ts';
import { drawsOf } from './draws.ts';
import { simulatedTime } from './time.ts';

/** What a simulation stands on. */

const numbers = (dice: { number(): number }) => Array.from({ length: 5 }, () => dice.number());

test('one more draw for one purpose moves no other', () => {
  const [a, b] = [drawsOf(7), drawsOf(7)];
  b('patience').number();
  expect(numbers(b('network'))).toEqual(numbers(a('network')));
  expect(numbers(drawsOf(8)('network'))).not.toEqual(numbers(drawsOf(7)('network')));
});

test('timers run in order of time, then of asking, and what one sets off is over before the next', async () => {
  const house = alone(drawsOf(1), () => undefined);
  const said: string[] = [];
  const { timers, runUntil, clock } = simulatedTime(0, house.settled);
  timers.after(20, () => said.push('late'));
  timers.after(10, () => {
    said.push('first');
    setImmediate(() => void Promise.resolve().then(() => said.push('what it set off')));
  });
  timers.after(10, () => said.push('second'));
  timers.after(10, () => said.push('never'))();
  await runUntil(15).finally(house.leave);
  expect(said).toEqual(['first', 'what it set off', 'second']);
  expect(clock.nowMs()).toBe(15);
});

test('the double of WebCrypto finds another key, other additional data, and a nonce that comes twice', async () => {
  const wrong: string[] = [];
  const house = alone(drawsOf(1), (what) => void wrong.push(what));
  const visitId = randomToken(16);
  const header = { type: FRAME_TYPES.message, visitId, epoch: 1, side: 'v', stream: randomToken(8), n: 1 } as const;
  try {
    const [keys, others] = [await deriveEpoch(makeKey(), visitId, 1), await deriveEpoch(makeKey(), visitId, 1)];
    const frame = await sealFrame(keys, header, { k: 'text', mid: newMid(), m: 'dag' });
    expect((await openFrame(keys, header, frame)).is).not.toBe('unreadable');
    expect(wrong).toEqual([]);

    await openFrame(others, header, frame);
    expect(wrong.splice(0)).toEqual(['what a key for clbchat/1 v2c did not seal is opened with it']);
    const iv = new Uint8Array(12);
    const additionalData = new Uint8Array([1]);
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, keys.v2c, iv);
    await expect(crypto.subtle.decrypt({ name: 'AES-GCM', iv }, keys.v2c, sealed)).rejects.toThrow('failed');
    expect(wrong.splice(0)).toHaveLength(1);
    await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, keys.v2c, additionalData);
    expect(wrong).toEqual(['a nonce is used twice under a key for clbchat/1 v2c']);
  } finally {
    house.leave();
  }
});
