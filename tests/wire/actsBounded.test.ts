import { ACTS, isTooMuch, linkTo, readEntry, SHELL, type Acted } from '@clbchat/server/records/audit.rules';
import { act } from '@clbchat/server/records/acts.store';
import { afterEach, expect, test, vi } from 'vitest';
import { begins, post } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());

const AN_HOUR_MAX = 200;
const HOUR_MS = 3_600_000;

/** So many new codes in her name, as if her page had asked for them. */
async function acts(by: string, times: number, which: Acted['act'] = 'codes_made') {
  const acted = { by, act: which, about: by } as const;
  for (let n = 0; n < times; n += 1) await act(service.records, service.clock.nowMs(), [], acted);
}

test('[A25] nobody writes the log full: after so many acts of an hour the next one is refused, and nothing happens', async () => {
  service = await startService({ passkeys: true });
  const { account, cookie } = await begins(service);
  const makes = () => post(service, '/api/passkeys/codes', {}, cookie);
  await acts(account, AN_HOUR_MAX - 1);
  expect((await makes()).status).toBe(200);
  const before = await service.records.dump();
  const refused = await makes();
  expect([refused.status, JSON.parse(refused.body)]).toEqual([429, { code: 'too_fast' }]);
  expect(await service.records.dump()).toEqual(before);
  // the shell, and a colleague, are not kept from anything
  await acts(SHELL, AN_HOUR_MAX + 1);
  const lien = await begins(service, { purpose: 'recover', name: 'Lien' });
  expect((await post(service, '/api/passkeys/codes', {}, lien.cookie)).status).toBe(200);
});

test('[A25] what takes a right away is never refused, and after the hour she acts again', async () => {
  service = await startService({ passkeys: true });
  const { account, cookie } = await begins(service);
  const lien = await begins(service, { purpose: 'recover', name: 'Lien' });
  await acts(account, AN_HOUR_MAX);
  const people = await request(service, 'GET', '/api/team', { headers: { ...fromOurPage(service), cookie } });
  const { rev } = (JSON.parse(people.body) as { people: { id: string; rev: number }[] }).people.find(
    ({ id }) => id === lien.account,
  )!;
  const says = { account: lien.account, rev, disabled: true };
  expect((await post(service, '/api/team/disable', says, cookie)).status).toBe(200);
  const last = (await service.records.audit()).entries.at(-1) ?? '';
  expect(readEntry(last)).toMatchObject({ by: account, act: 'account_disabled', about: lien.account });
  expect((await post(service, '/api/passkeys/codes', {}, cookie)).status).toBe(429);
  await service.advance(HOUR_MS);
  await acts(account, 1);
});

test('[A25] however much others do in between, and nothing of an hour ago or more is read for it', async () => {
  service = await startService({ passkeys: true });
  const { account, cookie } = await begins(service);
  const makes = () => post(service, '/api/passkeys/codes', {}, cookie);
  await acts(account, AN_HOUR_MAX);
  await acts(SHELL, 5 * AN_HOUR_MAX);
  expect((await makes()).status).toBe(429);
  await service.advance(HOUR_MS);
  const newest = vi.spyOn(service.records, 'newest');
  await acts(account, 1);
  expect(
    (await Promise.all(newest.mock.results.map(({ value }) => value))).map(({ entries }) => entries.length),
  ).toEqual([256]);
});

test('[A25] who has a session and nothing else spends none of what a way in or a right needs', async () => {
  service = await startService({ passkeys: true });
  const { account, cookie } = await begins(service);
  for (const which of ['settings_changed', 'door_opened', 'answers_changed', 'device_signed'] as const)
    await acts(account, AN_HOUR_MAX, which);
  expect((await post(service, '/api/passkeys/codes', {}, cookie)).status).toBe(200);
  await acts(account, AN_HOUR_MAX - 1);
  expect((await post(service, '/api/passkeys/codes', {}, cookie)).status).toBe(429);
});

test('[A25] an entry of a clock that is behind ends the hour for nobody', () => {
  const [nowMs, act] = [10 * HOUR_MS, { by: 'noor', act: 'codes_made', about: 'noor' } as const];
  const entry = (atMs: number, acted: Acted) => linkTo('', atMs, acted).text;
  const hers = Array.from({ length: AN_HOUR_MAX }, () => entry(nowMs - 1, act));
  const late = entry(nowMs - HOUR_MS - 1, { ...act, by: SHELL });
  expect(isTooMuch([...hers, late], nowMs, act)).toBe(true);
  expect(isTooMuch([...hers, ...Array.from({ length: 16 }, () => late)], nowMs, act)).toBe(false);
});

const GIVE_OR_CHANGE = [
  ...(['settings_changed', 'door_opened', 'passkey_added', 'codes_made', 'password_set', 'identity_linked'] as const),
  ...(['made_coordinator', 'made_both', 'account_enabled', 'person_invited', 'device_signed', 'issuer_made'] as const),
  ...(['sites_changed', 'exit_changed', 'settings_and_exit_changed', 'identity_confirmed'] as const),
  ...(['answers_changed'] as const),
];
test('[A25] that is so for each thing that gives a right or changes what visitors meet, and for no other', () => {
  const bounded = ACTS.filter((which) => {
    const acted = { by: 'noor', act: which, about: 'noor' } as const;
    return isTooMuch(
      Array.from({ length: AN_HOUR_MAX }, () => linkTo('', HOUR_MS, acted).text),
      HOUR_MS,
      acted,
    );
  });
  expect(bounded.toSorted()).toEqual(GIVE_OR_CHANGE.toSorted());
});
