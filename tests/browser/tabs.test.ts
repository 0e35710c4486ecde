import { describe, expect, test } from 'vitest';
import { counsellor, pupil, pupilIn } from '../support/people.ts';
import { scene } from '../support/scene.ts';

describe.concurrent('the same person twice', () => {
  test(
    '[L4 B16] a copied tab of the visitor asks first; "Ga hier verder" takes the conversation along',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const fox = await pupil(stage, { where: 'window' });
      await fox.start({ nick: 'Blauwe Vos', first: 'mijn vraag' });
      await lien.accepts();
      await lien.hears('mijn vraag');

      // as "duplicate tab" does: the copy starts with what the first tab keeps
      const kept = (await fox.page.evaluate('JSON.stringify({ ...sessionStorage })')) as string;
      const copy = await fox.context.newPage();
      await copy.addInitScript((text) => {
        if (window.name === 'copied') return;
        window.name = 'copied';
        for (const [key, value] of Object.entries(JSON.parse(text) as Record<string, string>))
          globalThis.sessionStorage.setItem(key, value);
      }, kept);
      await copy.goto(fox.page.url());
      await copy.getByText('Je chat staat open in een ander tabblad.').waitFor();
      await fox.says('nog altijd hier');
      await lien.hears('nog altijd hier');
      await copy.getByRole('button', { name: 'Ga hier verder' }).click();
      await copy.getByRole('log').getByText('nog altijd hier').waitFor();
      await fox.reads('Je chat staat open in een ander tabblad.');
      await lien.says('ik zie je');
      await copy.getByRole('log').getByText('ik zie je').waitFor();
      expect(await fox.page.getByText('ik zie je').count()).toBe(0);
    }),
  );

  test(
    '[W29 E27 W34] two visits in one browser: each tab finds its own again, and says that it is loading until it has',
    scene(async (stage) => {
      const sister = await pupil(stage, { where: 'window' });
      await sister.start({ nick: 'Blauwe Vos' });
      await sister.reads('Je staat in de wachtrij.');
      const brother = await pupilIn(sister.context, stage.app, 'window');
      await brother.start({ role: 'ouder', topic: /Hoe mijn kind zich voelt/, nick: 'Rode Beer' });
      await brother.reads('Je staat in de wachtrij.');

      await brother.page.route('**/assets/visit-*.js', (route) => route.abort());
      await brother.page.reload();
      await brother.reads('Geen verbinding.');
      await brother.reads('Even geduld…');
      expect(await brother.page.getByText('Dag! Fijn dat je er bent.').count()).toBe(0);
      await brother.presses('Nu hulp nodig?');
      await brother.reads('Is er nu iemand in gevaar?');
      await brother.presses(/^Sluit$/);
      await brother.page.unroute('**/assets/visit-*.js');
      await brother.reads('Je staat in de wachtrij.');
      await sister.page.reload();
      await sister.reads('Je staat in de wachtrij.');
    }),
  );

  test(
    '[L4 B17] a second window of the same counsellor takes over knowingly, and the first is wiped',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const fox = await pupil(stage);
      await fox.start({ nick: 'Blauwe Vos', first: 'mijn vraag' });
      await lien.accepts();
      await lien.hears('mijn vraag');

      const second = await lien.context.newPage();
      await second.goto(stage.app.console);
      await second.getByText('De console staat open in een ander venster van deze browser.').waitFor();
      await fox.says('even tussendoor');
      await lien.hears('even tussendoor');
      await second.getByRole('button', { name: 'Ga hier verder' }).click();
      await lien.reads('Je werkt verder in een ander venster');
      expect(await lien.page.getByText('mijn vraag').count()).toBe(0);
      await second.getByRole('button', { name: /^Blauwe Vos, / }).click();
      await second.getByRole('log').getByText('mijn vraag').waitFor();
      await second.getByRole('textbox', { name: /^Bericht aan/ }).fill('hier ben ik');
      await second.getByRole('textbox', { name: /^Bericht aan/ }).press('Enter');
      await fox.hears('hier ben ik');
    }),
  );

  test(
    '[L4 B17 E22] at another computer the same counsellor is asked, her conversation comes along, and the visitor opens what was said before',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const fox = await pupil(stage, { where: 'window' });
      await fox.start({ nick: 'Blauwe Vos', first: 'mijn vraag' });
      await lien.accepts();
      await lien.hears('mijn vraag');

      const elsewhere = await (await stage.newContext()).newPage();
      await elsewhere.goto(stage.app.console);
      await elsewhere.getByRole('button', { name: 'Ga verder als Lien' }).click();
      await elsewhere.getByText(/^Je bent aangemeld op een ander toestel/).waitFor();
      await elsewhere.getByRole('button', { name: 'Ga hier verder' }).click();
      await lien.reads('Je werkt verder in een ander venster');
      await elsewhere.getByRole('button', { name: /^(Blauwe Vos|Leerling( 1)?), / }).click();
      await fox.says('ben je er nog?');
      const log = elsewhere.getByRole('log');
      await log.getByText('ben je er nog?').waitFor();
      expect(await log.getByText('mijn vraag').count()).toBe(0);
      await fox.presses('Ja, Lien mag alles lezen');
      await log.getByText('mijn vraag').waitFor();
      await fox.reads('De medewerker mag alles lezen.');
    }),
  );
});
