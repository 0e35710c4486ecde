import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { wordsIn, verifyIssuer } from '@clbchat/shared/statement/chain';
import { verifyChain } from '@clbchat/shared/statement/certificate';
import { fingerprintOf } from '@clbchat/shared/statement/fingerprint';
import { makeIssuer, signDevice, type Issuer } from '@clbchat/shared/statement/issuer';
import { answerRequest, askIssuer, readRequest, type AskedIssuer } from '@clbchat/shared/statement/issuerRequest';
import { openRoot } from '@clbchat/shared/statement/rootFile';
import { exportPublic, makeSigningPair, pinOf } from '@clbchat/shared/statement/signingKey';
import type { AllDevices, Answer, DevicesApi } from '../../console/src/model/devices.ts';
import type { ChosenFile } from '../../console/src/model/team/chosenFile.ts';
import { createDevicesPage } from '../../console/src/model/team/devices.ts';
import type { DevicesPorts } from '../../console/src/model/team/devicesPorts.ts';
import { NOTHING_HEARD } from '../../console/src/model/team/heard.ts';
import { renewals, renewDue } from '../../console/src/model/team/renewing.ts';
import { DevicesBox } from '../../console/src/ui/team/DevicesBox.tsx';
import { madeOnce, PASSPHRASE } from '../roots/made.ts';
import * as timing from '@clbchat/shared/client/timing';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(cleanup);

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 26, 17);
const ok = <Value,>(value: Value): Answer<Value> => ({ ok: true, value });
const no = (why: string) => ({ ok: false, why }) as const;
const fileOf = (bytes: Uint8Array): ChosenFile => ({
  size: bytes.length,
  arrayBuffer: async () => bytes.slice().buffer,
});

async function issuerOf(nowMs = NOW_MS, org = 'CLB Voorbeeld'): Promise<Issuer> {
  const { files } = await madeOnce();
  const root = await openRoot(files.O, PASSPHRASE);
  if (!root.ok) throw new Error(root.why);
  return makeIssuer(root, { org, nowMs });
}
const issuerId = async ({ keys }: Issuer) => pinOf(await exportPublic(keys.publicKey));

/** What the service says where Lien asks, and Noor can sign. */
async function asked(issuer: Issuer | null, more: Partial<AllDevices> = {}): Promise<AllDevices> {
  const pub = await exportPublic((await makeSigningPair()).publicKey);
  const mine = issuer && {
    id: await issuerId(issuer),
    account: 'noor',
    name: 'Noor',
    endMs: NOW_MS + 1,
    revoked: false,
    active: true,
  };
  return {
    ...{ nowMs: NOW_MS, account: 'noor', binding: 'b', pins: (await madeOnce()).pins },
    asks: [{ id: await pinOf(pub), pub, account: 'lien', name: 'Lien' }],
    devices: [],
    issuers: mine ? [mine] : [],
    ...more,
  };
}

function opened(
  said: AllDevices,
  issuer: Issuer | null,
  given: Partial<DevicesApi> = {},
  ports: Partial<DevicesPorts> = {},
) {
  const gone = async () => no('unreachable');
  const api: DevicesApi = {
    ...{
      own: gone,
      ask: gone,
      giveUp: gone,
      sign: gone,
      renew: gone,
      remove: gone,
      postIssuer: gone,
      revokeIssuer: gone,
    },
    all: async () => ok(said),
    ...given,
  };
  const stepUp: DevicesPorts['stepUp'] = {
    async with(ask) {
      const first = await ask();
      return first === 'step_up' ? ((await ask()) as never) : first;
    },
  };
  const page = createDevicesPage({
    ...{ api, stepUp, nowMs: () => NOW_MS, readIssuer: async () => issuer, writeIssuer: async () => undefined },
    hear: async () => NOTHING_HEARD,
    readPosted: async () => null,
    writePosted: async () => undefined,
    ...{ readAsked: async () => null, writeAsked: async () => undefined },
    ...ports,
  });
  render(<DevicesBox page={page} />);
  return page;
}
const alert = (text: string) => waitFor(() => expect(document.body.textContent).toContain(text));
const fill = (label: string, value: string) => {
  (screen.getByLabelText(label) as HTMLInputElement).value = value;
};

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
  expect(page.problem.value).toEqual({ at: 'page', why: 'issuer' });
  expect(chains).toHaveLength(1);
});

test('[O21 O27] a root file makes an issuer here: kept in this browser and on record, or neither', async () => {
  const { files, pins } = await madeOnce();
  const said = await asked(null);
  const posted: string[] = [];
  const now = { ...said, issuers: [] as AllDevices['issuers'] };
  const postIssuer = vi.fn<DevicesApi['postIssuer']>(async (statement) => {
    posted.push(statement);
    const found = await verifyIssuer(statement, { pins, nowMs: NOW_MS, skewMsMax: 0 });
    const id = found.ok ? found.digest : '';
    return ok({
      ...now,
      issuers: [{ id, account: 'noor', name: 'Noor', endMs: NOW_MS + 1, revoked: false, active: true }],
    });
  });
  const revokeIssuer = vi.fn<DevicesApi['revokeIssuer']>(async () => ok(said));
  let kept: Issuer | null = null;
  let disk = false;
  const page = opened(
    said,
    null,
    { postIssuer, revokeIssuer },
    {
      readIssuer: async () => kept,
      hear: async () => NOTHING_HEARD,
      readPosted: async () => null,
      writePosted: async () => undefined,
      async writeIssuer(_account, issuer) {
        if (!disk) throw new Error('full');
        kept = issuer;
      },
    },
  );
  await screen.findByText('Op deze computer kun je nog niet tekenen.');
  const wrong: [Parameters<typeof page.make>, string, string][] = [
    [[undefined, PASSPHRASE, 'CLB'], 'file', 'missing'],
    [[fileOf(files.O), '', 'CLB'], 'passphrase', 'missing'],
    [[fileOf(files.O), PASSPHRASE, ' '], 'org', 'missing'],
    [[fileOf(files.O), 'een heel andere wachtzin', 'CLB'], 'passphrase', 'closed'],
    [[fileOf(files.O.slice(0, 200)), PASSPHRASE, 'CLB'], 'file', 'damaged'],
    [[fileOf(new Uint8Array(0)), PASSPHRASE, 'CLB'], 'file', 'empty'],
    [[fileOf(new Uint8Array(5_000)), PASSPHRASE, 'CLB'], 'file', 'too_large'],
    [[fileOf(new TextEncoder().encode('hello')), PASSPHRASE, 'CLB'], 'file', 'foreign'],
  ];
  for (const [asks, at, why] of wrong) {
    expect(await page.make(...asks)).toBe(false);
    expect(page.problem.value).toEqual({ at, why });
  }
  expect(posted).toEqual([]);
  expect(await page.make(fileOf(files.O2), PASSPHRASE, 'CLB')).toBe(false);
  expect([page.problem.value?.why, revokeIssuer.mock.calls.length]).toEqual(['unkept', 1]);
  await alert('Deze browser kan niets bewaren.');
  disk = true;
  expect(await page.make(fileOf(files.O2), PASSPHRASE, 'CLB')).toBe(true);
  await waitFor(() => expect(screen.queryByText('Op deze computer kun je nog niet tekenen.')).toBeNull());
  expect(kept!.keys.privateKey.extractable).toBe(false);
});

test('[O35 O37] a request is kept over a reload, and its answer is on record and kept, or neither', async () => {
  const { files, pins } = await madeOnce();
  const said = await asked(null);
  const trust = { pins, nowMs: NOW_MS, skewMsMax: 0 };
  let says: Answer<AllDevices> | null = null;
  const postIssuer = vi.fn<DevicesApi['postIssuer']>(async (statement) => {
    if (says) return says;
    const found = await verifyIssuer(statement, trust);
    const id = found.ok ? found.digest : '';
    const issuer = { id, account: 'noor', name: 'Noor', endMs: NOW_MS + 1, revoked: false, active: true };
    return ok({ ...said, issuers: [issuer] });
  });
  const revokeIssuer = vi.fn<DevicesApi['revokeIssuer']>(async () => ok(said));
  let kept: Issuer | null = null;
  let waiting: AskedIssuer | null = null;
  const disk = { asks: false, issuers: false };
  const load = () => {
    cleanup();
    return opened(
      said,
      null,
      { postIssuer, revokeIssuer },
      {
        readIssuer: async () => kept,
        hear: async () => NOTHING_HEARD,
        readPosted: async () => null,
        writePosted: async () => undefined,
        readAsked: async () => waiting,
        async writeAsked(_account, one) {
          if (!disk.asks) throw new Error('full');
          waiting = one;
        },
        async writeIssuer(_account, issuer) {
          if (!disk.issuers) throw new Error('full');
          [kept, waiting] = [issuer, null];
        },
      },
    );
  };
  let page = load();
  await screen.findByText('Of: laat een computer zonder netwerk tekenen');
  expect(screen.queryByLabelText('Je aanvraag')).toBeNull();
  expect([await page.ask(' '), page.problem.value]).toEqual([false, { at: 'asked', why: 'missing' }]);
  expect([await page.ask('--'), page.problem.value]).toEqual([false, { at: 'asked', why: 'words' }]);
  expect([await page.ask('CLB'), page.problem.value?.why]).toEqual([false, 'unkept']);
  expect(waiting).toBeNull();
  disk.asks = true;
  expect(await page.ask(' CLB ')).toBe(true);

  page = load();
  const area = (await screen.findByLabelText('Je aanvraag')) as HTMLTextAreaElement;
  const request = await readRequest(area.value);
  if (!request) throw new Error('no request');
  expect(request).toMatchObject({ org: 'CLB', at: NOW_MS / 1_000 });
  const groups = within(screen.getByRole('list', { name: 'Vingerafdruk van je aanvraag' })).getAllByRole('listitem');
  expect(groups.map((one) => one.textContent)).toEqual(fingerprintOf(await pinOf(request.pub)));

  const root = await openRoot(files.O2, PASSPHRASE);
  if (!root.ok) throw new Error(root.why);
  const { answer } = await answerRequest(root, request, NOW_MS);
  const another = await readRequest((await askIssuer(await makeSigningPair(), 'CLB', NOW_MS)).request);
  const foreign = await answerRequest(root, another!, NOW_MS);
  const wrong: [string, string][] = [
    ['', 'missing'],
    ['hallo', 'answer'],
    [answer.slice(0, -1), 'answer'],
    [area.value, 'answer'],
    [foreign.answer, 'other_request'],
  ];
  for (const [text, why] of wrong)
    expect([await page.answer(text), page.problem.value]).toEqual([false, { at: 'answer', why }]);
  expect(postIssuer).not.toHaveBeenCalled();
  for (const [why, shown] of [
    ['clock', 'De klok van de andere computer staat verkeerd.'],
    ['other_pins', 'Dit zijn de sleutels van een ander centrum.'],
  ] as const) {
    says = no(why);
    expect(await page.answer(answer)).toBe(false);
    await alert(shown);
  }
  says = null;
  expect([await page.answer(answer), page.problem.value?.why]).toEqual([false, 'unkept']);
  expect(revokeIssuer).toHaveBeenCalledTimes(1);
  disk.issuers = true;
  fireEvent.input(screen.getByLabelText('Het antwoord, één lange regel'), { target: { value: ` ${answer}\n` } });
  fireEvent.click(screen.getByRole('button', { name: 'Neem in gebruik' }));
  await waitFor(() => expect(screen.queryByText('Op deze computer kun je nog niet tekenen.')).toBeNull());
  expect(kept!.keys.privateKey.extractable).toBe(false);
  const pub = await exportPublic((await makeSigningPair()).publicKey);
  const chain = await signDevice(kept!, { sub: 'lien', name: 'Lien', site: 'CLB', pub, nowMs: NOW_MS });
  expect(await verifyChain(chain, trust)).toMatchObject({ ok: true });
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

test('[O23] who signs in a browser that can remember no more reads that it renews nothing', async () => {
  const issuer = await issuerOf();
  const hear: DevicesPorts['hear'] = () => Promise.reject(new Error('the disk is full'));
  opened(await asked(issuer), issuer, {}, { hear });
  await alert('Deze browser verlengt geen computers.');
  cleanup();
  opened(await asked(issuer), issuer);
  await screen.findByRole('button', { name: 'Klopt, teken' });
  expect(document.body.textContent).not.toContain('Deze browser verlengt geen computers.');
});

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

test('[G93 O23] what she signs with anew is spelled as what stands, or it would renew none of it', async () => {
  const { files } = await madeOnce();
  const before = await issuerOf(NOW_MS, 'CLB\u00a0Gent');
  const pub = await exportPublic((await makeSigningPair()).publicKey);
  const chain = await signDevice(before, { sub: 'lien', name: 'Lien', site: 'Noord', pub, nowMs: NOW_MS });
  const device = { id: await pinOf(pub), account: 'lien', name: 'Lien', made: null, chain, active: true };
  const said = { ...(await asked(null)), devices: [device] };
  const orgs: unknown[] = [];
  const postIssuer: DevicesApi['postIssuer'] = async (statement) => {
    const found = await verifyIssuer(statement, { pins: said.pins, nowMs: NOW_MS, skewMsMax: 0 });
    orgs.push(found.ok && found.issuer.org);
    return no('chain');
  };
  const page = opened(said, null, { postIssuer });
  await screen.findByText('Op deze computer kun je nog niet tekenen.');
  for (const typed of ['CLB Gent', ' CLB  Gent', 'CLB Aalst']) await page.make(fileOf(files.O), PASSPHRASE, typed);
  expect(orgs).toEqual(['CLB\u00a0Gent', 'CLB\u00a0Gent', 'CLB Aalst']);
});

test('[O51] other roots are offered while nobody signs or signed in the centre, and not after, whatever became of her', async () => {
  const link = () => screen.queryByRole('link', { name: 'Heeft je centrum nog geen sleutelbestanden? Maak ze nu.' });
  for (const everSigned of [false, true]) {
    opened(await asked(null, { everSigned }), null);
    await screen.findByLabelText('Naam van je centrum', { exact: false, selector: '#devices-org' });
    expect(link() !== null).toBe(!everSigned);
    cleanup();
  }
});
