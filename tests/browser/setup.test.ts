import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { isAskedFor } from '../../scripts/setup/tools.mjs';
import { openRoot, type RootKind } from '@clbchat/shared/statement/rootFile';
import { axeFinds } from '../support/axe.ts';
import { firefox } from '../support/engines/firefox.ts';
import { isHere, played } from '../support/engines/play.ts';
import { webkit } from '../support/engines/webkit.ts';
import { counsellor } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { founder, PASSPHRASE } from '../support/setupWalk.ts';

/** What has the focus, as a person would call it. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (!(one instanceof HTMLElement) || one === document.body) return '';
    const label = one instanceof HTMLInputElement ? one.labels?.[0] : null;
    const by = document.getElementById(one.getAttribute('aria-labelledby') ?? '');
    return (one.getAttribute('aria-label') ?? (by ?? label ?? one).innerText).replaceAll(/\s+/g, ' ').trim();
  });

async function tabTo(page: Page, name: string): Promise<void> {
  const stops: string[] = [];
  while (stops.length < 20) {
    await page.keyboard.press('Tab');
    stops.push(await focused(page));
    if (stops.at(-1) === name) return;
  }
  throw new Error(`Tab never came to "${name}", only to ${stops.join(' > ')}`);
}

/** Parts of the card that are wider than their place, on the narrowest phone and with letters twice as large. */
async function cutOff(page: Page): Promise<string[]> {
  const before = page.viewportSize()!;
  const found: string[] = [];
  for (const [width, letters] of [
    [320, ''],
    [360, '200%'],
    [1280, '200%'],
  ] as const) {
    await page.setViewportSize({ width, height: 640 });
    found.push(
      ...(await page.evaluate((size) => {
        document.documentElement.style.fontSize = size;
        return [...document.querySelectorAll('.backdrop, .card, .card :not(input, .hidden-text, .hidden-text *)')]
          .filter(({ scrollWidth, clientWidth }) => clientWidth > 1 && scrollWidth > clientWidth + 1)
          .map((one) => `${innerWidth} ${size} ${one.tagName}.${one.className}: ${one.textContent?.slice(0, 60)}`);
      }, letters)),
    );
  }
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  await page.setViewportSize(before);
  return found;
}

describe.concurrent('setting up a centre', () => {
  test(
    '[O10 O11 O12 O15] with the keys alone, from two words to a signed device, and nothing is sent or stored',
    scene(async (stage) => {
      const noor = await founder(stage, { viewport: { width: 1280, height: 800 } });
      const { page } = noor;
      const sent: string[] = [];
      page.on('filechooser', () => undefined); // who listens once only may come too late for the next one
      page.on('request', (request) => sent.push(`${request.method()} ${request.url()}`));
      const press = async (name: string) => {
        await tabTo(page, name);
        await page.keyboard.press('Enter');
      };
      const type = async (label: string, text: string) => {
        if ((await focused(page)) !== label) await tabTo(page, label);
        await page.keyboard.press('Control+A');
        await page.keyboard.type(text);
      };
      const choose = async (label: string, file: { name: string; buffer: Buffer }) => {
        await tabTo(page, label);
        const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
        await chooser.setFiles({ ...file, mimeType: 'application/octet-stream' });
      };
      const says = async (sentence: string, field: string) => {
        await page.getByRole('alert').filter({ hasText: sentence }).first().waitFor();
        expect(await focused(page)).toBe(field);
      };
      /** A new page: the focus at its heading, nothing that axe finds, nothing cut off. */
      const arrives = async (title: string) => {
        await noor.at(title);
        expect(await focused(page)).toBe(title);
        const { looked, found } = await axeFinds(page);
        expect(looked).toBeGreaterThan(10);
        expect(found).toEqual([]);
        expect(await cutOff(page)).toEqual([]);
        await page.getByRole('heading', { level: 1 }).focus();
      };

      await arrives('Zo zet je een centrum op');
      await press('Begin');
      await arrives('Kies een wachtzin');
      const read = await page
        .getByLabel('Wachtzin', { exact: true })
        .evaluate((one: HTMLInputElement) => one.spellcheck);
      expect(read, 'no spelling checker is handed it').toBe(false);
      await type('Wachtzin', 'twee woorden');
      await page.keyboard.press('Enter');
      await says('Deze wachtzin is te kort.', 'Wachtzin');
      await type('Wachtzin', PASSPHRASE);
      await type('Nog eens dezelfde wachtzin', 'vijf gewone worden op papier');
      await page.keyboard.press('Enter');
      await says('Dit is niet dezelfde wachtzin.', 'Nog eens dezelfde wachtzin');
      expect((await axeFinds(page)).found).toEqual([]);
      await type('Nog eens dezelfde wachtzin', PASSPHRASE);
      await press('Maak de sleutels');

      await arrives('Bewaar de twee bestanden');
      const save = async (name: string) => {
        const [{ buffer, name: as }] = await Promise.all([noor.downloaded(), press(name)]);
        return { buffer, name: as };
      };
      const first = await save('Bewaar bestand 1');
      expect(first.name).toMatch(/^clbchat-root-O-[\w-]{6}\.clbkey$/);
      await press('Ga verder');
      await says('Bewaar eerst de twee bestanden.', 'Bewaar bestand 1');
      const second = await save('Bewaar bestand 2');
      expect(second.buffer.toString()).toMatch(/^clbchat-root\/1\n\{"kind":"O2",/);
      await press('Ga verder');

      await arrives('Test de twee bestanden');
      await press('Test de bestanden');
      await says('Vul dit in.', 'Eerste bestand');
      await page.getByRole('heading', { level: 1 }).focus();
      await choose('Eerste bestand', first);
      await choose('Tweede bestand', { ...first, name: 'kopie.clbkey' });
      await type('Wachtzin', PASSPHRASE);
      await page.keyboard.press('Enter');
      await says('Dit is twee keer dezelfde sleutel.', 'Tweede bestand');
      await page.getByRole('heading', { level: 1 }).focus();
      await choose('Tweede bestand', { name: 'half.clbkey', buffer: second.buffer.subarray(0, 300) });
      await press('Test de bestanden');
      await says('Dit bestand is beschadigd.', 'Tweede bestand');
      await page.getByRole('heading', { level: 1 }).focus();
      await choose('Tweede bestand', second);
      await type('Wachtzin', 'vijf gewone woorden op paper');
      await page.keyboard.press('Enter');
      await says('Dit gaat niet open.', 'Wachtzin');
      expect((await axeFinds(page)).found).toEqual([]);
      await type('Wachtzin', PASSPHRASE);
      await page.keyboard.press('Enter');

      await arrives('Noteer de vingerafdrukken');
      const groups = await page.getByRole('list', { name: 'Sleutel 1' }).getByRole('listitem').allInnerTexts();
      expect(groups.join(' ')).toMatch(/^(\d{5} ){7}\d{5}$/);
      const { pins } = JSON.parse(first.buffer.toString().split('\n')[1]!) as { pins: string[] };
      await page.getByText(`ROOT_PINS=${pins.join('.')}`, { exact: true }).waitFor();
      await page.getByText(`data-key="${pins.join('.')}"`, { exact: true }).waitFor();
      await noor.context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await press('Kopieer: Voor wie de server beheert');
      await page.getByText('Gekopieerd.').waitFor();
      await press('Ga verder');

      await arrives('Maak je handtekening');
      await press('Maak mijn handtekening');
      await says('Vul dit in.', 'Naam van je centrum');
      await type('Naam van je centrum', 'CLB Voorbeeld');
      await type('Je vestiging', 'CLB Noord');
      await type('Je naam', 'Noor');
      await page.keyboard.press('Enter');
      await arrives('Je kan tekenen');
      await page.getByText('Dit toestel is getekend voor Noor, CLB Noord.').waitFor();

      expect(sent.filter((line) => !line.startsWith('GET blob:'))).toEqual([]);
      expect(await noor.context.cookies()).toEqual([]);
      const stored = await page.evaluate(async () => [
        (await indexedDB.databases()).length,
        localStorage.length,
        sessionStorage.length,
        (await caches.keys()).length,
      ]);
      expect(stored).toEqual([0, 0, 0, 0]);
      await press('Naar aanmelden');
      await page.getByRole('button', { name: 'Ga verder als Lien' }).waitFor();
    }),
  );

  test(
    '[O13] a reload in the middle is asked about, begins anew and says so; where nothing is lost it does neither',
    scene(async (stage) => {
      const noor = await founder(stage);
      const { page } = noor;
      const asked: string[] = [];
      page.on('dialog', (dialog) => {
        asked.push(dialog.type());
        void dialog.accept();
      });
      await noor.press('Begin');
      await noor.at('Kies een wachtzin');
      await page.reload();
      await noor.at('Zo zet je een centrum op');
      expect(await page.getByRole('alert').count()).toBe(0);
      await noor.press('Begin');
      await noor.fill('Wachtzin', PASSPHRASE);
      await noor.fill('Nog eens dezelfde wachtzin', PASSPHRASE);
      await noor.press('Maak de sleutels');
      await noor.at('Bewaar de twee bestanden');
      expect(asked).toEqual([]);
      await page.reload();
      await noor.at('Zo zet je een centrum op');
      expect(asked).toEqual(['beforeunload']);
      await page.getByRole('alert').filter({ hasText: 'Wat je gemaakt had, is weg.' }).waitFor();
      await page.reload();
      await noor.at('Zo zet je een centrum op');
      expect(await page.getByRole('alert').count()).toBe(0);
      expect(asked).toEqual(['beforeunload']);
    }),
  );

  test(
    '[O10] the sign-in page leads there and back, without its scripts before that, and an address throws nobody out of a desk',
    scene(async (stage) => {
      const page = await (await stage.newContext()).newPage();
      const loaded: string[] = [];
      page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
      await page.goto(stage.app.console);
      const link = page.getByRole('link', { name: 'Zo zet je een centrum op (voorbeeld)' });
      await link.waitFor();
      expect(loaded.filter((path) => path.includes('setup'))).toEqual([]);
      await link.click();
      await page.getByRole('heading', { level: 1, name: 'Zo zet je een centrum op' }).waitFor();
      expect(loaded.filter((path) => path.includes('setup')).length).toBeGreaterThan(0);
      await page.goBack();
      await link.waitFor();

      const lien = await counsellor(stage);
      await lien.page.evaluate(() => (location.hash = '#opzetten'));
      await lien.presses(/Jouw status/);
      await lien.page.getByRole('menuitemradio', { name: '2' }).waitFor();
    }),
  );
});

/** Files that the page hands out are taken from it, and no download begins on this machine. */
const TAKE_FILES = `window.handed = [];
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => { void blob.text().then((text) => window.handed.push(text)); return make.call(URL, blob); };
  HTMLAnchorElement.prototype.click = () => undefined;
  return true;`;
/** What a person does in the browser's own window of files. */
const choose = (field: string, text: string) => `const chosen = new DataTransfer();
  chosen.items.add(new File([${JSON.stringify(text)}], 'root.clbkey'));
  const input = document.getElementById('${field}');
  input.files = chosen.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
  return input.files.length === 1;`;

describe.each([firefox, webkit].filter((engine) => isAskedFor(engine.tool) && isHere(engine)))('$name', (engine) => {
  test(
    `[O16] ${engine.name}: its two files open here and there, and it signs what it then believes`,
    played(engine, 'kept', async ({ stage, fox }) => {
      await fox.tab.goto(`${stage.app.console}#opzetten`);
      const presses = (name: string) => fox.presses(name, 'page');
      const writes = (label: string, text: string) => fox.writes(label, text, 'page');
      const reads = (sentence: string) => fox.reads(sentence, 'page');
      await presses('Begin');
      await fox.tab.run('page', TAKE_FILES);
      await writes('Wachtzin', PASSPHRASE);
      await writes('Nog eens dezelfde wachtzin', PASSPHRASE);
      await presses('Maak de sleutels');
      await reads('Bewaar de twee bestanden');
      for (const at of [1, 2]) {
        await presses(`Bewaar bestand ${at}`);
        await fox.until('page', `return window.handed.length === ${at}`);
      }
      const files = await fox.until<string[]>('page', 'return window.handed');
      const kinds: RootKind[] = [];
      for (const file of files) {
        const opened = await openRoot(new TextEncoder().encode(file), PASSPHRASE);
        if (opened.ok) kinds.push(opened.kind);
      }
      expect(kinds).toEqual(['O', 'O2']);
      await presses('Ga verder');
      await reads('Test de twee bestanden');
      await fox.until('page', choose('first', files[1]!));
      await fox.until('page', choose('second', files[0]!.replace('"kind":"O"', '"kind":"O2"')));
      await writes('Wachtzin', PASSPHRASE);
      await presses('Test de bestanden');
      await reads('Dit bestand is beschadigd.');
      await fox.until('page', choose('second', files[0]!));
      await presses('Test de bestanden');
      await reads('Noteer de vingerafdrukken');
      await presses('Ga verder');
      await writes('Naam van je centrum', 'CLB Voorbeeld');
      await writes('Je vestiging', 'CLB Noord');
      await writes('Je naam', 'Noor');
      await presses('Maak mijn handtekening');
      await reads('Dit toestel is getekend voor Noor, CLB Noord.');
    }),
  );
});
