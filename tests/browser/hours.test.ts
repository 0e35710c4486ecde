import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFinds } from '../support/axe.ts';
import { counsellor, pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import type { Stage } from '../support/stage.ts';

const wide = { width: 1280, height: 1_100 };
const PRESSES_MAX = 120;

async function coordinator(stage: Stage): Promise<Page> {
  const context = await stage.newContext({ viewport: wide });
  const page = await context.newPage();
  await page.goto(stage.app.console);
  await page.getByRole('button', { name: 'Ga verder als Noor' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Gewone schoolweek' }).waitFor();
  return page;
}

const nameOf = (page: Page) =>
  page.evaluate(() => {
    const one = document.activeElement;
    return one?.getAttribute('aria-label') ?? (one?.querySelector('.hidden-text') ?? one)?.textContent?.trim() ?? '';
  });

/** By Tab alone. */
async function goes(page: Page, name: string, back = false): Promise<void> {
  for (let at = 0; at < PRESSES_MAX; at += 1) {
    if ((await nameOf(page)) === name) return;
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  throw new Error(`no Tab leads to ${name}`);
}

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** From one place of a box to another, in shares of its size. */
async function drag(page: Page, column: Locator, from: number, to: number): Promise<void> {
  const box = (await column.boundingBox())!;
  const x = box.x + box.width / 2;
  await page.mouse.move(x, box.y + box.height * from);
  await page.mouse.down();
  await page.mouse.move(x, box.y + box.height * ((from + to) / 2), { steps: 4 });
  await page.mouse.move(x, box.y + box.height * to, { steps: 4 });
  await page.mouse.up();
}

/** What is cut off, or wider than its place; the week itself may be moved sideways. */
const cutOff = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.page *, .rail, .rail *, dialog[open] *')]
      .filter((one) => one instanceof HTMLElement && one.checkVisibility())
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1 && clientWidth > 0)
      .filter((one) => !one.matches('.hidden-text, .block, input, select, .week'))
      .map(({ tagName, className }) => `${tagName}.${String(className)}`),
  );

test(
  '[U9 U14 U15 U16 U17 U18 U20 U22 W125] a coordinator sets the hours with keys and mouse, another one saves meanwhile, and the visitor reads them',
  scene(async (stage) => {
    const noor = await coordinator(stage);
    expect(await axeFinds(noor)).toMatchObject({ found: [] });

    // closed for today, and open again
    const waits = await pupil(stage, { where: 'window' });
    await waits.start();
    await waits.reads('Je staat in de wachtrij.');
    await noor.getByRole('button', { name: 'Sluit nu' }).press('Enter');
    await noor.getByRole('dialog').getByRole('button', { name: 'Sluit nu' }).press('Enter');
    const bar = noor.getByRole('region', { name: 'CLBCh@t is vandaag gesloten: een technisch probleem.' });
    await bar.waitFor();
    expect((await axeFinds(noor)).found).toEqual([]);
    const why = 'Vandaag zijn we vroeger dicht: er is een technisch probleem.';
    await waits.reads('We zijn nu dicht. Je was nog niet aan de beurt. Dat spijt ons.');
    await waits.reads(why);
    await waits.reads(/^We zijn er weer .+ om 0 uur\.$/);
    expect(await waits.chat.getByRole('button', { name: 'Start een nieuwe chat' }).count()).toBe(0);
    await waits.page.reload();
    await waits.reads('Wanneer kan je chatten?');
    await waits.reads(why);
    await waits.vanish();
    const early = await pupil(stage, { where: 'window' });
    await early.reads(why);
    await bar.getByRole('button', { name: 'Open weer' }).press('Enter');
    await bar.waitFor({ state: 'detached' });
    await early.page.reload();
    await early.reads('Dag! Fijn dat je er bent.');
    await early.vanish();

    // the keys alone: Sunday goes, Wednesday from 14 to 21
    await goes(noor, 'Woensdag 0 tot 24 uur');
    await press(noor, 'Enter');
    await noor.getByRole('dialog', { name: 'Blok wijzigen' }).waitFor();
    expect((await axeFinds(noor)).found).toEqual([]);
    await noor.getByLabel('Van', { exact: true }).focus();
    await noor.getByLabel('Van', { exact: true }).fill('14:00');
    await noor.getByLabel('Tot', { exact: true }).fill('21:15');
    await press(noor, 'Enter');
    await noor.getByRole('button', { name: 'Woensdag 14 tot 21.15 uur' }).waitFor();
    expect(await nameOf(noor)).toBe('Woensdag 14 tot 21.15 uur');
    await press(noor, 'Shift+ArrowUp', 'ArrowDown', 'ArrowUp');
    expect(await nameOf(noor)).toBe('Woensdag 14 tot 21 uur');
    await press(noor, 'ArrowRight');
    await noor.getByText('Dit blok overlapt met 0–24 uur.').waitFor();
    await goes(noor, 'Zondag 0 tot 24 uur');
    await press(noor, 'Delete');
    await noor.getByRole('dialog', { name: 'Zondag 0 tot 24 uur verwijderen?' }).waitFor();
    await goes(noor, 'Ja, verwijder');
    await press(noor, 'Enter');
    await noor.getByRole('button', { name: 'Zondag 0 tot 24 uur' }).waitFor({ state: 'detached' });
    await expect.poll(() => nameOf(noor)).toBe('Blok toevoegen');

    // the mouse: one is made, moved, and made longer
    const sunday = noor.locator('[data-day="0"] .week-column');
    await drag(noor, sunday, 10 / 24, 12 / 24);
    await noor.getByRole('button', { name: 'Zondag 10 tot 12 uur' }).waitFor();
    await drag(noor, sunday, 11 / 24, 13 / 24);
    await noor.getByRole('button', { name: 'Zondag 12 tot 14 uur' }).waitFor();
    await drag(noor, sunday, 13.9 / 24, 15.9 / 24);
    await noor.getByRole('button', { name: 'Zondag 12 tot 16 uur' }).waitFor();
    expect(await noor.getByRole('dialog').count()).toBe(0);
    // after a drag a key is a key, and a click a click
    await noor.getByRole('button', { name: 'Zondag 12 tot 16 uur' }).press('Enter');
    await noor.getByRole('dialog', { name: 'Blok wijzigen' }).waitFor();
    await press(noor, 'Escape');
    await noor.getByRole('button', { name: 'Zondag 12 tot 16 uur' }).click();
    await noor.getByRole('dialog', { name: 'Blok wijzigen' }).waitFor();
    await press(noor, 'Escape');

    // today and tomorrow are closed
    await noor.getByRole('button', { name: 'Voeg toe' }).press('Enter');
    const last = noor.getByLabel('Laatste dag');
    const today = await last.inputValue();
    await last.fill(new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10));
    await press(noor, 'Enter');

    // somebody else saved first
    const other = await coordinator(stage);
    await other.getByLabel(/^Wachtrij sluit vroeger/).fill('20');
    await other.getByRole('button', { name: 'Bewaar' }).click();
    await other.getByText('Bewaard. De nieuwe uren gelden meteen.').waitFor();
    await goes(noor, 'Bewaar');
    await press(noor, 'Enter');
    await noor.getByRole('heading', { name: 'Noor bewaarde intussen iets anders.' }).waitFor();
    await noor.getByRole('row', { name: 'Wachtrij sluit vroeger 15 min 20 min' }).waitFor();
    await noor.getByRole('row', { name: 'Zondag 12–16 uur 0–24 uur' }).waitFor();
    expect((await axeFinds(noor)).found).toEqual([]);
    await goes(noor, 'Bewaar de mijne');
    await press(noor, 'Enter');
    await noor.getByText('Bewaard. De nieuwe uren gelden meteen.').waitFor();

    const lien = await counsellor(stage);
    const loaded = (page: Page) =>
      page.evaluate(
        () => performance.getEntriesByType('resource').filter(({ name }) => name.includes('hoursPage')).length,
      );
    expect([await loaded(lien.page), (await loaded(noor)) > 0]).toEqual([0, true]);

    const fox = await pupil(stage, { where: 'window' });
    await fox.reads('We zijn nu dicht.');
    await fox.chat.getByRole('row', { name: 'Zondag 12 – 16 uur' }).waitFor();
    await fox.chat.getByRole('row', { name: 'Woensdag 14 – 21 uur' }).waitFor();
    await noor.getByRole('button', { name: 'Zo ziet de bezoeker het' }).press('Enter');
    await noor.getByRole('dialog').getByText('We zijn nu dicht.').waitFor();
    await press(noor, 'Escape');

    const widths = [
      [360, ''],
      [768, ''],
      [1_024, ''],
      [360, '200%'],
      [1_280, '200%'],
    ] as const;
    // every width, and letters twice as large
    const fits = async () => {
      for (const [width, size] of widths) {
        await noor.setViewportSize({ width, height: 800 });
        await noor.evaluate((fontSize) => (document.documentElement.style.fontSize = fontSize), size);
        expect(await cutOff(noor), `${width} ${size}`).toEqual([]);
      }
    };
    await fits();

    // who did what [U22]
    await noor.getByRole('link', { name: 'Logboek' }).focus();
    await press(noor, 'Enter');
    await noor.getByRole('cell', { name: 'wijzigde de uren of de regels' }).first().waitFor();
    expect(await nameOf(noor)).toBe('Logboek');
    expect((await axeFinds(noor)).found).toEqual([]);
    await fits();
  }),
);

test(
  '[U32 U33 U46] a double click takes one closure away; the focus is never under the bar; the skip link moves nothing away',
  scene(async (stage) => {
    const page = await coordinator(stage);
    for (const day of ['2026-12-01', '2026-12-03', '2026-12-08']) {
      await page.getByRole('button', { name: 'Voeg toe', exact: true }).click();
      await page.getByLabel('Eerste dag').fill(day);
      await page.getByLabel('Laatste dag').fill(day);
      await page.getByRole('button', { name: 'Klaar' }).click();
    }
    const own = page.getByRole('button', { name: /^Verwijder, \d/ });
    await page.locator('[aria-label^="Verwijder, 8 dec"][aria-disabled="false"]').waitFor();
    await own.first().click({ clickCount: 2 });
    await page.locator('[aria-label^="Verwijder, 8 dec"][aria-disabled="false"]').waitFor();
    expect(await own.count()).toBe(2);

    for (const viewport of [
      { width: 1_280, height: 800 },
      { width: 360, height: 640 },
    ]) {
      await page.setViewportSize(viewport);
      await page.locator('.skip').focus();
      await press(page, 'Enter');
      expect((await page.getByRole('banner').boundingBox())!.y).toBe(0);
      const under: string[] = [];
      for (let at = 0; at < 40; at += 1) {
        await press(page, 'Tab');
        const one = await page.evaluate(() => {
          const has = document.activeElement;
          if (!has || has === document.body || has.closest('.save-bar')) return null;
          const bar = document.querySelector('.save-bar')!.getBoundingClientRect().top;
          return has.getBoundingClientRect().top >= bar ? (has.getAttribute('aria-label') ?? has.id) : null;
        });
        if (one !== null) under.push(one);
      }
      expect(under).toEqual([]);
    }

    // who signs out is asked before she is out, and by no browser afterwards
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await page.locator('.avatar-button').click();
    await page.getByRole('button', { name: 'Meld af' }).click();
    await page.getByText('Je hebt iets dat nog niet bewaard is.').waitFor();
    expect(await own.count()).toBe(2);
    await page.getByRole('button', { name: 'Meld toch af' }).click();
    await page.getByRole('button', { name: 'Ga verder als Noor' }).waitFor();
    expect(asked).toEqual([]);
  }),
);
