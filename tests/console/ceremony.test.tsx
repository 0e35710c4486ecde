import { fireEvent, screen } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import { showCeremony } from '../../console/src/ceremony.tsx';
import { setupWords as words } from '../../console/src/words/setup.ts';

afterEach(() => {
  document.adoptedStyleSheets = [];
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const own = { nowMs: Date.now(), account: 'noor', binding: 'b', devices: [], asks: [], holding: null };
const known = { ...own, pins: ['P', 'Q'], everSigned: true };
const host = { relay: 'https://relay.example', chat: 'https://chat.example' };

/** The address of the set-up, where the service answers so when it is asked who signs. */
async function opened(status: number, said: object) {
  vi.stubGlobal('fetch', async (path: string) => {
    if (path.endsWith('/console/site.json')) return Response.json(host);
    return path.endsWith('/api/devices/all') ? Response.json(said, { status }) : new Response('{}', { status: 404 });
  });
  const root = document.createElement('div');
  document.body.replaceChildren(root);
  if (!(await showCeremony(root, own))) return null;
  return (await screen.findByRole('heading', { level: 1 })).textContent;
}

test('[O51] the address of the set-up makes no roots where the centre has keys, and begins where it has none', async () => {
  expect(await opened(200, known)).toBe(words.had.title);
  expect(await opened(200, { ...known, everSigned: false })).toBe(words.explain.title);
});

test.each([503, 429])(
  '[O51] where the service answers %d nobody knows whether it has: none are made, and a press asks again',
  async (status) => {
    const reload = vi.spyOn(location, 'reload').mockReturnValue();
    expect(await opened(status, { code: 'unavailable' })).toBe(words.unheard.title);
    fireEvent.click(screen.getByRole('button', { name: words.unheard.again }));
    expect(reload).toHaveBeenCalledTimes(1);
  },
);

test('[O51] who is no coordinator and follows the address of the set-up reads nothing of it', async () => {
  expect(await opened(403, { code: 'not_yours' })).toBeNull();
  expect(document.body.textContent).toBe('');
  expect(document.adoptedStyleSheets).toEqual([]);
});
