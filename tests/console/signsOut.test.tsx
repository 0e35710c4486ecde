import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pressFirm } from './screen.tsx';

const loads = vi.hoisted(() => ({ times: 0 }));
vi.mock('../../console/src/device/browser.ts', async (original) => ({
  ...(await original<object>()),
  loadAnew: () => void (loads.times += 1),
}));
vi.mock('../../console/src/device/enrolled.ts', async (original) => ({
  ...(await original<object>()),
  enrolled: async () => ({
    ...{ who: 'a', account: 'a', binding: 'b', roles: ['counsellor'], name: 'Lien', site: 'Noord', chain: '' },
    endsMs: null,
  }),
}));
const { createGettingInApi } = await import('../../console/src/device/gettingInApi.ts');
const { signsOut } = await import('../../console/src/device/signsOut.ts');
const { createPlaces } = await import('../../console/src/model/places.ts');
const { realDesk } = await import('../../console/src/realDesk.tsx');
const { PagesScreen } = await import('../../console/src/ui/PagesScreen.tsx');

const STILL_IN = 'Afmelden lukte niet. Je bent nog aangemeld. Probeer het straks opnieuw.';
const own = { list: async () => [], end: async () => [] };
beforeEach(() => {
  loads.times = 0;
  location.hash = '';
});
afterEach(() => {
  cleanup();
  location.hash = '';
});

type Answers = () => Promise<Response>;
const asking = (answers: Answers, asked: string[] = []) =>
  (async (path: string) => {
    if (!path.endsWith('/sign-out')) throw new TypeError('no');
    asked.push(path);
    return answers();
  }) as unknown as typeof fetch;
/** Each way to sign out. */
const ways: Readonly<Record<string, (answers: Answers) => Promise<unknown>>> = {
  'at the demonstration': (answers) => signsOut(asking(answers), '/api/demo/sign-out'),
  'at a desk': async (answers) => (await realDesk({} as IDBDatabase, asking(answers)))!.ports.signOut(),
  'where her own keys are': (answers) => createGettingInApi(asking(answers), own).signOut(),
};

for (const [where, signOut] of Object.entries(ways))
  test(`[G73 N17] signing out ${where} loads the page anew when it came about, and says where it holds at one process only`, async () => {
    await signOut(async () => new Response(null, { status: 204 }));
    expect([loads.times, location.hash]).toEqual([1, '']);
    await signOut(async () => new Response('{"code":"here_only"}', { status: 500 }));
    expect([loads.times, location.hash]).toEqual([2, '#afgemeld']);
    location.hash = '';
    const lost: Answers[] = [
      async () => new Response('{"code":"unavailable"}', { status: 500 }),
      async () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
      async () => Promise.reject(new TypeError('no network')),
      async () => new Response('{"code":"not_yours"}', { status: 403 }),
      async () => new Response(null, { status: 503 }),
    ];
    for (const answers of lost) expect(await signOut(answers)).toBe('still_in');
    expect([loads.times, location.hash]).toEqual([2, '']);
  });

test('[G73 D38] a coordinator whose signing out was lost reads on her page that she is still in, with the focus where she was', async () => {
  const nobody = signal(null);
  const me = signal({ who: 'a', name: 'Els', roles: ['coordinator'] } as never);
  const page = async () => () => null;
  const places = createPlaces(nobody, {
    hours: page,
    sites: page,
    team: page,
    devices: page,
    audit: page,
    figures: page,
  });
  const session = { me, endsMs: signal(null), renew: async () => false, signOut: async () => 'still_in' as const };
  render(<PagesScreen session={session} own={own} places={places} nowMs={signal(0)} />);
  fireEvent.click(screen.getByRole('button', { name: /Els/ }));
  await pressFirm(await screen.findByRole('button', { name: 'Meld af' }));
  await waitFor(() => expect(screen.getByRole('alert').textContent).toBe(STILL_IN));
  expect(document.activeElement).toBe(screen.getByRole('button', { name: /Els/ }));
});
