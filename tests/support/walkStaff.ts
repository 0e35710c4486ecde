import type { BrowserContext, Page } from 'playwright-core';
import { TOTP } from 'otpauth';
import { keysOf, type Keys } from './keys.ts';
import { addressFor, authenticatorOf } from './oneTimeAddress.ts';
import { PASSPHRASE } from './setupWalk.ts';
import type { StaffStage } from './staffStage.ts';
import { walkCoordinator } from './walkCoordinator.ts';

/** What is done at each screen. Names that begin alike are of one page. */
export type LookAt = (name: string, page: Page) => Promise<void>;

const [LOGIN, PASSWORD] = ['els@clb.test', 'een zin die niemand raadt'];
const STEP_MS = 30_000;

/**
 * With the keys alone past every screen of a centre that opens: Els makes her account, comes in by each way there is, makes
 * the keys of the centre, invites Joke and signs her computer; and all that a coordinator keeps.
 *
 * @param newContext a person's own browser, as wide as the pictures begin
 */
export async function walkStaff(
  stage: StaffStage,
  newContext: () => Promise<BrowserContext>,
  look: LookAt,
): Promise<void> {
  const context = await newContext();
  const els = keysOf(await context.newPage());
  const device = await authenticatorOf(els.page);
  els.page.on('filechooser', () => undefined); // who listens once only may come too late for the next one
  const codes = await makesAccount(els, await addressFor(stage.app), 'Els', look);
  await look('c34-eigen', els.page);
  await makesPassword(els, look);
  await comesIn(els, { codes, device }, look);
  await els.press('Naar de openingsuren');
  await makesKeys(els, stage, look);
  await walkCoordinator(els, { newContext, makesAccount }, look);
  await context.close();
}

/** At a one-time address. @returns her codes */
export async function makesAccount(she: Keys, address: string, name: string, look?: LookAt): Promise<string[]> {
  const { page } = she;
  await page.goto(address);
  await she.at('Maak je account');
  await look?.('c30-account', page);
  if (look) {
    await she.press('Maak een passkey');
    await she.reads('Schrijf eerst je naam.');
    await look('c30b-zonder-naam', page);
  }
  await she.type('Je naam', name);
  await page.keyboard.press('Enter');
  await she.at('Een tweede weg naar binnen');
  await look?.('c31-tweede-weg', page);
  await she.press('Maak tien herstelcodes');
  await she.at('Je herstelcodes');
  const codes = await page.getByRole('list', { name: 'Tien herstelcodes' }).getByRole('listitem').allInnerTexts();
  await look?.('c32-herstelcodes', page);
  await she.tabTo('Ik heb de codes bewaard');
  await page.keyboard.press('Space');
  await she.press('Ga verder');
  await she.reads(`Je bent aangemeld als ${name}.`);
  return codes;
}

/** The code of her app, in the step after this one: each counts once. */
const totp = (secret: string, steps: number) =>
  new TOTP({ secret: secret.replaceAll(' ', '') }).generate({ timestamp: Date.now() + steps * STEP_MS });
let seed = '';

async function makesPassword(els: Keys, look: LookAt): Promise<void> {
  const { page } = els;
  await els.press('Maak een wachtwoord');
  await els.at('Maak een wachtwoord');
  await look('c35-wachtwoord', page);
  await els.type('Je aanmeldnaam', LOGIN);
  await els.type('Wachtwoord', 'kort');
  await page.keyboard.press('Enter');
  await els.reads('Dit wachtwoord is te kort.');
  await look('c35b-wachtwoord-kort', page);
  await els.type('Wachtwoord', PASSWORD);
  await isAskedAgain(els, '/api/password/begin', 'Ga verder');
  await look('c37-toon-nog-eens', page);
  await els.press('Toon je passkey');
  await els.at('Zet CLBCh@t in je app');
  seed = await page.locator('.seed').innerText();
  await look('c36-app', page);
  await els.type('De eerste code uit je app', totp(seed, 0));
  await page.keyboard.press('Enter');
  await els.reads(`Je aanmeldnaam is ${LOGIN}.`);
  await look('c34b-eigen-wachtwoord', page);
  await isAskedAgain(els, '/passkeys/codes', 'Maak nieuwe herstelcodes');
  await els.press('Neem je wachtwoord');
  await page.getByRole('dialog').getByLabel('Code uit je app').waitFor();
  await look('c37b-met-je-wachtwoord', page);
  await els.press('Niet nu');
}

/** The service asks that she shows again that it is she, as it does five minutes after she did. */
async function isAskedAgain({ page, press }: Keys, path: string, button: string): Promise<void> {
  const asks = { status: 403, json: { code: 'step_up' } };
  await page.route(`**${path}`, (route) => route.fulfill(asks), { times: 1 });
  await press(button);
  await page.getByRole('dialog').getByRole('button', { name: 'Toon je passkey' }).waitFor();
}

interface Has {
  readonly codes: readonly string[];
  readonly device: Awaited<ReturnType<typeof authenticatorOf>>;
}

/** Out, and in by password, by a code, and by passkey; each once wrong. */
async function comesIn(els: Keys, { codes, device }: Has, look: LookAt): Promise<void> {
  const { page } = els;
  await els.press('Meld af');
  await els.press('Meld aan met een passkey');
  await els.at('Aanmelden');
  await page.getByRole('button', { name: 'Meld aan met een wachtwoord' }).waitFor();
  await look('c07b-aanmelden', page);
  await els.press('Meld aan met een wachtwoord');
  await els.type('Je aanmeldnaam', LOGIN);
  await els.type('Wachtwoord', 'iets anders');
  await page.keyboard.press('Enter');
  await els.reads('Dat klopt niet.');
  await look('c07c-wachtwoord', page);
  await els.type('Wachtwoord', PASSWORD);
  await page.keyboard.press('Enter');
  await els.at('Je code');
  await look('c07d-code-uit-app', page);
  await els.type('Code uit je app', totp(seed, 1));
  await page.keyboard.press('Enter');
  await els.reads('Je bent aangemeld als Els.');
  await els.press('Meld af');

  await els.press('Meld aan met een passkey');
  await device.recognises(false);
  await els.press('Meld aan met je passkey');
  await els.reads('Je passkey kwam er niet.');
  await look('c07e-passkey-kwam-niet', page);
  await els.press('Ik heb mijn passkey niet bij me');
  await els.page.getByLabel('Herstelcode').waitFor();
  await look('c07f-herstelcode', page);
  await els.type('Herstelcode', codes[0]!);
  await page.keyboard.press('Enter');
  await els.at('Maak een nieuwe passkey');
  await look('c07g-nieuwe-passkey', page);
  await device.forget();
  await device.recognises(true);
  await els.press('Maak een passkey');
  await els.reads('Je bent aangemeld als Els.');
}

/** The roots of the centre, which whoever runs it names to the service. */
async function makesKeys(els: Keys, stage: StaffStage, look: LookAt): Promise<void> {
  const { page } = els;
  await els.press('Toestellen');
  await els.at('Wie kan tekenen');
  await look('c14d-niemand-tekent', page);
  await els.press('Heeft je centrum nog geen sleutelbestanden? Maak ze nu.');
  await els.at('Zo zet je een centrum op');
  await look('c27-sleutels', page);
  await els.press('Begin');
  await els.type('Wachtzin', PASSPHRASE);
  await els.type('Nog eens dezelfde wachtzin', PASSPHRASE);
  await page.keyboard.press('Enter');
  await els.at('Bewaar de twee bestanden');
  await look('c27b-bewaren', page);
  const [first, second] = [await els.download('Bewaar bestand 1'), await els.download('Bewaar bestand 2')];
  await els.press('Ga verder');
  await els.at('Test de twee bestanden');
  await els.choose('Eerste bestand', first);
  await els.choose('Tweede bestand', second);
  await els.type('Wachtzin', PASSPHRASE);
  await look('c27c-testen', page);
  await els.press('Test de bestanden');
  await els.at('Noteer de vingerafdrukken');
  await look('c27d-vingerafdrukken', page);
  const line = await page.getByText(/^ROOT_PINS=/).innerText();
  await els.press('Ga verder');
  await els.type('Naam van je centrum', 'CLB Voorbeeld');
  await els.type('Je vestiging', 'CLB Noord');
  await els.type('Je naam', 'Els');
  // a new server knows none; this one is asked after that, and knows those of the demonstration
  await page.route('**/api/issuers', (route) => route.fulfill({ status: 409, json: { code: 'no_pins' } }));
  await page.keyboard.press('Enter');
  await els.reads('De server kent je sleutels nog niet.');
  await look('c27e-server-kent-ze-niet', page);
  await page.unroute('**/api/issuers');
  await els.press('Maak mijn handtekening');
  await els.reads('De server kent andere sleutels.');
  await look('c27g-andere-sleutels', page);
  await stage.name(line);
  await els.press('Maak mijn handtekening');
  await els.at('Je kan tekenen');
  await look('c27f-klaar', page);
  await els.press('Naar de console');
  await els.press('Naar de openingsuren');
}
