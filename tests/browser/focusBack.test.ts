import { expect, test } from 'vitest';
import { pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';

test(
  '[W6] who does not stop has the focus where it was, by Escape and by the safe answer',
  scene(async (stage) => {
    const fox = await pupil(stage, { where: 'window', viewport: { width: 400, height: 600 } });
    await fox.start({ nick: 'Blauwe Vos' });
    const stop = fox.chat.getByRole('button', { name: 'Stop met wachten' });
    for (const answer of ['Escape', 'Enter']) {
      await stop.focus();
      await fox.page.keyboard.press('Enter');
      await fox.reads('Wil je niet meer wachten?');
      await fox.page.keyboard.press(answer); // the safe answer has the focus
      await fox.chat.getByText('Wil je niet meer wachten?').waitFor({ state: 'hidden' });
      expect(await stop.evaluate((one) => one === document.activeElement), answer).toBe(true);
    }
  }),
);
