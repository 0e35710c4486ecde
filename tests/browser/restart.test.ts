import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { openBrowser } from '../support/chromium.ts';
import { counsellor, pupil } from '../support/people.ts';

describe('the server is killed in the middle of a conversation and starts again', () => {
  let app: App;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp({ on: 'redis' }), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  test('[B3 C1 C4] on Redis the conversation goes on, and what was written meanwhile arrives once', async () => {
    const lien = await counsellor(browser, app);
    const fox = await pupil(browser, app, { where: 'window' });
    const bear = await pupil(browser, app);
    await fox.start({ nick: 'Blauwe Vos', first: 'voor de val' });
    await lien.accepts();
    await lien.hears('voor de val');
    await bear.start({ nick: 'Rode Beer', first: 'ik wacht' });
    await bear.reads('Je staat in de wachtrij.');

    await app.kill();
    await fox.reads('Geen verbinding.');
    await lien.reads('Geen verbinding met de server.');
    await fox.says('terwijl het weg was');
    await fox.sees('terwijl het weg was', 'Nog niet verstuurd');
    await app.start();

    await lien.hears('terwijl het weg was');
    await fox.sees('terwijl het weg was', 'Gelezen');
    await lien.says('ik ben er nog');
    await fox.hears('ik ben er nog');
    const texts = await lien.log.locator('.bubble').allInnerTexts();
    expect(texts).toEqual(['voor de val', 'terwijl het weg was', 'ik ben er nog']);

    await lien.ends();
    await lien.accepts();
    await lien.hears('ik wacht');
    await Promise.all([lien, fox, bear].map((one) => one.vanish()));
  });
});
