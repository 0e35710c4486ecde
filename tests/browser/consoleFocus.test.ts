import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { counsellor, pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';

const focused = (page: Page) =>
  page.evaluate(() => {
    const one = document.activeElement;
    return one === document.body ? 'nothing' : (one?.getAttribute('aria-label') ?? one?.textContent ?? '');
  });

test(
  '[D38] with keys alone a counsellor declines, takes, is left and ends, and the next key never goes nowhere',
  scene(async (stage) => {
    const lien = await counsellor(stage);
    const press = async (name: string) => {
      const button = lien.page.getByRole('button', { name }).last();
      await button.focus();
      await lien.page.keyboard.press('Enter');
    };
    const goesTo = (name: string | RegExp) => vi.waitFor(async () => expect(await focused(lien.page)).toMatch(name));
    const fox = await pupil(stage, { where: 'window' });
    await fox.start({ nick: 'Blauwe Vos' });
    await lien.reads('Nieuwe bezoeker');
    await press('Nu niet');
    await goesTo(/^Wachtrij/);
    await press('Neem de volgende');
    await fox.reads('Lien is er.');
    await goesTo(/^Bericht aan Blauwe Vos/);
    await fox.ends();
    await goesTo('De leerling stopte de chat.');
    await press('Ik ben klaar');
    await goesTo(/Rustig nu|Kies een gesprek/);
    const owl = await pupil(stage, { where: 'window' });
    await owl.start({ nick: 'Stille Uil' });
    await lien.reads('Nieuwe bezoeker');
    await press('Neem aan');
    await owl.reads('Lien is er.');
    await press('Afronden');
    await lien.page.getByRole('dialog').waitFor();
    await press('Rond af');
    await goesTo('Je rondde het gesprek af.');
  }),
);
