import { accountsOf } from '@clbchat/server/accounts/accounts.store';
import { asksOf } from '@clbchat/server/accounts/asks.store';
import { devicesOf } from '@clbchat/server/accounts/devices.store';
import { identitiesOf } from '@clbchat/server/accounts/identities.store';
import { teamOf } from '@clbchat/server/accounts/team.store';
import { memoryRecords } from '@clbchat/server/records/records.model';
import type { RecordsStore } from '@clbchat/server/records/records.store';
import type { AccountId, Digest } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';
import { expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';

const lien = 'lien' as AccountId;
const many = Array.from({ length: 12 }, (_, at) => `${at}`.padStart(43, 'a') as Digest);
const POINT = `${'x'.repeat(86)}A`;

/** Records that answer later, as they do over a line: whoever asks at the same moment sees the same. */
function opened() {
  const clock = fakeClock();
  const at = memoryRecords(clock);
  const later = () => new Promise<void>((over) => setImmediate(over));
  const records: RecordsStore = {
    ...at,
    get: async (name) => (await later(), at.get(name)),
    list: async (kind) => (await later(), at.list(kind)),
    write: async (changes, entry) => (await later(), at.write(changes, entry)),
  };
  const nowMs = () => clock.nowMs();
  const asks = asksOf({ records, nowMs, limits });
  const issuers = { get: async () => null };
  return {
    records,
    nowMs,
    asks,
    devices: (max: number) =>
      devicesOf({ ...{ records, asks, issuers, nowMs }, limits: { ...limits, devicesMax: max } }),
  };
}
const counts = (answers: readonly string[]) =>
  Object.fromEntries(
    [...new Set(answers)].toSorted().map((one) => [one, answers.filter((each) => each === one).length]),
  );

test('[G55 G83] no more computers of one person ask than may, however many do at the same moment', async () => {
  const { asks } = opened();
  const answers = await Promise.all(many.map((id) => asks.ask(id, lien, POINT)));
  const done = 1 + limits.asksWaitingMax; // one under way, and who waits behind it
  expect(counts(answers)).toEqual({ asked: done, busy: many.length - done });
  expect(await asks.list()).toHaveLength(limits.asksMax);
});

test('[G83 A11] however often a computer of hers asks, what is done to her is thought once', async () => {
  const { records, asks, nowMs } = opened();
  let asked = 0;
  let thought = 0;
  const under: RecordsStore = {
    ...records,
    async write(changes, entry) {
      if (!changes.some(({ kind }) => kind === 'account')) return records.write(changes, entry);
      thought += 1;
      if (asked < 20) await asks.ask(many[asked++ % many.length]!, lien, POINT);
      return records.write(changes, entry);
    },
  };
  const accounts = accountsOf(records, nowMs);
  for (const [id, roles] of [
    ['noor', ['coordinator']],
    [lien, ['counsellor']],
  ] as const)
    await accounts.make(id as AccountId, { name: id, roles: [...roles], disabled: false }, 'shell');
  const team = teamOf({ records: under, accounts, nowMs, limits });
  const { rev } = (await accounts.list()).find(({ id }) => id === lien)!;
  expect(await team.setDisabled('noor' as AccountId, { account: lien, rev }, true)).toBe('done');
  expect(thought).toBe(1);
});

test('[G55] nor are more signed than somebody may have', async () => {
  const { records, asks, devices } = opened();
  const few = devices(1);
  const three = many.slice(0, 3);
  for (const id of three) await asks.ask(id, lien, POINT);
  const signing = { account: lien, chain: 'a.b', certEndMs: Number.MAX_SAFE_INTEGER / 2, by: 'noor' };
  const answers = await Promise.all(three.map((device) => few.first({ ...signing, device })));
  expect(counts(answers.map((one) => (one.is === 'signed' ? one.is : one.why)))).toEqual({ full: 2, signed: 1 });
  expect(await records.list('device')).toHaveLength(1);
});

test('[G55] and whoever links two accounts at the same moment has one', async () => {
  const { records, nowMs } = opened();
  const identities = identitiesOf(records, nowMs);
  await Promise.all(
    ['one', 'two', 'three'].map((subject) => identities.link(lien, { issuer: 'https://school', subject })),
  );
  expect(await identities.list()).toHaveLength(1);
});
