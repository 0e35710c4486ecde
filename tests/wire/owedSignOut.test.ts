import { sessionsOf } from '@clbchat/server/accounts/sessions.store';
import { endsOf } from '@clbchat/server/accounts/sessionsEnded.store';
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
  /** the sessions at which nobody was, and what happens while the live store is asked for them */
  const away = { idle: [] as string[], meanwhile: async (): Promise<unknown> => undefined };
  const idle = async ({ there }: { readonly there: readonly string[] }) => {
    await away.meanwhile();
    return away.idle.filter((binding) => there.includes(binding));
  };
  const presence = { holds: async () => false, awake: async () => true, idle };
  const accounts = { get: async () => ({ name: 'Lien', roles: ['counsellor'], disabled: false }) };
  const [a, b] = [cut, real].map((records) =>
    sessionsOf({ records, accounts, presence, nowMs: () => clock.nowMs(), limits } as never),
  );
  return { clock, line, away, records: real, a: a!, b: b! };
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

test.each([
  ['is behind its moment still', [-5_000, 2_000]],
  ['is past it again by the time that it is noted', [-5_000, 2_000, 10_000]],
])(
  '[A30 N17] a sign-in anew after *Meld af* that could not be noted goes on where the clock went back in between, and %s',
  async (_what, [back, on, past = 0]) => {
    const both = two();
    const { session } = await both.a.open(LIEN, 'passkey');
    await isOwed(both, session.binding);
    both.clock.advance(1_000);
    both.clock.advance(back!); // another primary took over, whose clock is behind
    expect(await both.a.find(session.binding), 'it is asked in between').toBeNull();
    both.clock.advance(on!);
    const anew = (await both.b.open(LIEN, 'passkey', session.binding)).session;
    both.clock.advance(past);
    await both.a.settle();
    expect(await both.b.find(anew.binding)).not.toBeNull();
  },
);

test.each(['is noted in vain', 'cannot be noted either'])(
  '[A30 N17] *Meld af* that could not be noted ends what took its place, also where the end of its time comes in between and %s',
  async (how) => {
    const both = two();
    const { session } = await both.a.open(LIEN, 'demo');
    await isOwed(both, session.binding);
    let last = session;
    both.away.idle = [session.binding];
    both.away.meanwhile = async () => {
      if (last === session) last = (await both.b.renew(session.binding))!.session;
      both.line.broken = how.startsWith('cannot');
    };
    await both.a.endIdle().catch((error: unknown) => expect(error).toBeInstanceOf(Problem));
    both.line.broken = false;
    expect([last === session, await both.b.find(last.binding)]).toEqual([false, expect.anything()]);
    await both.a.settle();
    expect([await both.b.find(last.binding), await both.records.list('session')]).toEqual([null, []]);
  },
);

test('[A30] nothing that led to a session stays on record once somebody has heard of it, also where she signed in three times in vain', async () => {
  const { a, clock, records } = two();
  const first = (await a.open(LIEN, 'demo')).session;
  for (let lost = 0; lost < 3; lost += 1) await a.open(LIEN, 'demo', first.binding);
  const heard = (await a.open(LIEN, 'demo', first.binding)).session;
  expect(await a.find(heard.binding)).not.toBeNull();
  clock.advance(limits.sessionRenewAgainMs);
  expect((await records.list('session')).map(({ id }) => id)).toEqual([heard.binding]);
});

test('[A12] the cookie before a renewal is worth nothing after the absolute end of its session, nor what nobody heard of once it was asked for again', async () => {
  const { a, clock, records } = two();
  const { session } = await a.open(LIEN, 'demo');
  clock.advance(limits.sessionMs - limits.sessionRenewAgainMs / 2);
  await a.renew(session.binding);
  const heard = (await a.renew(session.binding))!.session;
  const on = (await records.list('session')).map(({ id }) => id);
  expect(on.toSorted()).toEqual([session.binding, heard.binding].toSorted());
  clock.advance(limits.sessionRenewAgainMs / 2);
  expect(await a.renew(session.binding)).toBeNull();
});

test('[A11 G81] what is shown for a sign-in may end the session whose place it takes', async () => {
  const { a, records } = two();
  const { session } = await a.open(LIEN, 'oidc');
  const changes = await endsOf(records, LIEN, 'oidc');
  const opened = await a.openWith(LIEN, 'passkey', { changes }, session.binding);
  expect((await records.list('session')).map(({ id }) => id)).toEqual([opened?.session.binding]);
});

test('[A30] a sign-in that comes while the session of its browser is being taken away is found by its own cookie alone, and ends by itself where nobody heard of it', async () => {
  const { a, b, line, away, records } = two();
  const { session } = await a.open(LIEN, 'demo');
  line.first = () => b.close(session);
  const unheard = (await a.open(LIEN, 'demo', session.binding)).session;
  const on = async () => (await records.list('session')).map(({ id }) => id);
  await a.close(session);
  expect(await on()).toEqual([unheard.binding]);
  away.idle = [unheard.binding];
  await a.endIdle();
  expect(await on()).toEqual([]);
});
