import { computed, signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { createDemoApi } from '../../console/src/device/demoApi.ts';
import { createGettingInApi } from '../../console/src/device/gettingInApi.ts';
import { createGettingIn } from '../../console/src/model/gettingIn.ts';
import type { Done, GettingInPorts, MadePasskey, Me } from '../../console/src/model/gettingInPorts.ts';
import { createProvider } from '../../console/src/model/provider.ts';
import { createStepUp } from '../../console/src/model/stepUp.ts';
import { createPlaces } from '../../console/src/model/places.ts';
import { noEnrolling } from './fakeEnrolment.ts';
import { noProvider } from './fakeProvider.ts';
import { Demonstration } from '../../console/src/ui/Brand.tsx';
import { PasskeySignIn } from '../../console/src/ui/signin/PasskeySignIn.tsx';
import { nl } from '../../console/src/words/nl.ts';
import { pressFirm } from './screen.tsx';
import { gettingIn as words } from '../../console/src/words/gettingIn.ts';
import type { EnrollingProps } from '../../console/src/ui/signin/Enrolling.tsx';
import { GettingInScreen } from '../../console/src/ui/signin/GettingInScreen.tsx';
import type { Found } from '../../console/src/model/enrolment.ts';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const passkey = (id: string): MadePasskey => ({ id, transports: ['internal'] });
const done = <Value,>(value: Value): Done<Value> => ({ ok: true, value });
const no = { ok: false, why: 'unreachable' } as const;
const els = { name: 'Els', method: 'passkey', roles: ['coordinator'] } as const;
const CODES = ['7Q2KD-AAAAA-BBBBB-CCCCC', '8Q2KD-AAAAA-BBBBB-CCCCC'];

/** The page with a service that answers as told, and lets everybody in otherwise. */
async function opened(
  given: Partial<GettingInPorts> = {},
  token: string | null = 'an address',
  renew: () => Promise<boolean> = async () => false,
  enrolling: EnrollingProps = noEnrolling(),
) {
  const ports: GettingInPorts = {
    keepsCookies: () => true,
    me: async () => els,
    look: async () => done(null),
    make: async (_token, _name, has) => done(passkey(has ? 'second' : 'first')),
    finish: async (_token, _name, _passkeys, codes) => done({ me: els, codes: codes ? CODES : [] }),
    withPasskey: async () => done(els),
    withCode: async () => done({ ...els, method: 'code' }),
    keys: async () => done({ passkeys: [{ id: 'first', made: '2026-11-26', kind: 'device' }], codesLeft: 1 }),
    add: async () => done(els),
    remove: async () => done({ passkeys: [], codesLeft: 1 }),
    newCodes: async () => done(CODES),
    passwords: async () => true,
    password: async () => done({ login: null }),
    withPassword: async () => done(null),
    withTotp: async () => done({ ...els, method: 'password' }),
    beginPassword: async () => done({ secret: 'ABCDEFGH', uri: 'otpauth://totp/x' }),
    confirmPassword: async () => done(null),
    removePassword: async () => done(null),
    signOut: async () => 'out',
    sessions: { list: async () => [{ id: 's', made: '2026-11-26', here: true }], end: async () => [] },
    ...given,
  };
  const model = createGettingIn(
    ports,
    () => 0,
    createStepUp({ ways: async () => ({ ok: true, ways: ['passkey'] }), show: async () => ({ ok: true }) }),
  );
  const me = computed(() => (model.stand.value.is === 'pages' ? { name: 'Els', site: '', roles: els.roles } : null));
  const pages = {
    session: { me, endsMs: model.endsMs, renew, signOut: () => model.signOut().then(() => undefined) },
    ...{
      own: ports.sessions,
      nowMs: signal(0),
      ownKeys: { says: 'Je passkeys en codes', go: () => void model.toHome() },
    },
    places: createPlaces<ComponentType>(me, {
      hours: async () => () => <h1>Openingsuren</h1>,
      audit: async () => () => <h1>Logboek</h1>,
      figures: async () => () => <h1>Logboek</h1>,
      sites: async () => () => <h1>Scholen</h1>,
      team: async () => () => <h1>Team</h1>,
      devices: async () => () => <h1>Toestellen</h1>,
    }),
  };
  const provider = createProvider(noProvider, { with: async () => 'given_up' });
  await provider.look();
  render(<GettingInScreen model={model} pages={pages} provider={provider} enrolling={enrolling} />);
  await model.start(token);
  return model;
}
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const heading = (name: string) => screen.findByRole('heading', { level: 1, name });
const alerts = () => screen.queryAllByRole('alert').map(({ textContent }) => textContent);
const alert = (text: string) => waitFor(() => expect(alerts().join('')).toContain(text));
/** What a screen reader says beside the name of a field that is wrong. */
const saidOf = (field: HTMLElement) =>
  field.getAttribute('aria-invalid') === 'true'
    ? (field.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent)[0]
    : null;
const type = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
async function named() {
  await heading('Maak je account');
  type('Je naam', '🌳');
  press('Maak een passkey');
  await alert('Deze naam kan niet.');
  type('Je naam', '  El\u00ads\u200b ');
  press('Maak een passkey');
  await heading('Een tweede weg naar binnen');
}

test('[G11] name, passkey and a second one: asked for with the first, and sent together', async () => {
  const make = vi.fn<GettingInPorts['make']>(async (_token, _name, has) => done(passkey(has ? 'second' : 'first')));
  const finish = vi.fn<GettingInPorts['finish']>(async () => done({ me: els, codes: [] }));
  await opened({ make, finish });
  await named();
  press('Maak een tweede passkey op een ander toestel');
  await heading('Je bent aangemeld');
  expect(make.mock.calls).toEqual([
    ['an address', 'Els', null],
    ['an address', 'Els', passkey('first')],
  ]);
  expect(finish.mock.calls).toEqual([['an address', 'Els', [passkey('first'), passkey('second')], false]]);
});

test('[G11] nobody goes on from her codes before she says that they are kept; what cannot be copied is said', async () => {
  await opened();
  await named();
  press('Maak tien herstelcodes');
  await heading('Je herstelcodes');
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(CODES);
  vi.stubGlobal('navigator', { clipboard: { writeText: async () => Promise.reject(new Error('no')) } });
  press('Kopieer');
  await screen.findByText('Kopiëren lukte niet. Druk ze af of schrijf ze op.');
  press('Ga verder');
  await alert('Bewaar eerst je codes.');
  expect(document.activeElement).toBe(screen.getByRole('checkbox'));
  fireEvent.click(screen.getByRole('checkbox'));
  press('Ga verder');
  await heading('Je bent aangemeld');
});

test('[G11] one thing at a time, and an answer that never came is said and may be asked for again', async () => {
  const answers: ((made: Done<MadePasskey>) => void)[] = [];
  const make = vi.fn(() => new Promise<Done<MadePasskey>>((resolve) => answers.push(resolve)));
  await opened({ make });
  await heading('Maak je account');
  type('Je naam', 'Els');
  press('Maak een passkey');
  press('Even wachten…');
  expect(make).toHaveBeenCalledTimes(1);
  answers.splice(0).forEach((answer) => answer(no));
  await alert('De server antwoordt niet.');
  expect(screen.getByLabelText<HTMLInputElement>('Je naam').value).toBe('Els');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Je naam')));
  press('Maak een passkey');
  answers.splice(0).forEach((answer) => answer(done(passkey('first'))));
  await heading('Een tweede weg naar binnen');
});

test.each<[string, Partial<GettingInPorts>]>([
  ['from the start', { look: async () => ({ ok: false, why: 'gone' }) }],
  ['in the middle', { make: async () => ({ ok: false, why: 'gone' }) }],
])('[G11] an address that opens nothing, %s, says what to do', async (when, ports) => {
  await opened({ ...ports, me: async () => null });
  if (when === 'in the middle') {
    type('Je naam', 'Els');
    press('Maak een passkey');
  }
  await heading('Dit adres werkt niet meer');
  press('Naar aanmelden');
  await heading('Aanmelden');
});

test.each([
  [
    'an address',
    'Maak je account',
    'Laat cookies toe, of neem een andere browser. Open je adres dan opnieuw: het is nog niet gebruikt.',
  ],
  [null, 'Aanmelden', 'Laat cookies toe en laad deze pagina opnieuw, of neem een andere browser.'],
])(
  '[G11 G12] a browser that keeps no cookies is told so before anything is used up, at %s',
  async (token, title, todo) => {
    const asked: string[] = [];
    const asks = (what: string) => async () => (asked.push(what), no);
    const ports = {
      me: async () => (asked.push('me'), null),
      passwords: async () => (asked.push('passwords'), true),
      look: asks('look'),
    };
    const model = await opened({ ...ports, keepsCookies: () => false }, token);
    await heading(title);
    expect(alerts()).toEqual([`Deze browser kan je aanmelding niet bewaren. ${todo}`]);
    expect([screen.queryAllByRole('button'), screen.queryAllByRole('textbox')]).toEqual([[], []]);
    await model.look();
    expect(asked).toEqual([]);
  },
);

test('[G12] a code that is wrong is said with the field kept, and so is how long to wait', async () => {
  const answers: Done<Me>[] = [
    { ok: false, why: 'refused' },
    { ok: false, why: 'too_fast', waitMs: 3_200 },
    done({ ...els, method: 'code' }),
  ];
  await opened({ me: async () => null, withCode: async () => answers.shift() ?? no }, null);
  await heading('Aanmelden');
  press('Ik heb mijn passkey niet bij me');
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Herstelcode')));
  type('Herstelcode', 'nee');
  press('Meld aan met de code');
  await alert('Dat klopt niet.');
  press('Meld aan met de code');
  await alert('Even wachten. Probeer opnieuw over 4 s.');
  expect(screen.getByLabelText<HTMLInputElement>('Herstelcode').value).toBe('nee');
  press('Meld aan met de code');
  await heading('Maak een nieuwe passkey');
  press('Maak een passkey');
  await heading('Je bent aangemeld');
});

test('[G9] who comes by a code and has ten passkeys reads that the new one takes the place of the oldest', async () => {
  const passkeys = Array.from({ length: 10 }, (_, at) => ({
    id: `passkey ${at}`,
    made: '2026-11-26',
    kind: 'device' as const,
  }));
  const byCode = { me: async () => ({ ...els, method: 'code' as const }) };
  const full = 'Je hebt al tien passkeys. De nieuwe vervangt je oudste.';
  await opened({ ...byCode, keys: async () => done({ passkeys, codesLeft: 3 }) }, null);
  await heading('Maak een nieuwe passkey');
  screen.getByText(full);
  cleanup();
  await opened({ ...byCode, keys: async () => done({ passkeys: passkeys.slice(1), codesLeft: 3 }) }, null);
  await heading('Maak een nieuwe passkey');
  expect(screen.queryByText(full)).toBeNull();
});

test('[G12] at home: the last way in stays with its reason, and the focus is not lost with a button that goes', async () => {
  const keys = { passkeys: [{ id: 'first', made: '2026-11-26', kind: 'device' as const }], codesLeft: 0 };
  let last = true;
  await opened(
    {
      keys: async () => done(last ? keys : { passkeys: [], codesLeft: 10 }),
      remove: async () => (last ? { ok: false, why: 'last' } : done(keys)),
    },
    null,
  );
  await heading('Je bent aangemeld');
  press('Verwijder de passkey van 26 november op een toestel');
  const asks = 'Verwijder je de passkey van 26 november op een toestel? Je meldt er dan niet meer mee aan.';
  expect(document.activeElement?.textContent).toBe(asks);
  const yes = () => screen.getByRole('button', { name: 'Ja, verwijder' });
  await pressFirm(yes());
  await waitFor(() => expect(yes().closest('li')?.textContent).toContain('Dit is je laatste weg naar binnen.'));
  last = false;
  yes().focus();
  await pressFirm(yes());
  await screen.findByText('Je hebt nog 10 herstelcodes.');
  expect(screen.queryByRole('button', { name: /verwijder/i })).toBeNull();
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Je passkeys'));
});

test('[O26 U91] her password goes after a question, which says there what went wrong', async () => {
  let login: string | null = 'els';
  const removePassword = vi.fn<GettingInPorts['removePassword']>(async () => ({ ok: false, why: 'unreachable' }));
  await opened({ removePassword, password: async () => done({ login }) }, null);
  await heading('Je bent aangemeld');
  press('Verwijder je wachtwoord');
  expect(removePassword).not.toHaveBeenCalled();
  press('Nee, terug');
  expect(document.activeElement?.textContent).toBe('Verwijder je wachtwoord');
  press('Verwijder je wachtwoord');
  const yes = screen.getByRole('button', { name: 'Ja, verwijder' });
  await pressFirm(yes);
  await waitFor(() => expect(yes.closest('.asked')?.textContent).toContain('De server antwoordt niet.'));
  removePassword.mockImplementationOnce(async () => ((login = null), done(null)));
  yes.focus();
  await pressFirm(yes);
  await screen.findByText(/^Je hebt geen wachtwoord/);
  expect(document.activeElement?.textContent).toBe('Je wachtwoord');
});

test('[G12] a coordinator goes to her pages and back, and reads why when her session is over; nobody else is shown the way', async () => {
  let me: typeof els | null = els;
  let unreachable = false;
  const asked = async () => {
    if (unreachable) throw new Error('nobody can say');
    return me;
  };
  const model = await opened({ me: asked }, null);
  await heading('Je bent aangemeld');
  press('Naar de openingsuren');
  await heading('Openingsuren');
  press('Jouw profiel: Els');
  press('Je passkeys en codes');
  await heading('Je bent aangemeld');
  press('Naar de openingsuren');
  await heading('Openingsuren');
  unreachable = true;
  await model.look();
  await heading('Openingsuren');
  [unreachable, me] = [false, null];
  await model.look();
  await heading('Aanmelden');
  await alert('Je aanmelding is afgelopen. Meld opnieuw aan.');
  cleanup();

  await opened({ me: async () => ({ ...els, roles: ['counsellor'] }) }, null);
  await heading('Deze computer is niet ingeschreven');
  expect(screen.queryByRole('button', { name: 'Naar de openingsuren' })).toBeNull();
});

test('[G75] a press on her own keys after her session ended leads to where she signs in, and says so', async () => {
  const answers = async () => new Response('{"code":"no_cert"}', { status: 401 });
  const { newCodes } = createGettingInApi(answers, { list: async () => [], end: async () => [] });
  await opened({ newCodes }, null);
  await heading('Je bent aangemeld');
  await pressFirm(screen.getByRole('button', { name: 'Maak nieuwe herstelcodes' }));
  await heading('Aanmelden');
  await alert('Je aanmelding is afgelopen. Meld opnieuw aan.');
});

test('[G75] so does the press that ends her other sessions', async () => {
  const { own } = createDemoApi(async () => new Response('{"code":"no_cert"}', { status: 401 }));
  const two = ['a', 'b'].map((id) => ({ id, made: '2026-11-26', here: id === 'a' }));
  await opened({ sessions: { list: async () => two, end: own.end } }, null);
  await heading('Je bent aangemeld');
  press('Meld overal elders af');
  await heading('Aanmelden');
  await alert('Je aanmelding is afgelopen. Meld opnieuw aan.');
});

test('[G75] and a passkey that was made just before her session ended', async () => {
  const over = { ok: false, why: 'over' } as const;
  let isOver = false;
  const keys = async () => (isOver ? over : done({ passkeys: [], codesLeft: 1 }));
  await opened({ keys, add: async () => ((isOver = true), done(els)) }, null);
  await heading('Je bent aangemeld');
  await pressFirm(screen.getByRole('button', { name: 'Maak er een passkey bij' }));
  await heading('Aanmelden');
  await alert('Je aanmelding is afgelopen. Meld opnieuw aan.');
});

test('[G12] signing out that did not come about is said, on her page as well, and nothing looks as if it had', async () => {
  await opened({ signOut: async () => 'still_in' }, null);
  await heading('Je bent aangemeld');
  press('Meld af');
  await alert('Je bent nog aangemeld');
  press('Naar de openingsuren');
  await heading('Openingsuren');
  press('Jouw profiel: Els');
  const out = screen.getByRole('button', { name: 'Meld af' });
  await waitFor(() => expect(out.getAttribute('aria-disabled')).toBe('false'));
  fireEvent.click(out);
  await alert('Je bent nog aangemeld');
  await heading('Openingsuren');
});

test('[G11] who shows the passkey that she just made, after a reload, reads that her address still opens', async () => {
  await opened({ withPasskey: async () => ({ ok: false, why: 'refused' }), me: async () => null }, null);
  await heading('Aanmelden');
  press(words.signIn.passkey);
  await alert('Open dan je adres opnieuw.');
});

test('[G90] what was wrong with one way in is not said of the next, and no field is red that nobody filled in', async () => {
  const withPasskey = async () => ({ ok: false, why: 'unreachable' }) as const;
  const withCode = async () => ({ ok: false, why: 'too_fast', waitMs: 900 }) as const;
  await opened({ withPasskey, withCode, me: async () => null, passwords: async () => true }, null);
  await heading('Aanmelden');
  press(words.signIn.passkey);
  await alert(words.problems.unreachable);
  press(words.signIn.other);
  const code = await screen.findByLabelText(words.signIn.label);
  await waitFor(() => expect([alerts().join(''), saidOf(code)]).toEqual(['', null]));
  fireEvent.input(code, { target: { value: 'abc' } });
  press(words.signIn.code);
  await waitFor(() => expect(saidOf(code)).toBe(words.problems.tooFast(1)));
  expect(alerts().filter((said) => said !== '')).toHaveLength(1);
  press(words.signIn.passkey);
  await alert(words.problems.unreachable);
  expect(saidOf(code)).toBeNull();
  press(words.password.other);
  const login = await screen.findByLabelText(words.password.login);
  await waitFor(() => expect([alerts().join(''), saidOf(login)]).toEqual(['', null]));
});

test('[U91] codes that nobody kept are asked about at the tick, which says so', async () => {
  const sight = vi.spyOn(Element.prototype, 'scrollIntoView');
  await opened();
  await named();
  press('Maak tien herstelcodes');
  await heading('Je herstelcodes');
  const tick = screen.getByRole('checkbox');
  expect(saidOf(tick)).toBeNull();
  press('Ga verder');
  await waitFor(() => expect(saidOf(tick)).toBe(words.codes.keepFirst));
  expect([document.activeElement, sight.mock.calls.length > 0]).toEqual([tick, true]);
  fireEvent.click(tick);
  await waitFor(() => expect(saidOf(tick)).toBeNull());
});

test('[U91] what went wrong on her own page is said at the button that she pressed, and not on her other pages', async () => {
  const failing = { ok: false, why: 'unreachable' } as const;
  await opened({ add: async () => failing, newCodes: async () => failing, signOut: async () => 'still_in' }, null);
  await heading('Je bent aangemeld');
  const before = () =>
    screen.queryAllByRole('alert').find(({ textContent }) => textContent !== '')?.previousElementSibling?.textContent;
  for (const [name, says] of [
    [words.home.add, words.problems.unreachable],
    [words.home.newCodes, words.problems.codesLost],
    [words.home.signOut, words.problems.stillIn],
  ] as const) {
    await waitFor(() => expect(screen.getByRole('button', { name }).getAttribute('aria-disabled')).not.toBe('true'));
    press(name);
    await alert(says);
    expect(before()).toBe(name);
  }
  press('Naar de openingsuren');
  await heading('Openingsuren');
  expect(alerts().join('')).toBe('');
});

test('[U46 D38] who signs out from where her passkeys stand is asked first while something is not saved, with the focus at the question', async () => {
  const signOut = vi.fn(async () => 'out' as const);
  await opened({ signOut }, null);
  await heading('Je bent aangemeld');
  const asks = (event: Event) => event.preventDefault();
  window.addEventListener('beforeunload', asks);
  screen.getByRole('button', { name: 'Meld af' }).focus();
  press('Meld af');
  await alert(nl.top.unsaved);
  expect(document.activeElement?.textContent).toBe(nl.top.unsaved);
  expect(signOut).not.toHaveBeenCalled();
  await pressFirm(screen.getByRole('button', { name: nl.top.signOutAnyway }));
  await waitFor(() => expect(signOut).toHaveBeenCalledTimes(1));
  window.removeEventListener('beforeunload', asks);
});

test('[G11] while her passkey is kept nowhere yet, and her codes stand there, a reload asks first, and not after that', async () => {
  const asks = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  await opened();
  expect(asks()).toBe(false);
  await named();
  await waitFor(() => expect(asks()).toBe(true));
  press('Maak tien herstelcodes');
  await heading('Je herstelcodes');
  await waitFor(() => expect(asks()).toBe(true));
  fireEvent.click(screen.getByRole('checkbox'));
  press('Ga verder');
  await heading('Je bent aangemeld');
  await waitFor(() => expect(asks()).toBe(false));
});

test('[G14] warns half an hour before the end where she is, and goes on there once she has shown it again', async () => {
  const me = async () => ({ ...els, leftMs: 1_700_000 });
  const renew = vi.fn(async () => (model.lasts(36_000_000), true));
  const model = await opened({ me }, null, renew);
  await heading('Je bent aangemeld');
  press('Blijf aangemeld');
  await screen.findByText('Je blijft aangemeld.');
  expect(renew).toHaveBeenCalledTimes(1);
  expect([model.endsMs.value, model.stand.value.is]).toEqual([36_000_000, 'home']);
  model.toPages();
  await heading('Openingsuren');
  expect(screen.queryByRole('button', { name: 'Blijf aangemeld' })).toBeNull();
});

test('[G46] passkeys of one day are told apart by what has them, and by a number where two are alike', async () => {
  const remove = vi.fn<GettingInPorts['remove']>(async () => done({ passkeys: [], codesLeft: 1 }));
  const made = '2026-11-26';
  const passkeys = [
    { id: 'a', made, kind: 'device' },
    { id: 'b', made, kind: 'key' },
    { id: 'c', made, kind: 'device' },
    { id: 'd', made: '2026-11-27', kind: 'phone' },
  ] as const;
  await opened({ remove, keys: async () => done({ passkeys, codesLeft: 1 }) }, null);
  await screen.findByText('Passkey van 26 november op een toestel (1)');
  for (const name of ['26 november op een sleutel', '26 november op een toestel (2)', '27 november op een telefoon'])
    screen.getByText(`Passkey van ${name}`);
  press('Verwijder de passkey van 26 november op een toestel (2)');
  await pressFirm(screen.getByRole('button', { name: 'Ja, verwijder' }));
  await waitFor(() => expect(remove.mock.calls).toEqual([['c']]));
});

test('[G47] in the demonstration a way leads back to its three names, and nowhere else', async () => {
  const model = await opened({ me: async () => null }, null);
  const provider = createProvider(noProvider, { with: async () => 'given_up' });
  const shown = (isDemo: boolean) => {
    cleanup();
    render(
      <Demonstration.Provider value={isDemo}>
        <PasskeySignIn model={model} provider={provider} />
      </Demonstration.Provider>,
    );
  };
  shown(false);
  expect(screen.queryByRole('link')).toBeNull();
  shown(true);
  expect(screen.getByRole('link', { name: words.signIn.toNames }).getAttribute('href')).toBe('.');
});

test('[G49 G74] signing out is the first thing that is asked; while somebody chats with her she reads what to do first', async () => {
  const asked: string[] = [];
  const answers = (async (path: string, { body, keepalive }: RequestInit) => {
    asked.push(JSON.stringify([path, body, keepalive]));
    return new Response('{"code":"stage"}', { status: 409 });
  }) as unknown as typeof fetch;
  const { signOut } = createGettingInApi(answers, { list: async () => [], end: async () => [] });
  const me = vi.fn<GettingInPorts['me']>(async () => els);
  await opened({ signOut, me }, null);
  await heading('Je bent aangemeld');
  const looked = me.mock.calls.length;
  press('Meld af');
  // in the very press: a page that is closed after it asks nothing any more
  expect(asked).toEqual([JSON.stringify(['/api/sign-out', '{"unlessHolding":true}', true])]);
  await alert('Rond eerst je gesprekken af.');
  expect(me.mock.calls.length).toBe(looked);
});

test('[G9] new codes of which the answer was lost: she reads that her earlier ones may open nothing any more', async () => {
  await opened({ newCodes: async () => no }, null);
  await heading('Je bent aangemeld');
  await pressFirm(screen.getByRole('button', { name: 'Maak nieuwe herstelcodes' }));
  await alert('Misschien werken je vroegere herstelcodes niet meer.');
});

test('[G49] where the service cannot say who is signed in the page says so, and asks again by itself', async () => {
  const me = vi.fn<GettingInPorts['me']>(async () => els).mockRejectedValueOnce(new Error('no answer'));
  const passwords = vi.fn(async () => true).mockResolvedValueOnce(false);
  const model = await opened({ me, passwords }, null);
  await heading('Aanmelden');
  await alert('De server antwoordt niet.');
  await model.look();
  await heading('Je bent aangemeld');
  expect(alerts().join('')).toBe('');
});

test('[G49] what it says to who chats with nobody has no word of chatting', async () => {
  await opened({}, null);
  await heading('Je bent aangemeld');
  expect(screen.queryByText(/chatten/i)).toBeNull();
});

const standsAs = (found: Found | null) => ({
  ...noEnrolling(),
  enrolment: { ...noEnrolling().enrolment, found: signal(found) },
});
const nothing = { id: null, fingerprint: null, others: [], nowMs: 0 };
const chats = { me: async () => ({ ...els, roles: ['counsellor' as const] }) };

test('[O67] nor of a computer of which nobody said how it stands, or whose clock is wrong', async () => {
  for (const found of [null, { ...nothing, is: 'unsure' as const }]) {
    await opened(chats, null, undefined, standsAs(found));
    await heading('Je bent aangemeld');
    expect(document.body.textContent).not.toContain('ingeschreven');
    cleanup();
  }
});

test('[O67] a computer that was asked for is called that, whatever it was before', async () => {
  await opened(chats, null, undefined, standsAs({ ...nothing, is: 'asks' }));
  await heading('Deze computer is aangevraagd');
});

test('[G49] and to who chats it says what this computer still needs', async () => {
  await opened({ me: async () => ({ ...els, roles: ['counsellor'] }) }, null);
  await heading('Deze computer is niet ingeschreven');
});

test('[U91] what goes wrong with a passkey stays at its row, whatever she pressed while it ran, and signing out waits for nothing', async () => {
  const passkeys = (['device', 'key'] as const).map((kind) => ({ id: kind, made: '2026-11-26', kind }));
  let fails: () => void = () => undefined;
  const remove = vi.fn<GettingInPorts['remove']>(() => new Promise((resolve) => (fails = () => resolve(no))));
  const signOut = vi.fn<GettingInPorts['signOut']>(async () => 'out');
  await opened({ remove, signOut, keys: async () => done({ passkeys, codesLeft: 1 }) }, null);
  press('Verwijder de passkey van 26 november op een toestel');
  await pressFirm(screen.getByRole('button', { name: 'Ja, verwijder' }));
  await screen.findByRole('button', { name: 'Even wachten…' });
  await pressFirm(screen.getByRole('button', { name: 'Maak er een passkey bij' }));
  fails();
  await alert('De server antwoordt niet.');
  const row = screen.getByText(/^Verwijder je de passkey van 26 november op een toestel/u).closest('li');
  expect(row?.textContent).toContain('De server antwoordt niet.');
  expect(alerts().filter((text) => text !== '')).toHaveLength(1);
  await pressFirm(screen.getByRole('button', { name: 'Ja, verwijder' }));
  press('Meld af');
  expect(signOut).toHaveBeenCalledOnce();
});

test('[O26] of a passkey or a password of which nobody heard whether it went she reads that it may be gone', async () => {
  const lost = { remove: async () => no, removePassword: async () => no };
  await opened({ ...lost, password: async () => done({ login: 'els@clb' }) }, null);
  press('Verwijder de passkey van 26 november op een toestel');
  await pressFirm(screen.getByRole('button', { name: 'Ja, verwijder' }));
  await alert('De server antwoordt niet. Misschien is die passkey al weg. Probeer opnieuw.');
  press('Nee, terug');
  press('Verwijder je wachtwoord');
  await pressFirm(screen.getByRole('button', { name: 'Ja, verwijder' }));
  await alert('De server antwoordt niet. Misschien is je wachtwoord al weg. Probeer opnieuw.');
});

test('[D40] what was wrong with one press on her own page keeps its place, and no word, while the next one runs', async () => {
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 300, 48));
  let answers: () => void = () => undefined;
  const newCodes = () => new Promise<Done<string[]>>((resolve) => (answers = () => resolve(no)));
  await opened({ add: async () => no, newCodes }, null);
  await pressFirm(await screen.findByRole('button', { name: words.home.add }));
  await alert(words.problems.unreachable);
  await pressFirm(screen.getByRole('button', { name: words.home.newCodes }));
  const place = () => screen.getByRole('button', { name: words.home.add }).nextElementSibling?.firstElementChild;
  await waitFor(() => expect(place()?.textContent).toBe(''));
  expect(place()?.getAttribute('style')).toContain('48px');
  answers();
  await alert(words.problems.codesLost);
  expect(place()).toBeFalsy();
});

test('[D40] what makes new codes, a passkey or a password is deaf for whoever was about to press something else', async () => {
  const newCodes = vi.fn(async () => done(CODES));
  await opened({ newCodes }, null);
  for (const name of [words.home.newCodes, words.home.add, words.password.own.make]) {
    const button = await screen.findByRole('button', { name });
    expect(button.getAttribute('aria-disabled'), name).toBe('true');
  }
  press(words.home.newCodes);
  expect(newCodes).not.toHaveBeenCalled();
});

test('[D40] the button that ends her other sessions scrolls nothing when it leaves its focus', async () => {
  const two = ['a', 'b'].map((id) => ({ id, made: '2026-11-26', here: id === 'a' }));
  await opened({ sessions: { list: async () => two, end: () => new Promise(() => undefined) } }, null);
  await heading('Je bent aangemeld');
  const focus = vi.spyOn(HTMLElement.prototype, 'focus');
  press('Meld overal elders af');
  expect([document.activeElement?.tagName, focus.mock.calls]).toEqual(['H1', [[{ preventScroll: true }]]]);
});
