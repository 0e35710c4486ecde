import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser } from './chromium.ts';

const PICTURE = /^(?<screen>[\w-]+?)-(?<kind>\d+x\d+-\w+)\.png$/;
/** Of a picture on a sheet, in CSS pixels: a wide one is shown smaller. */
const HIGH_MAX = 520;
const SHEET_WIDE = 2_000;

const style = `body{margin:0;padding:16px;background:#555;color:#fff;font:14px system-ui}h2{margin:12px 0 6px}
section>div{display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start}figure{margin:0}img{display:block;max-height:${HIGH_MAX}px}`;

/**
 * Puts the pictures of one screen beside each other: `sheets/<screen>.png` for each, and `sheets/index.html` with all.
 * @returns how many screens
 */
export async function makeSheets(folder: string): Promise<number> {
  const screens = new Map<string, { kind: string; file: string }[]>();
  for (const file of readdirSync(folder).toSorted()) {
    const { screen, kind } = PICTURE.exec(file)?.groups ?? {};
    if (screen && kind) screens.set(screen, [...(screens.get(screen) ?? []), { kind, file }]);
  }
  const sections = [...screens].map(([screen, pictures]) => {
    const figures = pictures.map(({ kind, file }) => `<figure>${kind}<img src="../${file}" alt=""></figure>`);
    return `<section id="${screen}"><h2>${screen}</h2><div>${figures.join('')}</div></section>`;
  });
  const sheets = join(folder, 'sheets');
  mkdirSync(sheets, { recursive: true });
  const page = join(sheets, 'index.html');
  writeFileSync(
    page,
    `<!doctype html><meta charset="utf-8"><title>Screens</title><style>${style}</style>${sections.join('')}`,
  );

  const browser = await openBrowser();
  try {
    const tab = await browser.newPage({ viewport: { width: SHEET_WIDE, height: 1_000 } });
    await tab.goto(pathToFileURL(resolve(page)).href);
    for (const screen of screens.keys()) {
      await tab.locator(`#${screen}`).screenshot({ path: join(sheets, `${screen}.png`) });
    }
  } finally {
    await browser.close();
  }
  return screens.size;
}
