import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import type { ComponentType } from 'preact';
import { createGettingIn } from '../../console/src/model/gettingIn.ts';
import type { Done, GettingInPorts } from '../../console/src/model/gettingInPorts.ts';
import { createProvider } from '../../console/src/model/provider.ts';
import { createPlaces } from '../../console/src/model/places.ts';
import { createStepUp } from '../../console/src/model/stepUp.ts';
import { SeedCode } from '../../console/src/ui/signin/SeedCode.tsx';
import { GettingInScreen } from '../../console/src/ui/signin/GettingInScreen.tsx';
import { gettingIn as words } from '../../console/src/words/gettingIn.ts';
import { encode } from 'uqr';
import { pressFirm } from './screen.tsx';
import { afterEach, expect, test, vi } from 'vitest';
import { noEnrolling } from './fakeEnrolment.ts';
import { noProvider } from './fakeProvider.ts';

afterEach(cleanup);
const done = <Value,>(value: Value): Done<Value> => ({ ok: true, value });
const els = { name: 'Els', method: 'password', roles: ['coordinator'] } as const;
const seed = { secret: 'ABCDEFGHIJ', uri: 'otpauth://totp/CLBChat:els' };
const { password: said } = words;

/** The page where nobody is signed in, or `els`; its step-up succeeds at one press. */
async function opened(given: Partial<GettingInPorts>, isIn = false) {
  let login: string | null = null;
  const ports = {
    keepsCookies: () => true,
    me: async () => (isIn ? els : null),
    passwords: async () => true,
    password: async () => done({ login }),
    withPassword: async () => done(null),
    withTotp: async () => done(els),
    beginPassword: async () => done(seed),
    confirmPassword: async () => ((login = 'els'), done(null)),
    removePassword: async () => ((login = null), done(null)),
    keys: async () => done({ passkeys: [], codesLeft: 1 }),
    sessions: { list: async () => [], end: async () => [] },
    ...given,
  } as Partial<GettingInPorts> as GettingInPorts;
  const stepUp = createStepUp({
    ways: async () => ({ ok: true, ways: ['passkey'] }),
    show: async () => ({ ok: true }),
  });
  const model = createGettingIn(ports, () => 0, stepUp);
  const me = signal(null);
  const page = async () => () => null;
  const pages = {
    session: { me, endsMs: model.endsMs, renew: async () => false, signOut: async () => undefined },
    ...{ own: ports.sessions, nowMs: signal(0) },
    places: createPlaces<ComponentType>(me, {
      hours: page,
      sites: page,
      team: page,
      devices: page,
      audit: page,
      figures: page,
    }),
  };
  const provider = createProvider(noProvider, stepUp);
  await provider.look();
  render(<GettingInScreen model={model} pages={pages} provider={provider} enrolling={noEnrolling()} />);
  await model.start(null);
  return { model, stepUp };
}
const press = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }));
const heading = (name: string) => screen.findByRole('heading', { level: 1, name });
const field = (label: string) => screen.findByLabelText<HTMLInputElement>(label);
const type = async (label: string, value: string) => fireEvent.input(await field(label), { target: { value } });
const alert = (text: string) => waitFor(() => expect(screen.getByRole('alert').textContent).toContain(text));

test('[G20] name and password, then a code in one field, each as a browser fills it in', async () => {
  const withPassword = vi.fn<GettingInPorts['withPassword']>(async () => done(null));
  const withTotp = vi.fn<GettingInPorts['withTotp']>(async () => done(els));
  await opened({ withPassword, withTotp });
  await press(said.other);
  expect((await field(said.login)).autocomplete).toBe('username');
  expect((await field(said.password)).autocomplete).toBe('current-password');
  await type(said.login, 'els');
  await type(said.password, 'een zin die niemand raadt');
  await press(said.send);
  await heading(said.code.title);
  expect(withPassword.mock.calls).toEqual([['els', 'een zin die niemand raadt']]);
  const code = await field(said.code.label);
  expect([code.autocomplete, code.inputMode]).toEqual(['one-time-code', 'numeric']);
  await type(said.code.label, '123 456');
  await press(said.code.send);
  await heading(words.home.titleNoChat);
  expect(withTotp.mock.calls).toEqual([['123 456']]);
});

test('[G20] what is wrong says so, keeps the name, drops the password, and puts the focus on the name', async () => {
  await opened({ withPassword: async () => ({ ok: false, why: 'refused' }) });
  await press(said.other);
  await type(said.login, 'els');
  await type(said.password, 'iets anders');
  await press(said.send);
  await alert(words.problems.refused);
  await waitFor(async () => expect((await field(said.password)).value).toBe(''));
  expect((await field(said.login)).value).toBe('els');
  expect(document.activeElement).toBe(await field(said.login));
});

test('[G20] a name and a password that nobody judged stay, and the next press sends them as they were', async () => {
  const withPassword = vi.fn<GettingInPorts['withPassword']>(async () => ({ ok: false, why: 'unreachable' }));
  await opened({ withPassword });
  await press(said.other);
  await press(said.send);
  await alert(words.problems.noPassword);
  expect(document.activeElement).toBe(await field(said.login));
  await type(said.login, 'els');
  await press(said.send);
  expect(withPassword).not.toHaveBeenCalled();
  await type(said.password, 'een zin die niemand raadt');
  for (const times of [1, 2]) {
    await press(said.send);
    await alert(words.problems.unreachable);
    await waitFor(async () => expect(document.activeElement).toBe(await field(said.password)));
    expect(withPassword.mock.calls).toEqual(Array(times).fill(['els', 'een zin die niemand raadt']));
    expect((await field(said.password)).value).toBe('een zin die niemand raadt');
  }
});

test('[G20] a wait of minutes is said in minutes', async () => {
  await opened({ withPassword: async () => ({ ok: false, why: 'too_fast', waitMs: 290_000 }) });
  await press(said.other);
  await type(said.login, 'els');
  await type(said.password, 'een zin die niemand raadt');
  await press(said.send);
  await alert('Probeer opnieuw over 5 minuten.');
});

test('[G20 U91] what a new password has to be stands before the button that sends it, and what comes after the button below it', async () => {
  const isAbove = (text: string, button: string) =>
    !!(
      screen.getByText(text).compareDocumentPosition(screen.getByRole('button', { name: button })) &
      Node.DOCUMENT_POSITION_FOLLOWING
    );
  await opened({});
  await press(said.other);
  expect(isAbove(said.after, said.send)).toBe(false);
  cleanup();
  await opened({}, true);
  await pressFirm(await screen.findByRole('button', { name: said.own.make }));
  await heading(said.made.title);
  expect(isAbove(said.made.help, said.made.send)).toBe(true);
});

test('[G20] the password is shown to who asks for it', async () => {
  await opened({});
  await press(said.other);
  const toggle = await screen.findByRole('button', { name: said.show });
  expect([(await field(said.password)).type, toggle.getAttribute('aria-pressed')]).toEqual(['password', 'false']);
  fireEvent.click(toggle);
  await waitFor(() => expect(toggle.getAttribute('aria-pressed')).toBe('true'));
  expect((await field(said.password)).type).toBe('text');
});

test('[G20] where nobody may have a password none is asked for', async () => {
  await opened({ passwords: async () => false });
  await heading(words.signIn.title);
  expect(screen.queryByRole('button', { name: said.other })).toBeNull();
});

test('[G20] one is made: showing that it is she, what goes into her app in groups, and its first code', async () => {
  const beginPassword = vi
    .fn<GettingInPorts['beginPassword']>()
    .mockResolvedValueOnce({ ok: false, why: 'short' })
    .mockResolvedValueOnce({ ok: false, why: 'step_up' })
    .mockResolvedValue(done(seed));
  const confirmPassword = vi
    .fn<GettingInPorts['confirmPassword']>()
    .mockResolvedValueOnce({ ok: false, why: 'step_up' })
    .mockResolvedValue(done(null));
  let login: string | null = null;
  const ports = {
    ...{ beginPassword, confirmPassword },
    password: async () => done({ login }),
    removePassword: async () => ((login = null), done(null)),
  };
  const { stepUp } = await opened(ports, true);
  await pressFirm(await screen.findByRole('button', { name: said.own.make }));
  await type(said.login, 'els');
  await type(said.password, 'kort');
  await press(said.made.send);
  await alert(words.problems.short);
  expect((await field(said.password)).value).toBe('kort');
  await type(said.password, 'een zin die niemand raadt');
  await press(said.made.send);
  await waitFor(() => expect(stepUp.asked.value?.by).toBe('passkey'));
  await stepUp.show({ by: 'passkey' });
  await screen.findByText('ABCD EFGH IJ');
  expect(screen.getByRole('link', { name: said.seed.open }).getAttribute('href')).toBe(seed.uri);
  screen.getByRole('img', { name: said.seed.picture });
  await type(said.seed.label, '123456');
  await press(said.seed.send);
  await waitFor(() => expect(stepUp.asked.value?.by).toBe('passkey'));
  login = 'els';
  await stepUp.show({ by: 'passkey' });
  await screen.findByText(said.own.has('els'));
  expect(confirmPassword.mock.calls).toEqual([['123456'], ['123456']]);
  await press(said.own.remove);
  await pressFirm(await screen.findByRole('button', { name: 'Ja, verwijder' }));
  await screen.findByText(said.own.none);
});

test('[G41] what goes into her app stands there as a code that an app reads, dark on light with room around it, and asks nobody for it', async () => {
  const asked = vi.spyOn(globalThis, 'fetch');
  const uri = 'otpauth://totp/CLBChat:noor%40clb.test?issuer=CLBChat&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&period=30';
  render(<SeedCode uri={uri} />);
  const code = screen.getByRole('img', { name: said.seed.picture });
  const [light, dark] = [...code.querySelectorAll('path')];
  expect([light?.getAttribute('fill'), dark?.getAttribute('fill')]).toEqual(['#fff', '#000']);
  const bare = encode(uri, { ecc: 'M', border: 0 });
  const whole = bare.size + 8;
  expect([code.getAttribute('viewBox'), light?.getAttribute('d')]).toEqual([
    `0 0 ${whole} ${whole}`,
    `M0 0h${whole}v${whole}h-${whole}z`,
  ]);
  const drawn = new Set(
    [...(dark?.getAttribute('d') ?? '').matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x},${y}`),
  );
  const meant = bare.data.flatMap((row, y) => row.flatMap((is, x) => (is ? [`${x + 4},${y + 4}`] : [])));
  expect([...drawn].toSorted()).toEqual(meant.toSorted());
  expect(asked).not.toHaveBeenCalled();
});

test('[G42] what is wrong with a new password is said at it, and what is wrong with the name at that', async () => {
  const beginPassword = vi
    .fn<GettingInPorts['beginPassword']>()
    .mockResolvedValueOnce({ ok: false, why: 'common' })
    .mockResolvedValueOnce({ ok: false, why: 'name_in_it' })
    .mockResolvedValue({ ok: false, why: 'taken' });
  await opened({ beginPassword }, true);
  await pressFirm(await screen.findByRole('button', { name: said.own.make }));
  for (const [why, label] of [
    [words.problems.common, said.password],
    [words.problems.name_in_it, said.password],
    [words.problems.taken, said.login],
  ] as const) {
    await type(said.login, 'els');
    await type(said.password, 'wachtwoord2026');
    await press(said.made.send);
    await alert(why);
    await waitFor(async () => expect(document.activeElement).toBe(await field(label)));
    expect((await field(label)).getAttribute('aria-invalid')).toBe('true');
    expect((await field(said.password)).value).toBe('wachtwoord2026');
  }
});

test('[G20 G11] who left both empty, fills in one and presses again, is led to the one that is empty', async () => {
  await opened({});
  await press(said.other);
  await press(said.send);
  await alert(words.problems.noPassword);
  expect(document.activeElement).toBe(await field(said.login));
  await type(said.login, 'els');
  const button = await screen.findByRole('button', { name: said.send });
  button.focus(); // by Tab, as somebody who goes by keys
  fireEvent.click(button);
  await alert(words.problems.noPassword);
  await waitFor(async () => expect(document.activeElement).toBe(await field(said.password)));
});

test('[G20] a name of spaces alone is the one that is led to', async () => {
  await opened({});
  await press(said.other);
  await type(said.login, '  ');
  await type(said.password, 'een zin die niemand raadt');
  const button = await screen.findByRole('button', { name: said.send });
  button.focus();
  fireEvent.click(button);
  await alert(words.problems.noPassword);
  await waitFor(() => expect(document.activeElement).not.toBe(button));
  expect(document.activeElement).toBe(await field(said.login));
});

test('[G20] what was wrong with an empty password is heard again at the next such press', async () => {
  await opened({});
  await press(said.other);
  await press(said.send);
  await alert(words.problems.noPassword);
  const place = screen.getByRole('alert');
  let changes = 0;
  const seen = new MutationObserver(() => (changes += 1));
  seen.observe(place, { childList: true, subtree: true, characterData: true });
  await press(said.send);
  await waitFor(() => expect(changes).toBeGreaterThan(0));
});
