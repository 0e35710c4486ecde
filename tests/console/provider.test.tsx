import { computed, signal } from '@preact/signals';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { pressFirm } from './screen.tsx';
import { afterEach, expect, test, vi } from 'vitest';
import { createProviderApi } from '../../console/src/device/providerApi.ts';
import { createGettingIn } from '../../console/src/model/gettingIn.ts';
import type { GettingInPorts, Me } from '../../console/src/model/gettingInPorts.ts';
import { createPlaces } from '../../console/src/model/places.ts';
import { createProvider, type Came, type Linked, type ProviderPorts } from '../../console/src/model/provider.ts';
import { createStepUp } from '../../console/src/model/stepUp.ts';
import { GettingInScreen } from '../../console/src/ui/signin/GettingInScreen.tsx';
import { noEnrolling } from './fakeEnrolment.ts';
import { noProvider } from './fakeProvider.ts';

afterEach(cleanup);

const els: Me = { name: 'Els', method: 'passkey', roles: ['coordinator'] };
const school: ProviderPorts = { ...noProvider, facts: async () => ({ name: 'de school', link: null }) };
const linked: Linked = {
  ...{ id: 'a', account: 'lien', rev: 4, name: 'Lien', made: '2026-11-26', confirmed: false },
  ...{ issuer: 'https://login.example.be/x', subject: 'abc', called: null },
};

/** The page as it is after a provider sent somebody back, or as it is opened. */
async function opened(
  ports: Partial<ProviderPorts>,
  me: Me | null,
  brought: string | null = null,
  more: Partial<GettingInPorts> = {},
) {
  const done = <Value,>(value: Value) => ({ ok: true as const, value });
  const gettingIn = {
    keepsCookies: () => true,
    me: async () => me,
    passwords: async () => false,
    password: async () => ({ ok: false, why: 'unreachable' }),
    keys: async () => done({ passkeys: [], codesLeft: 1 }),
    sessions: { list: async () => [], end: async () => [] },
    ...more,
  } as Partial<GettingInPorts> as GettingInPorts;
  const stepUp = createStepUp({ ways: async () => ({ ok: true, ways: ['click'] }), show: async () => ({ ok: true }) });
  const model = createGettingIn(gettingIn, () => 0, stepUp);
  const provider = createProvider({ ...school, ...ports }, stepUp);
  const nobody = computed(() => null);
  const page = async () => () => null;
  const pages = {
    session: { me: nobody, endsMs: signal(null), renew: async () => false, signOut: async () => undefined },
    ...{ own: gettingIn.sessions, nowMs: signal(0), ownKeys: { says: '', go: () => undefined } },
    places: createPlaces(nobody, { hours: page, sites: page, team: page, devices: page, audit: page, figures: page }),
  };
  render(<GettingInScreen model={model} pages={pages} provider={provider} enrolling={noEnrolling()} />);
  if (brought !== null) await provider.finish(brought);
  await Promise.all([model.start(null), provider.look()]);
  return { provider, stepUp };
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

test('[G35 G37] the button is there where a provider is, beside the passkey, and goes where the service says', async () => {
  const leave = vi.fn();
  await opened({ leave, begin: async () => ({ to: 'https://login.example.be/auth?a=1' }) }, null);
  const buttons = (await screen.findAllByRole('button')).map(({ textContent }) => textContent);
  expect(buttons.slice(0, 2)).toEqual(['Meld aan met je passkey', 'Meld aan met de school']);
  await pressFirm(screen.getByRole('button', { name: 'Meld aan met de school' }));
  await waitFor(() => expect(leave.mock.calls).toEqual([['https://login.example.be/auth?a=1']]));
  cleanup();
  await opened({ facts: async () => null }, null);
  await screen.findByRole('button', { name: 'Meld aan met je passkey' });
  expect(screen.queryByText(/Meld aan met de school/)).toBeNull();
  cleanup();
  await opened({ facts: async () => null }, els);
  await screen.findByText('Je passkeys');
  expect(screen.queryByText(/Koppel|gekoppeld/)).toBeNull();
});

test.each(['Meld aan met een wachtwoord', 'Meld aan met je passkey'])(
  '[G90] what went wrong at the provider goes when she goes on in another way (%s)',
  async (way) => {
    const withPasskey = async () => ({ ok: false, why: 'stopped' }) as const;
    const more = { passwords: async () => true, withPasskey };
    await opened({ finish: async () => 'refused' }, null, 'code=x&state=y', more);
    const isSaid = () => document.body.textContent.includes('Aanmelden met de school lukte niet.');
    await waitFor(() => expect(isSaid()).toBe(true));
    fireEvent.click(await screen.findByRole('button', { name: way }));
    await waitFor(() => expect(isSaid()).toBe(false));
  },
);

test.each<[Came, string, 'alert' | 'status']>([
  ['refused', 'Aanmelden met de school lukte niet.', 'alert'],
  ['unavailable', 'Aanmelden met de school lukt nu niet. Meld aan met je passkey.', 'alert'],
  ['full', 'Even wachten. Probeer opnieuw over enkele seconden.', 'alert'],
  ['silent', 'De server antwoordt niet. Probeer het straks opnieuw.', 'alert'],
  ['stopped', 'Je stopte bij de school. Je bent niet aangemeld.', 'alert'],
  ['passkey', 'Je bent er bijna. Toon nu ook je passkey.', 'status'],
])('[G35 G32] what came of it is one sentence, with the passkey beside it: %s', async (came, says, role) => {
  await opened({ finish: async () => came }, null, 'code=a&state=b');
  await screen.findByRole('button', { name: 'Meld aan met je passkey' });
  await waitFor(() =>
    expect(screen.getAllByRole(role).some(({ textContent }) => textContent?.includes(says))).toBe(true),
  );
  screen.getByRole('button', { name: 'Meld aan met de school' });
});

test('[G37 G36] where her passkeys are she links her account, reads that it waits, and that signing out is ours alone', async () => {
  let link: 'waits' | null = null;
  const begin = vi.fn<ProviderPorts['begin']>(async () => 'unavailable');
  const ports = { begin, facts: async () => ({ name: 'de school', link }), unlink: async () => ((link = null), true) };
  await opened(ports, els);
  await screen.findByText('Afmelden doe je hier alleen voor CLBCh@t, niet bij de school.');
  press('Koppel je account bij de school');
  await screen.findByText('Dat lukt nu niet met de school. Probeer het straks opnieuw.');
  begin.mockResolvedValueOnce('silent');
  press('Koppel je account bij de school');
  await screen.findByText('De server antwoordt niet. Probeer het straks opnieuw.');
  expect(begin.mock.calls).toEqual([['link'], ['link']]);
  cleanup();

  link = 'waits';
  await opened({ ...ports, finish: async () => 'linked' }, els, 'code=a&state=b');
  await screen.findByText('Je account is gekoppeld. Vraag een coördinator om het te bevestigen.');
  screen.getByText('Je account bij de school wacht op een coördinator.');
  press('Maak de koppeling los');
  expect(document.activeElement?.textContent).toMatch(/^Maak je de koppeling los\?/);
  screen.getByRole('button', { name: 'Ja, maak los' }).focus();
  await pressFirm(screen.getByRole('button', { name: 'Ja, maak los' }));
  await screen.findByRole('button', { name: 'Koppel je account bij de school' });
  expect(document.activeElement?.textContent).toBe('Aanmelden met de school');
  cleanup();

  await opened(ports, { ...els, method: 'code', roles: [] });
  expect(screen.queryByRole('button', { name: /^Koppel/ }), 'a code leads to making a passkey first').toBeNull();
  cleanup();

  // her session is by what she showed last: after she showed her password, linking is what she showed it for [G33]
  for (const method of ['password', 'oidc'] as const) {
    await opened(ports, { ...els, method, roles: ['counsellor'] });
    await screen.findByRole('button', { name: 'Koppel je account bij de school' });
    cleanup();
  }
});

test('[G15 G33] what she comes back with, and taking a link away, are done once she has shown that it is she; who gives up reads nothing', async () => {
  const [finish, unlink] = [vi.fn<ProviderPorts['finish']>(), vi.fn<ProviderPorts['unlink']>()];
  const { provider, stepUp } = await opened({ finish, unlink }, els);
  for (const [port, act, done] of [
    [
      finish.mockResolvedValueOnce('step_up').mockResolvedValue('linked'),
      () => provider.finish('code=a&state=b'),
      'linked',
    ],
    [unlink.mockResolvedValueOnce('step_up').mockResolvedValue(true), provider.unlink, null],
  ] as const) {
    const doing = act();
    await waitFor(() => expect(stepUp.asked.peek()?.by).toBe('click'));
    await stepUp.show({ by: 'click' });
    await doing;
    expect([port.mock.calls.length, provider.came.peek()]).toEqual([2, done]);
  }
  for (const [port, act] of [
    [finish.mockResolvedValue('step_up'), () => provider.finish('code=a&state=b')],
    [unlink.mockResolvedValue('step_up'), provider.unlink],
  ] as const) {
    const doing = act();
    await waitFor(() => expect(stepUp.asked.peek()).not.toBeNull());
    stepUp.giveUp();
    await doing;
    expect([port.mock.calls.length, provider.came.peek()]).toEqual([3, null]);
  }
});

test('[G37] who comes in on the page that she opened as nobody sees her link', async () => {
  let link: 'confirmed' | null = null;
  const done = { ok: true as const, value: els };
  const withPasskey = async () => ((link = 'confirmed'), done);
  await opened({ facts: async () => ({ name: 'de school', link }) }, null, null, { withPasskey });
  fireEvent.click(await screen.findByRole('button', { name: 'Meld aan met je passkey' }));
  await screen.findByText('Je account bij de school is bevestigd.');
  expect(screen.queryByRole('button', { name: /^Koppel/ })).toBeNull();
});

test('[G33 G37] a coordinator sees who waits, and confirms or removes after showing that it is she', async () => {
  const judge = vi.fn<ProviderPorts['judge']>(async () => 'step_up');
  const { stepUp } = await opened({ judge, links: async () => [linked] }, els);
  await screen.findByText('Lien · wacht, gekoppeld op 26 november');
  press('Bevestig het account van Lien');
  await waitFor(() => expect(stepUp.asked.value).not.toBeNull());
  judge.mockResolvedValue({ links: [{ ...linked, confirmed: true }], why: null });
  await stepUp.show({ by: 'click' });
  await screen.findByText('Lien · bevestigd, gekoppeld op 26 november');
  expect(judge.mock.calls).toEqual([
    [linked, true],
    [linked, true],
  ]);
  expect(screen.queryByRole('button', { name: 'Bevestig het account van Lien' })).toBeNull();
  judge.mockResolvedValue(null);
  press('Verwijder het account van Lien');
  expect(judge).toHaveBeenCalledTimes(2);
  await pressFirm(screen.getByRole('button', { name: 'Ja, verwijder' }));
  const failed = await screen.findByText('De server antwoordt niet. Misschien is dat account al weg. Probeer opnieuw.');
  expect(failed.closest('li')?.textContent).toContain('Verwijder je het account van Lien?');
  cleanup();
  await opened({ links: async () => [linked] }, { ...els, roles: ['counsellor'] });
  await screen.findByText('Je passkeys');
  expect(screen.queryByText(/^Lien/)).toBeNull();
});

test.each([
  ['stale', 'Een collega was je voor. Kijk na wat er nu staat.'],
  ['gone', 'Dit bestaat niet meer. De lijst is vernieuwd.'],
] as const)(
  '[G33 T15] what became another’s since she was shown it (%s) she is shown anew, and reads why',
  async (code, says) => {
    const asked: unknown[] = [];
    const now = { ...linked, account: 'els', rev: 9, name: 'Els' };
    const { judge } = createProviderApi(async (_path, init) => {
      asked.push(JSON.parse(init?.body as string));
      return Response.json({ code, links: [now] }, { status: code === 'stale' ? 409 : 404 });
    });
    await opened({ judge, links: async () => [linked] }, els);
    await screen.findByText('Lien · wacht, gekoppeld op 26 november');
    press('Bevestig het account van Lien');
    await screen.findByText('Els · wacht, gekoppeld op 26 november');
    await waitFor(() => expect(screen.getAllByText(says)).toHaveLength(1));
    expect(screen.queryByText(/^Lien/u)).toBeNull();
    press('Verwijder het account van Els');
    await pressFirm(screen.getByRole('button', { name: 'Ja, verwijder' }));
    await waitFor(() => expect(asked).toHaveLength(2));
    await screen.findByText(says);
    expect(asked).toEqual([
      { id: 'a', account: 'lien', rev: 4, confirmed: true },
      { id: 'a', account: 'els', rev: 9, confirmed: false },
    ]);
  },
);

test('[G33] a question about a link goes with it: what she is shown anew she is not about to take away', async () => {
  const judge: ProviderPorts['judge'] = async () => ({ links: [{ ...linked, rev: 9, name: 'Els' }], why: 'stale' });
  await opened({ judge, links: async () => [linked] }, els);
  await screen.findByText('Lien · wacht, gekoppeld op 26 november');
  press('Verwijder het account van Lien');
  await pressFirm(screen.getByRole('button', { name: 'Ja, verwijder' }));
  await screen.findByText('Els · wacht, gekoppeld op 26 november');
  expect(screen.queryByRole('button', { name: 'Ja, verwijder' })).toBeNull();
  expect(document.activeElement?.tagName).toMatch(/^H[12]$/u);
  await screen.findByText('Een collega was je voor. Kijk na wat er nu staat.');
});

test('[G71] a coordinator reads which account it is, and whose it is there', async () => {
  const called = { ...linked, id: 'b', called: 'samir@school.be' };
  const long = { ...linked, id: 'c', subject: 'x'.repeat(255) };
  await opened({ links: async () => [linked, called, long] }, els);
  await screen.findByText('Account: abc (login.example.be)');
  screen.getByText('Account: samir@school.be (login.example.be)');
  screen.getByText(`Account: ${'x'.repeat(24)} (login.example.be)`);
});

test('[G71 G15] who links her account shows again that it is she, in the window over the page, and then goes there', async () => {
  const [leave, begin] = [vi.fn(), vi.fn<ProviderPorts['begin']>(async () => 'step_up')];
  const { stepUp } = await opened({ leave, begin }, els);
  fireEvent.click(await screen.findByRole('button', { name: 'Koppel je account bij de school' }));
  await waitFor(() => expect(stepUp.asked.value).not.toBeNull());
  begin.mockResolvedValue({ to: 'https://login.example.be/auth' });
  await stepUp.show({ by: 'click' });
  await waitFor(() => expect(leave.mock.calls).toEqual([['https://login.example.be/auth']]));
});

test('[G35 O26] what a provider sent back is passed on as it is, and nothing where she gave up there or it is no address', async () => {
  const asked: unknown[] = [];
  let answer = Response.json({ is: 'in' });
  const api = createProviderApi(async (path, init) => {
    asked.push([path, init?.body ?? null]);
    return answer.clone();
  });
  expect(await api.finish('code=a%2Bb&state=c&iss=https%3A%2F%2Fa.be&session_state=x')).toBe('in');
  expect(asked).toEqual([['/api/provider/finish', '{"code":"a+b","state":"c","iss":"https://a.be"}']]);
  expect(await api.finish('error=access_denied&state=c')).toBe('stopped');
  expect(asked).toHaveLength(1);
  for (const [code, says] of [
    ['not_yours', 'refused'],
    ['unavailable', 'unavailable'],
    ['too_fast', 'full'],
  ]) {
    answer = Response.json({ code }, { status: 403 });
    expect(await api.finish('code=a&state=c')).toBe(says);
  }
  const gone = createProviderApi(async () => Promise.reject(new Error('gone')));
  expect([await gone.begin('link'), await gone.finish('code=a&state=c')]).toEqual(['silent', 'silent']);
  answer = Response.json({ to: 'javascript:alert(1)' });
  expect(await api.begin('begin')).toBe('unavailable');
  expect(await createProviderApi(async () => Promise.reject(new Error('gone'))).facts()).toBeNull();
});

test('[U91] what goes wrong with the account of one colleague stays at its row, whatever she pressed while it ran', async () => {
  let fails: () => void = () => undefined;
  const judge = vi.fn<ProviderPorts['judge']>(() => new Promise((resolve) => (fails = () => resolve(null))));
  await opened({ judge, links: async () => [linked, { ...linked, id: 'b', name: 'Samir' }] }, els);
  await screen.findByText('Samir · wacht, gekoppeld op 26 november');
  press('Verwijder het account van Lien');
  await pressFirm(screen.getByRole('button', { name: 'Ja, verwijder' }));
  const focused = document.activeElement;
  press('Bevestig het account van Samir');
  expect(document.activeElement).toBe(focused);
  fails();
  const row = screen
    .getByText('Verwijder je het account van Lien? Wie het heeft, meldt er niet meer mee aan.')
    .closest('li');
  await waitFor(() => expect(row?.querySelector('[role=alert]')?.textContent).toContain('Probeer'));
  expect(judge.mock.calls).toEqual([[linked, false]]);
});

test('[O26] of an account elsewhere of which nobody heard she reads that it may be gone, or confirmed, and nothing of the provider', async () => {
  const facts: ProviderPorts['facts'] = async () => ({ name: 'de school', link: 'confirmed' });
  await opened({ facts, unlink: async () => false, judge: async () => null, links: async () => [linked] }, els);
  press('Maak de koppeling los');
  await pressFirm(screen.getByRole('button', { name: 'Ja, maak los' }));
  await screen.findByText('De server antwoordt niet. Misschien is je koppeling al los. Probeer opnieuw.');
  press('Bevestig het account van Lien');
  await screen.findByText('De server antwoordt niet. Misschien is dat account al bevestigd. Probeer opnieuw.');
  expect(screen.queryByText(/^Dat lukt nu niet/u)).toBeNull();
});

test('[D40] the button that confirms leaves the focus to the title above it, and nothing is scrolled for that', async () => {
  const focus = vi.spyOn(HTMLElement.prototype, 'focus');
  await opened({ judge: () => new Promise(() => undefined), links: async () => [linked] }, els);
  await screen.findByText('Lien · wacht, gekoppeld op 26 november');
  focus.mockClear();
  press('Bevestig het account van Lien');
  expect(document.activeElement?.textContent).toBe('Aanmelden met de school');
  expect(focus.mock.calls).toEqual([[{ preventScroll: true }]]);
});

test.each<[string, Partial<ProviderPorts>]>([
  ['went wrong', { finish: async () => 'refused' }],
  ['went well', { finish: async () => 'passkey' }],
])('[D40] what %s at the provider keeps its place, and no word, until her passkey was asked', async (_, ports) => {
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 300, 48));
  let answers: () => void = () => undefined;
  const withPasskey: GettingInPorts['withPasskey'] = () =>
    new Promise((resolve) => (answers = () => resolve({ ok: false, why: 'stopped' })));
  await opened(ports, null, 'code=a&state=b', { withPasskey });
  const notes = () => [...document.querySelectorAll<HTMLElement>(':is([role=alert], [role=status]) > div')];
  await waitFor(() => expect(notes().map(({ textContent }) => textContent !== '')).toEqual([true]));
  press('Meld aan met je passkey');
  await screen.findByText('Even wachten…');
  expect(notes().map(({ textContent, style }) => [textContent, style.height])).toEqual([['', '48px']]);
  answers();
  await screen.findByText('Meld aan met je passkey');
  expect(notes().map(({ textContent }) => textContent?.startsWith('Je passkey kwam er niet.'))).toEqual([true]);
});

test('[D40] the way to the school is deaf when it comes, where another way was about to be pressed', async () => {
  const begin = vi.fn<ProviderPorts['begin']>(async () => 'unavailable');
  await opened({ begin }, null);
  const school = await screen.findByRole('button', { name: 'Meld aan met de school' });
  fireEvent.click(school);
  expect([school.getAttribute('aria-disabled'), begin.mock.calls]).toEqual(['true', []]);
});
