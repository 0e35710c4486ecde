import type { Page } from 'playwright-core';
import type { App } from './app.ts';
import { addressFor, authenticatorOf } from './oneTimeAddress.ts';

/**
 * Somebody links her account at the provider, confirms it as the coordinator that she is, and signs in by it: with several
 * factors, and with a password alone, which her passkey has to follow. At the end nothing is linked.
 *
 * @param look is shown each screen that is new
 */
export async function walkProvider(app: App, page: Page, look: (name: string) => Promise<void>): Promise<void> {
  await authenticatorOf(page);
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
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
  await page.getByRole('button', { name: 'Bevestig het account van Els' }).waitFor();
  await look('c41-koppeling-wacht');
  await press('Bevestig het account van Els');
  await page.getByText('Je account bij de school is bevestigd.').waitFor();
  await look('c42-koppeling-bevestigd');

  await press('Meld af');
  await press('Meld aan met een passkey');
  await heading('Aanmelden');
  await page.getByRole('button', { name: 'Meld aan met de school' }).waitFor();
  await look('c43-aanmelden-met-de-school');
  await press('Meld aan met de school');
  await signsInThere('123456');
  await page.getByText('Je bent aangemeld als Els.').waitFor();
  await page.getByText('Je account bij de school is bevestigd.').waitFor();

  await press('Meld af');
  await press('Meld aan met een passkey');
  await press('Meld aan met de school');
  await signsInThere(); // asked anew, although the provider knows her
  await page.getByText('Je bent er bijna. Toon nu ook je passkey.').waitFor();
  await look('c44-nog-je-passkey');
  await press('Meld aan met je passkey');
  await page.getByText('Je bent aangemeld als Els.').waitFor();
  await press('Maak de koppeling los');
  await press('Ja, maak los');
  await page.getByRole('button', { name: 'Koppel je account bij de school' }).waitFor();
}
