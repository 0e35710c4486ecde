import { describe, expect, test } from 'vitest';
import { openBrowser } from '../support/chromium.ts';
import { counsellor, pupilIn, type Counsellor, type Pupil } from '../support/people.ts';
import { openRestoringBrowser } from '../support/restoringBrowser.ts';
import { scene } from '../support/scene.ts';

const welcome = 'Dag! Fijn dat je er bent.';
const question = 'Was jij hier aan het chatten?';

async function talks(lien: Counsellor, fox: Pupil) {
  await fox.start({ nick: 'Blauwe Vos', first: 'mijn geheim' });
  await lien.accepts();
  await lien.hears('mijn geheim');
  await lien.says('vertel maar');
  await fox.hears('vertel maar');
}

/** As people have it: Playwright's own list switches off what keeps things for a frame of another site. */
const browserOfPeople = () => openBrowser({ args: ['--disable-features=Translate'] });

describe('the next person at a shared computer', () => {
  test(
    '[B50 W70 W71] a reload goes on; a closed tab that is restored shows nothing, keeps nothing, and the visit is over',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const browser = await openRestoringBrowser();
      try {
        const fox = await pupilIn(browser.context, stage.app, 'window');
        await talks(lien, fox);
        await fox.page.reload();
        await fox.hears('vertel maar');
        const next = await browser.closeAndRestore('/w/');
        await next.getByRole('heading', { name: welcome }).waitFor();
        expect(await next.getByText(/mijn geheim|vertel maar|Blauwe Vos/).count()).toBe(0);
        expect(await next.evaluate('JSON.stringify({ ...sessionStorage })')).toBe('{}');
        await lien.reads('De leerling stopte de chat.');
      } finally {
        await browser.close();
      }
    }),
  );

  test(
    '[B50 W71 W72] a tab that was copied asks, and the conversation goes on in the first one',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const browser = await openRestoringBrowser();
      try {
        const fox = await pupilIn(browser.context, stage.app, 'window');
        await talks(lien, fox);
        const copy = await browser.copy('/w/');
        await copy.getByText('Je chat staat open in een ander tabblad.').waitFor();
        expect(await copy.getByText(/mijn geheim|vertel maar/).count()).toBe(0);
        await copy.close();
        await fox.says('ik ben er nog');
        await lien.hears('ik ben er nog');
      } finally {
        await browser.close();
      }
    }),
  );

  test(
    '[B50 B51 W72 W74 D18] the next page of a school: asked before, told to the counsellor, and the button leads to a question',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const browser = await browserOfPeople();
      try {
        const fox = await pupilIn(await browser.newContext({ locale: 'nl-BE' }), stage.app, 'school');
        const asked: string[] = [];
        fox.page.on('dialog', (dialog) => asked.push(dialog.type()));
        const press = () => fox.page.getByRole('button', { name: /Chat met het CLB/ }).click();
        await talks(lien, fox);
        expect(asked).toEqual([]);

        await fox.page.getByRole('link', { name: 'Kalender' }).click();
        await expect.poll(() => asked).toEqual(['beforeunload']);
        await lien.reads('Blauwe Vos heeft even geen verbinding.');
        await press();
        await fox.reads(question);
        expect(await fox.chat.getByText(/mijn geheim|vertel maar|Blauwe Vos/).count()).toBe(0);
        await fox.presses('Ga hier verder');
        await fox.hears('vertel maar');
        await fox.says('ik ben er weer');
        await lien.hears('ik ben er weer');

        await fox.page.reload();
        await press();
        await fox.hears('ik ben er weer');

        await fox.page.goto(`${stage.app.smartschool}?elsewhere`);
        await fox.page.goBack();
        await press();
        await fox.reads(welcome);
        await lien.reads('De leerling stopte de chat.');
      } finally {
        await browser.close();
      }
    }),
  );

  test(
    '[B50 W70 W72] the next page of a school, loaded again before anybody was asked: the button leads to the question all the same',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const browser = await browserOfPeople();
      try {
        const fox = await pupilIn(await browser.newContext({ locale: 'nl-BE' }), stage.app, 'school');
        await talks(lien, fox);
        await fox.page.getByRole('link', { name: 'Kalender' }).click();
        await lien.reads('Blauwe Vos heeft even geen verbinding.');
        // nobody loads a page again sooner than a browser rounds its times
        await fox.page.waitForFunction((roundedMs) => performance.now() > roundedMs, 1000);
        await fox.page.reload();
        await fox.page.getByRole('button', { name: /Chat met het CLB/ }).click();
        await fox.reads(question);
        expect(await fox.chat.getByText(/mijn geheim|vertel maar|Blauwe Vos/).count()).toBe(0);
      } finally {
        await browser.close();
      }
    }),
  );

  test(
    '[B50 W72] who says that it is not theirs wipes it, and chats anew',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const browser = await browserOfPeople();
      try {
        const fox = await pupilIn(await browser.newContext({ locale: 'nl-BE' }), stage.app, 'school');
        await talks(lien, fox);
        await fox.page.goto(stage.app.school);
        await fox.page.getByRole('button', { name: /Chat met het CLB/ }).click();
        await fox.presses('Nee, wis die chat');
        await lien.reads('De leerling stopte de chat.');
        await lien.page.getByRole('button', { name: 'Ik ben klaar' }).first().click();
        await fox.start({ nick: 'Rode Beer' });
        await lien.page.getByRole('button', { name: 'Neem aan' }).click();
        await fox.reads('Lien is er. Niemand anders kan dit lezen.');
      } finally {
        await browser.close();
      }
    }),
  );
});

describe('a page that goes', () => {
  test(
    '[B51 W74] asks while somebody waits, and neither before nor for Snel weg',
    scene(async (stage) => {
      const context = await stage.newContext();
      await context.route('https://www.meteo.be/**', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<h1>Het weer</h1>' }),
      );
      const fox = await pupilIn(context, stage.app, 'window');
      const asked: string[] = [];
      fox.page.on('dialog', (dialog) => asked.push(dialog.type()));
      await fox.presses('Ik ben leerling');
      await fox.page.reload();
      expect(asked).toEqual([]);
      await fox.start({ nick: 'Blauwe Vos' });
      await fox.reads('Je staat in de wachtrij.');
      await fox.page.reload();
      await fox.reads('Je staat in de wachtrij.');
      expect(asked).toEqual(['beforeunload']);
      // a browser asks only where somebody has touched the page
      await fox.presses('Adem rustig');
      await fox.presses('Snel weg');
      await fox.page.getByRole('heading', { name: 'Het weer' }).waitFor();
      expect(asked).toEqual(['beforeunload']);
    }),
  );

  test(
    '[B51 W74] asks nothing when a number is called',
    scene(async (stage) => {
      const fox = await pupilIn(await stage.newContext(), stage.app, 'window');
      const asked: string[] = [];
      fox.page.on('dialog', (dialog) => asked.push(dialog.type()));
      await fox.start({ nick: 'Blauwe Vos' });
      await fox.reads('Je staat in de wachtrij.');
      // whether a page that asks would have been asked
      await fox.page.evaluate(() => {
        addEventListener('beforeunload', ({ defaultPrevented }) => (document.title = `asks: ${defaultPrevented}`));
      });
      await fox.presses('Nu hulp nodig?');
      await fox.page.getByRole('link', { name: /^112/ }).last().click();
      await expect.poll(() => fox.page.title()).toBe('asks: false');
      expect(asked).toEqual([]);
    }),
  );
});
