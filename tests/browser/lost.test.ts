import { describe, expect, test } from 'vitest';
import { startApp, times, type StoreKind } from '../support/app.ts';
import { openBrowser } from '../support/chromium.ts';
import { openHiddenTab, sleepyTimers } from '../support/hiddenTab.ts';
import { counsellor, pupil } from '../support/people.ts';
import { onStage } from '../support/stage.ts';

describe.each<StoreKind>(['memory', 'redis'])('somebody is suddenly gone, on %s', (on) => {
  const stage = onStage(on);

  /** Of a busy machine: how much later than promised a screen may show something here. */
  const slackMs = 2_500;
  const since = (startedMs: number) => performance.now() - startedMs;

  /** Lien talks with a pupil, and her browser is killed; told in time, released in time. */
  async function lienIsLost() {
    const lien = await counsellor(stage);
    const fox = await pupil(stage, { where: 'window' });
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
    const samir = await counsellor(stage, { name: 'Samir' });
    await samir.page.getByRole('button', { name: 'Neem aan' }).click();
    return samir;
  }

  test('[R7 K5 B4] told, released in time, at the front; "alles": the next one reads everything', async () => {
    const { fox, toldMs, releasedMs } = await lienIsLost();
    expect(toldMs).toBeGreaterThan(times.peerToldMs - times.pulseEveryMs - 100);
    expect(toldMs).toBeLessThan(times.peerToldMs + times.pulseEveryMs + slackMs);
    expect(releasedMs).toBeGreaterThan(times.releaseMs - times.pulseEveryMs - 100);
    expect(releasedMs).toBeLessThan(times.releaseMs + times.pulseEveryMs + slackMs);

    const bear = await pupil(stage);
    await bear.start({ nick: 'Rode Beer' });
    const samir = await samirComes();
    await fox.presses('Ja, en Samir mag alles lezen');
    await samir.hears('mijn geheim');
    await samir.sees('vertel maar');
    await samir.says('ik las het');
    await fox.hears('ik las het');
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
  });

  test('[K2 B4] "stop": the conversation ends, and the next one never had a key', async () => {
    const { fox } = await lienIsLost();
    const samir = await samirComes();
    await fox.presses('Nee, stop de chat');
    await fox.reads('Bedankt om te chatten.');
    await samir.page.getByRole('button', { name: 'Neem aan' }).waitFor({ state: 'hidden' });
    expect(await samir.page.getByText(/mijn geheim|vertel maar/).count()).toBe(0);
  });

  test("[R4 B5] a waiting visitor's tab is closed: the ringing stops in time", async () => {
    const lien = await counsellor(stage);
    const fox = await pupil(stage);
    await fox.start({ nick: 'Blauwe Vos' });
    await lien.reads('Nieuwe bezoeker');
    const goneMs = performance.now();
    await fox.vanish();
    await lien.page.getByRole('button', { name: 'Neem aan' }).waitFor({ state: 'hidden' });
    expect(since(goneMs)).toBeLessThan(times.awayAfterMs + times.pulseLateMs + slackMs);
  });
});

describe('a console behind another tab', () => {
  test('[B6] its timers sleep for a minute at a time, and it still holds what a killed one loses', async () => {
    const [app, browser, sleepy] = await Promise.all([startApp(), openBrowser(), openBrowser(sleepyTimers)]);
    try {
      const lien = await openHiddenTab(sleepy, app.console);
      const press = async (words: string) => {
        const found = `[...document.querySelectorAll('button')].find((button) => button.textContent.includes('${words}'))`;
        await lien.until(found);
        await lien.run(`${found}.click()`);
      };
      const hears = (text: string) => lien.until(`document.querySelector('[role=log]')?.textContent.includes('${text}')`);
      await press('Ga verder als Lien');
      await lien.until(`document.body.textContent.includes('Rustig nu')`);
      const fox = await pupil({ app, browser });
      await fox.start({ nick: 'Blauwe Vos', first: 'ben je daar?' });
      await press('Neem aan');
      await hears('ben je daar?');

      await lien.hide();
      await lien.until(`document.visibilityState === 'hidden'`);
      await lien.run('void (window.ticks = 0, setInterval(() => (window.ticks += 1), 100))');
      const hiddenMs = performance.now();

      // the control: somebody whose console dies after that is told, released and at the front
      const samir = await counsellor({ app, browser }, { name: 'Samir' });
      const bear = await pupil({ app, browser });
      await bear.start({ nick: 'Rode Beer' });
      await samir.accepts();
      await samir.vanish();
      await bear.reads(/Je staat in de wachtrij|Jij bent de volgende/);

      const hiddenForMs = performance.now() - hiddenMs;
      expect(hiddenForMs).toBeGreaterThan(times.releaseMs);
      expect(await lien.run<number>('window.ticks'), 'its timers really slept').toBeLessThan(hiddenForMs / 100 / 3);
      expect(await fox.chat.getByText(/geen verbinding|wachtrij/).count()).toBe(0);
      await fox.says('nog altijd?');
      await hears('nog altijd?');
    } finally {
      await Promise.all([browser.close(), sleepy.close()]);
      await app.stop();
    }
  });
});
