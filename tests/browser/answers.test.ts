import { describe, expect, test } from 'vitest';
import { counsellor, pupil, type Counsellor } from '../support/people.ts';
import { scene } from '../support/scene.ts';

const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };
const list = ({ page }: Counsellor) => page.getByRole('listbox', { name: 'Standaardantwoorden' });
const selected = ({ composer }: Counsellor) =>
  composer.evaluate((box: HTMLTextAreaElement) => box.value.slice(box.selectionStart, box.selectionEnd));

describe('canned answers in a browser', () => {
  test(
    '[D50 D52] with the keys alone: / searches, Enter puts in and sends nothing, an unfilled place is typed over',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const fox = await pupil(stage, { where: 'window' });
      await fox.start({ nick: 'Blauwe Vos' });
      await lien.accepts();
      await fox.reads('Lien is er.');
      await lien.composer.focus();
      await lien.page.keyboard.type('/da');
      await list(lien).waitFor();
      await lien.page.keyboard.press('Enter');
      await expect.poll(() => lien.composer.inputValue()).toMatch(/^Dag Blauwe Vos! Ik ben Lien,/);
      expect(await list(lien).count()).toBe(0);
      await lien.page.keyboard.press('Enter');
      await fox.hears('Dag Blauwe Vos! Ik ben Lien, ik werk op het CLB. Waarover wil je het hebben?');

      await lien.page.keyboard.press('Alt+KeyA');
      await lien.page.keyboard.type('afspraak');
      await lien.page.keyboard.press('Tab');
      await expect.poll(() => selected(lien)).toBe('{dag}');
      expect(await lien.composer.evaluate((box) => box === document.activeElement)).toBe(true);
      await lien.page.keyboard.press('Enter');
      await lien.reads('Vul {dag} in of haal het weg. Dan kan je versturen.');
      await lien.page.keyboard.type('maandag');
      await lien.page.keyboard.press('Enter');
      await fox.hears('Op maandag is er iemand van je CLB op school. Je kan daar gewoon binnenlopen.');
    }),
  );

  test(
    '[D50 D53] on a phone: the button opens it, a tap puts one in and sends nothing, the list is within the window',
    scene(async (stage) => {
      const lien = await counsellor(stage, PHONE);
      const fox = await pupil(stage, { where: 'window' });
      await fox.start({ nick: 'Blauwe Vos' });
      await lien.accepts();
      await fox.reads('Lien is er.');
      await lien.page.getByRole('button', { name: /Antwoorden/ }).tap();
      await list(lien).waitFor();
      const { x, y, width } = (await list(lien).boundingBox())!;
      expect([x >= 0, y >= 0, x + width <= PHONE.viewport.width]).toEqual([true, true, true]);
      await lien.page.getByRole('option', { name: /dank/ }).tap();
      await expect
        .poll(() => lien.composer.inputValue())
        .toBe('Dank je dat je me dit vertelt. Dat is niet gemakkelijk.');
      expect(await list(lien).count()).toBe(0);
      await lien.page.getByRole('button', { name: 'Verstuur' }).tap();
      await fox.hears('Dank je dat je me dit vertelt. Dat is niet gemakkelijk.');
    }),
  );
});
