import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../support/chromium.ts';
import { openShadows } from '../support/people.ts';
import { hosts, startProduction, type Production } from '../support/production.ts';
import { PASSPHRASE } from '../support/setupWalk.ts';
import { addAuthenticator } from '../support/virtualAuthenticator.ts';

const [SCHOOL, STRANGER] = ['https://www.delinde.test', 'https://www.vreemd.test'] as const;

/** Pages of somebody else: at `/` what its webmaster pasted, at `/kader` the chat in a frame. */
async function schoolPages(): Promise<{ server: Server; port: number; pasted: string }> {
  const pages = { server: createServer(), port: 0, pasted: '', site: 'linde' };
  pages.server.on('request', ({ url }, answer) => {
    const site = /data-site="([\w-]+)"/.exec(pages.pasted)?.[1] ?? 'linde';
    const frame = `<iframe title="chat" src="${hosts.chat}/w/${site}/"></iframe>`;
    answer.setHeader('content-type', 'text/html; charset=utf-8');
    answer.end(`<!doctype html><title>School</title>${url === '/kader' ? frame : pages.pasted}`);
  });
  pages.server.listen(0, '127.0.0.1');
  await once(pages.server, 'listening');
  pages.port = (pages.server.address() as { port: number }).port;
  return pages;
}

let production: Production;
let schools: Awaited<ReturnType<typeof schoolPages>>;
let browser: Awaited<ReturnType<typeof openBrowser>>;
beforeAll(async () => {
  schools = await schoolPages();
  production = await startProduction({ schools: { [SCHOOL]: schools.port, [STRANGER]: schools.port } });
  const { proxy } = production;
  browser = await openBrowser({
    args: [
      `--host-resolver-rules=MAP *.test 127.0.0.1:${proxy.port}`,
      `--ignore-certificate-errors-spki-list=${proxy.spki}`,
    ],
  });
});
afterAll(async () => {
  await browser.close();
  schools.server.close();
  await production.stop();
});

/** What people did with their hands on the whole way: presses and fields. */
const steps = { pressed: 0, filled: 0 };

/** Somebody at a page, by the words that stand there. Each press and each field is counted. */
function hands(page: Page) {
  const does = (what: keyof typeof steps) => void (steps[what] += 1);
  const press = async (what: Locator) => {
    does('pressed');
    await what.click();
  };
  const fill = async (label: string, text: string) => {
    does('filled');
    await page.getByLabel(label, { exact: true }).fill(text);
  };
  return {
    page,
    fill,
    press: (name: string) => press(page.getByRole('button', { name, exact: true })),
    follow: (name: string) => press(page.getByRole('link', { name, exact: true })),
    check: (label: string) => press(page.getByLabel(label, { exact: true })),
    at: (title: string) => page.getByRole('heading', { name: title, exact: true }).waitFor(),
    reads: (text: string | RegExp) => page.getByText(text).first().waitFor(),
    async download(name: string) {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        press(page.getByRole('button', { name, exact: true })),
      ]);
      return { name: file.suggestedFilename(), buffer: await readFile(await file.path()) };
    },
    async choose(label: string, file: { name: string; buffer: Buffer }) {
      does('filled');
      const chosen = { ...file, mimeType: 'application/octet-stream' };
      await page.getByLabel(label, { exact: true }).setInputFiles(chosen);
    },
  };
}
type Hands = ReturnType<typeof hands>;

/** A one-time address, whoever gave it: a name, a passkey, and codes. */
async function activates(context: BrowserContext, address: string, name: string): Promise<Hands> {
  const page = await context.newPage();
  await addAuthenticator(page);
  const she = hands(page);
  await page.goto(address);
  await she.fill('Je naam', name);
  await she.press('Maak een passkey');
  await she.at('Een tweede weg naar binnen');
  await she.press('Maak tien herstelcodes');
  await she.check('Ik heb de codes bewaard');
  await she.press('Ga verder');
  await she.reads(`Je bent aangemeld als ${name}.`);
  return she;
}

/** The roots: made, saved, read back, and named to both processes by whoever runs them. */
async function ceremony(els: Hands): Promise<void> {
  await els.at('Zo zet je een centrum op');
  await els.press('Begin');
  await els.fill('Wachtzin', PASSPHRASE);
  await els.fill('Nog eens dezelfde wachtzin', PASSPHRASE);
  await els.press('Maak de sleutels');
  const [first, second] = [await els.download('Bewaar bestand 1'), await els.download('Bewaar bestand 2')];
  await els.press('Ga verder');
  await els.choose('Eerste bestand', first);
  await els.choose('Tweede bestand', second);
  await els.fill('Wachtzin', PASSPHRASE);
  await els.press('Test de bestanden');
  await els.at('Noteer de vingerafdrukken');
  await els.press('Ga verder');
  await els.fill('Naam van je centrum', 'CLB Voorbeeld');
  await els.fill('Je vestiging', 'CLB Noord');
  await els.fill('Je naam', 'Els');
  await els.press('Maak mijn handtekening');
  await els.page.getByRole('alert').getByText('De server kent je sleutels nog niet.').waitFor();
  const line = await els.page.getByText(/^ROOT_PINS=/).innerText();
  steps.filled += 1;
  const { relay, files } = production;
  await Promise.all(
    [relay, files].map(async (program) => {
      await program.stop();
      await program.start({ ROOT_PINS: line.slice('ROOT_PINS='.length) });
    }),
  );
  await els.press('Maak mijn handtekening');
  await els.at('Je kan tekenen');
  await els.follow('Naar de console');
}

const dayAt = (ms: number) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Brussels' }).format(ms);
const DAY_MS = 86_400_000;

/** How many of the four steps of the set-up every page says are done. */
const ready = (els: Hands, done: number) => els.reads(`${done} van 4 klaar`);

/** Open all day, today and tomorrow: nobody knows at which hour this is run. */
async function opens(els: Hands): Promise<void> {
  await els.press('Voeg toe');
  await els.fill('Eerste dag', dayAt(Date.now()));
  await els.fill('Laatste dag', dayAt(Date.now() + DAY_MS));
  await els.check('Beperkt open');
  await els.fill('Van', '00:00');
  await els.fill('Tot', '00:00');
  await els.press('Klaar');
  await els.press('Bewaar');
  await els.reads('Bewaard. De nieuwe uren gelden meteen.');
}

/** The school, by the coordinator's own signature. @returns the lines for its webmaster */
async function addsSchool(els: Hands): Promise<string> {
  await els.follow('Scholen');
  await els.press('Voeg school toe');
  await els.fill('Naam', 'De Linde');
  await els.fill('Adressen van de website, één op elke regel', SCHOOL);
  await els.press('Bewaar');
  await els.reads('De Linde is bewaard. Na hoogstens een minuut toont die site de chat.');
  await els.press('Stukje code: De Linde');
  const lines = await els.page.getByRole('textbox', { name: 'Voor een website' }).inputValue();
  await els.page.keyboard.press('Escape');
  return lines;
}

/** @returns the one-time address, which she gives away herself */
async function invites(els: Hands, name: string): Promise<string> {
  await els.follow('Team');
  await els.press('Nodig iemand uit');
  await els.fill('Voor wie?', name);
  await els.press('Maak de link');
  const address = await els.page.getByLabel('Link', { exact: true }).inputValue();
  await els.press('Klaar');
  return address;
}

const printOf = ({ page }: Hands, label: string) =>
  page.getByRole('list', { name: label }).getByRole('listitem').allInnerTexts();

/** Joke reads her numbers out, and Els signs what she compared. */
async function enrols(joke: Hands, els: Hands): Promise<void> {
  await joke.press('Vraag deze computer aan');
  await joke.at('Je aanvraag wacht');
  await els.follow('Toestellen');
  await els.at('Joke');
  const [said, seen] = [
    await printOf(joke, 'Vingerafdruk van deze computer'),
    await printOf(els, 'Vingerafdruk van de computer van Joke'),
  ];
  expect(seen).toEqual(said);
  expect(seen.join(' ')).toMatch(/^(\d{5} ){7}\d{5}$/);
  await els.press('Klopt, teken');
  await els.reads('Bezoekers lezen: Joke, CLB Noord');
}

/** The chat in the school's page: one word each way, read by whom it is for. */
async function chats(joke: Hands, pupil: BrowserContext): Promise<void> {
  await joke.page.getByRole('button', { name: /^Jouw status: / }).click();
  await joke.page.getByRole('menuitemradio', { name: 'Beschikbaar' }).click();
  steps.pressed += 2;
  await openShadows(pupil);
  const page = await pupil.newPage();
  await page.goto(`${SCHOOL}/`);
  await page.getByRole('button', { name: /Chat met het CLB/ }).click();
  const chat = page.frameLocator('iframe');
  for (const name of ['Ik ben leerling', 'Hoe ik me voel', 'Ga naar de wachtrij'])
    await chat.getByRole('button', { name }).click();
  steps.pressed += 5;
  await joke.page.getByRole('button', { name: 'Neem aan' }).first().click();
  await joke.reads(/^Versleuteld\./);
  const [hers, theirs] = [
    joke.page.getByRole('textbox', { name: /^Bericht aan/ }),
    chat.getByRole('textbox', { name: 'Jouw bericht' }),
  ];
  await hers.fill('Dag, waarover wil je praten?');
  await hers.press('Enter');
  await chat.getByRole('log').getByText('Dag, waarover wil je praten?').waitFor();
  await chat.getByText(/Joke/).first().waitFor();
  await theirs.fill('Over thuis.');
  await theirs.press('Enter');
  await joke.page.getByRole('log').getByText('Over thuis.').waitFor();
  steps.pressed += 2;
  steps.filled += 2;
  for (const surface of [joke.page, chat]) {
    await surface.getByRole('listitem').filter({ hasText: 'Gelezen' }).first().waitFor();
    expect(await surface.getByText(/demo/i).filter({ visible: true }).allInnerTexts()).toEqual([]);
  }
}

/** What a page may learn of a path of the relay, by its browser's own rules: the status, or that it may not read it. */
const asks = (page: Page, path: string, credentials: RequestCredentials) =>
  page.evaluate(
    ([address, how]) =>
      fetch(address, how).then(
        ({ status }) => status,
        () => 'may not read it' as const,
      ),
    [hosts.relay + path, { credentials, headers: { 'x-clb': '1', 'content-type': 'application/json' } }] as const,
  );

/** Whether the browser shows the chat in the frame of a page. */
async function isFramed(context: BrowserContext, page: string): Promise<boolean> {
  const tab = await context.newPage();
  await tab.goto(`${page}/kader`);
  const frame = tab.frames().find((one) => one !== tab.mainFrame());
  const isShown = frame?.url().startsWith(hosts.chat) === true;
  if (isShown) await frame.getByRole('heading', { level: 1 }).first().waitFor();
  await tab.close();
  return isShown;
}

test('[I14 I16 O31 U43 G74] on three hosts over TLS: from an empty server by passkey, roots, hours, school, invitation and enrolment to a pupil’s chat on the page of that school', async () => {
  const centre = await browser.newContext({ acceptDownloads: true });
  const address = /^https:\S+$/m.exec(await production.shell('bootstrap'))?.[0] ?? '';
  expect(address).toMatch(/^https:\/\/console\.clb\.test\/console\/#begin=/);
  const els = await activates(centre, address, 'Els');
  const cookies = await centre.cookies();
  expect(cookies.filter(({ name }) => name === '__Host-clb')).toMatchObject([
    { domain: new URL(hosts.relay).hostname, secure: true, httpOnly: true, sameSite: 'Strict' },
  ]);

  // she is known on a fresh page, out, and in again by the passkey of the console's host; nobody gets in by a click
  await els.page.reload();
  await els.reads('Je bent aangemeld als Els.');
  // she closes the tab in the same breath, on a slow line: no script of hers runs after that
  const tab = await centre.newPage();
  await tab.goto(`${hosts.console}/console/`);
  const leave = tab.getByRole('button', { name: 'Meld af', exact: true });
  await leave.waitFor();
  const line = await centre.newCDPSession(tab);
  await line.send('Network.enable');
  const slow = { offline: false, latency: 300, downloadThroughput: -1, uploadThroughput: -1 };
  await line.send('Network.emulateNetworkConditions', slow);
  expect(await asks(els.page, '/api/session', 'include')).toBe(200);
  await leave.evaluate((button: HTMLElement) => button.click());
  await tab.close();
  await expect.poll(() => asks(els.page, '/api/session', 'include')).toBe(401);
  await els.page.reload();
  await els.page.getByRole('button', { name: 'Meld aan met je passkey' }).waitFor();
  expect(await els.page.getByText(/demo|Ga verder als/i).count()).toBe(0);
  await els.press('Meld aan met je passkey');
  await els.reads('Je bent aangemeld als Els.');

  await els.press('Naar de openingsuren');
  await ready(els, 0);
  await els.follow('Toestellen');
  await els.follow('Heeft je centrum nog geen sleutelbestanden? Maak ze nu.');
  await ceremony(els);
  await els.press('Naar de openingsuren');
  await ready(els, 1);
  await opens(els);
  await ready(els, 2);
  const pupil = await browser.newContext();
  expect(await isFramed(pupil, SCHOOL)).toBe(false);
  schools.pasted = await addsSchool(els);
  await ready(els, 3);
  await els.reads('Er kan nog maar één coördinator tekenen: nodig een tweede uit.');
  // the static side looks every 30 s, and as soon as it has started
  await production.files.stop();
  await production.files.start();
  await expect.poll(() => isFramed(pupil, SCHOOL)).toBe(true);
  expect(await isFramed(pupil, STRANGER)).toBe(false);

  const joke = await activates(await browser.newContext(), await invites(els, 'Joke'), 'Joke');
  await enrols(joke, els);
  await chats(joke, pupil);
  process.stdout.write(`set-up to first chat: ${steps.pressed} presses, ${steps.filled} fields\n`);

  // in the coordinator's own browser the chat's host gets nothing by her cookie
  const chat = await centre.newPage();
  await chat.goto(`${hosts.chat}/w/`);
  await chat.getByRole('heading', { level: 1 }).waitFor();
  for (const credentials of ['include', 'omit'] as const)
    for (const path of ['/api/session', '/api/centre/settings', '/api/audit'])
      expect(await asks(chat, path, credentials)).toBe('may not read it');
  const site = /data-site="([\w-]+)"/.exec(schools.pasted)?.[1];
  const status = await chat.evaluate(async (path) => (await fetch(path)).json(), `/status/${site}`);
  expect(status).toMatchObject({ state: 'open' });
  expect(production.relay.said() + production.files.said()).not.toMatch(/TRUSTED_HOPS|failed|Els|Joke|linde/i);
});
