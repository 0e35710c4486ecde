import { accountsOf } from '@clbchat/server/accounts/accounts.store';
import { tokensOf } from '@clbchat/server/accounts/tokens.store';
import { brokenAt, DEMO, SHELL } from '@clbchat/server/records/audit.rules';
import type { RecordsStore } from '@clbchat/server/records/records.store';
import type { AccountId } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';
import { describe, expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
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
}
