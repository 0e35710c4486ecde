import { act, cleanup, fireEvent, render, waitFor } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import { verifyChain } from '@clbchat/shared/statement/certificate';
import { openRoot } from '@clbchat/shared/statement/rootFile';
import { makeRoots } from '@clbchat/shared/statement/roots';
import { createSetup, type Chosen, type SetUp, type SetupPorts } from '../../console/src/model/setup.ts';
import { SETUP_STEPS } from '../../console/src/model/setupSteps.ts';
import { HasKeys } from '../../console/src/ui/setup/HasKeys.tsx';
import { SetupScreen } from '../../console/src/ui/setup/SetupScreen.tsx';
import { setupWords } from '../../console/src/words/setup.ts';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const PASSPHRASE = 'vijf gewone woorden op papier';
const NOW_MS = Date.UTC(2026, 10, 26, 17);

function begin(over: Partial<SetupPorts> = {}, lost = false) {
  const saved = new Map<string, Uint8Array<ArrayBuffer>>();
  const kept: SetUp[] = [];
  const underWay: boolean[] = [];
  const setup = createSetup(
    {
      clock: { nowMs: () => NOW_MS },
      account: 'noor',
      save: (name, bytes) => void saved.set(name, bytes),
      keep: async (made) => (kept.push(made), true),
      copy: async () => true,
      underWay: (is) => void underWay.push(is),
      ...over,
    },
    lost,
  );
  return { setup, saved, kept, underWay };
}

/** Past the making and the saving. */
async function atTheTest(over: Partial<SetupPorts> = {}) {
  const begun = begin(over);
  const { setup, saved } = begun;
  setup.on();
  await setup.make(PASSPHRASE, PASSPHRASE);
  setup.save('O');
  setup.save('O2');
  setup.on();
  expect(setup.state.value.step).toBe('check');
  return { ...begun, files: [...saved.values()] as [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>] };
}
const chosen = (bytes: Uint8Array<ArrayBuffer> | string): Chosen => new Blob([bytes]);

test('[O12] each mistake in a passphrase is said at its field, and nothing is made', async () => {
  const { setup, underWay } = begin();
  setup.on();
  for (const [passphrase, again, problems] of [
    ['', '', { passphrase: 'missing' }],
    ['te kort', 'te kort', { passphrase: 'too_short' }],
    [`${PASSPHRASE} `, PASSPHRASE, { passphrase: 'edge' }],
    [PASSPHRASE, '', { again: 'missing' }],
    [PASSPHRASE, PASSPHRASE.toUpperCase(), { again: 'different' }],
  ] as const) {
    await setup.make(passphrase, again);
    expect(setup.state.value).toMatchObject({ step: 'passphrase', busy: false, problems });
  }
  expect(setup.shown.value).toBe(null);
  expect(underWay).not.toContain(true);
});

test('[O11 O12 O13] whatever is chosen, only the two files that were just made lead on, in any order', async () => {
  const { setup, files, saved, underWay } = await atTheTest();
  const [first, second] = files;
  expect([...saved.keys()]).toEqual([setup.shown.value!.names.O, setup.shown.value!.names.O2]);
  const strange = await makeRoots(PASSPHRASE, 600_000);
  const lostStick: Chosen = {
    size: 500,
    arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')),
  };
  let read = 0;
  const huge: Chosen = { size: 5_000_000_000, arrayBuffer: () => ((read += 1), Promise.reject(new Error())) };
  const half = first.slice(0, 200);
  for (const [one, other, typed, problems] of [
    [undefined, undefined, '', { first: 'missing', second: 'missing', opening: 'missing' }],
    [chosen(first), undefined, PASSPHRASE, { second: 'missing' }],
    [chosen(first), chosen(first), PASSPHRASE, { second: 'twice' }],
    [chosen(strange.files.O), chosen(second), PASSPHRASE, { first: 'other' }],
    [chosen(strange.files.O), chosen(strange.files.O2), PASSPHRASE, { first: 'other', second: 'other' }],
    [chosen(''), chosen('een brief'), PASSPHRASE, { first: 'empty', second: 'foreign' }],
    [chosen(half), huge, PASSPHRASE, { first: 'damaged', second: 'too_large' }],
    [lostStick, chosen(second), PASSPHRASE, { first: 'unreadable' }],
    [chosen(first), chosen(second), 'een andere wachtzin hier', { opening: 'closed' }],
    [chosen(first), chosen('een brief'), 'een andere wachtzin hier', { second: 'foreign', opening: 'closed' }],
    [chosen(first), chosen(second), 'x'.repeat(100_000), { opening: 'closed' }],
  ] as const) {
    await setup.check(one, other, typed);
    expect(setup.state.value, JSON.stringify(problems)).toMatchObject({ step: 'check', busy: false });
    expect(setup.state.value.problems).toEqual(problems);
  }
  expect(read).toBe(0);
  expect(underWay.at(-1)).toBe(true);
  await setup.check(chosen(second), chosen(first), PASSPHRASE);
  expect(setup.state.value).toMatchObject({ step: 'pins', problems: {} });
});

test('[O13] files of before are those of another set-up, once somebody began anew', async () => {
  const { setup, files } = await atTheTest();
  setup.anew();
  expect(setup.shown.value).toBe(null);
  await setup.make(PASSPHRASE, PASSPHRASE);
  setup.save('O');
  setup.save('O2');
  setup.on();
  await setup.check(chosen(files[0]), chosen(files[1]), PASSPHRASE);
  expect(setup.state.value.problems).toEqual({ first: 'other', second: 'other' });
});

test('[O14 O5 O65 G93] what signs was read back from the file, is believed by the pins, and is kept before it is said', async () => {
  let keeps = false;
  const kept: SetUp[] = [];
  const { setup, files, underWay } = await atTheTest({ keep: async (made) => (kept.push(made), keeps) });
  await setup.check(chosen(files[0]), chosen(files[1]), PASSPHRASE);
  setup.on();
  await setup.sign({ org: ' ', name: 'x'.repeat(81), site: '--' });
  expect(setup.state.value.problems).toEqual({ org: 'missing', name: 'words', site: 'words' });
  const says = { org: ' CLB  Voorbeeld ', name: 'Noo\u00adr', site: 'CLB\tNoord' }; // one spelling of each [G93]
  await setup.sign(says);
  expect(setup.state.value).toMatchObject({ step: 'sign', problems: { org: 'unkept' } });
  expect([setup.signed.value, underWay.at(-1)]).toEqual([null, true]);

  keeps = true;
  await setup.sign(says);
  expect(setup.state.value.step).toBe('done');
  expect(underWay.at(-1)).toBe(false);
  const { pins, issuer, device } = kept.at(-1)!;
  const root = await openRoot(files[0], PASSPHRASE);
  expect(root.ok && [root.kind, root.root]).toEqual(['O', issuer.rootPublic]);
  expect(await verifyChain(device.chain, { pins, nowMs: NOW_MS, skewMsMax: 0 })).toMatchObject({
    ok: true,
    device: { org: 'CLB Voorbeeld', sub: 'noor', name: 'Noor', site: 'CLB Noord' },
  });
  expect(kept.map((one) => one.device.keys === device.keys)).toEqual([true, true]); // asks once, however often it is pressed
  for (const { privateKey } of [issuer.keys, device.keys]) expect(privateKey.extractable).toBe(false);
  const shown = setup.signed.value!;
  expect([shown.endsMs - NOW_MS, shown.endsMs - shown.warnsMs]).toEqual([180 * 86_400_000, 30 * 86_400_000]);
  expect(shown.fingerprint).toHaveLength(8);
});

test('[O12] what the browser itself cannot do is a sentence, too, and the same again may do it', async () => {
  const { setup } = begin();
  setup.on();
  vi.spyOn(crypto.subtle, 'generateKey').mockRejectedValueOnce(new DOMException('no', 'OperationError'));
  await setup.make(PASSPHRASE, PASSPHRASE);
  expect(setup.state.value).toMatchObject({ step: 'passphrase', busy: false, problems: { passphrase: 'failed' } });
});

test('[O12 O15] the screen puts the focus at a new heading, and at the first field with a mistake', async () => {
  const { setup } = begin();
  const view = render(<SetupScreen setup={setup} />);
  const focused = () => document.activeElement;
  expect(focused()?.textContent).toBe(setupWords.explain.title);
  fireEvent.submit(view.container.querySelector('form')!);
  await view.findByRole('heading', { name: setupWords.passphrase.title });
  expect(focused()?.textContent).toBe(setupWords.passphrase.title);
  const field = view.getByLabelText('Wachtzin') as HTMLInputElement;
  fireEvent.input(field, { target: { value: 'te kort' } });
  fireEvent.submit(view.container.querySelector('form')!);
  const alert = await view.findByRole('alert');
  expect(alert.textContent).toBe(setupWords.problems.too_short);
  expect(field.getAttribute('aria-describedby')?.split(' ')).toContain(alert.id);
  expect([field.getAttribute('aria-invalid'), focused(), field.value]).toEqual(['true', field, 'te kort']);
  expect([field.type, field.getAttribute('autocomplete')]).toEqual(['password', 'off']);
  fireEvent.click(view.getByLabelText('Toon wachtzin'));
  await waitFor(() => expect(field.type).toBe('text'));
  expect(field.value).toBe('te kort');
});

test('[O13] a page that was loaded anew says what is lost', () => {
  const { setup } = begin({}, true);
  const view = render(<SetupScreen setup={setup} />);
  expect(view.getByRole('alert').textContent).toBe(setupWords.lost);
  expect(render(<SetupScreen setup={begin().setup} />).container.querySelector('[role=alert]')).toBe(null);
});

test('[O12] every problem is a sentence, and no sentence of the set-up is long', () => {
  const texts: string[] = [];
  const collect = (value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'function') texts.push(String((value as (...all: string[]) => string)('Noor', 'CLB')));
    else if (value && typeof value === 'object') Object.values(value).forEach(collect);
  };
  collect(setupWords);
  for (const step of SETUP_STEPS) expect(setupWords[step].title.length).toBeGreaterThan(5);
  for (const problem of Object.values(setupWords.problems)) expect(problem).toMatch(/^\p{Lu}.*[.?]$/u);
  const long = texts.flatMap((text) => text.split(/[.?:]\s/)).filter((sentence) => sentence.split(/\s+/).length > 15);
  expect(long).toEqual([]);
});

test('[O51] where the server knows other roots the page warns, and shows no line to put into its settings', async () => {
  for (const [why, line] of [
    ['no_pins', true],
    ['other_pins', false],
  ] as const) {
    const { setup, files } = await atTheTest({ keep: async () => why });
    await setup.check(chosen(files[0]), chosen(files[1]), PASSPHRASE);
    setup.on();
    await setup.sign({ org: 'CLB', name: 'Els', site: 'CLB Noord' });
    const { container } = render(<SetupScreen setup={setup} real />);
    expect([
      container.textContent!.includes(setupWords.problems[why]),
      /ROOT_PINS=\S/.test(container.textContent!),
    ]).toEqual([true, line]);
    cleanup();
  }
});

test('[O31] a press that nobody hears says so, and leaves the line that the settings still need; one that is refused otherwise does not', async () => {
  const answers = ['no_pins', 'unheard', 'signed_out', 'no_pins', false] as const;
  let press = 0;
  const { setup, files } = await atTheTest({ keep: async () => answers[press++]! });
  await setup.check(chosen(files[0]), chosen(files[1]), PASSPHRASE);
  setup.on();
  const { container } = render(<SetupScreen setup={setup} real />);
  const shown: unknown[] = [];
  for (const _ of answers) {
    await act(() => setup.sign({ org: 'CLB', name: 'Els', site: 'CLB Noord' }));
    const text = container.textContent!;
    const said = (['no_pins', 'unheard', 'signed_out', 'unkept'] as const).find((why) =>
      text.includes(setupWords.problems[why]),
    );
    shown.push([said, /ROOT_PINS=\S/.test(text)]);
  }
  expect(shown).toEqual([
    ['no_pins', true],
    ['unheard', true],
    ['signed_out', false],
    ['no_pins', true],
    ['unkept', false],
  ]);
});

test('[O51] the address of the set-up says that the centre has keys, and makes none', () => {
  const { container } = render(<HasKeys />);
  expect(container.querySelector('h1')).toBe(document.activeElement);
  expect(container.textContent).toContain(setupWords.had.title);
  expect([...container.querySelectorAll('button, input')]).toEqual([]);
});
