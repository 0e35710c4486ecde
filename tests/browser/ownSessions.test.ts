import { expect, test } from 'vitest';
import { counsellor } from '../support/people.ts';
import { scene } from '../support/scene.ts';

test(
  '[A13 D41 D37] who forgot to sign out on another computer ends it from this one, with the keys, on a phone',
  scene(async (stage) => {
    const [forgotten, older] = [await counsellor(stage), await counsellor(stage)];
    const here = await counsellor(stage, { viewport: { width: 360, height: 640 } });
    const { page } = here;
    await page.getByRole('button', { name: 'Jouw profiel: Lien' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Waar je aangemeld bent' });
    await dialog.getByRole('listitem').nth(2).waitFor();
    expect(await dialog.getByRole('listitem').first().innerText()).toMatch(/^Deze computer · sinds \d+ \w+$/);
    const box = await dialog.boundingBox();
    expect(box!.x).toBeGreaterThanOrEqual(0);
    expect(box!.x + box!.width).toBeLessThanOrEqual(360);
    for (const button of await dialog.getByRole('button').all())
      expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(44);

    const cutOff = () =>
      dialog.evaluate((whole) =>
        [whole, ...whole.querySelectorAll('h1, li, span, button')]
          .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1 && clientWidth > 0)
          .map(({ tagName, textContent }) => `${tagName} ${textContent}`),
      );
    expect(await cutOff()).toEqual([]);
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
    expect(await cutOff(), 'with text twice as large').toEqual([]);
    await page.evaluate(() => (document.documentElement.style.fontSize = ''));
    await dialog.getByRole('button', { name: 'Meld overal elders af' }).press('Enter');
    await dialog.getByText('Je bent daar afgemeld.').waitFor();
    expect(await dialog.getByRole('listitem').count()).toBe(1);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('dialog-title');
    for (const other of [forgotten, older]) {
      await other.page.reload();
      await other.page.getByRole('button', { name: 'Ga verder als Lien' }).waitFor();
    }
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200))).toContain('Jouw profiel: Lien');
    await page.getByRole('button', { name: 'Jouw status: Beschikbaar' }).waitFor();
  }),
);
