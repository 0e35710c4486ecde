import type { BrowserContextOptions, Page } from 'playwright-core';
import { shutCentre } from './closed.ts';
import { counsellor, pupil, type Counsellor, type Pupil } from './people.ts';
import type { Stage } from './stage.ts';
import { cuttable } from './wire.ts';

/** What is done at each screen: a picture, a look with axe-core, a measure. `name` is that of the mock-up in the plan. */
export type Look<Who> = (name: string, who: Who) => Promise<void>;

/** From the welcome screen to the end, past every screen and state of the visitor's side. */
export async function walkWidget(stage: Stage, options: BrowserContextOptions, look: Look<Pupil>): Promise<void> {
  const lien = await counsellor(stage);
  const fox = await pupil(stage, { where: 'window', ...options });
  const { chat } = fox;
  const button = (name: string | RegExp) => chat.getByRole('button', { name }).first();
  const line = await cuttable(fox.page);
  await fox.page.reload();

  await fox.reads('Dag! Fijn dat je er bent.');
  await look('w02-welkom', fox);
  await button('Wat betekent anoniem precies?').click();
  await fox.reads('Wat betekent anoniem?');
  await look('w02b-anoniem', fox);
  await button('Terug').click();
  await button('Nu hulp nodig? Bel een nummer').click();
  await fox.reads('Zelfmoordlijn');
  await look('w09-hulplijnen', fox);
  await button(/^Sluit$/).click();
  await button('Ik ben ouder').click();
  await button('Schoolkeuze').click();
  await fox.reads('Bijna klaar.');
  await look('w13-ouder', fox);
  await button('Terug').click();
  await button('Terug').click();
  await button('Ik ben leerling').click();
  await fox.reads('Waarover wil je praten?');
  await look('w03-onderwerp', fox);
  await button('Hoe ik me voel').click();
  await fox.reads('Hoe mogen we je noemen?');
  await look('w04-naam', fox);

  await lien.presses(/Jouw status/);
  await lien.page.getByRole('menuitemradio', { name: /Even weg/ }).click();
  await chat.getByLabel(/Schuilnaam/).fill('Blauwe Vos');
  await button('Ga naar de wachtrij').click();
  await fox.reads('Je staat in de wachtrij.');
  await look('w05-wachten', fox);
  await lien.presses('Ik ben er weer');
  await lien.accepts();
  await fox.reads('Lien is er.');
  await talkALittle(fox, lien);
  await look('w06-chat', fox);
  await button('Stop de chat').click();
  await fox.reads('Wil je de chat stoppen?');
  await look('w16-stop-bevestig', fox);
  await button('Nee, ik chat verder').click();

  await line.cut();
  await fox.reads('Geen verbinding.');
  await fox.says('sinds de herfst');
  await fox.sees('sinds de herfst', 'Nog niet verstuurd');
  await look('w07-verbinding', fox);
  line.mend();
  await fox.reads('Je bent weer verbonden.');
  await fox.sees('sinds de herfst', 'Gelezen');
  await look('w07b-hersteld', fox);

  await lien.vanish();
  await fox.reads('Lien heeft even geen verbinding.');
  await look('w07c-medewerker-weg', fox);
  await fox.reads(/Je staat in de wachtrij|Jij bent de volgende/);
  await look('w05c-vooraan', fox);
  const samir = await counsellor(stage, { name: 'Samir' });
  await samir.page.getByRole('button', { name: 'Neem aan' }).click();
  await fox.reads('Ja, maar Samir leest niets terug');
  await look('w08-overdracht', fox);
  await button('Ja, en Samir mag alles lezen').click();
  await samir.hears('sinds de herfst');
  await fox.ends();
  await fox.reads('Bedankt om te chatten.');
  await look('w10-einde', fox);
  await button(/^Sluit$/).click();
  await fox.reads('Alles is weg.');
  await look('w10b-alles-weg', fox);
  await Promise.all([fox.vanish(), samir.vanish()]);

  const owl = await pupil(stage, { where: 'window', ...options });
  await shutCentre(owl.context);
  await owl.page.reload();
  await owl.reads('We zijn nu dicht.');
  await look('w11-dicht', owl);
  await owl.vanish();
}

/** Past every screen and state of the console. */
export async function walkConsole(stage: Stage, options: BrowserContextOptions, look: Look<Counsellor>): Promise<void> {
  const lien = await counsellor(stage, options);
  const { page } = lien;
  const line = await cuttable(page);
  await page.reload();
  await page.getByRole('button', { name: /Jouw status: Beschikbaar/ }).waitFor();
  await look('c06-leeg', lien);
  await lien.presses(/Jouw status/);
  await page.getByRole('menuitemradio', { name: '3' }).waitFor();
  await look('c06b-status', lien);
  await page.getByRole('menuitemradio', { name: '2' }).click();

  const fox = await pupil(stage, { where: 'window' });
  await fox.start({ nick: 'Blauwe Vos', first: 'ik durf niet meer naar school' });
  await lien.reads('Nieuwe bezoeker');
  await look('c02-bel', lien);
  await lien.accepts();
  await talkALittle(fox, lien);
  const bear = await pupil(stage);
  await bear.start({ role: 'ouder', topic: /Schoolkeuze/, nick: 'Rode Beer', first: 'mijn zoon wil niet meer' });
  await lien.accepts();
  await lien.hears('mijn zoon wil niet meer');
  if (await page.getByRole('button', { name: 'Terug naar de lijst' }).isVisible())
    await lien.presses('Terug naar de lijst');
  await lien.opens('Blauwe Vos');
  await bear.says('bent u er nog?');
  // a sign of writing leaves every four seconds at most, and the last one was a moment ago
  await Promise.all([
    fox.composer.pressSequentially('en waarom doen ze dat altijd met mij', { delay: 150 }),
    lien.reads('Blauwe Vos typt…'),
  ]);
  await look('c01-gesprek', lien);
  await lien.composer.fill('/d');
  await lien.page.getByRole('listbox', { name: 'Standaardantwoorden' }).waitFor();
  await look('c01c-antwoorden', lien);
  await lien.composer.fill('');
  await lien.presses('Afronden');
  await page.getByRole('dialog').waitFor();
  await look('c05-afronden', lien);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+S');
  await page.getByRole('dialog').waitFor();
  await look('c15-sneltoetsen', lien);
  await page.keyboard.press('Escape');
  await line.cut();
  await lien.reads('Geen verbinding met de server.');
  await look('c11-offline', lien);
  line.mend();
  await page.getByRole('button', { name: /Jouw status/ }).waitFor();
  await fox.ends();
  await lien.reads('De leerling stopte de chat.');
  await look('c05b-bezoeker-stopte', lien);
  await bear.ends();
  await page.getByRole('button', { name: 'Ik ben klaar' }).first().waitFor();
  await look('c05c-nazorg', lien);
  await Promise.all([fox.vanish(), bear.vanish()]);

  const second = await lien.context.newPage();
  await second.goto(stage.app.console);
  await second.getByText('De console staat open in een ander venster van deze browser.').waitFor();
  await look('c16-elders', { ...lien, page: second });
  await lien.context.close();

  const stranger = await stage.newContext(options);
  const door = await stranger.newPage();
  await door.goto(stage.app.console);
  await door.getByRole('button', { name: 'Ga verder als Samir' }).waitFor();
  await look('c07-login', { ...lien, context: stranger, page: door });
  await stranger.close();
  await walkHours(stage, options, (name, page) => look(name, { ...lien, context: page.context(), page }));
}

/** The pages of a coordinator. */
async function walkHours(
  stage: Stage,
  options: BrowserContextOptions,
  look: (name: string, page: Page) => Promise<void>,
): Promise<void> {
  const context = await stage.newContext(options);
  const page = await context.newPage();
  await page.goto(stage.app.console);
  await page.getByRole('button', { name: 'Ga verder als Noor' }).click();
  await page.getByRole('heading', { name: 'Gewone schoolweek' }).waitFor();
  await look('c08-uren', page);
  await page.getByRole('button', { name: 'Blok toevoegen' }).click();
  await page.getByRole('button', { name: 'Klaar' }).click();
  await page.getByText(/^Dit blok overlapt met/).waitFor();
  await look('c08b-blok', page);
  await page.keyboard.press('Escape');
  await page
    .getByRole('button', { name: /^Wijzig, / })
    .first()
    .click();
  await page.getByLabel('Beperkt open').click();
  await look('c08c-vakantie', page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Zo ziet de bezoeker het' }).click();
  await look('c08d-bezoeker', page);
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Regels' }).scrollIntoViewIfNeeded();
  await look('c08e-regels', page);
  await page.getByRole('link', { name: 'Team' }).click();
  await page.getByRole('row', { name: /Samir/ }).waitFor();
  await look('c14-team', page);
  await page.getByRole('button', { name: 'Nodig iemand uit' }).click();
  await look('c14b-uitnodigen', page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Beheer Samir' }).click();
  await look('c14c-beheer', page);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Logboek' }).click();
  await page.getByRole('heading', { name: 'Logboek' }).waitFor();
  await look('c15-logboek', page);
  await page.getByRole('link', { name: 'Toestellen' }).click();
  await page.getByRole('heading', { name: 'Wie kan tekenen' }).waitFor();
  await look('c14-toestellen', page);
  await context.close();
}

async function talkALittle(fox: Pupil, lien: Counsellor): Promise<void> {
  await lien.says('Dag Blauwe Vos! Ik ben Lien, ik werk op het CLB. Waarover wil je het hebben?');
  await fox.hears('Dag Blauwe Vos! Ik ben Lien, ik werk op het CLB. Waarover wil je het hebben?');
  await fox.says('ze lachen met mij in de bus en nu ook in de klas');
  await lien.hears('ze lachen met mij in de bus en nu ook in de klas');
  await lien.says('Wat erg dat dat elke dag gebeurt. Goed dat je het vertelt.');
  await fox.hears('Wat erg dat dat elke dag gebeurt. Goed dat je het vertelt.');
  await lien.sees('Wat erg dat dat elke dag gebeurt. Goed dat je het vertelt.', 'Gelezen');
}
