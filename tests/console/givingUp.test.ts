import { createGivingUp, type GivingUpPorts } from '../../console/src/model/givingUp.ts';
import { expect, test, vi } from 'vitest';

function opened() {
  const calls: string[] = [];
  const is = { online: true, relay: true, files: true, wiped: true };
  let tick: (() => void) | null = null;
  const says = async (name: string, answer: boolean) => (calls.push(name), answer);
  const ports: GivingUpPorts = {
    timers: { every: (_ms, run) => ((tick = run), () => (tick = null)) },
    wipes: () => says('wipes', is.wiped),
    takesOff: () => says('takesOff', is.online && is.relay),
    signsOut: () => says('signsOut', is.online && is.relay),
    answers: async () => is.online && is.files,
    toEnd: (isHeard) => void calls.push(`toEnd ${isHeard}`),
  };
  return { calls, is, goes: createGivingUp(ports), tick: () => tick?.(), waits: () => tick !== null };
}

test('[I19] who gives up a computer that keeps something still stays signed in at it', async () => {
  const { calls, is, goes } = opened();
  is.wiped = false;
  expect(await goes()).toBe('failed');
  expect(calls).toEqual(['takesOff', 'wipes']);
});

test('[I19] she ends where the computer is emptied, and reads there what nobody heard', async () => {
  for (const relay of [true, false]) {
    const { calls, is, goes, waits } = opened();
    is.relay = relay;
    expect(await goes()).toBe('done');
    expect(calls).toEqual(['takesOff', 'wipes', 'signsOut', `toEnd ${relay}`]);
    expect(waits()).toBe(false);
  }
});

test('[I19] with the network away the words stand where she is, and it goes on by itself once somebody answers', async () => {
  const { calls, is, goes, tick, waits } = opened();
  is.online = false;
  expect(await goes()).toBe('away');
  tick();
  await new Promise((go) => setTimeout(go));
  expect(calls).toEqual(['takesOff', 'wipes']);
  is.online = true;
  tick();
  tick(); // a look that takes longer than the next
  await vi.waitFor(() => expect(calls.slice(2)).toEqual(['takesOff', 'signsOut', 'toEnd true']));
  expect(waits()).toBe(false);
});

test('[I19] so they do where the service answers and the host of the console does not: the page that ends it comes from there', async () => {
  const { calls, is, goes, tick } = opened();
  is.files = false;
  expect(await goes()).toBe('away');
  expect(calls).toEqual(['takesOff', 'wipes']); // she is signed in, as they say
  is.files = true;
  tick();
  await vi.waitFor(() => expect(calls.slice(2)).toEqual(['takesOff', 'signsOut', 'toEnd true']));
});
