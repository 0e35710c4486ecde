import {
  browserSupportsWebAuthn,
  startAuthentication,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type { NotShown, Showing, ShowsAgain, Way } from '../model/stepUp.ts';

const SIGNED_OUT = 401;
const TOO_FAST = 429;
const BROKEN_FROM = 500;
const no = (why: NotShown) => ({ ok: false, why }) as const;
type Said<Value> = { readonly ok: true; readonly said: Value } | ReturnType<typeof no>;

/** The session that took the place of hers. */
export interface GoesOn {
  readonly binding: string;
  /** what is left of it, in ms */
  readonly leftMs: number;
}

/**
 * Showing again that it is she, by what her account has. An answer that was lost on its way leaves her the session that she has,
 * which the service knows for a minute longer: she shows it once more.
 *
 * @param onGoing told while the service is asked for another session, and not while she looks for her passkey or types; null
 *   comes of it where hers stays what it was
 */
export function createStepUpApi(
  fetchFrom: typeof fetch,
  onGoing: (asked: Promise<GoesOn | null>) => void | Promise<unknown>,
): ShowsAgain {
  async function ask<Value>(path: string, body?: unknown): Promise<Said<Value>> {
    const headers = { 'x-clb': '1', ...(body !== undefined && { 'content-type': 'application/json' }) };
    const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    try {
      const answer = await fetchFrom(`/api/step-up${path}`, { headers, credentials: 'same-origin', ...post });
      const said = (await answer.json()) as Value & { readonly waitMs?: unknown };
      if (answer.ok) return { ok: true, said };
      if (answer.status === SIGNED_OUT) return no('over');
      if (answer.status === TOO_FAST && typeof said.waitMs === 'number') return no({ waitMs: said.waitMs });
      const isTheirs = answer.status === TOO_FAST || answer.status >= BROKEN_FROM;
      return no(isTheirs ? 'unreachable' : path === '/password' ? 'wrong' : 'refused');
    } catch {
      return no('unreachable');
    }
  }
  async function goesOn(path: string, body: unknown) {
    const asked = ask<GoesOn>(path, body);
    await onGoing(asked.then((done) => (done.ok ? done.said : null)));
    const done = await asked;
    return done.ok ? ({ ok: true } as const) : done;
  }
  async function byPasskey() {
    const begun = await ask<PublicKeyCredentialRequestOptionsJSON>('/begin', {});
    if (!begun.ok) return begun;
    const shown = await startAuthentication({ optionsJSON: begun.said }).catch(() => null);
    if (!shown) return no(browserSupportsWebAuthn() ? 'stopped' : 'no_passkeys');
    const { clientDataJSON: clientData, authenticatorData: authenticator, signature, userHandle } = shown.response;
    return goesOn('/passkey', { id: shown.id, clientData, authenticator, signature, user: userHandle ?? '' });
  }
  return {
    async ways() {
      const found = await ask<{ readonly ways: readonly Way[] }>('');
      return found.ok ? { ok: true, ways: found.said.ways } : found;
    },
    show: (showing: Showing) =>
      showing.by === 'password' ? goesOn('/password', { password: showing.password, code: showing.code }) : byPasskey(),
  };
}
