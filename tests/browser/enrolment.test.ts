import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fingerprintOf } from '@clbchat/shared/statement/fingerprint';
import { answerRequest, readRequest } from '@clbchat/shared/statement/issuerRequest';
import { openRoot } from '@clbchat/shared/statement/rootFile';
import type { AccountId } from '@clbchat/shared/ids';
import { makeRoots, pinsText, type MadeRoots } from '@clbchat/shared/statement/roots';
import { pinOf } from '@clbchat/shared/statement/signingKey';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { axeFinds } from '../support/axe.ts';
import { limitsFile } from '../support/limitsFile.ts';
import { atRecords, givePassword, PASSWORD, recordsKeyFile } from '../support/password.ts';
import { pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import type { Stage } from '../support/stage.ts';

const MINUTE_MS = 60_000;
const PASSPHRASE = 'vier gewone woorden op papier';
let roots: MadeRoots;
const env: Record<string, string> = {};
beforeAll(async () => {
  roots = await makeRoots(PASSPHRASE);
  env['ROOT_PINS'] = pinsText(roots.pins);
  env['RECORDS_KEY_FILE'] = recordsKeyFile();
  // less left than the half hour of the warning, from its beginning
  env['LIMITS_FILE'] = limitsFile({ sessionMs: 29 * MINUTE_MS, sessionCheckEveryMs: 1_000 });
});

/** What `npx --no clbchat recover` prints for the service of this stage. */
async function addressFor({ app }: Stage): Promise<string> {
  const environment = { PATH: process.env['PATH'], RECORDS_REDIS_URL: app.records!.url, CENTRE: 'demo' };
  const args = ['server/bin/clbchat.js', 'recover', '--origin', app.origin];
  const child = spawn(process.execPath, args, { env: environment });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await once(child, 'close');
  return out.trim().split('\n')[1] ?? '';
}

/** Gives an account other roles, as the page for that will, and a password. @returns its codes */
const becomes = ({ app }: Stage, name: string, roles: readonly string[]) =>
  atRecords(app.records!.url, async (records) => {
    const row = (await records.list('account')).find(
      ({ text }) => (JSON.parse(text) as { name: string }).name === name,
    )!;
    const text = JSON.stringify({ ...(JSON.parse(row.text) as object), roles });
    await records.write([{ kind: 'account', id: row.id, rev: row.rev, text }], null);
    return givePassword(records, row.id as AccountId, 'els@clb.test');
  });

/** Somebody with a passkey, at a browser of her own. */
async function person(stage: Stage, name: string, width: number) {
  const context = await stage.newContext({ viewport: { width, height: 800 } });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  const press = (button: string) => page.getByRole('button', { name: button, exact: true }).click();
  await page.goto(await addressFor(stage));
  await page.getByLabel('Je naam').fill(name);
  await press('Maak een passkey');
  await press('Maak tien herstelcodes');
  await page.getByLabel('Ik heb de codes bewaard').check();
  await press('Ga verder');
  await page.getByText(`Je bent aangemeld als ${name}.`).waitFor();
  return { page, press };
}
const groupsIn = async (page: Page, list: string) =>
  page.getByRole('list', { name: list }).getByRole('listitem').allInnerTexts();
/** As another tab of this browser does it: the cookie is another one, and no page here was told. @returns whether the service took it */
const showsElsewhere = (page: Page) =>
  page.evaluate(async () => {
    const asks = (path: string, body: object) => {
      const headers = { 'content-type': 'application/json', 'x-clb': '1' };
      return fetch(`/api/step-up/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    };
    const asked = (await (await asks('begin', {})).json()) as PublicKeyCredentialRequestOptionsJSON;
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({ ...asked, userVerification: 'required' });
    const shown = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
    const { id, response: is } = shown.toJSON() as AuthenticationResponseJSON;
    const { clientDataJSON: clientData, authenticatorData: authenticator, signature, userHandle: user } = is;
    return (await asks('passkey', { id, clientData, authenticator, signature, user })).ok;
  });
/** By its id: what has the focus. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '');
const fits = async (page: Page, width: number) => {
  expect((await axeFinds(page)).found).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
};

test(
  '[I19 O26] who gives up the computer that she sits at leaves nothing on it: no storage, no cookie, no session',
  scene(
    async (stage) => {
      const mia = await person(stage, 'Mia', 360);
      await becomes(stage, 'Mia', ['counsellor']);
      await mia.page.reload();
      await mia.press('Vraag deze computer aan');
      await mia.page.getByRole('heading', { name: 'Je aanvraag wacht' }).waitFor();
      await mia.page.evaluate(() => localStorage.setItem('left', 'behind'));
      const cookies = await mia.page.context().cookies();
      const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
      const opens = async () =>
        (await fetch(`${stage.app.origin}/api/session`, { headers: { cookie, 'x-clb': '1' } })).status;
      expect(await opens()).toBe(200);
      await mia.press('Verwijder deze computer');
      await mia.press('Ja, verwijder');
      await mia.page.getByRole('heading', { name: 'Deze computer is verwijderd' }).waitFor();
      await fits(mia.page, 360);
      expect(await mia.page.context().cookies()).toEqual([]);
      const kept = async () => [await indexedDB.databases(), localStorage.length];
      expect(await mia.page.evaluate(kept)).toEqual([[], 0]);
      expect(await opens()).toBe(401); // the cookie that somebody copied
      expect(await mia.page.getByText('Je bent afgemeld.').isVisible()).toBe(true);
      await mia.page.getByRole('link', { name: 'Meld opnieuw aan' }).click();
      await mia.page.getByRole('heading', { name: 'Aanmelden' }).waitFor();

      // where nobody answers it goes all the same, and she reads what may be left
      const zoe = await person(stage, 'Zoë', 360);
      await becomes(stage, 'Zoë', ['counsellor']);
      await zoe.page.reload();
      await zoe.press('Vraag deze computer aan');
      await zoe.page.getByRole('heading', { name: 'Je aanvraag wacht' }).waitFor();
      await zoe.press('Verwijder deze computer');
      await zoe.page.route('**/api/**', async (route) =>
        route.request().method() === 'POST' ? route.abort() : route.continue(),
      );
      await zoe.press('Ja, verwijder');
      await zoe.page.getByText('De server antwoordde niet.').waitFor();
      await zoe.page.getByText('Je bent afgemeld.').waitFor({ state: 'hidden' }); // once its sheet is there
      await fits(zoe.page, 360);
      expect(await zoe.page.evaluate(kept)).toEqual([[], 0]);

      // with the network away the page that is there says what is left, and goes on by itself
      const ada = await person(stage, 'Ada', 360);
      await becomes(stage, 'Ada', ['counsellor']);
      await ada.page.reload();
      await ada.press('Vraag deze computer aan');
      await ada.page.getByRole('heading', { name: 'Je aanvraag wacht' }).waitFor();
      await ada.press('Verwijder deze computer');
      await ada.page.context().setOffline(true);
      await ada.press('Ja, verwijder');
      await ada.page.getByText('je bent hier nog aangemeld').waitFor();
      await fits(ada.page, 360);
      expect(await ada.page.evaluate(kept)).toEqual([[], 0]);
      await ada.page.context().setOffline(false);
      await ada.page.getByRole('heading', { name: 'Deze computer is verwijderd' }).waitFor();
      expect(await ada.page.getByText('Je bent afgemeld.').isVisible()).toBe(true);
      expect(await ada.page.context().cookies()).toEqual([]);
    },
    { on: 'redis', env },
  ),
);

test(
  '[O17 O24 O25 O27 U44 G39 G91 D38 O37 O60 O67] a coordinator makes an issuer of a root file, compares and signs; the counsellor’s desk opens, and a pupil chats',
  scene(
    async (stage) => {
      const joke = await person(stage, 'Joke', 1280);
      const els = await person(stage, 'Els', 360);
      const codes = await becomes(stage, 'Els', ['counsellor']);
      await els.page.reload();
      await els.press('Vraag deze computer aan');
      await els.page.getByRole('heading', { name: 'Je aanvraag wacht' }).waitFor();
      const shown = await groupsIn(els.page, 'Vingerafdruk van deze computer');
      expect(shown.join(' ')).toMatch(/^(\d{5} ){7}\d{5}$/);
      await fits(els.page, 360);

      await joke.press('Naar de openingsuren');
      await joke.page.getByRole('link', { name: 'Toestellen' }).click();
      await joke.page.getByText('Op deze computer kun je nog niet tekenen.').waitFor();
      // the demonstration signs in Noor's name, so she is the second
      const warning = joke.page.getByText(/^Er kan nog maar één coördinator tekenen: maak zelf/);
      await warning.waitFor();
      const file = { name: 'O.clbkey', mimeType: 'application/octet-stream', buffer: Buffer.from(roots.files.O) };
      await joke.page.getByLabel('Sleutelbestand').setInputFiles(file);
      await joke.page.getByLabel('Wachtzin').fill('een heel andere wachtzin');
      await joke.page.getByLabel('Naam van je centrum').fill('CLB Voorbeeld');
      await joke.press('Maak mijn handtekening');
      await joke.page.getByText('Dit gaat niet open.').waitFor();
      await joke.page.getByLabel('Wachtzin').fill(PASSPHRASE);
      await joke.press('Maak mijn handtekening');
      await joke.page.getByText('Joke (jij)').waitFor();
      await warning.waitFor({ state: 'detached' });
      await expect.poll(() => focused(joke.page)).toBe('devices-issuers'); // the form went with its button
      const extractable = await joke.page.evaluate(
        () =>
          new Promise((resolve) => {
            const opening = indexedDB.open('clbchat');
            opening.onsuccess = () => {
              const asked = opening.result.transaction('issuers').objectStore('issuers').getAll();
              asked.onsuccess = () =>
                resolve(
                  (asked.result as { issuer: { keys: CryptoKeyPair } }[]).map(
                    (one) => one.issuer.keys.privateKey.extractable,
                  ),
                );
            };
          }),
      );
      expect(extractable).toEqual([false]);

      expect(await groupsIn(joke.page, 'Vingerafdruk van de computer van Els')).toEqual(shown);
      await joke.page.getByLabel('Vestiging die bezoekers zien').fill('CLB Noord');
      await fits(joke.page, 1280);
      await joke.press('Klopt, teken');
      await joke.page.getByText('Getekend.').waitFor();
      await joke.page.getByText('Bezoekers lezen: Els, CLB Noord').waitFor();

      await els.page.getByRole('button', { name: /^Jouw status: / }).waitFor();
      await els.page.reload();
      await els.page.getByRole('button', { name: /^Jouw status: / }).click();
      await els.page.getByText('Beschikbaar', { exact: true }).first().click();
      const fox = await pupil(stage, { where: 'link' });
      await fox.start({ nick: 'Vos', first: 'Is daar iemand?' });
      await els.page.getByRole('button', { name: 'Neem aan' }).first().click();
      await els.page.getByText(/^Versleuteld\./).waitFor();
      const composer = els.page.getByRole('textbox', { name: /^Bericht aan/ });
      await composer.fill('Dag Vos');
      await composer.press('Enter');
      await fox.hears('Dag Vos');
      await fox.reads(/Els/);

      // she stays signed in by her password, and what she wrote stands there; the desk goes on under the new session
      await composer.fill('half geschreven');
      await els.press('Blijf aangemeld');
      const dialog = els.page.getByRole('dialog', { name: 'Toon nog eens dat jij het bent' });
      await dialog.getByRole('button', { name: 'Toon je passkey' }).waitFor();
      await dialog.getByRole('button', { name: 'Neem je wachtwoord' }).click();
      await els.page.keyboard.type(PASSWORD);
      await dialog.getByLabel('Code uit je app').fill(codes.now());
      await fits(els.page, 360);
      await els.page.keyboard.press('Enter');
      await els.page.getByText('Je blijft aangemeld.').waitFor();
      expect(await composer.inputValue()).toBe('half geschreven');
      await composer.press('Enter');
      await fox.hears('half geschreven');
      await fox.says('en verder');
      await els.page.getByText('en verder').last().waitFor();

      // another tab of hers shows that it is she: her desk comes back under that, as it is
      await composer.fill('nog een half antwoord');
      let loads = 0;
      els.page.on('load', () => (loads += 1));
      const comesBack = els.page.waitForEvent('websocket');
      expect(await showsElsewhere(els.page)).toBe(true);
      await comesBack; // under what it knows, and after that under what there is
      await els.page.waitForEvent('websocket');
      await els.page.getByText('Geen verbinding').waitFor({ state: 'detached' });
      expect(await composer.inputValue()).toBe('nog een half antwoord');
      expect(await composer.evaluate((field) => field === document.activeElement)).toBe(true);
      await composer.press('Enter');
      await fox.hears('nog een half antwoord');
      expect(loads).toBe(0);

      // what she signs with goes: the computer that it signed waits, is signed in still, and has its numbers to read out [O67]
      await joke.page.getByRole('button', { name: /^Trek in: de handtekening van Joke/ }).click();
      await joke.page.getByRole('button', { name: 'Ja, trek in' }).click();
      await expect.poll(() => focused(joke.page)).toBe('devices-issuers');
      await els.page.getByRole('heading', { name: 'Deze computer wacht op een nieuwe handtekening' }).waitFor();
      expect(await groupsIn(els.page, 'Vingerafdruk van deze computer')).toEqual(shown);
      expect(await els.page.getByText('Je aanmelding is afgelopen').count()).toBe(0);
      await fits(els.page, 360);
      // it comes back from a computer without a network, over a reload [O37]
      await joke.page.getByText('Of: laat een computer zonder netwerk tekenen').click();
      await joke.page.getByLabel('Hoe heet je centrum?').fill('CLB Voorbeeld');
      await joke.press('Maak een aanvraag');
      await joke.page.getByRole('textbox', { name: 'Je aanvraag' }).waitFor();
      await joke.page.reload();
      const asked = await readRequest(await joke.page.getByRole('textbox', { name: 'Je aanvraag' }).inputValue());
      const root = await openRoot(roots.files.O2, PASSPHRASE);
      if (!asked || !root.ok) throw new Error('nothing to sign, or nothing to sign with');
      expect(await groupsIn(joke.page, 'Vingerafdruk van je aanvraag')).toEqual(fingerprintOf(await pinOf(asked.pub)));
      await fits(joke.page, 1280);
      await joke.page.getByLabel('Het antwoord').fill((await answerRequest(root, asked, Date.now())).answer);
      await joke.press('Neem in gebruik');
      await joke.page.getByText('Op deze computer kun je nog niet tekenen.').waitFor({ state: 'detached' });
      await joke.page.reload();
      await joke.page.getByText('Joke (jij)').first().waitFor();
      expect(await joke.page.getByText('Op deze computer kun je nog niet tekenen.').count()).toBe(0);
      expect(await groupsIn(joke.page, 'Vingerafdruk van de computer van Els')).toEqual(shown);
      await joke.page.getByRole('button', { name: /^Teken opnieuw: de computer .* van Els$/ }).click();
      // her desk was refused while she sat there, and comes back by itself
      await els.page.getByRole('button', { name: /^Jouw status: / }).waitFor();

      // taken away, she is out at once, signed in still, and may ask anew
      await joke.page.getByRole('button', { name: /^Schrap de computer .* van Els$/ }).click();
      await joke.page.getByRole('button', { name: 'Ja, schrap' }).click();
      await joke.page.getByText('Bezoekers lezen: Els, CLB Noord').waitFor({ state: 'detached' });
      await expect.poll(() => focused(joke.page)).toBe('devices-list'); // its button went with the row
      await els.page.getByRole('button', { name: 'Vraag deze computer aan' }).waitFor();
    },
    { on: 'redis', env },
  ),
);
