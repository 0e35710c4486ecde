import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFinds } from '../support/axe.ts';
import { startApp, type App } from '../support/app.ts';
import { openBrowser } from '../support/chromium.ts';
import { addressFor, authenticatorOf } from '../support/oneTimeAddress.ts';
import { freePort } from '../support/freePort.ts';
import { startOpenIdProvider, type TestProvider } from '../support/openIdProvider.ts';

let provider: TestProvider;
let app: App;
const folder = mkdtempSync(join(tmpdir(), 'clbchat-provider-'));
beforeAll(async () => {
  const port = await freePort();
  provider = await startOpenIdProvider([`http://localhost:${port}/console/`]);
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, provider.cert);
  const { issuer, clientId, clientSecret, name } = provider.settings;
  app = await startApp({
    on: 'redis',
    env: {
      ...{ PORT: String(port), NODE_EXTRA_CA_CERTS: authority, OIDC_ISSUER: issuer, OIDC_NAME: name },
      ...{ OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret },
    },
  });
});
afterAll(async () => {
  await app.stop();
  await provider.stop();
  rmSync(folder, { recursive: true });
});

test('[G35 G37 G32] her account at the provider: linked, confirmed, in by it, and by a password there only with her passkey', async () => {
  const spki = new X509Certificate(provider.cert).publicKey.export({ type: 'spki', format: 'der' });
  const believed = createHash('sha256').update(spki).digest('base64');
  const browser = await openBrowser({ args: [`--ignore-certificate-errors-spki-list=${believed}`] });
  try {
    const page = await (await browser.newContext({ viewport: { width: 360, height: 640 }, locale: 'nl-BE' })).newPage();
    await authenticatorOf(page);
    const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
    const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    const fits = async () => {
      expect((await axeFinds(page)).found).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    };
    const signsInThere = async (code = '') => {
      await heading('Aanmelden bij de school');
      await page.getByLabel('Naam').fill('lien');
      await page.getByLabel('Wachtwoord').fill('geheim');
      await page.getByLabel('Code').fill(code);
      await press('Aanmelden');
    };
    await page.goto(await addressFor(app));
    await page.getByLabel('Je naam').fill('Els');
    await press('Maak een passkey');
    await press('Maak tien herstelcodes');
    await page.getByLabel('Ik heb de codes bewaard').check();
    await press('Ga verder');

    await press('Koppel je account bij de school');
    await signsInThere();
    await page.getByText('Je account is gekoppeld. Vraag een coördinator om het te bevestigen.').waitFor();
    expect(await page.evaluate(() => location.href)).toBe(app.console);
    await press('Bevestig het account van Els');
    await page.getByText('Je account bij de school is bevestigd.').waitFor();
    await fits();

    await press('Meld af');
    await press('Meld aan met een passkey');
    await heading('Aanmelden');
    await page.getByRole('button', { name: 'Meld aan met de school' }).waitFor();
    await fits();
    await press('Meld aan met de school');
    await signsInThere('123456');
    await page.getByText('Je bent aangemeld als Els.').waitFor();
    expect(await page.evaluate(() => location.href)).toBe(app.console);
    await page.getByText('Je account bij de school is bevestigd.').waitFor();

    await press('Meld af');
    await press('Meld aan met een passkey');
    await press('Meld aan met de school');
    await signsInThere(); // asked anew, although the provider knows her
    await page.getByText('Je bent er bijna. Toon nu ook je passkey.').waitFor();
    await fits();
    await press('Meld aan met je passkey');
    await page.getByText('Je bent aangemeld als Els.').waitFor();
    await page.goBack();
    expect(await page.evaluate(() => location.href)).not.toContain('state=');
  } finally {
    await browser.close();
  }
});
