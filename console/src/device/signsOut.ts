import { loadAnew } from './browser.ts';

/** Told over a reload, which drops everything of whoever worked here. */
export const SIGNED_OUT_HERE = '#afgemeld';
/** The service's word where it could not note it: it holds at one process only [N17]. Any other failure ended nothing. */
const NOT_NOTED = 'here_only';
/** The service's word where somebody chats with her still. */
const HOLDING = 'stage';

/**
 * Signs out at one of the two doors, and loads the page anew. Where no answer came, or it was refused, nobody is signed out:
 * then the page stays as it is [G73]. It goes on where she closes the page in the same breath, as at the end of a working day:
 * so nothing is asked before it [G74].
 *
 * @returns `still_in` where it did not come about
 */
export async function signsOut(fetchFrom: typeof fetch, path: string): Promise<'still_in' | undefined> {
  return (await leaves(fetchFrom, path, {})) === 'out' ? undefined : 'still_in';
}

/** The same where she may hold conversations that this page knows nothing of: the service looks, in the same request [G49]. */
export const signsOutUnlessHolding = (fetchFrom: typeof fetch): Promise<'out' | 'holding' | 'still_in'> =>
  leaves(fetchFrom, '/api/sign-out', { unlessHolding: true });

async function leaves(fetchFrom: typeof fetch, path: string, asked: object) {
  const headers = { 'content-type': 'application/json', 'x-clb': '1' };
  const body = JSON.stringify(asked);
  const how: RequestInit = { method: 'POST', headers, credentials: 'same-origin', body, keepalive: true };
  const answer = await fetchFrom(path, how).catch(() => null);
  if (!answer?.ok) {
    const code = answer && (await codeOf(answer));
    if (code === HOLDING) return 'holding';
    if (code !== NOT_NOTED) return 'still_in';
    location.hash = SIGNED_OUT_HERE;
  }
  loadAnew();
  return 'out';
}

const codeOf = (answer: Response): Promise<unknown> =>
  answer.json().then(
    (said: unknown) => (Object(said) as { code?: unknown }).code,
    () => undefined,
  );
