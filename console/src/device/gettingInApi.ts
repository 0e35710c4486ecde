import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type { Done, GettingInPorts, MadePasskey, Me, OwnKeys, Refused, Seed } from '../model/gettingInPorts.ts';
import { signsOutUnlessHolding } from './signsOut.ts';
import type { OwnSessions } from '../model/session.ts';

const headers = { 'content-type': 'application/json', 'x-clb': '1' };

/** What the service takes of a passkey that was made. */
interface Sent extends MadePasskey {
  readonly clientData: string;
  readonly attestation: string;
}

/** She stopped, or no browser like this one brings any. */
const noneCame = () => ({ ok: false, why: browserSupportsWebAuthn() ? 'stopped' : 'no_passkeys' }) as const;
const done = <Value>(value: Value): Done<Value> => ({ ok: true, value });
const SIGNED_OUT = 401;
/** Of a new password. */
const BAD: Readonly<Record<string, 'login' | 'short' | 'easy' | 'common' | 'name_in_it'>> = {
  login: 'login',
  short: 'short',
  easy: 'easy',
  common: 'common',
  name: 'name_in_it',
};
const WHY: Readonly<Record<string, Exclude<Refused['why'], 'too_fast'>>> = {
  gone: 'gone',
  full: 'full',
  stage: 'last',
  not_yours: 'refused',
  malformed: 'refused',
  step_up: 'step_up',
  no_cert: 'over',
};
/** That it was done is all that there is to say. */
async function nothing(asked: Promise<Done<unknown>>): Promise<Done<null>> {
  const answer = await asked;
  return answer.ok ? done(null) : answer;
}
/** A wait that the service does not name. */
const WAIT_MS = 1_000;

/** The doors of who gets in by what only she has, and what the browser does for them. */
// over 80 lines because each door is a few lines, and all are of one matter
export function createGettingInApi(
  fetchFrom: typeof fetch,
  sessions: OwnSessions,
): Omit<GettingInPorts, 'keepsCookies'> {
  async function ask<Value>(path: string, body?: unknown): Promise<Done<Value>> {
    const how =
      body === undefined ? { headers: { 'x-clb': '1' } } : { method: 'POST', headers, body: JSON.stringify(body) };
    try {
      const answer = await fetchFrom(`/api/${path}`, { ...how, credentials: 'same-origin' });
      const said = (await answer.json()) as Value & { code?: string; why?: string; waitMs?: number };
      if (answer.ok) return done(said);
      if (answer.status === 429) return { ok: false, why: 'too_fast', waitMs: said.waitMs ?? WAIT_MS };
      if (said.code === 'refused') return { ok: false, why: BAD[said.why ?? ''] ?? 'refused' };
      return { ok: false, why: WHY[said.code ?? ''] ?? 'unreachable' };
    } catch {
      return { ok: false, why: 'unreachable' };
    }
  }
  /** Whatever the browser says: that she stopped and that it cannot look the same on purpose. */
  async function make(path: string, body: unknown): Promise<Done<Sent>> {
    const options = await ask<PublicKeyCredentialCreationOptionsJSON>(path, body);
    if (!options.ok) return options;
    try {
      const { id, response } = await startRegistration({ optionsJSON: options.value });
      const { clientDataJSON: clientData, attestationObject: attestation, transports = [] } = response;
      return done({ id, clientData, attestation, transports });
    } catch (error) {
      const isThere = error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED';
      return isThere ? { ok: false, why: 'there' } : noneCame();
    }
  }
  return {
    sessions,
    async me() {
      const answer = await fetchFrom('/api/session', { headers: { 'x-clb': '1' }, credentials: 'same-origin' });
      if (answer.status !== 401 && !answer.ok) throw new Error('nobody can say');
      const found = answer.ok ? ((await answer.json()) as Me) : null;
      return found && (found.method as string) !== 'demo' ? found : null;
    },
    async look(token) {
      const found = await ask('begin/look', { token });
      return found.ok ? done(null) : found;
    },
    make: (token, name, has) =>
      make('begin/passkey', { token, name, ...(has && { has: { id: has.id, transports: has.transports } }) }),
    async finish(token, name, passkeys, codes) {
      const begun = await ask<Me & { readonly codes: readonly string[] }>('begin/finish', {
        token,
        name,
        passkeys,
        codes,
      });
      return begun.ok ? done({ me: begun.value, codes: begun.value.codes }) : begun;
    },
    async withPasskey() {
      const options = await ask<PublicKeyCredentialRequestOptionsJSON>('sign-in/begin', {});
      if (!options.ok) return options;
      const shown = await startAuthentication({ optionsJSON: options.value }).catch(() => null);
      if (!shown) return noneCame();
      const { clientDataJSON: clientData, authenticatorData: authenticator, signature, userHandle } = shown.response;
      return ask<Me>('sign-in/passkey', { id: shown.id, clientData, authenticator, signature, user: userHandle });
    },
    withCode: (code) => ask<Me>('sign-in/code', { code }),
    async passwords() {
      const how: RequestInit = { headers: { 'x-clb': '1' }, credentials: 'same-origin' };
      return (await fetchFrom('/api/password', how).catch(() => null))?.status === SIGNED_OUT;
    },
    password: () => ask<{ readonly login: string | null }>('password'),
    withPassword: (login, password) => nothing(ask('sign-in/password', { login, password })),
    withTotp: (code) => ask<Me>('sign-in/totp', { code }),
    async beginPassword(login, password) {
      const begun = await ask<Seed>('password/begin', { login, password });
      return !begun.ok && begun.why === 'full' ? { ok: false, why: 'taken' } : begun;
    },
    async confirmPassword(code) {
      const kept = await ask('password/confirm', { code });
      // the page of an address that opens nothing is another matter
      return !kept.ok && kept.why === 'gone' ? { ok: false, why: 'late' } : nothing(Promise.resolve(kept));
    },
    removePassword: () => nothing(ask('password/remove', {})),
    keys: () => ask<OwnKeys>('passkeys'),
    async add() {
      const made = await make('passkeys/begin', {});
      if (!made.ok) return made;
      const added = await ask<{ readonly session: Me }>('passkeys/add', made.value);
      return added.ok ? done(added.value.session) : added;
    },
    remove: (id) => ask<OwnKeys>('passkeys/remove', { id }),
    async newCodes() {
      const made = await ask<{ readonly codes: readonly string[] }>('passkeys/codes', {});
      return made.ok ? done(made.value.codes) : made;
    },
    signOut: () => signsOutUnlessHolding(fetchFrom),
  };
}
