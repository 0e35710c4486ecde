import { accountsOf } from '@clbchat/server/accounts/accounts.store';
import { identitiesOf } from '@clbchat/server/accounts/identities.store';
import { systemClock } from '@clbchat/server/kernel/clock';
import type { AccountId } from '@clbchat/shared/ids';
import puppeteer from 'puppeteer-core';
import { expect, test } from 'vitest';
import { isAskedFor } from '../../scripts/setup/tools.mjs';
import { axeFinds } from '../support/axe.ts';
import { firefox, firefoxOptions } from '../support/engines/firefox.ts';
import { isHere } from '../support/engines/play.ts';
import { limitsFile } from '../support/limitsFile.ts';
import { atRecords, givePassword, PASSWORD, recordsKeyFile } from '../support/password.ts';
import { openStaffStage, type StaffStage } from '../support/staffStage.ts';

const MINUTE_MS = 60_000;

/** Somebody with a password and an account at the provider: Firefox has no device here that could make a passkey. */
const els = ({ app, issuer }: StaffStage) =>
  atRecords(app.records!.url, async (records) => {
    const [id, { nowMs }] = ['els' as AccountId, systemClock];
    await accountsOf(records, nowMs).make(id, { name: 'Els', roles: ['coordinator'], disabled: false }, '@shell');
    const identities = identitiesOf(records, nowMs);
    await identities.link(id, { issuer, subject: 'subject-1' });
    await identities.confirm((await identities.own(id))!, id);
    return givePassword(records, id, 'els@clb.test');
  });

const engines = [firefox].filter((engine) => isAskedFor(engine.tool) && isHere(engine));
test.each(engines)(
  '[G20 G39 G40] in $name, by the keyboard alone: in by password and code, on by them, and in by a provider',
  async () => {
    // a session that has less left than the half hour of the warning, from its beginning
    const limits = limitsFile({ sessionMs: 29 * MINUTE_MS });
    const stage = await openStaffStage({ RECORDS_KEY_FILE: recordsKeyFile(), LIMITS_FILE: limits });
    const { app } = stage;
    const phone = { width: 360, height: 640 };
    const browser = await puppeteer.launch({
      ...firefoxOptions({}),
      ...{ defaultViewport: phone, acceptInsecureCerts: true }, // the provider's certificate is the test's
    });
    try {
      const codes = await els(stage);
      const page = await browser.newPage();
      const { keyboard } = page;
      const named = () =>
        page.evaluate(() => {
          const at = document.activeElement as HTMLInputElement;
          return at.labels?.[0]?.textContent ?? at.textContent;
        });
      const tabTo = async (name: string) => {
        for (let tabs = 0; tabs < 40 && (await named()) !== name; tabs += 1) await keyboard.press('Tab');
        expect(await named()).toBe(name);
      };
      const press = async (name: string) => {
        await tabTo(name);
        await keyboard.press('Enter');
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
      expect(await page.$eval('input#password-field', (field) => [field.type, field.value])).toEqual([
        'text',
        PASSWORD,
      ]);
      await tabTo('Meld aan');
      await keyboard.press('Enter');
      await heading('Je code');
      await fits();
      await tabTo('Code uit je app');
      await keyboard.type(codes.now());
      await keyboard.press('Enter');
      await heading('Je bent aangemeld');
      await page.waitForSelector('p ::-p-text(Je aanmeldnaam is els@clb.test)');

      await press('Naar de openingsuren');
      await heading('Openingsuren');
      await keyboard.down('Shift'); // backwards
      await press('Toestellen');
      await keyboard.up('Shift');
      await page.waitForSelector('label ::-p-text(Naam van je centrum)');
      await tabTo('Naam van je centrum');
      await keyboard.type('half geschreven');
      await keyboard.down('Shift');
      await press('Blijf aangemeld');
      await keyboard.up('Shift');
      await page.waitForFunction(() => document.activeElement?.id === 'step-up-password');
      await keyboard.type(PASSWORD);
      await tabTo('Code uit je app');
      await keyboard.type('000000');
      await keyboard.press('Enter');
      await page.waitForSelector('dialog [role=alert] ::-p-text(Kijk je wachtwoord en je code na)');
      await fits();
      await tabTo('Code uit je app');
      await keyboard.type(codes.next());
      await keyboard.press('Enter');
      await page.waitForSelector('.stay ::-p-text(Je blijft aangemeld.)');
      const typed = await page.$$eval('main input', (all) => all.map(({ value }) => value));
      expect(typed).toContain('half geschreven');

      // by what the provider says she is in, and shows her password where that is not enough
      await page.goto(`${app.console}#eigen`);
      await page.reload();
      // a page that comes takes the focus to its heading, and with it whatever is pressed then
      await page.waitForFunction(() => document.activeElement?.textContent === 'Je bent aangemeld');
      await press('Meld af');
      await heading('Aanmelden');
      await press('Meld aan met een passkey');
      await page.waitForSelector('button ::-p-text(Meld aan met de school)');
      await press('Meld aan met de school');
      await heading('Aanmelden bij de school');
      for (const text of ['lien', 'geheim', '123456']) {
        await keyboard.press('Tab');
        await keyboard.type(text);
      }
      await keyboard.press('Enter');
      await page.waitForSelector('p ::-p-text(Je account bij de school is bevestigd.)');
      expect(await page.evaluate(() => location.href)).not.toContain('state');
      await press('Maak nieuwe herstelcodes');
      await page.waitForFunction(() => document.activeElement?.id === 'step-up-password');
      expect(await page.$$eval('dialog button', (all) => all.map(({ textContent }) => textContent))).toEqual([
        'Ga verder',
        'Niet nu',
      ]);
    } finally {
      await browser.close();
      await stage.stop();
    }
  },
);
