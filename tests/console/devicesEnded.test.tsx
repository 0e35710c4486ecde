import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import * as timing from '@clbchat/shared/client/timing';
import { signDevice, type Issuer } from '@clbchat/shared/statement/issuer';
import { exportPublic, makeSigningPair, pinOf } from '@clbchat/shared/statement/signingKey';
import type { AllDevices, Answer, DevicesApi } from '../../console/src/model/devices.ts';
import { shownOf } from '../../console/src/model/team/devicesShown.ts';
import { afterEach, expect, test, vi } from 'vitest';
import { DAY_MS, NOW_MS, ok, no, issuerOf, issuerId, asked, opened } from './devicesScene.tsx';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** A computer that this issuer signed. */
async function signedBy(issuer: Issuer, name = 'Lien') {
  const pub = await exportPublic((await makeSigningPair()).publicKey);
  const chain = await signDevice(issuer, { sub: 'lien', name, site: 'CLB', pub, nowMs: NOW_MS });
  return { ...{ id: await pinOf(pub), account: 'lien', name }, active: true, made: '2026-11-20', chain };
}

test('[O45 O60] what ended with its issuer waits for no comparison: her own page says that it ended, and so does this one', async () => {
  const issuer = await issuerOf();
  const device = await signedBy(issuer);
  const said = await asked(issuer, { asks: [], devices: [device] });
  const waits = async (more: Partial<AllDevices>) =>
    (await shownOf({ ...said, ...more }, null, null)).devices[0]!.waits !== null;
  const revoked = said.issuers.map((one) => ({ ...one, revoked: true }));
  const { exp } = await endOf(said);
  expect(await waits({})).toBe(false);
  expect(await waits({ issuers: revoked })).toBe(true);
  // its row goes at its end, and no certificate of it outlives that; where there is none before, nobody signs for it
  expect(await waits({ issuers: [], nowMs: exp })).toBe(false);
  expect(await waits({ issuers: [], nowMs: exp - 1 })).toBe(true);
  expect(await waits({ issuers: revoked, nowMs: exp + DAY_MS })).toBe(true);
  // under roots that are none of the centre's any more nobody signs it anew, revoked or not [O67]
  expect(await waits({ issuers: revoked, pins: ['x'.repeat(43)] })).toBe(false);
});
const endOf = async (said: AllDevices) => ({ exp: (await shownOf(said, null, null)).devices[0]!.endsMs! });

test('[O26 U91] a press that comes while another runs takes nothing: what went wrong stands at the row of the first', async () => {
  const issuer = await issuerOf();
  const [said, more] = [await asked(issuer), await asked(issuer)];
  const asks = [...said.asks, ...more.asks.map((one) => ({ ...one, account: 'samir', name: 'Samir' }))];
  let answers: (is: Answer<AllDevices>) => void = () => undefined;
  const sign = vi.fn<DevicesApi['sign']>(() => new Promise((resolve) => (answers = resolve)));
  opened({ ...said, asks }, issuer, { sign });
  const buttons = await screen.findAllByRole('button', { name: 'Klopt, teken' });
  for (const field of screen.getAllByLabelText<HTMLInputElement>('Vestiging die bezoekers zien'))
    field.value = 'CLB Noord';
  const [first, other] = buttons.map((one) => one.closest('li')!);
  fireEvent.click(buttons[0]!);
  await waitFor(() => expect(sign).toHaveBeenCalledOnce());
  fireEvent.click(buttons[1]!);
  answers(no('gone'));
  const told = (row: HTMLElement) =>
    within(row)
      .getAllByRole('alert')
      .map(({ textContent }) => textContent)
      .join('');
  await waitFor(() => expect(told(first!)).not.toBe(''));
  expect(told(other!)).toBe('');
  expect(sign).toHaveBeenCalledOnce();
});

test('[D38] whoever went on meanwhile keeps the focus where she is, once a computer was signed anew', async () => {
  const issuer = await issuerOf();
  const revoked = await issuerOf(NOW_MS);
  const device = await signedBy(revoked);
  const said = await asked(issuer, { asks: [], devices: [device] });
  const row = { ...said.issuers[0]!, id: await issuerId(revoked), revoked: true };
  const answers: ((is: Answer<AllDevices>) => void)[] = [];
  const renew: DevicesApi['renew'] = () => new Promise((resolve) => answers.push(resolve));
  const all = { ...said, issuers: [...said.issuers, row] };
  const page = opened(all, issuer, { renew });
  for (const goesOn of [true, false]) {
    const anew = await screen.findByRole('button', { name: /^Teken opnieuw: / });
    anew.focus();
    fireEvent.click(anew);
    const elsewhere = screen.getByRole('button', { name: /^Schrap de computer / });
    if (goesOn) elsewhere.focus();
    await waitFor(() => expect(answers).toHaveLength(1));
    answers.pop()!(ok({ ...all, devices: goesOn ? [device] : [] }));
    await waitFor(() => expect(page.busy.peek()).toBe(false));
    // where the focus goes is looked at with the next frame
    await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
    await waitFor(() =>
      expect(document.activeElement).toBe(goesOn ? elsewhere : document.getElementById('devices-list')),
    );
  }
});

test('[O26] while the next press of its window runs, that says nothing of the one before', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const issuer = await issuerOf();
  const said = await asked(issuer, { asks: [], devices: [await signedBy(issuer)] });
  const answers: ((is: Answer<AllDevices>) => void)[] = [];
  opened(said, issuer, { remove: () => new Promise((resolve) => answers.push(resolve)) });
  fireEvent.click(await screen.findByRole('button', { name: /^Schrap de computer / }));
  const window = await screen.findByRole('dialog');
  const told = () => within(window).getByRole('alert').textContent;
  vi.advanceTimersByTime(timing.secondTapMs);
  fireEvent.click(within(window).getByRole('button', { name: 'Ja, schrap' }));
  answers.shift()!(no('unreachable'));
  await waitFor(() => expect(told()).not.toBe(''));
  vi.advanceTimersByTime(timing.secondTapMs);
  fireEvent.click(within(window).getByRole('button', { name: 'Ja, schrap' }));
  await waitFor(() => expect(answers).toHaveLength(1));
  await waitFor(() => expect(told()).toBe(''));
});

test('[O60 U91] what went wrong with *Teken opnieuw* stays at its row, whichever she pressed while it ran', async () => {
  const revoked = await issuerOf();
  const issuer = await issuerOf();
  const devices = [await signedBy(revoked), await signedBy(revoked, 'Samir')];
  const said = await asked(issuer, { asks: [], devices });
  const row = { ...said.issuers[0]!, id: await issuerId(revoked), revoked: true };
  let answers: (is: Answer<AllDevices>) => void = () => undefined;
  const renew = vi.fn<DevicesApi['renew']>(() => new Promise((resolve) => (answers = resolve)));
  opened({ ...said, issuers: [...said.issuers, row] }, issuer, { renew });
  const [first, other] = await screen.findAllByRole('button', { name: /^Teken opnieuw: / });
  fireEvent.click(first!);
  await waitFor(() => expect(renew).toHaveBeenCalledOnce());
  fireEvent.click(other!);
  answers(no('unreachable'));
  await waitFor(() => expect(first!.closest('li')!.textContent).toContain('De server antwoordt niet.'));
  expect(other!.closest('li')!.textContent).not.toContain('De server antwoordt niet.');
  expect(renew).toHaveBeenCalledOnce();
});
