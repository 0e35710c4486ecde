import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFinds } from '../support/axe.ts';
import { openProfile } from '../support/chromium.ts';
import { addressFor, authenticatorOf } from '../support/oneTimeAddress.ts';
import { scene } from '../support/scene.ts';

/** Chromium with *Block all cookies*, as somebody sets it. */
async function withoutCookies(play: (context: BrowserContext) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'clb-no-cookies-'));
  await mkdir(join(folder, 'Default'));
  const chosen = { profile: { default_content_setting_values: { cookies: 2 } } };
  await writeFile(join(folder, 'Default', 'Preferences'), JSON.stringify(chosen));
  const context = await openProfile(folder, { locale: 'nl-BE', viewport: { width: 360, height: 640 } });
  try {
    await play(context);
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
}

test(
  '[G11] where all cookies are blocked the page of a one-time address, and the sign-in, say so and use nothing up',
  scene(
    async (stage) => {
      const address = await addressFor(stage.app);
      await withoutCookies(async (context) => {
        const page = await context.newPage();
        await authenticatorOf(page);
        const sent: string[] = [];
        page.on('request', (request) => request.method() !== 'GET' && sent.push(request.url()));
        const says = (text: string) => page.getByRole('alert').getByText(text).waitFor();

        await page.goto(address);
        await page.getByRole('heading', { level: 1, name: 'Maak je account' }).waitFor();
        await says('Deze browser kan je aanmelding niet bewaren. Laat cookies toe, of neem een andere browser.');
        expect(await page.evaluate(() => location.href)).toBe(stage.app.console);
        expect(await page.getByRole('button').count()).toBe(0);
        expect((await axeFinds(page)).found).toEqual([]);

        await page.reload();
        await page.getByRole('button', { name: 'Meld aan met een passkey' }).click();
        await page.getByRole('heading', { level: 1, name: 'Aanmelden' }).waitFor();
        await says('Laat cookies toe en laad deze pagina opnieuw, of neem een andere browser.');
        await page.getByRole('link', { name: 'Terug naar de namen van de demo' }).waitFor();
        expect(await page.getByRole('button').count()).toBe(0);
        expect(sent).toEqual([]);
      });

      // the address opens where cookies are kept, as that sentence says
      const page = await (await stage.newContext()).newPage();
      await page.goto(address);
      await page.getByLabel('Je naam').waitFor();
    },
    { on: 'redis' },
  ),
);
