import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApp, times, type App, type StoreKind } from '../support/app.ts';
import { openBrowser } from '../support/chromium.ts';
import { openHiddenTab, sleepyTimers } from '../support/hiddenTab.ts';
import { counsellor, pupil } from '../support/people.ts';

describe.each<StoreKind>(['memory', 'redis'])('somebody is suddenly gone, on %s', (on) => {
  let app: App;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp({ on }), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await app.stop();
  });

  /** Of a busy machine: how much later than promised a screen may show something here. */
  const slackMs = 2_500;
  const since = (startedMs: number) => performance.now() - startedMs;

  /** Lien talks with a pupil, and her browser is killed; told in time, released in time. */
  async function lienIsLost() {
    const lien = await counsellor(browser, app);
    const fox = await pupil(browser, app, { where: 'window' });
    await fox.start({ nick: 'Blauwe Vos', first: 'mijn geheim' });
    await lien.accepts();
    await lien.hears('mijn geheim');
    await lien.says('vertel maar');
    await fox.hears('vertel maar');
    const goneMs = performance.now();
    await lien.vanish();
    await fox.reads('Lien heeft even geen verbinding. Blijf gerust hier.');
    const toldMs = since(goneMs);
    await fox.reads(/^(Je staat in de wachtrij\.|Jij bent de volgende\.)/);
    return { fox, toldMs, releasedMs: since(goneMs) };
  }

  async function samirComes() {
    const samir = await counsellor(browser, app, { name: 'Samir' });
    await samir.page.getByRole('button', { name: 'Neem aan' }).click();
    return samir;
  }

  test('[R7 K5 B4] told, released in time, at the front; "alles": the next one reads everything', async () => {
    const { fox, toldMs, releasedMs } = await lienIsLost();
    expect(toldMs).toBeGreaterThan(times.peerToldMs - times.pulseEveryMs - 100);
    expect(toldMs).toBeLessThan(times.peerToldMs + times.pulseEveryMs + slackMs);
    expect(releasedMs).toBeGreaterThan(times.releaseMs - times.pulseEveryMs - 100);
    expect(releasedMs).toBeLessThan(times.releaseMs + times.pulseEveryMs + slackMs);

    const bear = await pupil(browser, app);
    await bear.start({ nick: 'Rode Beer' });
    const samir = await samirComes();
    await fox.presses('Ja, en Samir mag alles lezen');
    await samir.hears('mijn geheim');
    await samir.sees('vertel maar');
    await samir.says('ik las het');
    await fox.hears('ik las het');
    await Promise.all([samir, fox, bear].map((one) => one.vanish()));
  });

  test('[K2 K5 B4] "leest niets terug": the next one can open nothing of before', async () => {
    const { fox } = await lienIsLost();
    const samir = await samirComes();
    await fox.reads('Ja, maar Samir leest niets terug');
    expect(await samir.page.getByText('mijn geheim').count(), 'nothing before a press').toBe(0);
    await fox.presses('Ja, maar Samir leest niets terug');
    await fox.says('we beginnen opnieuw');
    await samir.hears('we beginnen opnieuw');
    expect(await samir.page.getByText(/mijn geheim|vertel maar/).count()).toBe(0);
    await fox.sees('mijn geheim');
    await Promise.all([samir, fox].map((one) => one.vanish()));
  });

  test('[K2 B4] "stop": the conversation ends, and the next one never had a key', async () => {
    const { fox } = await lienIsLost();
    const samir = await samirComes();
    await fox.presses(/[Ss]top/);
    await fox.reads('Bedankt om te chatten.');
    await samir.page.getByRole('button', { name: 'Neem aan' }).waitFor({ state: 'hidden' });
    expect(await samir.page.getByText(/mijn geheim|vertel maar/).count()).toBe(0);
    await Promise.all([samir, fox].map((one) => one.vanish()));
  });

  test("[R4 B5] a waiting visitor's tab is closed: the ringing stops in time", async () => {
    const lien = await counsellor(browser, app);
    const fox = await pupil(browser, app);
    await fox.start({ nick: 'Blauwe Vos' });
    await lien.reads('Nieuwe bezoeker');
    const goneMs = performance.now();
    await fox.vanish();
    await lien.page.getByRole('button', { name: 'Neem aan' }).waitFor({ state: 'hidden' });
    expect(since(goneMs)).toBeLessThan(times.awayAfterMs + times.pulseLateMs + slackMs);
    await lien.vanish();
  });
});

describe('a console behind another tab', () => {
  test('[B6] its timers sleep for a minute at a time, and still nothing is released', async () => {
    const [app, browser, sleepy] = await Promise.all([startApp(), openBrowser(), openBrowser(sleepyTimers)]);
    try {
      const lien = await openHiddenTab(sleepy, app.console);
      const press = (name: string) => {
        const found = `[...document.querySelectorAll('button')].find((b) => b.getAttribute('aria-label') === '${name}' || b.textContent.trim() === '${name}')`;
        return lien.until(found).then(() => lien.run(`${found}.click()`));
      };
      await press('Ga verder als Lien');
      const fox = await pupil(browser, app);
      await fox.start({ nick: 'Blauwe Vos', first: 'ben je daar?' });
      await press('Neem aan');
      await lien.until(`document.querySelector('[role=log]')?.textContent.includes('ben je daar?')`);

      await lien.hide();
      await lien.until(`document.visibilityState === 'hidden'`);
      await lien.run('void (window.slept = 0, window.sleeper = setInterval(() => window.slept++, 100))');
      const hiddenMs = performance.now();
      // the pupil's own waiting, seen from outside: the counsellor counts as there for three times the time of release
      await fox.page.waitForFunction((ms) => performance.now() > ms, (await fox.page.evaluate(() => performance.now())) + 3 * times.releaseMs, {
        timeout: 6 * times.releaseMs,
      });
      expect(performance.now() - hiddenMs).toBeGreaterThan(3 * times.releaseMs - 100);
      expect(await lien.run<number>('window.slept'), 'its timers really slept').toBeLessThan(40);
      expect(await fox.chat.getByText(/geen verbinding/).count()).toBe(0);
      await fox.says('nog altijd?');
      await lien.until(`document.querySelector('[role=log]')?.textContent.includes('nog altijd?')`);
    } finally {
      await Promise.all([browser.close(), sleepy.close()]);
      await app.stop();
    }
  });
});
