import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { wordsIn } from '@clbchat/shared/statement/chain';
import { verifyChain } from '@clbchat/shared/statement/certificate';
import { fingerprintOf } from '@clbchat/shared/statement/fingerprint';
import { signDevice, type Issuer } from '@clbchat/shared/statement/issuer';
import { exportPublic, makeSigningPair, pinOf } from '@clbchat/shared/statement/signingKey';
import type { AllDevices, DevicesApi } from '../../console/src/model/devices.ts';
import type { DevicesPorts } from '../../console/src/model/team/devicesPorts.ts';
import { NOTHING_HEARD } from '../../console/src/model/team/heard.ts';
import { renewals, renewDue } from '../../console/src/model/team/renewing.ts';
import { afterEach, expect, test, vi } from 'vitest';
import { DAY_MS, NOW_MS, ok, no, issuerOf, issuerId, asked, opened, alert, fill } from './devicesScene.tsx';

afterEach(cleanup);

test('[O67] of a computer that was signed under other roots nobody reads that it is renewed by itself', async () => {
  const issuer = await issuerOf();
  const pub = await exportPublic((await makeSigningPair()).publicKey);
  const chain = await signDevice(issuer, { sub: 'lien', name: 'Lien', site: 'CLB', pub, nowMs: NOW_MS });
  const made = { ...{ id: await pinOf(pub), account: 'lien', name: 'Lien' }, active: true, made: '2026-11-20', chain };
  const said = await asked(issuer, { asks: [], devices: [made] });
  opened(said, issuer);
  await alert('wordt vanzelf verlengd');
  cleanup();
  opened({ ...said, pins: ['x'.repeat(43)], issuers: [] }, null);
  await alert('onder andere sleutels getekend');
  expect(document.body.textContent).not.toContain('wordt vanzelf verlengd');
  expect(screen.queryByRole('button', { name: /^Teken opnieuw/ })).toBeNull();
});

test('[O27] shows who asks with eight groups to compare, and signs this very key with the words that visitors read', async () => {
  const issuer = await issuerOf();
  const said = await asked(issuer);
  let tries = 0;
  const chains: string[] = [];
  const sign = vi.fn<DevicesApi['sign']>(async (chain) => {
    chains.push(chain);
    tries += 1;
    return tries === 1 ? no('step_up') : ok({ ...said, asks: [] });
  });
  opened(said, issuer, { sign });
  const list = await screen.findByRole('list', { name: 'Vingerafdruk van de computer van Lien' });
  const groups = within(list)
    .getAllByRole('listitem')
    .map((one) => one.textContent);
  expect(groups).toEqual(fingerprintOf(said.asks[0]!.id));
  fireEvent.click(screen.getByRole('button', { name: 'Klopt, teken' }));
  await alert('Vul dit in.'); // where she works nobody knows yet
  expect(sign).not.toHaveBeenCalled();
  fill('Vestiging die bezoekers zien', ' CLB Noord ');
  fireEvent.click(screen.getByRole('button', { name: 'Klopt, teken' }));
  await alert('Getekend.');
  expect(chains[0]).toBe(chains[1]);
  const trust = { pins: said.pins, nowMs: NOW_MS, skewMsMax: 0 };
  expect(await verifyChain(chains[0]!, trust)).toMatchObject({
    ok: true,
    device: { sub: 'lien', name: 'Lien', site: 'CLB Noord', pub: said.asks[0]!.pub },
  });
});

test('[O19 O22] what cannot be signed is one sentence, and nothing is signed for it', async () => {
  const issuer = await issuerOf();
  const said = await asked(issuer);
  const sign = vi.fn<DevicesApi['sign']>(async () => no('gone'));
  const press = async (page: ReturnType<typeof opened>, all = said) => {
    await page.open();
    await page.sign(all.asks[0]!.id, { name: 'Lien', site: 'CLB' });
    const why = page.problem.value?.why;
    cleanup();
    return why;
  };
  expect(await press(opened(said, null, { sign }))).toBe('no_issuer');
  expect(await press(opened({ ...said, nowMs: NOW_MS + DAY_MS + 60_000 }, issuer, { sign }))).toBe('clock');
  const swapped = {
    ...said,
    asks: [{ ...said.asks[0]!, pub: await exportPublic((await makeSigningPair()).publicKey) }],
  };
  expect(await press(opened(swapped, issuer, { sign }), swapped)).toBe('chain');
  const revoked = { ...said, issuers: said.issuers.map((one) => ({ ...one, revoked: true })) };
  expect(await press(opened(revoked, issuer, { sign }))).toBe('no_issuer');
  expect(sign).not.toHaveBeenCalled();
  expect(await press(opened(said, issuer, { sign }))).toBe('gone');
});

test('[O33] in the demonstration whose issuer is on record signs with no issuer in her browser, and after showing that it is she', async () => {
  const said = await asked(await issuerOf());
  const chains: string[] = [];
  let tries = 0;
  const inHerName = vi.fn<NonNullable<DevicesPorts['inHerName']>>(async () => {
    tries += 1;
    return tries === 1 ? no('step_up') : ok('the chain');
  });
  const sign = async (chain: string) => {
    chains.push(chain);
    return ok({ ...said, asks: [] });
  };
  opened(said, null, { sign }, { inHerName });
  await screen.findByText('De demonstratie tekent in jouw naam.');
  expect(screen.queryByLabelText('Sleutelbestand')).toBeNull();
  fill('Vestiging die bezoekers zien', 'CLB Noord');
  fireEvent.click(screen.getByRole('button', { name: 'Klopt, teken' }));
  await alert('Getekend.');
  expect(inHerName.mock.calls).toEqual(Array(2).fill([{ id: said.asks[0]!.id, name: 'Lien', site: 'CLB Noord' }]));
  expect(chains).toEqual(['the chain']);
  cleanup();

  // nobody else is signed for, and what the signer refuses is said
  const others = { ...said, issuers: said.issuers.map((one) => ({ ...one, account: 'els' })) };
  for (const all of [others, { ...said, issuers: said.issuers.map((one) => ({ ...one, revoked: true })) }]) {
    opened(all, null, { sign }, { inHerName });
    await screen.findByText('Op deze computer kun je nog niet tekenen.');
    cleanup();
  }
  const page = opened(said, null, { sign }, { inHerName: async () => no('issuer') });
  await page.open();
  await page.sign(said.asks[0]!.id, { name: 'Lien', site: 'CLB' });
  expect(page.problem.value).toEqual({ at: 'sign', why: 'issuer' });
  expect(chains).toHaveLength(1);
});

test('[O23 O60] a coordinator’s console signs anew what is due, with the same words, and nothing else', async () => {
  const issuer = await issuerOf(NOW_MS - 100 * DAY_MS);
  const [stranger, revoked] = [await issuerOf(NOW_MS, 'Een ander'), await issuerOf(NOW_MS)];
  const device = async (id: string, by: Issuer, madeMs: number, more = {}) => {
    const pub = await exportPublic((await makeSigningPair()).publicKey);
    const chain = await signDevice(by, { sub: id, name: id, site: 'CLB', pub, nowMs: madeMs });
    return { id, account: id, name: id, active: true, made: '2026-11-01', chain, ...more };
  };
  const record = async (by: Issuer, is: boolean) => ({
    ...{ id: await issuerId(by), account: 'noor', name: 'Noor', endMs: NOW_MS + 1, revoked: is, active: true },
  });
  const said = await asked(null, {
    issuers: [await record(issuer, false), await record(stranger, false), await record(revoked, true)],
    devices: [
      await device('fresh', issuer, NOW_MS - 6 * DAY_MS),
      await device('due', issuer, NOW_MS - 8 * DAY_MS),
      await device('ended', issuer, NOW_MS - 73 * DAY_MS),
      await device('long', issuer, NOW_MS - 75 * DAY_MS),
      await device('disabled', issuer, NOW_MS - 8 * DAY_MS, { active: false }),
      await device('other', stranger, NOW_MS),
      await device('orphan', revoked, NOW_MS),
      await device('demo', issuer, NOW_MS, { chain: null }),
    ],
  });
  const words = await Promise.all((await renewals(said, issuer, NOTHING_HEARD)).map(wordsIn));
  expect(words.map((one) => one?.device.sub)).toEqual(['due', 'ended']);
  for (const one of words) expect(one).toMatchObject({ device: { site: 'CLB', nbf: NOW_MS / 1_000 } });
  expect(await renewals(said, revoked, NOTHING_HEARD)).toEqual([]);
  const renew = vi.fn<DevicesApi['renew']>(async () => ok(said));
  const all = async () => ok(said);
  await renewDue(
    { all, renew },
    { issuer: async () => issuer, hear: async () => NOTHING_HEARD },
    () => NOW_MS - 2 * DAY_MS,
  );
  expect(renew).not.toHaveBeenCalled();
  await renewDue({ all, renew }, { issuer: async () => issuer, hear: async () => NOTHING_HEARD }, () => NOW_MS);
  expect(renew).toHaveBeenCalledTimes(2);

  // what a revoked issuer signed takes a press on that computer, and is by her own then
  const orphan = said.devices.find(({ id }) => id === 'orphan')!;
  const id = await pinOf((await wordsIn(orphan.chain!))!.device.pub);
  const one: AllDevices = { ...said, devices: [{ ...orphan, id }] };
  renew.mockClear();
  opened(one, issuer, { renew, all: async () => ok(one) });
  await screen.findByText('Teken alleen opnieuw als je zeker weet dat dit haar computer is.');
  fireEvent.click(screen.getByRole('button', { name: /^Teken opnieuw: de computer / }));
  await waitFor(() => expect(renew).toHaveBeenCalledOnce());
  const anew = await wordsIn(renew.mock.calls[0]![0]);
  expect(anew).toMatchObject({
    issuer: await issuerId(issuer),
    device: { sub: 'orphan', name: 'orphan', site: 'CLB' },
  });
  expect(await pinOf(anew!.device.pub)).toBe(id);
  cleanup();
  // the service's word that a key is this computer's is not taken
  const other: AllDevices = { ...said, devices: [{ ...orphan, id: 'x'.repeat(43) }] };
  const page = opened(other, issuer, { renew, all: async () => ok(other) });
  await page.open();
  expect([await page.signAnew('x'.repeat(43)), page.problem.value?.why]).toEqual([false, 'chain']);
  expect(renew).toHaveBeenCalledOnce();
});

test('[O26] what went wrong with an ask is said at the ask that she pressed last', async () => {
  const issuer = await issuerOf();
  const said = await asked(issuer);
  const more = await asked(issuer);
  opened({ ...said, asks: [...said.asks, { ...more.asks[0]!, name: 'Samir' }] }, issuer);
  const [one, other] = await screen.findAllByRole('button', { name: 'Klopt, teken' });
  const says = (button: HTMLElement | undefined) => button?.closest('form')?.textContent;
  for (const [pressed, left] of [
    [one, other],
    [other, one],
  ]) {
    fireEvent.click(pressed!);
    await waitFor(() => expect(says(pressed)).toContain('Vul dit in.'));
    expect(says(left)).not.toContain('Vul dit in.');
    expect(document.querySelectorAll('#devices-site')).toHaveLength(1);
    expect(pressed?.closest('form')?.contains(document.activeElement)).toBe(true);
  }
});

test('[O60] *Teken opnieuw* says at its row what went wrong, and *Getekend* is of her last press alone', async () => {
  const issuer = await issuerOf();
  const pub = await exportPublic((await makeSigningPair()).publicKey);
  const chain = await signDevice(issuer, { sub: 'lien', name: 'Lien', site: 'Noord', pub, nowMs: NOW_MS });
  const said = await asked(issuer);
  const device = { id: await pinOf(pub), account: 'lien', name: 'Lien', made: null, chain, active: true };
  const other = await issuerOf();
  const all = { ...said, devices: [device], issuers: [{ ...said.issuers[0]!, id: await issuerId(other) }] };
  const sign: DevicesApi['sign'] = async () => ok({ ...all, asks: [] });
  opened(all, other, { sign, renew: async () => no('unreachable'), all: async () => ok(all) });
  fireEvent.click(await screen.findByRole('button', { name: 'Klopt, teken' }));
  await screen.findByText(/^Getekend\. De computer/);
  const anew = screen.getByRole('button', { name: /^Teken opnieuw/ });
  fireEvent.click(anew);
  await waitFor(() => expect(anew.closest('li')?.textContent).toContain('De server antwoordt niet.'));
  expect(screen.queryByText(/^Getekend\. De computer/)).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Kijk opnieuw' }));
  await waitFor(() => expect(anew.closest('li')?.textContent).not.toContain('De server antwoordt niet.'));
});

test('[O26 U91] *Klopt, teken* that nobody heard says so at its button, and of one that a colleague signed at the head of the list', async () => {
  const issuer = await issuerOf();
  const said = await asked(issuer);
  const samir = { ...(await asked(issuer)).asks[0]!, name: 'Samir' };
  const two = { ...said, asks: [...said.asks, samir] };
  let all: AllDevices = two;
  const sign = vi.fn<DevicesApi['sign']>(async () => no('unreachable'));
  opened(two, issuer, { sign, all: async () => ok(all) });
  const [button, other] = await screen.findAllByRole('button', { name: 'Klopt, teken' });
  const form = button!.closest('form')!;
  fireEvent.input(within(form).getByLabelText('Vestiging die bezoekers zien'), { target: { value: 'Noord' } });
  fireEvent.click(button!);
  const lost = 'De server antwoordt niet. Misschien is deze computer al getekend. Kijk opnieuw.';
  await waitFor(() => expect(form.textContent).toContain(lost));
  expect(other!.closest('form')!.textContent).not.toContain(lost);
  fireEvent.click(screen.getByRole('button', { name: 'Kijk opnieuw' }));
  await waitFor(() => expect(form.textContent).not.toContain(lost));

  sign.mockResolvedValue(no('gone'));
  all = { ...two, asks: [samir] };
  button!.focus();
  fireEvent.click(button!);
  await screen.findByText('Dit staat er niet meer. Een collega was je voor.');
  await waitFor(() => expect(screen.getAllByRole('button', { name: 'Klopt, teken' })).toHaveLength(1));
  screen.getByText('Dit staat er niet meer. Een collega was je voor.');
  await waitFor(() => expect(document.activeElement?.id).toBe('devices-asks'));
});
