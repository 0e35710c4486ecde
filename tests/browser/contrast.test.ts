import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { axeFinds } from '../support/axe.ts';
import { counsellor, pupil, type Pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import type { Stage } from '../support/stage.ts';

describe.concurrent('who asks the browser for more contrast', () => {
  const hasRare = (fox: Pupil) => fox.traffic.addresses.some((address) => /\/rare-[^/]*\.js$/.test(address));
  const main = (fox: Pupil) => fox.chat.getByRole('button', { name: 'Ga naar de wachtrij' });
  const style = (fox: Pupil, property: string) =>
    main(fox).evaluate((button, name) => getComputedStyle(button).getPropertyValue(name), property);

  /** The steps before the queue, each looked at. */
  async function upToTheName(stage: Stage, options: BrowserContextOptions): Promise<Pupil> {
    const fox = await pupil(stage, { where: 'window', reducedMotion: 'reduce', ...options });
    await fox.reads('Dag! Fijn dat je er bent.');
    await vi.waitFor(() => expect(hasRare(fox)).toBe(true), 5_000);
    await fox.page.waitForLoadState('networkidle');
    const faults: string[] = [];
    const look = async () => {
      const { looked, found } = await axeFinds(fox.page);
      expect(looked).toBeGreaterThan(5);
      faults.push(...found);
    };
    await look();
    await fox.presses('Ik ben leerling');
    await fox.reads('Waarover wil je praten?');
    await look();
    await fox.presses('Hoe ik me voel');
    await main(fox).waitFor();
    await look();
    expect(faults).toEqual([]);
    return fox;
  }

  for (const [colorScheme, ground, ink] of [
    ['light', 'rgb(0, 71, 75)', 'rgb(255, 255, 255)'],
    ['dark', 'rgb(124, 245, 234)', 'rgb(0, 0, 0)'],
  ] as const) {
    test(
      `[B20 B27] more contrast, ${colorScheme}: the first screens wear it, and axe finds nothing`,
      scene(async (stage) => {
        const fox = await upToTheName(stage, { contrast: 'more', colorScheme });
        await vi.waitFor(async () => expect(await style(fox, 'background-color')).toBe(ground), 5_000);
        expect(await style(fox, 'color')).toBe(ink);
      }),
    );
  }

  test(
    '[B20 B27] forced colours: what can be pressed has an edge, and axe finds nothing',
    scene(async (stage) => {
      const fox = await upToTheName(stage, { forcedColors: 'active' });
      await vi.waitFor(async () => expect(await style(fox, 'border-top-width')).toBe('2px'), 5_000);
      expect(await style(fox, 'border-top-style')).toBe('solid');
      await main(fox).click();
      const tile = fox.chat.getByRole('button', { name: /Adem rustig/ });
      expect(await tile.evaluate((one) => getComputedStyle(one).borderTopWidth)).toBe('2px');
    }),
  );

  test(
    '[B27] nobody else fetches it, not even in a conversation',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const fox = await pupil(stage, { where: 'window' });
      await fox.start({ nick: 'Blauwe Vos' });
      await fox.reads(/Je staat in de wachtrij|Jij bent de volgende/);
      await fox.page.waitForLoadState('networkidle');
      expect(hasRare(fox)).toBe(false);
      await lien.accepts();
      await fox.reads('Lien is er.');
      await fox.says('dag Lien');
      await lien.hears('dag Lien');
      expect(hasRare(fox)).toBe(false);
    }),
  );
});
