import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { startApp } from './app.ts';
import { openBrowser } from './chromium.ts';
import { clockScript, untilEveningMs } from './eveningClock.ts';
import { counsellor, pupil, type Counsellor, type Pupil } from './people.ts';
import { withPictureFont } from './pictureFont.ts';
import { stageOf, type Stage } from './stage.ts';

/** How long who waits has waited more than the service knows of, in the order of the queue. */
const WAITED_MS = [372_000, 220_000, 35_000];

const still = { reducedMotion: 'reduce', timezoneId: 'Europe/Brussels' } as const;

/** Nothing that says where a key was pressed last: a picture is of a screen and not of its user. */
async function shoot(page: Page, path: string): Promise<void> {
  for (const frame of page.frames())
    await frame.evaluate('document.activeElement instanceof HTMLElement && document.activeElement.blur()');
  await page.screenshot({ path, caret: 'hide' });
}

/** The three pictures of the README, on a Tuesday evening: panel.png, widget.png and console.png. */
export async function takeForReadme(folder: string): Promise<void> {
  const clock = clockScript(untilEveningMs(Date.now()));
  const preload = `--import=data:text/javascript,${encodeURIComponent(clock)}`;
  const [app, browser] = await Promise.all([
    startApp({ unscaled: true, env: { NODE_OPTIONS: preload, DEMO_HOURS: 'real' } }),
    openBrowser({ env: withPictureFont() }),
  ]);
  const { stage } = stageOf(app, browser);
  const evening: Stage = {
    app,
    async newContext(options: BrowserContextOptions = {}) {
      const context = await stage.newContext({ ...still, ...options });
      await context.addInitScript(clock);
      return context;
    },
  };
  try {
    await play(evening, folder);
  } finally {
    await browser.close();
    await app.stop();
  }
}

async function play(stage: Stage, folder: string): Promise<void> {
  const lien = await counsellor(stage, { viewport: { width: 1280, height: 800 } });
  await waitLonger(lien.page);
  await lien.page.reload();
  await lien.presses(/Jouw status/);
  await lien.page.getByRole('menuitemradio', { name: '3' }).click();
  const fox = await pupil(stage, { viewport: { width: 1280, height: 800 } });
  const bear = await pupil(stage, { where: 'window', viewport: { width: 360, height: 640 }, deviceScaleFactor: 2 });
  const owl = await pupil(stage, { where: 'window' });
  await begins(lien, fox, { nick: 'Blauwe Vos', first: 'ik durf niet meer naar school' });
  await begins(lien, bear, { nick: 'Stille Tijger', first: 'thuis is er altijd ruzie' });
  await begins(lien, owl, { role: 'ouder', topic: /Schoolkeuze/, nick: 'Rode Beer', first: 'mag hij nog veranderen?' });
  for (const [role, topic] of [
    ['leerling', 'Hoe ik me voel'],
    ['ouder', /Schoolkeuze/],
    ['leerling', 'Mijn gezondheid'],
  ] as const) {
    const waiting = await pupil(stage, { where: 'window' });
    await waiting.start({ role, topic });
    await waiting.reads('Je staat in de wachtrij.');
  }

  await says(lien, owl, 'Rode Beer', 'Ja, dat kan nog tot de kerstvakantie.');
  await says(lien, bear, 'Stille Tijger', 'Dat lijkt me zwaar. Is er iemand bij wie je terechtkan?');
  await says(lien, fox, 'Blauwe Vos', 'Dag Blauwe Vos! Ik ben Lien, ik werk op het CLB. Wat gebeurt er op school?');
  await fox.says('ze lachen met mij in de bus en nu ook in de klas');
  await lien.hears('ze lachen met mij in de bus en nu ook in de klas');
  await says(lien, fox, 'Blauwe Vos', 'Wat erg dat dat elke dag gebeurt. Goed dat je het vertelt.');
  await bear.says('mijn tante misschien');
  await lien.reads('mijn tante misschien');
  for (const { log } of [fox, bear, lien]) await log.getByText('Nog niet verstuurd').waitFor({ state: 'hidden' });
  await shoot(fox.page, join(folder, 'panel.png'));
  await shoot(bear.page, join(folder, 'widget.png'));
  await shoot(lien.page, join(folder, 'console.png'));
}

async function begins(lien: Counsellor, who: Pupil, start: Parameters<Pupil['start']>[0] & { first: string }) {
  await who.start(start);
  await lien.accepts();
  await lien.hears(start.first);
}

async function says(lien: Counsellor, who: Pupil, nick: string, text: string): Promise<void> {
  await lien.opens(nick);
  await lien.composer.fill(text);
  await lien.composer.press('Enter');
  // so soon after switching the console asks whether this is the right window
  const asked = lien.page.getByRole('button', { name: 'Ja, verstuur' });
  await asked.or(lien.log.getByText(text)).first().waitFor();
  if (await asked.isVisible()) await asked.click();
  await who.hears(text);
}

/** Nobody sits here for six minutes to take a picture: the queue is told as one that waits longer. */
async function waitLonger(page: Page): Promise<void> {
  await page.routeWebSocket(/\/rt\//, (socket) => {
    const service = socket.connectToServer();
    service.onMessage((said) => {
      if (typeof said !== 'string' || !said.includes('"queue":')) return socket.send(said);
      let row = 0;
      const [before = '', ...rest] = said.split('"queue":');
      const queue = rest
        .join('"queue":')
        .replaceAll(/"waitedMs":(\d+)/g, (_, ms: string) => `"waitedMs":${Number(ms) + (WAITED_MS[row++] ?? 0)}`);
      socket.send(`${before}"queue":${queue}`);
    });
  });
}
