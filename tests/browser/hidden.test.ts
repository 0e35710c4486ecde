import { describe, expect, test } from 'vitest';
import { times } from '../support/app.ts';
import { openBrowser } from '../support/chromium.ts';
import { openHiddenTab, sleepyTimers } from '../support/hiddenTab.ts';
import { counsellor, pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';

describe('a console behind another tab', () => {
  test(
    '[B6] its timers sleep, for a second at a time or longer, and it still holds what a killed one loses',
    scene(async (stage) => {
      const sleepy = await openBrowser(sleepyTimers);
      try {
        const lien = await openHiddenTab(sleepy, stage.app.console);
        const press = async (words: string) => {
          const found = `[...document.querySelectorAll('button')].find((button) => button.textContent.includes('${words}') && button.getAttribute('aria-disabled') !== 'true')`;
          await lien.until(found);
          await lien.run(`${found}.click()`);
        };
        const hears = (text: string) =>
          lien.until(`document.querySelector('[role=log]')?.textContent.includes('${text}')`);
        await press('Ga verder als Lien');
        await lien.until(`document.body.textContent.includes('Rustig nu')`);
        const fox = await pupil(stage);
        await fox.start({ nick: 'Blauwe Vos', first: 'ben je daar?' });
        await press('Neem aan');
        await hears('ben je daar?');

        await lien.hide();
        await lien.until(`document.visibilityState === 'hidden'`);
        await lien.run('void (window.ticks = 0, setInterval(() => (window.ticks += 1), 100))');
        const hiddenMs = performance.now();

        // the control: somebody whose console dies after that is told, released and at the front
        const samir = await counsellor(stage, { name: 'Samir' });
        const bear = await pupil(stage);
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
        await sleepy.close();
      }
    }),
  );
});
