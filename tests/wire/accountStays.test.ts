import { afterEach, beforeEach, expect, test } from 'vitest';
import { begins, post, said } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeEach(async () => {
  service = await startService({ passkeys: true });
});
afterEach(() => service.stop());

interface Team {
  readonly people: readonly { readonly id: string; readonly rev: number }[];
}

test('[T8] of an account that is blocked all stays but its sessions, as docs/privacy.md says: nothing removes it', async () => {
  const noor = await begins(service);
  const els = await begins(service, { purpose: 'recover', name: 'Els' });
  const hers = async () => {
    const { rows } = await service.records.dump();
    const mine = rows.filter(({ id, text }) => id === els.account || text.includes(els.account));
    return mine.map(({ kind, text }) => `${kind} ${text.replace('"disabled":true', '"disabled":false')}`).toSorted();
  };
  const before = await hers();
  expect(before.map((row) => row.split(' ')[0])).toEqual(['account', 'credential', 'session', 'signIn']);
  const team = said<Team>(
    await request(service, 'GET', '/api/team', { headers: { ...fromOurPage(service), cookie: noor.cookie } }),
  );
  const { rev } = team.people.find(({ id }) => id === els.account)!;
  said(await post(service, '/api/team/disable', { account: els.account, rev, disabled: true }, noor.cookie));
  expect(await hers()).toEqual(before.filter((row) => !row.startsWith('session ')));
});
