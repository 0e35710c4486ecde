import { signInTries } from '@clbchat/server/edge/signInTries';
import { wrongTries } from '@clbchat/server/edge/wrongTries';
import { limits } from '@clbchat/shared/limits';
import { expect, test } from 'vitest';

const MANY = 50_001; // more than are remembered

test('[G92] a guesser who tries names that she invents ends no wait of the one that she guesses at', () => {
  let now = 1_000_000;
  const tries = signInTries(limits, () => now);
  const at = (login: string, tag: string) => tries.tryNow({ login, tag, known: null });
  for (let guesses = 0; guesses < 15; guesses += 1) {
    let waitMs: number;
    while ((waitMs = at('noor', `t${guesses}`)) > 0) now += waitMs;
  }
  for (let n = 0; n < MANY; n += 1) at(`n${n}`, `tag${n}`);
  expect(at('noor', 'fresh')).toBe(limits.wrongPasswordWaitMsMax);
});

test('[G92] what would count for the shortest time is forgotten first', () => {
  let now = 1_000_000;
  const waits = { firstMs: 1_000, mostMs: 60_000 };
  const { tryNow, wrong, waitMs, right } = wrongTries(waits, () => now, 100);
  const triesMany = (name: string, many: number) => {
    for (let n = 0; n < many; n += 1) tryNow(`${name} ${n}`);
  };
  tryNow('once');
  now += 1;
  for (const _time of [1, 2]) tryNow('twice'); // and waits a second
  tryNow('right');
  right('right');
  triesMany('a', 98);
  expect([wrong('once'), wrong('twice'), wrong('right'), wrong('a 0')]).toEqual([1, 2, 0, 1]);
  tryNow('one more');
  expect([wrong('once'), wrong('twice'), wrong('a 0'), wrong('one more')]).toEqual([0, 2, 1, 1]);
  triesMany('b', 300);
  expect([wrong('twice'), wrong('a 0'), waitMs('twice')]).toEqual([2, 0, 1_000]);
  now += 1_001;
  triesMany('c', 100);
  expect(wrong('twice'), 'it may try, and counts still').toBe(2);
  now += 2 * 60_000;
  triesMany('e', 100);
  expect(wrong('twice')).toBe(0);

  for (const _time of [1, 2, 3]) {
    tryNow('waits longest');
    now += waitMs('waits longest');
  }
  tryNow('waits longest');
  for (let n = 0; n < 300; n += 1) for (const _time of [1, 2]) tryNow(`d ${n}`); // and each of them waits
  expect(waitMs('waits longest')).toBe(4_000);
});

test('[G18] no pattern of pauses gives more tries at a name than four an hour, and hers is forgotten in hours', () => {
  const week = 7 * 86_400_000;
  const { wrongPasswordWaitMsMax: most } = limits;
  for (let at = 0; at < 45; at += 1) {
    const [quick, pauseMs] = [1 + (at % 15), [most, 1.15 * most, 2 * most][Math.floor(at / 15)]!];
    let [now, tag, made] = [0, 0, 0];
    const tries = signInTries(limits, () => now);
    const next = () => tries.tryNow({ login: 'noor', tag: `t${(tag += 1)}`, known: null });
    const goes = () => {
      for (let waitMs = next(); waitMs > 0; waitMs = next()) now += waitMs;
      made += 1;
    };
    for (let first = 0; first < 20; first += 1) goes();
    const fromMs = now;
    for (made = 0; now - fromMs < week; now += pauseMs) for (let n = 0; n < quick; n += 1) goes();
    expect((made * 3_600_000) / (now - fromMs), `${quick} quick ones, then ${pauseMs} ms`).toBeLessThanOrEqual(4.1);
    now += 14 * most;
    for (const _time of [1, 2]) expect(next(), 'as new').toBe(0);
  }
});

test('[G18] a clock that is set back makes a name wait for no longer than the longest wait', () => {
  let now = 1_000_000_000;
  const { tryNow, waitMs } = wrongTries({ firstMs: 1_000, mostMs: 60_000 }, () => now);
  for (let n = 0; n < 9; n += 1) now += tryNow('noor') + waitMs('noor');
  tryNow('noor');
  now -= 86_400_000;
  expect([waitMs('noor'), tryNow('noor')]).toEqual([60_000, 60_000]);
});

test('[G92 G18] nor do names that somebody invents have a wait begin anew that was long', () => {
  let now = 1_000_000;
  const { tryNow, waitMs, wrong } = wrongTries({ firstMs: 1_000, mostMs: 60_000 }, () => now, 100);
  for (let n = 0; n < 8; n += 1) now += tryNow('noor') + waitMs('noor');
  for (let n = 0; n < 1_000; n += 1) tryNow(`invented ${n}`);
  expect(wrong('noor')).toBe(8);
  for (let n = 0; n < 300; n += 1) for (const _time of [1, 2]) tryNow(`invented twice ${n}`);
  tryNow('noor');
  expect(waitMs('noor')).toBe(60_000);
});

test('[G18] a try at which nobody looked counts as none, and what has to be waited stays', () => {
  let now = 0;
  const tries = wrongTries({ firstMs: 1_000, mostMs: 8_000 }, () => now);
  expect([tries.tryNow('a'), tries.unlooked('a'), tries.wrong('a'), tries.tryNow('a')]).toEqual([0, 0, 0, 0]);
  expect([tries.tryNow('a'), tries.unlooked('a'), tries.wrong('a')]).toEqual([0, 1_000, 1]);
  now += 1_000;
  expect([tries.tryNow('a'), tries.wrong('a'), tries.waitMs('a')]).toEqual([0, 2, 1_000]);
  expect(tries.unlooked('nobody')).toBe(0);
});
