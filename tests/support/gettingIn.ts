import { SHELL } from '@clbchat/server/records/audit.rules';
import { accountsOf } from '@clbchat/server/accounts/accounts.store';
import { tokensOf, type Purpose } from '@clbchat/server/accounts/tokens.store';
import type { RecordsStore } from '@clbchat/server/records/records.store';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { createAuthenticator, type Authenticator, type Made, type Shown } from './authenticator.ts';
import { fromOurPage, request, type Answer } from './request.ts';
import type { TestService } from './service.ts';

export type Creation = PublicKeyCredentialCreationOptionsJSON;
export type Request = PublicKeyCredentialRequestOptionsJSON;

/** A POST of one of our own pages, with a JSON body. */
export const post = (service: TestService, path: string, body: unknown = {}, cookie?: string): Promise<Answer> =>
  request(service, 'POST', path, { headers: { ...fromOurPage(service), cookie }, body: JSON.stringify(body) });

/** What an answer says, which has to be a good one. */
export function said<What>({ status, body }: Answer): What {
  if (status !== 200) throw new Error(`answered ${status}: ${body}`);
  return JSON.parse(body) as What;
}

/** The cookie that an answer sets, as a browser sends it back. */
export function cookieOf({ headers }: Answer): string {
  const [set = ''] = headers['set-cookie'] ?? [];
  return set.split(';')[0] ?? '';
}

/** What a one-time address has behind its `#`, as the shell prints it. */
export async function addressOf({ records, clock, limits }: TestService, purpose: Purpose = 'setup'): Promise<string> {
  const accounts = accountsOf(records, clock.nowMs);
  const made = await tokensOf({ records, accounts, nowMs: clock.nowMs, limits }).make(purpose, SHELL);
  if (made.is !== 'made') throw new Error('no address now');
  return made.token;
}

/** Asks for the options of a passkey at a one-time address, and makes it. */
export async function makesFirst(
  service: TestService,
  authenticator: Authenticator,
  address: { readonly token: string; readonly name?: string; readonly has?: Made },
): Promise<Made> {
  const { token, name = 'Noor', has } = address;
  const asked = { token, name, ...(has && { has: { id: has.id, transports: has.transports } }) };
  return authenticator.make(said<Creation>(await post(service, '/api/begin/passkey', asked)));
}

export interface Begun {
  readonly account: string;
  readonly cookie: string;
  readonly codes: readonly string[];
  readonly authenticator: Authenticator;
}

/** Somebody who made her account at a one-time address, with one passkey and codes. */
export async function begins(
  service: TestService,
  { purpose, name = 'Noor', counts }: { purpose?: Purpose; name?: string; counts?: boolean } = {},
): Promise<Begun> {
  const token = await addressOf(service, purpose);
  const authenticator = createAuthenticator(service.origin, { counts });
  const made = await makesFirst(service, authenticator, { token, name });
  const answer = await post(service, '/api/begin/finish', { token, name, passkeys: [made], codes: true });
  const { account, codes } = said<{ account: string; codes: string[] }>(answer);
  return { account, codes, authenticator, cookie: cookieOf(answer) };
}

/** A sign-in that has begun: what the browser is asked, and the cookie that goes with it. */
export async function beginsSignIn(service: TestService): Promise<{ options: Request; cookie: string }> {
  const answer = await post(service, '/api/sign-in/begin');
  return { options: said<Request>(answer), cookie: cookieOf(answer) };
}

export async function signsIn(service: TestService, lie: (options: Request) => Shown): Promise<Answer> {
  const { options, cookie } = await beginsSignIn(service);
  return post(service, '/api/sign-in/passkey', lie(options), cookie);
}

export async function changeAccount(records: RecordsStore, id: string, to: object): Promise<void> {
  const row = (await records.get({ kind: 'account', id }))!;
  const text = JSON.stringify({ ...(JSON.parse(row.text) as object), ...to });
  await records.write([{ kind: 'account', id, rev: row.rev, text }], null);
}
