import { readEntry } from '@clbchat/server/records/audit.rules';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { begins, cookieOf, post, said, type Begun, type Request } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

const ELSEWHERE = 'https://weer.thief.example/';

let service: TestService;
let noor: Begun;
beforeEach(async () => {
  service = await startService({ passkeys: true });
  noor = await begins(service);
  await service.advance(service.limits.stepUpMs); // who copied her cookie never showed anything
});
afterEach(() => service.stop());

interface Seen {
  readonly rev: number;
  readonly settings: { readonly schedule: object; readonly rules: object; readonly exitUrl: string };
}
const asks = (method: string, path: string, body?: object, cookie = noor.cookie) =>
  request(service, method, path, {
    headers: { ...fromOurPage(service), cookie },
    ...(body && { body: JSON.stringify(body) }),
  });
const seen = async () => said<Seen>(await asks('GET', '/api/centre/settings'));
async function saves(change: object, cookie = noor.cookie) {
  const { rev, settings } = await seen();
  const { status, body } = await asks(
    'PUT',
    '/api/centre/settings',
    { rev, settings: { ...settings, ...change } },
    cookie,
  );
  return [status, (JSON.parse(body) as { code?: string }).code];
}
const toldToChats = async () => said<{ exitUrl: string }>(await request(service, 'GET', '/api/centre/demo')).exitUrl;
const acts = async () =>
  (await service.records.audit()).entries.map((text) => readEntry(text)!).map(({ by, act }) => [by, act]);
async function shows(): Promise<string> {
  const options = said<Request>(await post(service, '/api/step-up/begin', {}, noor.cookie));
  return cookieOf(await post(service, '/api/step-up/passkey', noor.authenticator.show(options), noor.cookie));
}

test('[U95 G13] a copied cookie alone sends nobody who leaves in haste anywhere: that asks her to show that it is she', async () => {
  const [before, told, written] = [await seen(), await toldToChats(), await acts()];
  const { rules } = before.settings;
  for (const change of [{ exitUrl: ELSEWHERE }, { exitUrl: ELSEWHERE, rules: { ...rules, lengthToldMin: 31 } }])
    expect(await saves(change)).toEqual([403, 'step_up']);
  expect([await seen(), await toldToChats(), await acts()]).toEqual([{ ...before }, told, written]);
  noor = { ...noor, cookie: await shows() };
  expect(await saves({ exitUrl: ELSEWHERE })).toEqual([200, undefined]);
  expect([await toldToChats(), (await acts()).at(-1)]).toEqual([ELSEWHERE, [noor.account, 'exit_changed']]);
});

test('[U95] hours and rules ask for nothing, and what is wrong with them is said first', async () => {
  const { schedule, rules } = (await seen()).settings;
  expect(await saves({ schedule: { ...schedule, holidays: 'open' } })).toEqual([200, undefined]);
  expect(await saves({ rules: { ...rules, lengthToldMin: 31 } })).toEqual([200, undefined]);
  expect((await acts()).at(-1)).toEqual([noor.account, 'settings_changed']);
  expect(await saves({ exitUrl: 'http://no.example' })).toEqual([422, 'refused']);
});

test('[U95 A4] both at once are one act, which names both, and who saved is named for a clash after either', async () => {
  noor = { ...noor, cookie: await shows() };
  const old = await seen();
  const rules = { ...old.settings.rules, lengthToldMin: 31 };
  for (const [change, act] of [
    [{ exitUrl: ELSEWHERE, rules }, 'settings_and_exit_changed'],
    [{ exitUrl: 'https://www.vrt.be/' }, 'exit_changed'],
  ] as const) {
    expect(await saves(change)).toEqual([200, undefined]);
    expect((await acts()).at(-1)).toEqual([noor.account, act]);
    const late = await asks('PUT', '/api/centre/settings', { rev: old.rev, settings: old.settings });
    expect([late.status, (JSON.parse(late.body) as { by: string }).by]).toEqual([409, 'Noor']);
  }
});

test('[U95 T12] every other coordinator is shown it until she saw it', async () => {
  const els = await begins(service, { purpose: 'recover', name: 'Els' });
  noor = { ...noor, cookie: await shows() };
  await saves({ exitUrl: ELSEWHERE });
  const newTo = async (cookie: string) =>
    said<{ news: { act: string; by: string }[] }>(await asks('GET', '/api/team', undefined, cookie)).news;
  expect((await newTo(els.cookie))[0]).toMatchObject({ act: 'exit_changed', by: noor.account });
  expect((await newTo(noor.cookie)).map(({ act }) => act)).not.toContain('exit_changed');
});
