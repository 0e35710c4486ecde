/**
 * Where the service is: this page's own origin, or a host of its own that the file beside the page names. Asked once, before the
 * first request; a page that got no answer asks again with the next one.
 */
let found: string | null = null;
/** Where the chat is, as the same file says it: this page's own host is believed, the service is not. */
let chat: string | null = null;

async function whereIs(): Promise<string> {
  if (found !== null) return found;
  const answer = await fetch('/console/site.json', { credentials: 'omit', cache: 'no-store' });
  if (!answer.ok) throw new TypeError('the page does not say where the service is');
  const { relay, chat: named } = Object(await answer.json()) as { relay?: unknown; chat?: unknown };
  chat = typeof named === 'string' ? named : null;
  return (found = typeof relay === 'string' ? relay : '');
}

/** For sockets, which come after a request: empty is the page's own. */
export const relayOrigin = (): string => found ?? '';

/** The question whether she is signed in: what it answers is looked at by whoever asks it. */
const SESSION = '/api/session';
const followers = new Set<() => void>();

/** Runs when the service answered that nobody is signed in to who only looked: a page says that itself where she pressed. */
export const onNobody = (run: () => void): void => void followers.add(run);

/**
 * `fetch` for paths of the service. A host of its own is told the cookie that it set, and nobody else is.
 *
 * @throws TypeError as `fetch` does
 */
export const fetchRelay: typeof fetch = async (path, init) => {
  const relay = await whereIs();
  const at = typeof path === 'string' ? path : new URL(path instanceof URL ? path : path.url).pathname;
  const answer = relay === '' ? fetch(path, init) : fetch(`${relay}${at}`, { ...init, credentials: 'include' });
  const { status } = await answer;
  if (status === 401 && at !== SESSION && (init?.method ?? 'GET') === 'GET') for (const run of followers) run();
  return answer;
};

/** Where one process serves all it is the demonstration [I1]. Nobody reads that it is one where nobody said where the service is. */
export const isDemonstration = (): Promise<boolean> =>
  whereIs().then(
    (relay) => relay === '',
    () => false,
  );

/** What this page's own host says of the centre. @throws TypeError as `fetch` does */
export async function ownHost(): Promise<{ readonly demo: boolean; readonly chat: string | null }> {
  return { demo: (await whereIs()) === '', chat };
}
