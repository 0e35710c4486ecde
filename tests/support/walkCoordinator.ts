import type { BrowserContext, Page } from 'playwright-core';
import { keysOf, type Keys } from './keys.ts';
import { authenticatorOf } from './oneTimeAddress.ts';
import type { LookAt, makesAccount } from './walkStaff.ts';

interface Around {
  newContext(): Promise<BrowserContext>;
  readonly makesAccount: typeof makesAccount;
}

/** Past the pages of a coordinator who may sign, with a colleague of hers, from the hours to the log. */
export async function walkCoordinator(els: Keys, around: Around, look: LookAt): Promise<void> {
  await hours(els, look);
  await schools(els, look);
  const address = await team(els, look);
  const context = await around.newContext();
  const joke = keysOf(await context.newPage());
  await authenticatorOf(joke.page);
  await around.makesAccount(joke, address, 'Joke');
  await devices(els, joke, look);
  await atHerDesk(joke, els, look);
  await log(els, look);
  await whatGoesWrong(els, address, look);
  await context.close();
}

async function hours(els: Keys, look: LookAt): Promise<void> {
  const { page } = els;
  await els.at('Gewone schoolweek');
  await look('c08f-uren', page);
  await els.press('Toon als lijst');
  await look('c08g-lijst', page);
  // a window that was narrow in between shows the grid by itself once more
  if (await page.getByRole('button', { name: 'Toon als rooster' }).isVisible()) await els.press('Toon als rooster');
  await els.press('Sluit nu');
  await page.getByRole('dialog').waitFor();
  await look('c08h-sluit-nu', page);
  await page.keyboard.press('Escape');
  await els.press('Sluit de deur');
  await els.reads('De deur is dicht.');
  await look('c08i-deur-dicht', page);
  await els.press('Doe de deur weer open');
  await page.getByRole('button', { name: 'Sluit de deur' }).waitFor();
}

async function schools(els: Keys, look: LookAt): Promise<void> {
  const { page } = els;
  const dialog = (name: string) => page.getByRole('dialog', { name }).waitFor();
  await els.press('Scholen');
  await els.at('demo');
  await els.press('Voeg school toe');
  await els.type('Naam', 'Basisschool De Linde');
  await els.type('Adressen van de website, één op elke regel', 'www.delinde.be/contact');
  await els.press('Bewaar');
  await page.getByText('is geen adres van een website').waitFor();
  await look('c17b-school', page);
  await els.type('Adressen van de website, één op elke regel', 'https://www.delinde.be');
  await els.press('Bewaar');
  await els.reads('Basisschool De Linde is bewaard. Na hoogstens een minuut toont die site de chat.');
  await look('c17-scholen', page);
  await els.press('Stukje code: Basisschool De Linde');
  await dialog('Stukje code voor Basisschool De Linde');
  await look('c17c-stukje-code', page);
  await page.keyboard.press('Escape');
  await els.press('Staat hij op de pagina?: Basisschool De Linde');
  await dialog('Staat hij op de pagina van Basisschool De Linde?');
  await els.type(
    'Of plak de bron van de pagina',
    '<script src="https://chat.elders.be/v1/loader.js" data-site="x"></script>',
  );
  await els.press('Kijk na');
  await els.reads('maar dit klopt niet');
  await look('c17d-nakijken', page);
  await page.keyboard.press('Escape');
  await els.press('Verwijder: Basisschool De Linde');
  await dialog('Basisschool De Linde verwijderen?');
  await look('c17e-verwijderen', page);
  await els.press('Behoud');
}

/** @returns the one-time address, which she gives away herself */
async function team(els: Keys, look: LookAt): Promise<string> {
  const { page } = els;
  await els.press('Team');
  await page.getByRole('row', { name: /Samir/ }).waitFor();
  await els.press('Nodig iemand uit');
  await els.type('Voor wie?', 'Joke');
  const role = page.getByRole('radio', { name: /^Medewerker en coördinator/ });
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowUp');
  if (!(await role.isChecked())) await role.check();
  await look('c14i-uitnodigen', page);
  await els.press('Maak de link');
  const address = await page.getByLabel('Link', { exact: true }).inputValue();
  await look('c14j-link', page);
  await els.press('Klaar');
  await page.getByRole('row', { name: /Joke.*Wacht op activatie/ }).waitFor();
  await look('c14k-team', page);
  await els.press('Beheer Joke');
  await page.getByRole('dialog').waitFor();
  await look('c14l-uitnodiging', page);
  await page.keyboard.press('Escape');
  return address;
}

/** Joke reads her numbers out, and Els signs what she compared. */
async function devices(els: Keys, joke: Keys, look: LookAt): Promise<void> {
  await look('c38-nog-niet-ingeschreven', joke.page);
  await joke.press('Vraag deze computer aan');
  await joke.at('Je aanvraag wacht');
  await look('c38b-aanvraag', joke.page);
  const { page } = els;
  await els.press('Toestellen');
  await els.at('Joke');
  await look('c14e-vergelijken', page);
  await page.route('**/api/devices/sign', (route) => route.abort(), { times: 1 });
  await els.press('Klopt, teken');
  await els.reads('Misschien is deze computer al getekend.');
  await look('c14m-niet-gehoord', page);
  await els.press('Klopt, teken');
  await els.reads('Bezoekers lezen: Joke, CLB Noord');
  await look('c14f-getekend', page);
  await page.getByRole('button', { name: /^Schrap de computer .* van Joke$/ }).press('Enter');
  await page.getByRole('dialog').waitFor();
  await look('c14g-schrappen', page);
  await els.press('Annuleer');
  await els.press('Trek in: de handtekening van Els');
  await page.getByRole('dialog').waitFor();
  await look('c14h-intrekken', page);
  await els.press('Annuleer');
}

/** Her desk, as she finds it when the centre closes around her; and what is her own. */
async function atHerDesk(joke: Keys, els: Keys, look: LookAt): Promise<void> {
  const { page } = joke;
  await page.getByRole('button', { name: /^Jouw status: / }).waitFor();
  await els.press('Uren');
  await els.press('Sluit de deur');
  await joke.reads('De deur is dicht.');
  await look('c06c-deur-dicht', page);
  await joke.press('Doe de deur weer open');
  await els.page.getByRole('button', { name: 'Sluit nu' }).waitFor();
  await els.press('Sluit nu');
  await els.page.getByRole('dialog').getByRole('button', { name: 'Sluit nu' }).press('Enter');
  await els.reads('CLBCh@t is vandaag gesloten');
  await look('c08j-vandaag-dicht', els.page);
  await joke.reads('Het centrum is nu dicht.');
  await look('c06d-centrum-dicht', page);
  await els.press('Open weer');
  await els.page.getByText('CLBCh@t is vandaag gesloten').waitFor({ state: 'detached' });
  await said(page, '/api/centre/sites', (list) => ({ ...list, signed: '' })); // as in production, where a list is signed
  await joke.press('Scholen');
  await joke.reads('Op deze computer kun je nog niet tekenen.');
  await look('c17f-niet-tekenen', page);
  await joke.press('Jouw profiel: Joke');
  await look('c39-profiel', page);
  await joke.press('Waar je aangemeld bent');
  await page.getByRole('dialog').getByRole('listitem').first().waitFor();
  await look('c39b-sessies', page);
  await page.keyboard.press('Escape');
  await joke.press('Jouw profiel: Joke');
  await joke.press('Je passkeys en computers');
  await joke.at('Deze computer is ingeschreven');
  await joke.press('Verwijder deze computer');
  await look('c34c-eigen-computer', page);
  await page.getByRole('button', { name: /^Verwijder de passkey / }).press('Enter');
  await page.getByRole('button', { name: 'Ja, verwijder' }).first().waitFor();
  await look('c34e-passkey-weg', page);
  await said<{ nowMs: number }>(page, '/api/devices', (one) => ({ ...one, nowMs: one.nowMs + 3 * 86_400_000 }));
  await page.reload();
  await joke.reads(/^De klok van deze computer/);
  await look('c34f-klok', page);
}

/** Who did what, and that somebody changed it. */
async function log(els: Keys, look: LookAt): Promise<void> {
  const { page } = els;
  await els.press('Logboek');
  await page.getByRole('cell', { name: 'wijzigde welke scholen de chat tonen' }).waitFor();
  await look('c15-logboek', page);
  await els.press('Team');
  await said<{ entries: string[] }>(page, '/api/audit', (one) => ({ ...one, entries: one.entries.slice(0, -2) }));
  await els.press('Logboek');
  await els.reads('Het logboek werd veranderd.');
  await look('c15b-logboek-breuk', page);
}

async function whatGoesWrong(els: Keys, used: string, look: LookAt): Promise<void> {
  const { page } = els;
  await page.route('**/api/team', (route) => route.abort(), { times: 1 });
  await els.press('Team');
  await els.reads('Het team kon niet geladen worden.');
  await look('c18-niet-geladen', page);
  await said(page, '/api/session', (session) => ({ ...session, leftMs: 1_200_000 }));
  await page.goto('about:blank'); // a reload would stay on the page of the team
  await page.goto(new URL('/console/', used).href);
  await els.reads('word je afgemeld');
  await look('c34d-eigen-loopt-af', page);
  await els.press('Naar de openingsuren');
  await els.at('Gewone schoolweek');
  await els.reads('word je afgemeld');
  await look('c08k-loopt-af', page);
  await page.goto('about:blank');
  await page.goto(used);
  await els.at('Dit adres werkt niet meer');
  await look('c33-adres-werkt-niet', page);
}

/** What the service says at this path, from now on, is something else in one thing. */
const said = <Said extends object>(page: Page, path: string, change: (what: Said) => object) =>
  page.route(`**${path}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: change((await answer.json()) as Said) });
  });
