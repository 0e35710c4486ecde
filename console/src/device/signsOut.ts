import { loadAnew } from './browser.ts';

/** Told over a reload, which drops everything of whoever worked here. */
export const SIGNED_OUT_HERE = '#afgemeld';
/** The service's word where it could not note it: it holds at one process only [N17]. Any other failure ended nothing. */
const NOT_NOTED = 'here_only';

/**
 * Signs out at one of the two doors, and loads the page anew. Where no answer came, or it was refused, nobody is signed out:
 * then the page stays as it is [G73]. It goes on where she closes the page in the same breath, as at the end of a working day [G74].
 *
 * @returns `still_in` where it did not come about
 */
export async function signsOut(fetchFrom: typeof fetch, path: string): Promise<'still_in' | undefined> {
  const headers = { 'content-type': 'application/json', 'x-clb': '1' };
  const how: RequestInit = { method: 'POST', headers, credentials: 'same-origin', body: '{}', keepalive: true };
  const answer = await fetchFrom(path, how).catch(() => null);
  const isHereOnly = answer?.ok === false && (await codeOf(answer)) === NOT_NOTED;
  if (!answer?.ok && !isHereOnly) return 'still_in';
  if (isHereOnly) location.hash = SIGNED_OUT_HERE;
  loadAnew();
  return undefined;
}

const codeOf = (answer: Response): Promise<unknown> =>
  answer.json().then(
    (said: unknown) => (Object(said) as { code?: unknown }).code,
    () => undefined,
  );
