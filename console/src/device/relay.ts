/**
 * Where the service is: this page's own origin, or a host of its own that the file beside the page names. Asked once, before the
 * first request; a page that got no answer asks again with the next one.
 */
let found: string | null = null;

async function whereIs(): Promise<string> {
  if (found !== null) return found;
  const answer = await fetch('/console/site.json', { credentials: 'omit', cache: 'no-store' });
  if (!answer.ok) throw new TypeError('the page does not say where the service is');
  const { relay } = Object(await answer.json()) as { relay?: unknown };
  return (found = typeof relay === 'string' ? relay : '');
}

/** For sockets, which come after a request: empty is the page's own. */
export const relayOrigin = (): string => found ?? '';

/**
 * `fetch` for paths of the service. A host of its own is told the cookie that it set, and nobody else is.
 *
 * @throws TypeError as `fetch` does
 */
export const fetchRelay: typeof fetch = async (path, init) => {
  const relay = await whereIs();
  if (relay === '') return fetch(path, init);
  return fetch(`${relay}${typeof path === 'string' ? path : new URL(path instanceof URL ? path : path.url).pathname}`, {
    ...init,
    credentials: 'include',
  });
};

/** Where one process serves all it is the demonstration [I1]. Nobody reads that it is one where nobody said where the service is. */
export const isDemonstration = (): Promise<boolean> =>
  whereIs().then(
    (relay) => relay === '',
    () => false,
  );
