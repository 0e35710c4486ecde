import type { Answer } from '../model/devices.ts';

const headers = { 'content-type': 'application/json', 'x-clb': '1' };
const SIGNED_OUT = 401;

/** The demonstration's signer: what it signs in Noor's name counts once it was handed in. */
export const createDemoSigner =
  (fetchFrom: typeof fetch) =>
  async (asked: { readonly id: string; readonly name: string; readonly site: string }): Promise<Answer<string>> => {
    const how: RequestInit = { method: 'POST', headers, credentials: 'same-origin', body: JSON.stringify(asked) };
    const answer = await fetchFrom('/api/demo/sign-device', how).catch(() => null);
    if (answer?.status === SIGNED_OUT) return { ok: false, why: 'over' };
    const { chain, code } = Object(await answer?.json().catch(() => null)) as { chain?: unknown; code?: unknown };
    if (answer?.ok && typeof chain === 'string') return { ok: true, value: chain };
    return { ok: false, why: typeof code === 'string' ? code : 'unreachable' };
  };
