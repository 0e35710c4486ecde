import { describe, expect, test } from 'vitest';
import { limitsFile } from '../support/limitsFile.ts';
import { counsellor, pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';

const MINUTE_MS = 60_000;
/** A session that has less left than the half hour of the warning, from its beginning. */
const env = { LIMITS_FILE: limitsFile({ sessionMs: 29 * MINUTE_MS, sessionCheckEveryMs: 1_000 }) };

describe.concurrent('who stays signed in', () => {
  test(
    '[A12 D40] goes on in the middle of a conversation by a new cookie: draft, visitor, seat and status are what they were',
    scene(
      async (stage) => {
        const lien = await counsellor(stage);
        const fox = await pupil(stage, { where: 'window' });
        await fox.start({ nick: 'Blauwe Vos', first: 'mijn vraag' });
        await lien.accepts();
        await lien.hears('mijn vraag');
        await lien.composer.fill('half geschreven');
        await lien.page.getByRole('button', { name: 'Jouw status: Beschikbaar · vol' }).waitFor();
        await lien.reads(/^Om \d\d:\d\d word je afgemeld\.$/);

        const cookie = async () => (await lien.context.cookies()).find(({ name }) => name === 'clb')?.value;
        const before = await cookie();
        await lien.page.getByRole('button', { name: 'Blijf aangemeld' }).click();
        await lien.reads('Je blijft aangemeld.');
        expect(await cookie()).not.toBe(before);
        expect(await lien.composer.inputValue()).toBe('half geschreven');
        await lien.composer.press('Enter');
        await fox.hears('half geschreven');
        await fox.says('en verder');
        await lien.hears('en verder');
        await lien.page.getByRole('button', { name: 'Jouw status: Beschikbaar · vol' }).waitFor();
        expect(await lien.page.getByText('Geen verbinding').count()).toBe(0);
        expect(await fox.page.getByText('even weg').count()).toBe(0);

        await lien.page.reload();
        await lien.opens('Blauwe Vos');
        await lien.hears('en verder');
      },
      { env },
    ),
  );

  test(
    '[D40 D39 D37] the row covers nothing on a phone and on a desk, and the button is as tall as a finger',
    scene(
      async (stage) => {
        const lien = await counsellor(stage, { viewport: { width: 360, height: 640 } });
        const row = lien.page.locator('.stay');
        await row.waitFor();
        for (const width of [360, 768, 1280]) {
          await lien.page.setViewportSize({ width, height: 640 });
          const [bar, here, list] = await Promise.all(
            ['.top', '.stay', '.list'].map((part) => lien.page.locator(part).boundingBox()),
          );
          expect(here!.y).toBeGreaterThanOrEqual(bar!.y + bar!.height - 1);
          expect(list!.y).toBeGreaterThanOrEqual(here!.y + here!.height - 1);
          expect(here!.x + here!.width).toBeLessThanOrEqual(width);
        }
        await lien.page.setViewportSize({ width: 360, height: 640 });
        const button = await lien.page.getByRole('button', { name: 'Blijf aangemeld' }).boundingBox();
        expect(button!.height).toBeGreaterThanOrEqual(44);
        await lien.page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
        const [words, beside, whole] = await Promise.all(
          ['.stay > span', '.stay > button', '.stay'].map((part) => lien.page.locator(part).boundingBox()),
        );
        expect(beside!.y, 'with text twice as large the button stands below').toBeGreaterThanOrEqual(
          words!.y + words!.height,
        );
        expect(beside!.x + beside!.width).toBeLessThanOrEqual(whole!.x + whole!.width);
      },
      { env },
    ),
  );
});
