import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../support/chromium.ts';
import { keysOf } from '../support/keys.ts';
import { addressFor, authenticatorOf } from '../support/oneTimeAddress.ts';
import { openStaffStage, type StaffStage } from '../support/staffStage.ts';
import { makesAccount } from '../support/walkStaff.ts';

let stage: StaffStage;
beforeAll(async () => {
  stage = await openStaffStage();
});
afterAll(() => stage.stop());

/** Between the two taps of a nervous finger, as their own stamps say it: a busy machine makes it no longer. */
const BETWEEN_S = 0.15;

/** Two taps of a finger at one place. The browser says what they met; what was met is asked before each. */
async function tapsTwice(page: Page, button: Locator): Promise<void> {
  const box = (await button.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const protocol = await page.context().newCDPSession(page);
  const nowS = Date.now() / 1_000;
  for (const timestamp of [nowS, nowS + BETWEEN_S]) {
    await protocol.send('Input.dispatchTouchEvent', { type: 'touchStart', timestamp, touchPoints: [{ x, y }] });
    await protocol.send('Input.dispatchTouchEvent', { type: 'touchEnd', timestamp, touchPoints: [] });
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  }
}
/** @returns lets through what was asked there, and what is asked from then on */
async function holds(page: Page, path: string): Promise<() => void> {
  let goes: () => void = () => undefined;
  const held = new Promise<void>((go) => (goes = go));
  await page.route(path, (route) => held.then(() => route.continue()));
  return goes;
}
const buttonOf = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const isSettled = (button: Locator) => expect.poll(() => button.getAttribute('aria-disabled')).toBe('false');

/** Els, a coordinator on a phone, at the page of what is her own. */
async function els(height: number) {
  const browser = await openBrowser({ args: [...stage.args] });
  const options = { viewport: { width: 360, height }, hasTouch: true, isMobile: true, locale: 'nl-BE' };
  const page = await (await browser.newContext(options)).newPage();
  const device = await authenticatorOf(page);
  await makesAccount(keysOf(page), await addressFor(stage.app), 'Els');
  return { browser, page, device };
}

test.each([640, 740])(
  '[D40] two taps that confirm an account move nothing and take nothing of hers, on a phone %i high',
  async (height) => {
    const { browser, page } = await els(height);
    try {
      await buttonOf(page, 'Koppel je account bij de school').click();
      await page.getByLabel('Naam').fill('lien');
      await page.getByLabel('Wachtwoord').fill('geheim');
      await buttonOf(page, 'Aanmelden').click();
      const confirm = buttonOf(page, 'Bevestig het account van Els');
      await confirm.waitFor();
      const codes = buttonOf(page, 'Maak nieuwe herstelcodes');
      await isSettled(codes);
      // as far down as what makes her codes anew stands where the page begins: there the finger is
      const atY = await codes.evaluate((one) => {
        document.querySelector('main h1')?.scrollIntoView({ block: 'nearest' });
        return one.getBoundingClientRect().top;
      });
      await confirm.evaluate((one, y) => {
        one.scrollIntoView({ block: 'start' });
        const scrolls = document.querySelector('.backdrop')!;
        const by = one.getBoundingClientRect().top - y;
        for (const each of [scrolls, document.scrollingElement!]) each.scrollTop += by;
      }, atY);
      const title = page.getByRole('heading', { name: 'Aanmelden met de school' });
      const before = (await title.boundingBox())!.y;
      const answers = await holds(page, '**/links/judge');
      await tapsTwice(page, confirm);
      expect((await title.boundingBox())!.y).toBe(before);
      answers();
      await page.getByText('Je account bij de school is bevestigd.').waitFor();
      expect(await title.evaluate((one) => one === document.activeElement)).toBe(true);
      await page.getByRole('heading', { level: 1, name: 'Je bent aangemeld' }).waitFor();
      await page.getByText('Je hebt nog 10 herstelcodes.').waitFor();
      expect(await page.getByRole('heading', { name: 'Je herstelcodes' }).count()).toBe(0);
      await buttonOf(page, 'Maak de koppeling los').click();
      await buttonOf(page, 'Ja, maak los').click();
      await buttonOf(page, 'Koppel je account bij de school').waitFor();
    } finally {
      await browser.close();
    }
  },
);

test('[D40] at the sign-in two taps on the passkey, after one that did not come, do not lead to the school', async () => {
  const { browser, page, device } = await els(640);
  try {
    await buttonOf(page, 'Meld af').click();
    await buttonOf(page, 'Meld aan met een passkey').click();
    const [passkey, school] = ['Meld aan met je passkey', 'Meld aan met de school'].map((name) => buttonOf(page, name));
    await isSettled(school!);
    await device.recognises(false);
    await passkey!.click();
    await page.getByText('Je passkey kwam er niet.').waitFor();
    const before = (await school!.boundingBox())!.y;
    let went = 0;
    await page.route('**/api/provider/begin', (route) => ((went += 1), route.abort()));
    const answers = await holds(page, '**/sign-in/begin');
    await tapsTwice(page, passkey!);
    await buttonOf(page, 'Even wachten…').waitFor();
    expect((await school!.boundingBox())!.y).toBe(before);
    expect(await page.getByText('Je passkey kwam er niet.').count()).toBe(0);
    answers();
    await page.getByText('Je passkey kwam er niet.').waitFor();
    expect((await school!.boundingBox())!.y).toBe(before);

    // an answer that comes at once, and brings the other way under the finger
    await page.evaluate(
      (upPx) => {
        const rise = () => (document.querySelector('main')!.style.transform = `translateY(${upPx}px)`);
        document.addEventListener('click', rise, { once: true });
      },
      (await passkey!.boundingBox())!.y - before,
    );
    await tapsTwice(page, passkey!);
    await page.getByText('Je passkey kwam er niet.').waitFor();
    expect(went).toBe(0);
    await school!.click();
    await expect.poll(() => went).toBe(1);
  } finally {
    await browser.close();
  }
});
