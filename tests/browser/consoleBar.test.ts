import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { counsellor, pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';

/** What a reader's own sheet may ask for, and a system whose only letters are wide. */
const letters = {
  ours: ':root {}',
  spaced: '* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
  wide: '* { font-family: "DejaVu Sans", Verdana, sans-serif !important }',
};

/** What of the top bar stands outside, is cut off, or lies on something else of it. */
const wrongInBar = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const bar = document.querySelector('.top');
    const parts = [...(bar?.querySelectorAll('button, .chip, .fact, p') ?? [])].filter(
      (one) => one.checkVisibility() && !one.closest('.popover'),
    );
    for (const one of parts) {
      const name = one.getAttribute('aria-label') ?? one.textContent;
      const { left, right, top, bottom } = one.getBoundingClientRect();
      const edge = bar!.getBoundingClientRect();
      if (left < 0 || right > innerWidth || top < edge.top || bottom > edge.bottom) found.push(`outside: ${name}`);
      if (one.scrollWidth > one.clientWidth + 1) found.push(`cut off: ${name}`);
      for (const other of parts) {
        if (one === other || one.contains(other) || other.contains(one)) continue;
        const it = other.getBoundingClientRect();
        const apart =
          right <= it.left + 0.5 || left >= it.right - 0.5 || bottom <= it.top + 0.5 || top >= it.bottom - 0.5;
        if (!apart) found.push(`on ${other.textContent}: ${name}`);
      }
    }
    const menu = document.querySelector('.popover')?.getBoundingClientRect();
    if (menu && menu.top < bar!.getBoundingClientRect().bottom - 1) found.push('the menu lies on the bar');
    if (document.documentElement.scrollWidth > innerWidth) found.push('wider than the window');
    return found;
  });

/** What can be pressed and is covered, at its middle or near a corner. */
const covered = (page: Page) =>
  page.evaluate(() => {
    const near = 6;
    return [...document.querySelectorAll('button, a[href]:not(.skip), textarea, p, h1')]
      .filter((one) => one.checkVisibility())
      .filter((one) => {
        const { left, right, top, bottom, width } = one.getBoundingClientRect();
        if (width < 2 * near || bottom > innerHeight || top < 0) return false;
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        const places = [
          [x, y],
          [left + near, y],
          [right - near, y],
          [x, top + near],
          [x, bottom - near],
        ] as const;
        return places.some(([atX, atY]) => {
          const there = document.elementFromPoint(atX, atY);
          return !there || !(one.contains(there) || there.contains(one));
        });
      })
      .map((one) => one.getAttribute('aria-label') ?? one.textContent);
  });

const dropsAFile = (page: Page) =>
  page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'foto.txt'));
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
  });

describe.concurrent('the console on a phone of 360 pixels', () => {
  test(
    '[B42] with wide letters and with wide spaces nothing of the top bar lies on another part, is cut off, or stands outside',
    scene(async (stage) => {
      const lien = await counsellor(stage, { viewport: { width: 360, height: 640 }, bypassCSP: true });
      const found: string[] = [];
      const look = async (state: string) => {
        for (const [name, content] of Object.entries(letters)) {
          const sheet = await lien.page.addStyleTag({ content });
          found.push(...(await wrongInBar(lien.page)).map((what) => `${state}, ${name}: ${what}`));
          await sheet.evaluate((one) => one.parentNode?.removeChild(one));
        }
      };
      await look('quiet');
      await lien.presses(/^Jouw status/);
      await lien.page.getByRole('menu').waitFor();
      await look('menu');
      await lien.page.keyboard.press('Escape');
      const fox = await pupil(stage, { where: 'window' });
      await fox.start({ nick: 'Blauwe Vos', first: 'mijn vraag' });
      await lien.accepts();
      await lien.page.getByRole('button', { name: 'Jouw status: Beschikbaar · vol' }).waitFor();
      await look('full');
      await lien.context.setOffline(true);
      await lien.reads('Geen verbinding met de server.');
      await look('lost');
      await lien.context.setOffline(false);
      await lien.page.locator('.top:not(.top-lost)').waitFor();
      await lien.presses('Afronden');
      await lien.page.getByRole('dialog').getByRole('button', { name: 'Rond af' }).click();
      await lien.page.getByRole('button', { name: 'Ik ben klaar' }).first().waitFor();
      await look('over');
      expect(found).toEqual([]);
    }),
  );

  test(
    '[D39] what is said of a dropped file covers no button, no field and no word, on a phone and on a desk',
    scene(async (stage) => {
      const lien = await counsellor(stage, { viewport: { width: 360, height: 640 }, reducedMotion: 'reduce' });
      const fox = await pupil(stage, { where: 'window' });
      const look = async () => {
        for (const width of [360, 768, 1280]) {
          await lien.page.setViewportSize({ width, height: 640 });
          await dropsAFile(lien.page);
          await lien.reads('Een bestand sturen kan niet in deze chat.');
          expect(await covered(lien.page), String(width)).toEqual([]);
        }
      };
      await look();
      await fox.start({ nick: 'Blauwe Vos', first: 'mijn vraag' });
      await lien.reads('Nieuwe bezoeker');
      await look();
      await lien.accepts();
      await lien.hears('mijn vraag');
      await look();
    }),
  );
});
