import { sessionsOf } from '@clbchat/server/accounts/sessions.store';
import { Problem } from '@clbchat/server/kernel/failure';
import { memoryRecords } from '@clbchat/server/records/records.model';
import type { AccountId } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';
import { expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';

const LIEN = 'lien' as AccountId;

/** Two processes at one store of records; the line between the first and the store can break. */
function two() {
  const clock = fakeClock();
  const real = memoryRecords(clock);
  /** and what happens once, right before it writes */
  const line: { broken: boolean; first: null | (() => Promise<unknown>) } = { broken: false, first: null };
  const over = <A extends unknown[], R>(does: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      if (line.broken) throw new Problem('unavailable');
      return does(...args);
    };
  };
  const write = async (...args: Parameters<typeof real.write>) => {
    const happens = line.first;
    line.first = null;
    await happens?.();
    return real.write(...args);
  };
  const cut = { ...real, get: over(real.get), list: over(real.list), write: over(write) };
  const presence = { holds: async () => false, awake: async () => true, idle: async () => [] };
  const accounts = { get: async () => ({ name: 'Lien', roles: ['counsellor'], disabled: false }) };
  const [a, b] = [cut, real].map((records) =>
    sessionsOf({ records, accounts, presence, nowMs: () => clock.nowMs(), limits } as never),
  );
  return { clock, line, records: real, a: a!, b: b! };
}
type Two = ReturnType<typeof two>;

/** *Meld af* at the first process, which cannot note it: her browser keeps the cookie. */
async function isOwed({ a, line }: Two, binding: string): Promise<void> {
  line.broken = true;
  await expect(a.close({ binding })).rejects.toThrow();
  line.broken = false;
}

test.each([
  ['at the process that could not note it', 'a'],
  ['at another process', 'b'],
] as const)(
  '[A30 N17] a sign-in anew after *Meld af* that could not be noted outlives the minute in which that is noted: %s',
  async (_where, at) => {
    const both = two();
    const { session } = await both.a.open(LIEN, 'passkey');
    await isOwed(both, session.binding);
    both.clock.advance(10_000);
    const anew = (await both[at].open(LIEN, 'passkey', session.binding)).session;
    await both.a.settle();
    expect([await both.b.find(session.binding), (await both.b.find(anew.binding))?.binding]).toEqual([
      null,
      anew.binding,
    ]);
    await both.a.settle(); // nothing is owed any more
    expect(await both.a.find(anew.binding)).not.toBeNull();
  },
);

test('[A30 N17] so does what goes on in its place', async () => {
  const both = two();
  const { session } = await both.a.open(LIEN, 'demo');
  await isOwed(both, session.binding);
  const anew = (await both.b.open(LIEN, 'demo', session.binding)).session;
  const goesOn = (await both.b.renew(anew.binding))!.session;
  await both.a.settle();
  expect(await both.b.find(goesOn.binding)).not.toBeNull();
});

test('[A30 N17] so does one that was opened while it was being noted, at the same process', async () => {
  const both = two();
  const { session } = await both.a.open(LIEN, 'passkey');
  await isOwed(both, session.binding);
  let anew = session;
  both.line.first = async () => void (anew = (await both.a.open(LIEN, 'passkey', session.binding)).session);
  await both.a.settle();
  expect(anew).not.toBe(session);
  expect(await both.b.find(anew.binding)).not.toBeNull();
});

test.each([
  ['a sign-in anew that nobody had heard of by then', 'open', 'before'],
  ['a renewal that nobody had heard of by then', 'renew', 'before'],
  ['a renewal since', 'renew', 'since'],
] as const)(
  '[A30 N17] *Meld af* that could not be noted ends all of the line once it is, and leaves nothing on record: %s',
  async (_what, how, when) => {
    const both = two();
    const { session } = await both.a.open(LIEN, 'demo');
    const comes = () => (how === 'open' ? both.b.open(LIEN, 'demo', session.binding) : both.b.renew(session.binding));
    const before = when === 'before' ? await comes() : null;
    both.clock.advance(10_000);
    await isOwed(both, session.binding);
    both.clock.advance(10_000);
    const last = (before ?? (await comes()))!.session;
    await both.a.settle();
    expect([await both.b.find(last.binding), await both.records.list('session')]).toEqual([null, []]);
  },
);

test('[A30 N17] who signs out once more, and is not heard again, ends what she opened in between', async () => {
  const both = two();
  const { session } = await both.a.open(LIEN, 'demo');
  await isOwed(both, session.binding);
  both.clock.advance(10_000);
  const anew = (await both.b.open(LIEN, 'demo', session.binding)).session;
  both.clock.advance(10_000);
  // *Meld af* once more, by the cookie of before, which is all that her browser has
  await isOwed(both, session.binding);
  await both.a.settle();
  expect([await both.b.find(anew.binding), await both.records.list('session')]).toEqual([null, []]);
});
