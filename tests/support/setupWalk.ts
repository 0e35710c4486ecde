import { readFile } from 'node:fs/promises';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Stage } from './stage.ts';

export const PASSPHRASE = 'vijf gewone woorden op papier';

/** Somebody at the set-up of a centre, from her own browser. */
export interface Founder {
  readonly context: BrowserContext;
  readonly page: Page;
  /** where she is, by its heading */
  at(title: string): Promise<void>;
  press(name: string): Promise<void>;
  fill(label: string, text: string): Promise<void>;
  /** presses and has the file */
  download(name: string): Promise<NamedFile>;
  /** the next file that the page hands out */
  downloaded(): Promise<NamedFile>;
  choose(label: string, file: NamedFile): Promise<void>;
}
interface NamedFile {
  readonly name: string;
  readonly buffer: Buffer;
}

export async function founder(stage: Stage, options: BrowserContextOptions = {}): Promise<Founder> {
  const context = await stage.newContext({ acceptDownloads: true, ...options });
  const page = await context.newPage();
  await page.goto(`${stage.app.console}#opzetten`);
  const downloaded = async () => {
    const download = await page.waitForEvent('download');
    return { name: download.suggestedFilename(), buffer: await readFile(await download.path()) };
  };
  const at = (title: string) => page.getByRole('heading', { level: 1, name: title }).waitFor();
  await at('Zo zet je een centrum op');
  return {
    context,
    page,
    at,
    press: (name) => page.getByRole('button', { name, exact: true }).click(),
    fill: (label, text) => page.getByLabel(label, { exact: true }).fill(text),
    downloaded,
    async download(name) {
      const [file] = await Promise.all([downloaded(), page.getByRole('button', { name, exact: true }).click()]);
      return file;
    },
    choose: (label, file) =>
      page.getByLabel(label, { exact: true }).setInputFiles({ ...file, mimeType: 'application/octet-stream' }),
  };
}

/** Past every page of the set-up, and what each says of a mistake. */
export async function walkSetup(
  stage: Stage,
  options: BrowserContextOptions,
  look: (name: string, seen: { page: Page }) => Promise<void>,
): Promise<void> {
  const noor = await founder(stage, options);
  await look('c20-opzetten', noor);
  await noor.press('Begin');
  await noor.at('Kies een wachtzin');
  await noor.fill('Wachtzin', 'te kort');
  await noor.press('Maak de sleutels');
  await noor.page.getByRole('alert').waitFor();
  await look('c21-wachtzin', noor);
  await noor.fill('Wachtzin', PASSPHRASE);
  await noor.fill('Nog eens dezelfde wachtzin', PASSPHRASE);
  await noor.press('Maak de sleutels');
  await noor.at('Bewaar de twee bestanden');
  const first = await noor.download('Bewaar bestand 1');
  await noor.press('Ga verder');
  await look('c22-bewaren', noor);
  const second = await noor.download('Bewaar bestand 2');
  await noor.press('Ga verder');
  await noor.at('Test de twee bestanden');
  await noor.choose('Eerste bestand', first);
  await noor.choose('Tweede bestand', { name: 'vakantie.txt', buffer: Buffer.from('een brief') });
  await noor.fill('Wachtzin', PASSPHRASE);
  await noor.press('Test de bestanden');
  await noor.page.getByRole('alert').waitFor();
  await look('c23-testen', noor);
  await noor.choose('Tweede bestand', second);
  await noor.press('Test de bestanden');
  await noor.at('Noteer de vingerafdrukken');
  await look('c24-vingerafdrukken', noor);
  await noor.press('Ga verder');
  await noor.at('Maak je handtekening');
  await noor.fill('Naam van je centrum', 'CLB Voorbeeld');
  await noor.fill('Je vestiging', 'CLB Voorbeeld, Zonnedorp');
  await noor.fill('Je naam', 'Noor');
  await look('c25-handtekening', noor);
  await noor.press('Maak mijn handtekening');
  await noor.at('Je kan tekenen');
  await look('c26-klaar', noor);
  await noor.context.close();
}
