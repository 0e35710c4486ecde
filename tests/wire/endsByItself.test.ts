import { sessionsOf } from '@clbchat/server/accounts/sessions.store';
import { accountsOf } from '@clbchat/server/accounts/accounts.store';
import { Problem } from '@clbchat/server/kernel/failure';
import { memoryRecords } from '@clbchat/server/records/records.model';
import type { AccountId } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';
import { expect, test, vi } from 'vitest';
import { fakeClock } from '../support/clock.ts';

test('[A30] a session that ended by itself while the records were silent at one process ends alone, also once they answer again', async () => {
  const clock = fakeClock();
  const records = memoryRecords(clock);
  const accounts = accountsOf(records, clock.nowMs);
  await accounts.make('noor' as AccountId, { name: 'Noor', roles: ['coordinator'], disabled: false }, '@shell');
  let silent = false;
  const cut = new Proxy(records, {
    get: (of, name) =>
      typeof of[name as never] !== 'function'
        ? of[name as never]
        : (...args: never[]) =>
            silent
              ? Promise.reject(new Problem('unavailable'))
              : (of[name as never] as (...a: never[]) => unknown)(...args),
  });
  const presence = { holds: async () => false, awake: async () => true, idle: async () => [] };
  const cutAccounts = accountsOf(cut, clock.nowMs);
  const a = sessionsOf({ records: cut, accounts: cutAccounts, nowMs: clock.nowMs, limits, presence });
  const b = sessionsOf({ records, accounts, nowMs: clock.nowMs, limits, presence });
  const { session: first } = await a.open('noor' as AccountId, 'demo');
  expect(await a.find(first.binding)).not.toBeNull();
  clock.advance(limits.sessionMs - limits.sessionCheckEveryMs);
  expect(await a.find(first.binding)).not.toBeNull(); // within two looks of its end the row is prolonged [A12]
  clock.advance(limits.sessionCheckEveryMs - 10_000);
  silent = true; // the line between process A and the records is gone
  const next = (await b.renew(first.binding))!; // *Blijf aangemeld*, at B
  expect(await b.find(next.session.binding)).not.toBeNull();
  clock.advance(11_000);
  expect(await a.find(first.binding).catch(() => null)).toBeNull(); // another tab of hers asks at A
  silent = false;
  await a.settle();
  expect(await b.find(next.session.binding)).not.toBeNull();
});

test.each([0, 10_000])(
  '[A12 G13] the cookie from before a renewal serves a minute and no longer, also where her page asked something meanwhile and the clock went back by %i ms',
  async (backMs) => {
    const clock = fakeClock();
    const records = memoryRecords(clock);
    const accounts = accountsOf(records, clock.nowMs);
    await accounts.make('noor' as AccountId, { name: 'Noor', roles: ['coordinator'], disabled: false }, '@shell');
    let between: (() => Promise<unknown>) | null = null;
    let looks = 0;
    const late: typeof records = {
      ...records,
      async get(name) {
        // between the two looks at the row that one request takes
        if (name.kind === 'session' && between && ++looks === 2) await [between, (between = null)][0]!();
        return records.get(name);
      },
    };
    const presence = { holds: async () => false, awake: async () => true, idle: async () => [] };
    const [page, elsewhere] = [late, records].map((at) =>
      sessionsOf({ records: at, accounts, nowMs: clock.nowMs, limits, presence }),
    );
    const { session } = await page!.open('noor' as AccountId, 'demo');
    clock.advance(-backMs);
    const renewed = vi.fn(() => elsewhere!.renew(session.binding));
    between = renewed;
    await page!.find(session.binding);
    if (backMs === 0) await renewed();
    expect(renewed).toHaveBeenCalledOnce();
    clock.advance(120_000);
    expect(await elsewhere!.renew(session.binding)).toBeNull();
    clock.advance(limits.sessionIdleMs); // nobody heard of the new one: its way ends with it
    expect(await records.get({ kind: 'session', id: session.binding })).toBeNull();
  },
);

test.each(['list', 'never'])(
  '[A13 A30] all but this one ends also what goes on under another cookie at that very moment: while its own %s is read',
  async (when) => {
    const clock = fakeClock();
    const records = memoryRecords(clock);
    const accounts = accountsOf(records, clock.nowMs);
    const noor = 'noor' as AccountId;
    await accounts.make(noor, { name: 'Noor', roles: ['coordinator'], disabled: false }, '@shell');
    let between: (() => Promise<unknown>) | null = null;
    const late: typeof records = {
      ...records,
      async list(kind) {
        const found = await records.list(kind);
        if (kind === 'session' && when === 'list' && between) await [between, (between = null)][0]!();
        return found;
      },
    };
    const presence = { holds: async () => false, awake: async () => true, idle: async () => [] };
    const [here, elsewhere] = [late, records].map((at) =>
      sessionsOf({ records: at, accounts, nowMs: clock.nowMs, limits, presence }),
    );
    const mine = (await here!.open(noor, 'demo')).session;
    const other = (await elsewhere!.open(noor, 'demo')).session;
    let goesOn = other;
    const renews = async () => void (goesOn = (await elsewhere!.renew(other.binding))!.session);
    between = renews;
    if (when === 'never') await renews();
    await here!.closeBy(mine.binding, await here!.named(mine, 'others'));
    expect(goesOn.binding).not.toBe(other.binding);
    expect([await elsewhere!.find(goesOn.binding), await elsewhere!.find(other.binding)]).toEqual([null, null]);
    expect(await here!.find(mine.binding)).not.toBeNull();
  },
);
