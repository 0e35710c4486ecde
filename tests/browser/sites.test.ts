import { expect, test } from 'vitest';
import { axeFinds } from '../support/axe.ts';
import { openShadows } from '../support/people.ts';
import { scene } from '../support/scene.ts';

test(
  '[U37 U39 W105] a school is added by keys alone, its snippet is what the page carries, and the page says so itself',
  scene(async (stage) => {
    const context = await stage.newContext({ viewport: { width: 1280, height: 900 } });
    await openShadows(context);
    const page = await context.newPage();
    await page.goto(stage.app.console);
    await page.getByRole('button', { name: 'Ga verder als Noor' }).click();
    await page.getByRole('link', { name: 'Scholen' }).click();
    await page.getByRole('heading', { name: 'demo' }).waitFor();
    expect((await axeFinds(page)).found).toEqual([]);

    await page.getByRole('button', { name: 'Voeg school toe' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('De Linde');
    await page.keyboard.press('Tab');
    const school = 'https://www.delinde.be';
    await page.keyboard.type(`${school}/contact`);
    const form = page.getByRole('dialog', { name: 'Voeg school toe' });
    expect((await axeFinds(page)).found).toEqual([]);
    await form.getByRole('button', { name: 'Bewaar' }).press('Enter');
    await form.getByText('is geen adres van een website', { exact: false }).waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(school);
    await form.getByRole('button', { name: 'Bewaar' }).press('Enter');
    await page.getByText('De Linde is bewaard. Na hoogstens een minuut toont die site de chat.').waitFor();

    await page.getByRole('button', { name: 'Stukje code: demo' }).press('Enter');
    const snippet = await page.getByRole('textbox', { name: 'Voor een website' }).inputValue();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Staat hij op de pagina?: demo' }).press('Enter');
    await page.getByLabel('Of plak de bron van de pagina').fill(`<!doctype html><body>${snippet}`);
    await page.getByRole('button', { name: 'Kijk na', exact: true }).press('Enter');
    await page.getByText('Het stukje code staat op de pagina, en alles klopt.').waitFor();
    expect((await axeFinds(page)).found).toEqual([]);

    const [opened] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: 'Open en kijk na' }).press('Enter'),
    ]);
    expect(new URL(opened.url()).hash).toBe('#clbchat-check');
    await opened.getByRole('button', { name: /Chat met het CLB/ }).click();
    const frame = opened.frameLocator('iframe');
    for (const says of ['Het script draait', 'mag de chat van demo tonen', 'zijn die van het centrum'])
      await frame.getByText(says, { exact: false }).waitFor();
    await frame.getByRole('button', { name: 'Sluit de test' }).click();
    await opened.locator('iframe').waitFor({ state: 'detached' });
  }),
);
