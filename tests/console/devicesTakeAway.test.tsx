import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import type { AllDevices, Answer, DevicesApi } from '../../console/src/model/devices.ts';
import * as timing from '@clbchat/shared/client/timing';
import { afterEach, expect, test, vi } from 'vitest';
import { ok, no, issuerOf, asked, opened } from './devicesScene.tsx';

afterEach(cleanup);

test('[O26 D38] a computer of a colleague goes after a question, and a press that comes twice takes no other', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const said = await asked(await issuerOf());
  const deviceOf = (id: string, name: string) => ({
    ...{ id: id.repeat(43), account: name.toLowerCase(), name, made: null, chain: null, active: true },
  });
  const two: AllDevices = { ...said, devices: [deviceOf('a', 'Lien'), deviceOf('b', 'Samir')] };
  const remove = vi.fn<DevicesApi['remove']>(async () => ok({ ...two, devices: two.devices.slice(1) }));
  opened(two, null, { remove, all: async () => ok(two) });
  const [first] = await screen.findAllByRole('button', { name: /^Schrap de computer / });
  fireEvent.click(first!);
  const yes = await screen.findByRole('button', { name: 'Ja, schrap' });
  fireEvent.click(yes, { detail: 2 }); // the second half of a hand that pressed twice
  expect(remove).not.toHaveBeenCalled();
  vi.advanceTimersByTime(timing.secondTapMs);
  fireEvent.click(yes);
  await waitFor(() => expect(remove.mock.calls.map(([id]) => id)).toEqual(['a'.repeat(43)]));
  await waitFor(() => expect(document.activeElement?.id).toBe('devices-list'));
  vi.useRealTimers();
});

test.each([
  ['Schrap', 'Ja, schrap', 'remove', /Misschien kan die computer nog chatten\./],
  ['Trek in', 'Ja, trek in', 'revokeIssuer', /Misschien geldt die handtekening nog\./],
] as const)(
  '[O26] %s says in its window that nobody knows whether it went, and stays there',
  async (name, yes, door, lost) => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const issuer = await issuerOf();
    const said = await asked(issuer);
    const device = { id: 'a'.repeat(43), account: 'lien', name: 'Lien', made: null, chain: null, active: true };
    const all = { ...said, devices: [device] };
    const goes = vi.fn<DevicesApi['remove']>(async () => no('unavailable'));
    opened(all, issuer, { [door]: goes, all: async () => ok(all) });
    fireEvent.click((await screen.findAllByRole('button', { name: new RegExp(`^${name}\\b`) }))[0]!);
    const button = await screen.findByRole('button', { name: yes });
    vi.advanceTimersByTime(timing.secondTapMs);
    fireEvent.click(button);
    const window = await screen.findByRole('dialog');
    await waitFor(() => expect(within(window).getByRole('alert').textContent).toMatch(lost));
    goes.mockResolvedValueOnce(ok({ ...all, devices: [], issuers: [] }));
    fireEvent.click(within(window).getByRole('button', { name: yes }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    vi.useRealTimers();
  },
);

test('[O26] a window says nothing of an earlier one, and one that she gave up closes no other', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const issuer = await issuerOf();
  const said = await asked(issuer);
  const deviceOf = (id: string, name: string) => ({
    ...{ id: id.repeat(43), account: name.toLowerCase(), name, made: null, chain: null, active: true },
  });
  const all = { ...said, devices: [deviceOf('a', 'Lien'), deviceOf('b', 'Samir')] };
  const answers: ((answer: Answer<AllDevices>) => void)[] = [];
  const remove: DevicesApi['remove'] = () => new Promise((resolve) => answers.push(resolve));
  opened(all, issuer, { remove, all: async () => ok(all) });
  const opens = async (name: RegExp) => {
    fireEvent.click(await screen.findByRole('button', { name }));
    return screen.findByRole('dialog');
  };
  const press = (name: string) => {
    vi.advanceTimersByTime(timing.secondTapMs);
    fireEvent.click(screen.getByRole('button', { name }));
  };
  const toldIn = (window: HTMLElement) => within(window).getByRole('alert').textContent;
  const gaveUp = async (is: Answer<AllDevices>, next: RegExp, isLate: boolean) => {
    const window = await opens(/^Schrap de computer .* van Lien/);
    expect(toldIn(window)).toBe('');
    press('Ja, schrap');
    if (isLate) press('Annuleer');
    else {
      answers.pop()!(is);
      await waitFor(() => expect(toldIn(window)).toMatch(/Misschien kan die computer nog chatten/));
      press('Annuleer');
    }
    const other = await opens(next);
    answers.pop()?.(is);
    await vi.advanceTimersByTimeAsync(1);
    const rows = () => screen.queryAllByRole('button', { name: /^Schrap de computer .* van Lien/, hidden: true });
    await waitFor(() => expect(rows()).toHaveLength(is.ok ? 0 : 1));
    await waitFor(() => expect(toldIn(other)).toBe(''));
    expect(other.isConnected).toBe(true);
    press('Annuleer');
  };
  for (const next of [/^Trek in/, /^Schrap de computer .* van Samir/])
    for (const isLate of [false, true]) await gaveUp(no('unreachable'), next, isLate);
  await gaveUp(ok({ ...all, devices: all.devices.slice(1) }), /^Schrap de computer .* van Samir/, true);
  vi.useRealTimers();
});

test.each([
  ['Schrap', 'Ja, schrap', 'remove', 'Misschien kan die computer nog chatten.'],
  ['Trek in', 'Ja, trek in', 'revokeIssuer', 'Misschien geldt die handtekening nog.'],
] as const)(
  '[O26] %s that fails once its window was given up is said at its row, until she looks again',
  async (name, yes, door, lost) => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const issuer = await issuerOf();
    const said = await asked(issuer);
    const deviceOf = (id: string) => ({
      ...{ id: id.repeat(43), account: 'lien', name: 'Lien', made: null, chain: null, active: true },
    });
    const issuers = ['c', 'd'].map((id) => ({ ...said.issuers[0]!, id: id.repeat(43) }));
    const all = { ...said, devices: ['a', 'b'].map(deviceOf), issuers };
    let answers: (is: Answer<AllDevices>) => void = () => undefined;
    const goes: DevicesApi['remove'] = () => new Promise((resolve) => (answers = resolve));
    opened(all, issuer, { [door]: goes, all: async () => ok(all) });
    const rows = await screen.findAllByRole('button', { name: new RegExp(`^${name}\\b`) });
    const [row, other] = rows.map((one) => one.closest('li')!);
    fireEvent.click(rows[0]!);
    const button = await screen.findByRole('button', { name: yes });
    vi.advanceTimersByTime(timing.secondTapMs);
    fireEvent.click(button);
    fireEvent.click(screen.getByRole('button', { name: 'Annuleer' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    answers(no('unreachable'));
    await waitFor(() => expect(row!.textContent).toContain(lost));
    expect(other!.textContent).not.toContain(lost);
    fireEvent.click(screen.getByRole('button', { name: 'Kijk opnieuw' }));
    await waitFor(() => expect(row!.textContent).not.toContain(lost));
    vi.useRealTimers();
  },
);
