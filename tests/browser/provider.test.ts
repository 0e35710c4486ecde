import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFinds } from '../support/axe.ts';
import { openBrowser } from '../support/chromium.ts';
import { openStaffStage, type StaffStage } from '../support/staffStage.ts';
import { walkProvider } from '../support/walkProvider.ts';

let stage: StaffStage;
beforeAll(async () => {
  stage = await openStaffStage();
});
afterAll(() => stage.stop());

test('[G32 G35 G37] her account at the provider: linked, confirmed, in by it, and by a password there only with her passkey', async () => {
  const browser = await openBrowser({ args: [...stage.args] });
  try {
    const page = await (await browser.newContext({ viewport: { width: 360, height: 640 }, locale: 'nl-BE' })).newPage();
    const addresses: string[] = [];
    await walkProvider(stage.app, page, async () => {
      addresses.push(await page.evaluate(() => location.href));
      expect((await axeFinds(page)).found).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    });
    expect(addresses).toEqual(addresses.map(() => stage.app.console));
    await page.goBack();
    expect(await page.evaluate(() => location.href)).not.toContain('state=');
  } finally {
    await browser.close();
  }
});
