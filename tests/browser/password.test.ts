import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountsOf } from '@clbchat/server/accounts/accounts.store';
import { hashOf, newSeed, seedShown } from '@clbchat/server/accounts/password.rules';
import { passwordsOf } from '@clbchat/server/accounts/passwords.store';
import { KEY_BYTES, secretsOf } from '@clbchat/server/accounts/secrets.rules';
import { systemClock } from '@clbchat/server/kernel/clock';
import { openRecords } from '@clbchat/server/records/open.redis';
import type { AccountId } from '@clbchat/shared/ids';
import { Redis } from 'ioredis';
import { TOTP } from 'otpauth';
import puppeteer from 'puppeteer-core';
import { expect, test } from 'vitest';
import { isAskedFor } from '../../scripts/setup/tools.mjs';
import { startApp } from '../support/app.ts';
import { axeFinds } from '../support/axe.ts';
import { firefox, firefoxOptions } from '../support/engines/firefox.ts';
import { isHere } from '../support/engines/play.ts';

const PASSWORD = 'een zin die niemand raadt';
const key = Buffer.alloc(KEY_BYTES, 3);

/** Somebody with a password, and what makes her codes: Firefox has no device here that could make a passkey. */
async function els(recordsUrl: string): Promise<TOTP> {
  const redis = new Redis(recordsUrl);
  const records = await openRecords({ redis, tag: '{demo}', clock: systemClock });
  const [id, seed, secrets] = ['els' as AccountId, newSeed(), secretsOf(key)];
  const { nowMs } = systemClock;
  await accountsOf(records, nowMs).make(id, { name: 'Els', roles: ['coordinator'], disabled: false }, '@shell');
  const hash = await hashOf(secrets.peppered(PASSWORD));
  await passwordsOf({ records, nowMs }).set(id, { login: 'els@clb.test', hash, seed: secrets.seal(seed, id), step: 0 });
  redis.disconnect();
  return new TOTP({ secret: seedShown(seed, '').secret });
}

const engines = [firefox].filter((engine) => isAskedFor(engine.tool) && isHere(engine));
test.each(engines)('[G20] in $name, by the keyboard alone: name, password, a wrong one, the code, and in', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-key-'));
  const file = join(folder, 'records.key');
  writeFileSync(file, key, { mode: 0o600 });
  const app = await startApp({ on: 'redis', env: { RECORDS_KEY_FILE: file } });
  const browser = await puppeteer.launch({ ...firefoxOptions({}), defaultViewport: { width: 360, height: 640 } });
  try {
    const totp = await els(app.records!.url);
    const page = await browser.newPage();
    const { keyboard } = page;
    const named = () =>
      page.evaluate(() => {
        const at = document.activeElement as HTMLInputElement;
        return at.labels?.[0]?.textContent ?? at.textContent;
      });
    const tabTo = async (name: string) => {
      for (let tabs = 0; tabs < 12 && (await named()) !== name; tabs += 1) await keyboard.press('Tab');
      expect(await named()).toBe(name);
    };
    const heading = (name: string) => page.waitForSelector(`h1 ::-p-text(${name})`);
    const fits = async () => {
      expect((await axeFinds(page)).found).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    };

    await page.goto(app.console);
    await heading('Aanmelden');
    await tabTo('Meld aan met een passkey');
    await keyboard.press('Enter');
    await page.waitForSelector('button ::-p-text(Meld aan met een wachtwoord)');
    await tabTo('Meld aan met een wachtwoord');
    await keyboard.press('Enter');
    await page.waitForSelector('#login-field');
    await tabTo('Je aanmeldnaam');
    await keyboard.type('Els@clb.test');
    await tabTo('Wachtwoord');
    await keyboard.type('iets anders');
    await keyboard.press('Enter');
    await page.waitForSelector('[role=alert] ::-p-text(Dat klopt niet)');
    await fits();
    await page.waitForFunction(() => document.activeElement?.id === 'login-field');
    await tabTo('Wachtwoord');
    await keyboard.type(PASSWORD);
    await tabTo('Toon wachtwoord');
    await keyboard.press('Enter');
    expect(await page.$eval('input#password-field', (field) => [field.type, field.value])).toEqual(['text', PASSWORD]);
    await tabTo('Meld aan');
    await keyboard.press('Enter');
    await heading('Je code');
    await fits();
    await tabTo('Code uit je app');
    await keyboard.type(totp.generate());
    await keyboard.press('Enter');
    await heading('Deze computer is nog niet ingeschreven');
    await page.waitForSelector('p ::-p-text(Je aanmeldnaam is els@clb.test)');
  } finally {
    await browser.close();
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
