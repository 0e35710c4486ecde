import { accountsOf, type Role } from '@clbchat/server/accounts/accounts.store';
import { sessionsOf } from '@clbchat/server/accounts/sessions.store';
import { teamOf } from '@clbchat/server/accounts/team.store';
import { tokensOf } from '@clbchat/server/accounts/tokens.store';
import { brokenAt, DEMO, readEntry } from '@clbchat/server/records/audit.rules';
import type { AccountId } from '@clbchat/shared/ids';
import { limits as standard, type Limits } from '@clbchat/shared/limits';
import { describe, expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import type { MakeRecords } from './contract.ts';

const id = (name: string) => name as AccountId;
const [noor, joke, lien, samir] = [id('noor'), id('joke'), id('lien'), id('samir')];
const COUNSELLOR: Role[] = ['counsellor'];
const COORDINATOR: Role[] = ['coordinator'];
const BOTH: Role[] = ['counsellor', 'coordinator'];
const DAY_MS = 86_400_000;

/** What a team is, on whatever records. */
export function teamContract(name: string, make: MakeRecords): void {
  const opened = async (bounds: Partial<Limits> = {}) => {
    const clock = fakeClock();
    const limits = { ...standard, ...bounds };
    const records = await make(clock);
    const { nowMs } = clock;
    const accounts = accountsOf(records, nowMs);
    for (const [account, roles] of [
      [noor, COORDINATOR],
      [joke, BOTH],
      [lien, COUNSELLOR],
      [samir, COUNSELLOR],
    ] as const)
      await accounts.make(account, { name: account, roles: [...roles], disabled: false }, DEMO);
    const presence = { holds: async () => false, awake: async () => true, idle: async () => [] };
    const sessions = sessionsOf({ records, accounts, nowMs, limits, presence });
    const team = teamOf({ records, accounts, nowMs, limits });
    const tokens = tokensOf({ records, accounts, nowMs, limits });
    const one = async (account: AccountId) => (await team.now()).people.find((person) => person.id === account)!;
    const seen = async (account: AccountId) => ({ account, rev: (await one(account)).rev });
    const acts = async () => {
      const log = await records.audit();
      expect(brokenAt(log)).toBeNull();
      return log.entries.map((text) => readEntry(text)!).filter(({ by }) => by !== DEMO);
    };
    const invited = async (by = noor, roles = COUNSELLOR, forWhom = '') => {
      const made = await team.invite(by, { roles, name: forWhom });
      if (made.is !== 'made') throw new Error(`not invited: ${made.is}`);
      return made;
    };
    const coordinators = async () =>
      (await accounts.list()).filter(({ roles, disabled }) => !disabled && roles.includes('coordinator'));
    return { clock, records, accounts, sessions, team, tokens, one, seen, acts, invited, coordinators };
  };

  describe(`the team ${name}`, () => {
    test('[T2] the last sign-in is a day of which three words are told, kept for a week; a renewal is none', async () => {
      const { clock, records, sessions, one } = await opened();
      // a Monday, at six in the evening
      expect(new Date(clock.nowMs()).getUTCDay()).toBe(1);
      expect((await one(lien)).lastIn).toBe('longer');
      const { session } = await sessions.open(lien, 'demo');
      await sessions.open(lien, 'demo');
      expect((await one(lien)).lastIn).toBe('today');
      expect((await records.list('signIn')).map(({ text }) => text)).toEqual(['{"day":"2026-11-23"}']);
      clock.advance(DAY_MS / 2 + 3_600_000); // past midnight
      expect((await one(lien)).lastIn).toBe('week');
      expect(await sessions.renew(session.binding)).toBeNull();
      await sessions.open(samir, 'demo');
      clock.advance(5 * DAY_MS); // Sunday
      expect([(await one(lien)).lastIn, (await one(samir)).lastIn]).toEqual(['week', 'week']);
      clock.advance(DAY_MS); // Monday
      expect([(await one(lien)).lastIn, (await one(samir)).lastIn]).toEqual(['longer', 'longer']);
      clock.advance(DAY_MS);
      expect(await records.list('signIn')).toEqual([]);
    });

    test('[T2] who signs in on Sunday is of last week on Monday, and a renewal after midnight is no sign-in', async () => {
      const { clock, sessions, one } = await opened();
      clock.advance(6 * DAY_MS + 4 * 3_600_000); // late on Sunday
      const { session } = await sessions.open(lien, 'demo');
      expect((await one(lien)).lastIn).toBe('today');
      clock.advance(3 * 3_600_000);
      expect(await sessions.renew(session.binding)).not.toBeNull();
      expect((await one(lien)).lastIn).toBe('longer');
    });

    test('[T4] an invitation opens for seven days with its roles, and stands nowhere itself', async () => {
      const { clock, records, tokens, team, invited } = await opened();
      const { token, endMs } = await invited(noor, BOTH, 'Tom Vermeulen');
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
      expect(endMs).toBe(clock.nowMs() + 7 * DAY_MS);
      expect(JSON.stringify(await records.dump())).not.toContain(token);
      expect((await team.now()).invitations).toMatchObject([{ name: 'Tom Vermeulen', roles: BOTH, by: 'noor', endMs }]);
      expect(JSON.stringify(await records.audit())).not.toContain('Tom');
      clock.advance(7 * DAY_MS - 1);
      expect(await tokens.find(token)).toMatchObject({ purpose: 'invite', roles: BOTH, by: 'noor' });
      clock.advance(1);
      expect(await tokens.find(token)).toBeNull();
      expect((await team.now()).invitations).toEqual([]);
    });

    test('[T4 T11] one that is withdrawn opens nothing, once; the others stand', async () => {
      const { tokens, team, invited, acts } = await opened();
      const [first, second] = [await invited(), await invited(joke)];
      const which = (await team.now()).invitations.find(({ by }) => by === 'noor')!.id;
      expect(await team.withdraw(joke, which)).toBe('done');
      expect(await team.withdraw(joke, which)).toBe('gone');
      expect([await tokens.find(first.token), (await tokens.find(second.token))?.by]).toEqual([null, 'joke']);
      expect((await acts()).map(({ by, act }) => [by, act])).toEqual([
        ['noor', 'person_invited'],
        ['joke', 'person_invited'],
        ['joke', 'invitation_withdrawn'],
      ]);
      expect((await acts()).at(-1)?.about).toBe(which);
    });

    test('[T1] there are twenty invitations and two hundred accounts at most, however many are asked for at once', async () => {
      const { team, invited } = await opened({ invitationsMax: 3 });
      await invited();
      const asked = await Promise.all(
        Array.from({ length: 4 }, () => team.invite(noor, { roles: COUNSELLOR, name: '' })),
      );
      expect(asked.map(({ is }) => is).toSorted()).toEqual(['full', 'full', 'made', 'made']);
      const small = await opened({ accountsMax: 5 });
      await small.invited();
      expect(await small.team.invite(noor, { roles: COUNSELLOR, name: '' })).toEqual({ is: 'full' });
      expect([standard.invitationsMax, standard.accountsMax]).toEqual([20, 200]);
    });

    test('[T6] nobody takes her own role of coordinator or disables herself, and the other role is hers to take', async () => {
      const { team, seen, one, acts } = await opened();
      expect(await team.setRoles(noor, await seen(noor), COUNSELLOR)).toBe('own');
      expect(await team.setDisabled(noor, await seen(noor), true)).toBe('own');
      expect(await acts()).toEqual([]);
      expect(await team.setRoles(noor, await seen(noor), BOTH)).toBe('done');
      expect(await team.setRoles(noor, await seen(noor), COORDINATOR)).toBe('done');
      expect((await one(noor)).roles).toEqual(COORDINATOR);
    });

    test('[T7] of two who change the same account the second is told, and nothing is overwritten', async () => {
      const { team, seen, one, acts } = await opened();
      const both = await seen(lien);
      expect(await team.setRoles(noor, both, BOTH)).toBe('done');
      expect(await team.setDisabled(joke, both, true)).toBe('stale');
      expect(await one(lien)).toMatchObject({ roles: BOTH, disabled: false });
      expect(await team.setRoles(joke, both, ['coordinator', 'counsellor'])).toBe('done'); // as it stands
      expect(await team.setRoles(joke, { account: 'nobody', rev: 1 }, BOTH)).toBe('gone');
      expect((await acts()).map(({ act, about }) => [act, about])).toEqual([['made_both', 'lien']]);
    });

    test('[T8 T11] who is disabled has no session, and none of before when she is enabled', async () => {
      const { team, seen, sessions, records, acts } = await opened();
      const { session } = await sessions.open(lien, 'demo');
      const other = await sessions.open(samir, 'demo');
      expect(await team.setDisabled(noor, await seen(lien), true)).toBe('done');
      expect((await records.list('session')).map(({ id: binding }) => binding)).toEqual([other.session.binding]);
      const late = await sessions.open(lien, 'demo'); // a sign-in that had begun
      expect(await team.setDisabled(noor, await seen(lien), false)).toBe('done');
      for (const { binding } of [session, late.session]) expect(await sessions.find(binding)).toBeNull();
      expect(await sessions.find(other.session.binding)).not.toBeNull();
      expect((await acts()).map(({ act }) => act)).toEqual(['account_disabled', 'account_enabled']);
    });

    test('[T10] the invitations of who is no coordinator any more are gone with it', async () => {
      const { team, seen, tokens, invited } = await opened();
      const [hers, mine] = [await invited(joke), await invited()];
      expect(await team.setRoles(noor, await seen(joke), COUNSELLOR)).toBe('done');
      expect([await tokens.find(hers.token), (await tokens.find(mine.token))?.purpose]).toEqual([null, 'invite']);
      await team.setRoles(noor, await seen(joke), BOTH);
      const again = await invited(joke);
      await team.setDisabled(noor, await seen(joke), true);
      expect(await tokens.find(again.token)).toBeNull();
    });

    test('[T9] two who take each other’s role, or disable each other, leave one', async () => {
      for (const how of ['roles', 'disabled'] as const) {
        const { team, seen, coordinators, acts } = await opened();
        const take = async (by: AccountId, from: AccountId) =>
          how === 'roles'
            ? team.setRoles(by, await seen(from), COUNSELLOR)
            : team.setDisabled(by, await seen(from), true);
        const done = await Promise.all([take(noor, joke), take(joke, noor)]);
        expect(done.toSorted()).toEqual(['done', 'not_yours']);
        expect(await coordinators()).toHaveLength(1);
        expect(await acts()).toHaveLength(1);
      }
    });

    test('[T9] of three who take each other’s role in a ring somebody is left', async () => {
      const { team, seen, coordinators } = await opened();
      await team.setRoles(noor, await seen(lien), BOTH);
      const take = async (by: AccountId, from: AccountId) => team.setRoles(by, await seen(from), COUNSELLOR);
      await Promise.all([take(noor, joke), take(joke, lien), take(lien, noor)]);
      expect((await coordinators()).length).toBeGreaterThan(0);
    });

    test('[T1] who is no coordinator changes nothing', async () => {
      const { team, seen, records, acts } = await opened();
      expect(await team.invite(lien, { roles: COORDINATOR, name: '' })).toEqual({ is: 'not_yours' });
      expect(await team.setRoles(lien, await seen(lien), BOTH)).toBe('not_yours');
      expect(await team.setDisabled(lien, await seen(samir), true)).toBe('not_yours');
      expect(await team.withdraw(lien, 'x'.repeat(43))).toBe('not_yours');
      expect([await records.list('invitation'), await acts()]).toEqual([[], []]);
    });
  });
}
