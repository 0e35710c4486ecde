import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { scene } from '../support/scene.ts';

const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const rail = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name }).click();

test(
  '[U94 U13] Back goes over the pages of the console and asks nothing; out of it, and on a reload, hours that are not saved are asked about from any page',
  scene(async (stage) => {
    const page = await (await stage.newContext({ viewport: { width: 1_280, height: 1_100 } })).newPage();
    const asked: string[] = [];
    page.on('dialog', (dialog) => (asked.push(dialog.type()), void dialog.dismiss()));
    await page.goto(stage.app.console);
    await page.getByRole('button', { name: 'Ga verder als Noor' }).click();
    await page
      .getByRole('button', { name: /^Woensdag \d/ })
      .first()
      .press('Shift+ArrowUp');
    await page.getByText('Nog niet bewaard.').waitFor();
    await rail(page, 'Team');
    await title(page, 'Team');
    await rail(page, 'Logboek');
    await title(page, 'Logboek');
    expect(new URL(page.url()).hash).toBe('#logboek');

    await page.goBack();
    await title(page, 'Team');
    await page.goBack();
    await page.getByText('Nog niet bewaard.').waitFor();
    await page.goForward();
    await title(page, 'Team');
    expect(asked).toEqual([]);

    // under an open window nobody steps away
    await page.getByRole('button', { name: 'Nodig iemand uit' }).click();
    await page.goBack();
    await page.getByRole('dialog', { name: 'Nodig iemand uit' }).waitFor();
    await page.keyboard.press('Escape');

    const reload = () => page.reload({ timeout: 3_000 }).catch(() => undefined); // which is dismissed
    await reload();
    await expect.poll(() => asked).toEqual(['beforeunload']);
    await rail(page, 'Uren');
    await page.getByText('Nog niet bewaard.').waitFor();
    await page.getByRole('button', { name: 'Zet terug' }).click();
    await rail(page, 'Team');
    await page.getByRole('link', { name: 'Naar de pagina' }).press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('page');
    await page.reload();
    await title(page, 'Team');
    expect(asked).toEqual(['beforeunload']);

    // an address of a page opens it for nobody else
    const lien = await (await stage.newContext()).newPage();
    await lien.goto(`${stage.app.console}#team`);
    await lien.getByRole('button', { name: 'Ga verder als Lien' }).click();
    await lien.getByRole('button', { name: /^Jouw status/ }).waitFor();
    expect(await lien.getByRole('heading', { level: 1, name: 'Team' }).count()).toBe(0);
  }),
);
