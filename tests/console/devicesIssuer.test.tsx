import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact';
import { verifyIssuer } from '@clbchat/shared/statement/chain';
import { verifyChain } from '@clbchat/shared/statement/certificate';
import { fingerprintOf } from '@clbchat/shared/statement/fingerprint';
import { signDevice, type Issuer } from '@clbchat/shared/statement/issuer';
import { answerRequest, askIssuer, readRequest, type AskedIssuer } from '@clbchat/shared/statement/issuerRequest';
import { openRoot } from '@clbchat/shared/statement/rootFile';
import { exportPublic, makeSigningPair, pinOf } from '@clbchat/shared/statement/signingKey';
import type { AllDevices, Answer, DevicesApi } from '../../console/src/model/devices.ts';
import type { DevicesPorts } from '../../console/src/model/team/devicesPorts.ts';
import { NOTHING_HEARD } from '../../console/src/model/team/heard.ts';
import { madeOnce, PASSPHRASE } from '../roots/made.ts';
import { afterEach, expect, test, vi } from 'vitest';
import { DAY_MS, NOW_MS, ok, no, fileOf, issuerOf, asked, opened, alert } from './devicesScene.tsx';

afterEach(cleanup);

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

test('[O26 U91] what went wrong with making what she signs with is said at the button that she pressed', async () => {
  const { files } = await madeOnce();
  const waiting = await askIssuer(await makeSigningPair(), 'CLB', NOW_MS);
  const far = { ...(await asked(null)), nowMs: NOW_MS + 2 * DAY_MS };
  let kept: AskedIssuer | null = waiting;
  const page = opened(far, null, {}, { readAsked: async () => kept });
  const says = async (name: string, text: string) => {
    const form = screen.getByRole('button', { name }).closest('form')!;
    await waitFor(() => expect(form.textContent).toContain(text));
    expect(document.body.textContent.split(text)).toHaveLength(2);
  };
  await screen.findByRole('button', { name: 'Neem in gebruik' });
  await page.make(fileOf(files.O), PASSPHRASE, 'CLB');
  await says('Maak mijn handtekening', 'De klok van deze computer');
  await page.ask('CLB');
  await says('Maak een andere aanvraag', 'De klok van deze computer');
  kept = null;
  await page.answer('x');
  await says('Neem in gebruik', 'Deze browser kan niets bewaren.');
  cleanup();
  // that nobody answers is no fault of the file
  const unheard = opened(await asked(null), null);
  await screen.findByRole('button', { name: 'Maak mijn handtekening' });
  await unheard.make(fileOf(files.O), PASSPHRASE, 'CLB');
  await says('Maak mijn handtekening', 'De server antwoordt niet.');
  expect(screen.getByLabelText('Sleutelbestand').getAttribute('aria-invalid')).toBe('false');
});

test('[O67] a signature that was made under other roots is listed as one with which nothing is signed any more', async () => {
  const said = await asked(null);
  const row = { account: 'noor', name: 'Noor', endMs: NOW_MS + DAY_MS, revoked: false, active: false };
  const issuers = [
    { ...row, id: 'before'.padEnd(43, '1'), otherPins: true },
    { ...row, id: 'today'.padEnd(43, '2'), otherPins: false, active: true },
    { ...row, id: 'gone'.padEnd(43, '3'), otherPins: true, revoked: true },
  ];
  opened({ ...said, issuers }, null);
  const [before, today, gone] = (
    await within(await screen.findByRole('region', { name: 'Wie kan tekenen' })).findAllByRole('listitem')
  ).map(({ textContent }) => textContent ?? '');
  expect(before).toContain('onder andere sleutels gemaakt: er wordt niets meer mee getekend');
  expect([today, gone].map((text) => text?.includes('andere sleutels'))).toEqual([false, false]);
  expect(gone).toContain('ingetrokken');
});

test('[O35 D38] where a request is asked for stays open while she types in it, until she shuts it', async () => {
  let keeps: () => void = () => undefined;
  const writeAsked = vi.fn<DevicesPorts['writeAsked']>(() => new Promise((resolve) => (keeps = resolve)));
  const page = opened(await asked(null), null, {}, { writeAsked });
  const field = await screen.findByLabelText<HTMLInputElement>('Hoe heet je centrum?');
  const away = field.closest('details')!;
  const ask = () => fireEvent.submit(field.form!);
  expect(away.open).toBe(false);
  ask();
  await waitFor(() => expect(away.open).toBe(true));
  field.value = 'CLB Voorbeeld';
  ask();
  await waitFor(() => expect(page.problem.peek()).toBeNull());
  await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('false'));
  expect(away.open).toBe(true);
  await waitFor(() => expect(writeAsked).toHaveBeenCalledOnce());
  keeps();
  await waitFor(() => expect(page.busy.peek()).toBe(false));
  away.open = false;
  fireEvent(away, new Event('toggle'));
  await page.open();
  expect(away.open).toBe(false);
});
