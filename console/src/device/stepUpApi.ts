import { startAuthentication, type PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser';
import type { NotShown, ShowsAgain } from '../model/stepUp.ts';

const SIGNED_OUT = 401;
const TOO_FAST = 429;
const BROKEN_FROM = 500;
const no = (why: NotShown) => ({ ok: false, why }) as const;

/**
 * Showing again by a passkey of hers that it is she. An answer that was lost on its way leaves her the session that she has,
 * which the service knows for a minute longer: she shows it once more.
 *
 * @param onShown what is left of her session from then on, in ms
 */
export function showsByPasskey(fetchFrom: typeof fetch, onShown: (leftMs: number) => void): ShowsAgain {
  async function ask(path: string, body: unknown): Promise<{ ok: true; said: unknown } | ReturnType<typeof no>> {
    const headers = { 'content-type': 'application/json', 'x-clb': '1' };
    const how: RequestInit = { method: 'POST', headers, credentials: 'same-origin', body: JSON.stringify(body) };
    try {
      const answer = await fetchFrom(`/api/step-up/${path}`, how);
      if (answer.ok) return { ok: true, said: await answer.json() };
      if (answer.status === SIGNED_OUT) return no('over');
      return no(answer.status === TOO_FAST || answer.status >= BROKEN_FROM ? 'unreachable' : 'refused');
    } catch {
      return no('unreachable');
    }
  }
  return {
    by: 'passkey',
    async show() {
      const begun = await ask('begin', {});
      if (!begun.ok) return begun;
      const optionsJSON = begun.said as PublicKeyCredentialRequestOptionsJSON;
      const shown = await startAuthentication({ optionsJSON }).catch(() => null);
      if (!shown) return no('stopped');
      const { clientDataJSON: clientData, authenticatorData: authenticator, signature, userHandle } = shown.response;
      const user = userHandle ?? '';
      const done = await ask('passkey', { id: shown.id, clientData, authenticator, signature, user });
      if (!done.ok) return done;
      const { leftMs } = Object(done.said) as { leftMs?: unknown };
      if (typeof leftMs === 'number') onShown(leftMs);
      return { ok: true };
    },
  };
}
