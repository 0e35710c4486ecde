import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFinds } from '../support/axe.ts';
import { addressFor, authenticatorOf } from '../support/oneTimeAddress.ts';
import { scene } from '../support/scene.ts';

/** As long as one may be, in one word. */
const NAME = `Els${'o'.repeat(57)}`;

test(
  '[G11 G12 G47 G48] from a one-time address to an account, out, in by passkey, out, in by a code and to a new passkey',
  scene(
    async (stage) => {
      const page = await (await stage.newContext({ viewport: { width: 360, height: 640 } })).newPage();
      const device = await authenticatorOf(page);
      const press = (name: string) => page.getByRole('button', { name, exact: true }).click();
      const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
      const alert = (text: string) => page.getByRole('alert').getByText(text).waitFor();
      const focused = () => page.evaluate(() => document.activeElement?.id);
      const fits = async () => {
        expect((await axeFinds(page)).found).toEqual([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide).toBeLessThanOrEqual(360);
        // what a card cuts off widens no page: its words themselves are measured
        const words = await page.evaluate(() => {
          const range = document.createRange();
          return [...document.querySelectorAll('main :is(h1, p, li > span)')].map((one) => {
            range.selectNodeContents(one);
            return range.getBoundingClientRect().right;
          });
        });
        expect(Math.max(...words)).toBeLessThanOrEqual(360);
        const edges = await page.$$eval('.card, .card *', (all) => all.map((one) => one.getBoundingClientRect().right));
        expect(Math.max(...edges)).toBeLessThanOrEqual(360);
      };

      const address = await addressFor(stage.app);
      await page.goto(address);
      await heading('Maak je account');
      expect(await page.evaluate(() => location.href)).toBe(stage.app.console);
      await fits();
      await press('Maak een passkey');
      await alert('Schrijf eerst je naam.');
      await expect.poll(focused).toBe('signin-field');
      await page.getByLabel('Je naam').fill(NAME);
      await device.recognises(false);
      await press('Maak een passkey');
      await alert('Je passkey kwam er niet.');
      await expect.poll(focused).toBe('signin-field');
      expect(await page.getByLabel('Je naam').inputValue()).toBe(NAME);
      await device.recognises(true);
      await press('Maak een passkey');
      await heading('Een tweede weg naar binnen');
      await fits();
      await press('Maak een tweede passkey op een ander toestel');
      await alert('Op dit toestel staat al een passkey van jou.');
      await press('Maak tien herstelcodes');
      await heading('Je herstelcodes');
      const codes = await page.getByRole('list', { name: 'Tien herstelcodes' }).getByRole('listitem').allInnerTexts();
      expect(codes).toHaveLength(10);
      await fits();
      await press('Ga verder');
      await alert('Bewaar eerst je codes.');
      await page.getByLabel('Ik heb de codes bewaard').check();
      await press('Ga verder');
      await heading('Je bent aangemeld');
      await page.getByText(`Je bent aangemeld als ${NAME}.`).waitFor();
      await page.getByText('Je hebt nog 10 herstelcodes.').waitFor();
      await fits();

      await press('Naar de openingsuren');
      await page.getByRole('heading', { level: 1, name: 'Openingsuren' }).waitFor();
      await press(`Jouw profiel: ${NAME}`);
      await press('Je passkeys en codes');
      await heading('Je bent aangemeld');

      await press('Meld af');
      await press('Meld aan met een passkey');
      await heading('Aanmelden');
      await fits();
      await page.getByRole('link', { name: 'Terug naar de namen van de demo' }).click();
      await page.getByRole('button', { name: 'Ga verder als Lien' }).waitFor();
      await press('Meld aan met een passkey');
      await press('Meld aan met je passkey');
      await heading('Je bent aangemeld');
      await press(`Verwijder de passkey van ${await dayIn(page)}`);
      await press('Ja, verwijder');
      await page.getByText('Je passkeys').waitFor();
      await page.reload();
      await heading('Je bent aangemeld');
      expect(await page.getByRole('button', { name: /^Verwijder de passkey/ }).count()).toBe(0);

      await press('Meld af');
      await press('Meld aan met een passkey');
      await press('Meld aan met je passkey');
      await alert('Deze passkey opent hier niets.');
      await press('Ik heb mijn passkey niet bij me');
      await page.getByLabel('Herstelcode').fill('nee');
      await press('Meld aan met de code');
      await alert('Dat klopt niet.');
      await expect.poll(focused).toBe('signin-field');
      expect(await page.getByLabel('Herstelcode').inputValue()).toBe('nee');
      await page.getByLabel('Herstelcode').fill(codes[0]!.toLowerCase());
      await page.keyboard.press('Enter');
      await heading('Maak een nieuwe passkey');
      await page.reload();
      await heading('Maak een nieuwe passkey');
      await fits();
      await device.forget();
      await press('Maak een passkey');
      await heading('Je bent aangemeld');
      await page.getByText('Je hebt nog 9 herstelcodes.').waitFor();
      expect(await page.getByRole('button', { name: /^Verwijder de passkey/ }).count()).toBe(1);

      await page.goto(address);
      await heading('Dit adres werkt niet meer');
      await press('Naar aanmelden');
      await heading('Je bent aangemeld');
    },
    { on: 'redis' },
  ),
);

/** As the console writes the day of the first passkey. */
async function dayIn(page: Page): Promise<string> {
  const button = page.getByRole('button', { name: /^Verwijder de passkey van / });
  return ((await button.getAttribute('aria-label')) ?? '').replace('Verwijder de passkey van ', '');
}
