import { accountsOf } from '@clbchat/server/accounts/accounts.store';
import { credentialsOf } from '@clbchat/server/accounts/credentials.store';
import { identitiesOf, type Identity } from '@clbchat/server/accounts/identities.store';
import type { Passkey } from '@clbchat/server/accounts/passkeys.rules';
import type { PendingStore } from '@clbchat/server/accounts/pending.store';
import { tokensOf } from '@clbchat/server/accounts/tokens.store';
import { brokenAt, DEMO, SHELL } from '@clbchat/server/records/audit.rules';
import type { RecordsStore } from '@clbchat/server/records/records.store';
import type { AccountId, Digest } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';
import { describe, expect, test } from 'vitest';
import { fakeClock, type FakeClock } from '../support/clock.ts';
import type { MakeRecords } from './contract.ts';

const noor = 'noor' as AccountId;
const coordinator = { name: 'Noor', roles: ['coordinator' as const], disabled: false };

/** What one-time addresses and credentials are, on whatever records. */
export function gettingInContract(name: string, make: MakeRecords): void {
  const opened = async () => {
    const clock = fakeClock();
    const records = await make(clock);
    const accounts = accountsOf(records, clock.nowMs);
    const tokens = tokensOf({ records, accounts, nowMs: clock.nowMs, limits });
    const address = async (purpose: 'setup' | 'recover') => {
      const made = await tokens.make(purpose, SHELL);
      if (made.is !== 'made') throw new Error(`no address: ${made.is}`);
      return made.token;
    };
    return { clock, records, accounts, tokens, address };
  };
  const whole = async (records: RecordsStore) => expect(brokenAt(await records.audit())).toBeNull();

  describe(`one-time addresses ${name}`, () => {
    test('[G3] one opens for fifteen minutes, is 256 random bits, and stands nowhere itself', async () => {
      const { clock, records, tokens, address } = await opened();
      const token = await address('setup');
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
      expect(JSON.stringify(await records.dump())).not.toContain(token);
      clock.advance(900_000 - 1);
      expect(await tokens.find(token)).toMatchObject({ purpose: 'setup' });
      clock.advance(1);
      expect(await tokens.find(token)).toBeNull();
      expect(await tokens.find('x'.repeat(43))).toBeNull();
    });

    test('[G1 G2] a second one takes the place of the first, and each has its time', async () => {
      const { records, accounts, tokens, address } = await opened();
      expect(await tokens.make('recover', SHELL)).toEqual({ is: 'not_now' });
      const first = await address('setup');
      const second = await address('setup');
      expect([await tokens.find(first), (await tokens.find(second))?.purpose]).toEqual([null, 'setup']);
      await accounts.make('lien' as AccountId, { ...coordinator, roles: ['counsellor'] }, DEMO);
      expect((await tokens.find(second))?.purpose).toBe('setup');
      await accounts.make(noor, { ...coordinator, disabled: true }, DEMO);
      expect(await tokens.find(second)).toBeNull();
      expect(await tokens.make('setup', SHELL)).toEqual({ is: 'not_now' });
      expect(await tokens.find(await address('recover'))).toMatchObject({ purpose: 'recover' });
      await whole(records);
    });

    test('[G1] of two that are made at once one stands', async () => {
      const { records, tokens, address } = await opened();
      const made = await Promise.all([address('setup'), address('setup'), address('setup')]);
      const standing = await Promise.all(made.map((token) => tokens.find(token)));
      expect(standing.filter((one) => one !== null)).toHaveLength(1);
      expect(await records.list('token')).toHaveLength(1);
      await whole(records);
    });
  });

  describe(`what somebody signs in with, ${name}`, () => {
    const passkey = (id: string): Passkey => ({ id, key: 'cose', counter: 4, transports: ['usb'], made: '2026-11-23' });
    const withOne = async () => {
      const all = await opened();
      const credentials = credentialsOf({ records: all.records, nowMs: all.clock.nowMs, limits });
      await credentials.add(noor, passkey('a'));
      return { ...all, credentials };
    };

    test('[G6] a use that came second finds that another one was written first', async () => {
      const { records, credentials } = await withOne();
      const [one, other] = [await credentials.passkey(noor, 'a'), await credentials.passkey(noor, 'a')];
      expect(one?.passkey.counter).toBe(4);
      expect(await records.write(one!.used(6).step.changes, null)).toMatchObject({ is: 'written' });
      expect(await records.write(other!.used(5).step.changes, null)).toMatchObject({ is: 'stale' });
      expect((await credentials.passkey(noor, 'a'))?.passkey.counter).toBe(6);
      expect([await credentials.passkey(noor, 'b'), await credentials.passkey('lien', 'a')]).toEqual([null, null]);
    });

    test('[G7 G9] ten codes, each for one use; new ones in the place of all; none of them stands there', async () => {
      const { records, credentials } = await withOne();
      const first = await credentials.newCodes(noor);
      expect(new Set(first).size).toBe(10);
      const dump = JSON.stringify(await records.dump());
      for (const code of first) expect(dump).not.toMatch(new RegExp(code.replaceAll('-', '-?')));
      const [shown, again] = [await credentials.code(first[3]!), await credentials.code(first[3]!)];
      expect(shown?.account).toBe(noor);
      expect(await records.write(shown!.step.changes, null)).toMatchObject({ is: 'written' });
      expect(await records.write(again!.step.changes, null)).toMatchObject({ is: 'stale' });
      expect([await credentials.code(first[3]!), (await credentials.own(noor)).codesLeft]).toEqual([null, 9]);
      const second = await credentials.newCodes(noor);
      expect([await credentials.code(first[0]!), (await credentials.own(noor)).codesLeft]).toEqual([null, 10]);
      expect(await credentials.code(second[0]!)).toMatchObject({ account: noor });
      await whole(records);
    });

    test('[G9] of changes at once none is lost, and the last way in stays', async () => {
      const { records, credentials } = await withOne();
      expect(await credentials.remove(noor, 'a')).toBe('last');
      const adding = ['b', 'c', 'd', 'b'].map((id) => credentials.add(noor, passkey(id)));
      expect((await Promise.all(adding)).toSorted()).toEqual(['added', 'added', 'added', 'there']);
      const ids = (await credentials.own(noor)).passkeys.map(({ id }) => id);
      expect(ids.toSorted()).toEqual(['a', 'b', 'c', 'd']);
      const gone = await Promise.all(ids.map((id) => credentials.remove(noor, id)));
      expect(gone.filter((word) => word === 'last')).toHaveLength(1);
      expect((await credentials.own(noor)).passkeys).toHaveLength(1);
      expect(await credentials.remove(noor, 'z')).toBe('none');
      await whole(records);
    });

    test('[G9] where the process ended between the new passkey and the end of the oldest, the next one makes room all the same', async () => {
      const { records, clock, credentials } = await withOne();
      const ids = async () => (await credentials.own(noor)).passkeys.map(({ id }) => id);
      for (let n = 1; n < limits.passkeysMax; n += 1) await credentials.add(noor, passkey(`k${n}`));
      // as it stands after that: one more than may be
      const more = credentialsOf({
        records,
        nowMs: clock.nowMs,
        limits: { ...limits, passkeysMax: limits.passkeysMax + 1 },
      });
      expect(await more.add(noor, passkey('beyond'))).toBe('added');
      expect(await credentials.addForOldest(noor, passkey('mine'))).toBe('added');
      expect(await ids()).toHaveLength(limits.passkeysMax);
      expect([(await ids()).at(-1), (await ids()).includes('a')]).toEqual(['mine', false]);
    });
  });
}

/** Accounts elsewhere, on whatever records. */
export function identitiesContract(name: string, make: MakeRecords): void {
  describe(`accounts elsewhere, ${name}`, () => {
    const [lien, one] = ['lien' as AccountId, { issuer: 'https://a.example', subject: 'b' }];
    const opened = async () => {
      const clock = fakeClock();
      const records = await make(clock);
      return { records, identities: identitiesOf(records, clock.nowMs) };
    };

    test('[G33] each is one person’s, also where two link it at once, and lets in once it is confirmed', async () => {
      const { records, identities } = await opened();
      const both = await Promise.all([identities.link(noor, one), identities.link(lien, one)]);
      expect(both.toSorted()).toEqual(['linked', 'taken']);
      const [waits, ...more] = (await identities.list()) as [Identity, ...Identity[]];
      expect(more).toEqual([]);
      expect(await identities.shown(one)).toBeNull();
      expect(await identities.confirm(waits, noor)).toBe('done');
      expect(await identities.shown(one)).toMatchObject({ account: waits.account });
      for (const other of [
        { issuer: 'https://a.example/', subject: 'b' },
        { issuer: 'https://a.exampl', subject: 'eb' },
        { issuer: 'https://a.example', subject: 'B' },
      ])
        expect(await identities.shown(other)).toBeNull();
      const [link] = (await identities.list()) as [Identity];
      expect([await identities.remove(link, noor), await identities.remove(link, noor)]).toEqual(['done', 'gone']);
      expect([await identities.shown(one), await identities.confirm(waits, noor)]).toEqual([null, 'gone']);
      expect(brokenAt(await records.audit())).toBeNull();
    });

    test('[G33] what is confirmed or taken away is what was seen: of one that is another’s by then, or was linked anew, nothing', async () => {
      const { records, identities } = await opened();
      await identities.link(noor, one);
      const [seen] = (await identities.list()) as [Identity];
      await identities.remove(seen, noor);
      await identities.link(lien, one);
      const judges = async () => [await identities.confirm(seen, noor), await identities.remove(seen, noor)];
      const head = async () => (await records.audit()).head;
      const before = [await identities.list(), await head()];
      expect(before[0]).toMatchObject([{ id: seen.id, account: lien, confirmed: false }]);
      expect(await judges()).toEqual(['stale', 'stale']);
      expect([await identities.list(), await head()]).toEqual(before);
      // also where another coordinator confirmed it meanwhile as whose it is by then
      expect(await identities.confirm((await identities.own(lien))!, lien)).toBe('done');
      expect(await judges()).toEqual(['stale', 'stale']);
      await identities.remove((await identities.own(lien))!, lien);
      await identities.link(noor, one, 'els@school.test');
      expect(await judges()).toEqual(['stale', 'stale']);
      // what another said of it meanwhile is what she wants, and no act; it is not taken away unseen
      const [now] = (await identities.list()) as [Identity];
      expect(await identities.confirm(now, lien)).toBe('done');
      const confirmed = await head();
      expect([await identities.confirm(now, noor), await identities.remove(now, noor)]).toEqual(['done', 'stale']);
      expect(await head()).toBe(confirmed);
    });

    test('[G33] a new one of hers waits, and takes the place of the old once it is confirmed; the same one stays as it is', async () => {
      const { identities } = await opened();
      await identities.link(noor, one);
      await identities.confirm((await identities.own(noor))!, lien);
      expect(await identities.link(noor, one)).toBe('linked');
      expect(await identities.own(noor)).toMatchObject({ confirmed: true });
      await identities.link(noor, { ...one, subject: 'c' });
      await identities.link(noor, { ...one, subject: 'd' }); // of two that wait the later one does
      expect(await identities.list()).toMatchObject([
        { subject: 'd', confirmed: false },
        { subject: 'b', confirmed: true },
      ]);
      expect(await identities.shown(one)).toMatchObject({ account: noor });
      await identities.confirm((await identities.own(noor))!, lien);
      expect(await identities.list()).toMatchObject([{ subject: 'd', account: noor, confirmed: true }]);
      expect(await identities.shown(one)).toBeNull();
    });
  });
}

/** What waits for its answer, on whatever live store. */
export function pendingContract(name: string, make: (clock: FakeClock) => PendingStore): void {
  test(`[G5] what was begun is taken once, in its time, and by its id alone, ${name}`, async () => {
    const clock = fakeClock();
    const pending = make(clock);
    const [id, other] = ['a'.repeat(43) as Digest, 'b'.repeat(43) as Digest];
    await pending.keep(id, 'one 2 "three"', 1_000);
    expect(await pending.take(other)).toBeNull();
    const both = await Promise.all([pending.take(id), pending.take(id)]);
    expect(both.filter((one) => one !== null)).toEqual(['one 2 "three"']);
    await pending.keep(id, 'first', 1_000);
    await pending.keep(id, 'second', 1_000);
    clock.advance(999);
    expect(await pending.take(id)).toBe('second');
    const kept = await pending.keepFirst(id, 'there was nothing', 1_000);
    const there = await pending.keepFirst(id, 'there is something', 9_000); // [A31]
    expect([kept, there]).toEqual(['there was nothing', 'there was nothing']);
    expect(await pending.take(id)).toBe('there was nothing');
    expect(await pending.take(id)).toBeNull();
    const firsts = await Promise.all(['one', 'other'].map((text) => pending.keepFirst(id, text, 1_000)));
    expect(new Set(firsts).size).toBe(1);
    clock.advance(1_000);
    expect(await pending.keepFirst(id, 'late', 1_000)).toBe('late');
    clock.advance(1_000);
    expect(await pending.take(id)).toBeNull();
  });
}
