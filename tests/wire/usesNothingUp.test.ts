import { accountsOf } from '@clbchat/server/accounts/accounts.store';
import { memoryRecords } from '@clbchat/server/records/records.model';
import type { RecordsStore, Kind } from '@clbchat/server/records/records.store';
import { afterEach, expect, test } from 'vitest';
import { createAuthenticator, type Made } from '../support/authenticator.ts';
import { begins, beginsSignIn, cookieOf, post, said, signsIn } from '../support/gettingIn.ts';
import type { Begun, Creation, Request } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let noor: Begun;
afterEach(() => service.stop());

/** What happens once, just before a row of this kind is looked up for the n-th time, or (`write`) a credential written. */
interface Hook {
  at: { readonly kind: Kind; nth: number } | 'write' | null;
  run: () => Promise<unknown>;
}
async function hooked(): Promise<Hook> {
  const hook: Hook = { at: null, run: async () => undefined };
  const goes = () => ((hook.at = null), hook.run());
  const around = (under: RecordsStore): RecordsStore => ({
    ...under,
    async get(name) {
      if (hook.at && hook.at !== 'write' && hook.at.kind === name.kind && (hook.at.nth -= 1) === 0) await goes();
      return under.get(name);
    },
    async write(changes, entry) {
      if (hook.at === 'write' && changes.some(({ kind }) => kind === 'credential')) await goes();
      return under.write(changes, entry);
    },
  });
  service = await startService({ passkeys: true, records: async (clock) => around(memoryRecords(clock)) });
  noor = await begins(service);
  return hook;
}
const adds = async (made: Made, cookie: string) => (await post(service, '/api/passkeys/add', made, cookie)).status;
const makes = async (cookie: string) =>
  createAuthenticator(service.origin).make(said<Creation>(await post(service, '/api/passkeys/begin', {}, cookie)));
const shows = async (shown: object, cookie: string) =>
  (await post(service, '/api/step-up/passkey', shown, cookie)).status;
/** Another session of hers, who just showed that it is she. */
const elsewhere = async () => cookieOf(await signsIn(service, noor.authenticator.show));
const signsOut = (cookie: string) => () => post(service, '/api/sign-out', {}, cookie);

test('[G91] who has as many passkeys as one may takes one away, and the one that she made is kept then', async () => {
  await hooked();
  for (let n = 1; n < service.limits.passkeysMax; n += 1)
    expect(await adds(await makes(noor.cookie), noor.cookie)).toBe(200);
  const made = await makes(noor.cookie);
  expect(await adds(made, noor.cookie)).toBe(409);
  const headers = { ...fromOurPage(service), cookie: noor.cookie };
  const { passkeys } = said<{ passkeys: { id: string }[] }>(
    await request(service, 'GET', '/api/passkeys', { headers }),
  );
  await post(service, '/api/passkeys/remove', { id: passkeys[3]!.id }, noor.cookie);
  expect([await adds(made, noor.cookie), await adds(made, noor.cookie)]).toEqual([200, 403]);
});

test('[G91] what is made or shown to a session that ends meanwhile counts in another of hers', async () => {
  const hook = await hooked();
  const [first, second, third] = [noor.cookie, await elsewhere(), await elsewhere()];
  const made = await makes(first);
  Object.assign(hook, { at: { kind: 'credential', nth: 1 }, run: signsOut(first) });
  expect([await adds(made, first), hook.at, await adds(made, third)]).toEqual([401, null, 200]);

  const options = said<Request>(await post(service, '/api/step-up/begin', {}, second));
  const shown = noor.authenticator.show(options);
  Object.assign(hook, { at: { kind: 'session', nth: 2 }, run: signsOut(second) });
  expect([await shows(shown, second), hook.at, await shows(shown, third)]).toEqual([403, null, 200]);
});

test('[G91] nor does what somebody shows to sign in while her account works here no more', async () => {
  await hooked();
  const { options, cookie } = await beginsSignIn(service);
  const shown = noor.authenticator.show(options);
  const signs = async () => (await post(service, '/api/sign-in/passkey', shown, cookie)).status;
  const works = async (disabled: boolean) => {
    const row = (await service.records.get({ kind: 'account', id: noor.account }))!;
    const text = JSON.stringify({ ...JSON.parse(row.text), disabled });
    await service.records.write([{ kind: 'account', id: noor.account, rev: row.rev, text }], null);
    expect((await accountsOf(service.records, service.clock.nowMs).get(noor.account as never))?.disabled).toBe(
      disabled,
    );
  };
  await works(false);
  await works(true);
  expect(await signs()).toBe(403);
  await works(false);
  expect([await signs(), await signs()]).toEqual([200, 403]);
});

test.each(['sign-in', 'step-up', 'adding'] as const)(
  '[G91] what is right and thought anew, as something came between, counts all the same (%s)',
  async (what) => {
    const hook = await hooked();
    const { options, cookie } = await beginsSignIn(service);
    const asked = said<Request>(await post(service, '/api/step-up/begin', {}, noor.cookie));
    const made = await makes(noor.cookie);
    hook.run = async () => {
      const { rev, text, ...name } = (await service.records.get({ kind: 'credential', id: noor.account }))!;
      await service.records.write([{ ...name, rev, text }], null);
    };
    hook.at = 'write';
    const { authenticator } = noor;
    const status = {
      'sign-in': async () => (await post(service, '/api/sign-in/passkey', authenticator.show(options), cookie)).status,
      'step-up': () => shows(authenticator.show(asked), noor.cookie),
      adding: () => adds(made, noor.cookie),
    }[what];
    expect([await status(), hook.at]).toEqual([200, null]);
  },
);
