import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { App } from '../support/app.ts';
import { openBrowser } from '../support/chromium.ts';
import { counsellor, pupilIn, type Counsellor, type Pupil } from '../support/people.ts';
import { startService } from '../support/service.ts';
import { stageOf } from '../support/stage.ts';
import { doc, tag } from './hostPages/hostPage.ts';

const built = (part: string) => fileURLToPath(new URL(`../../${part}/dist`, import.meta.url));

/** A school's page as schools serve it, which no header forbids to keep, and a second page; the demonstration's forbid it. */
async function openSchool() {
  const pages: Record<string, string> = { '/agenda': '<h1>Agenda</h1>' };
  const server = createServer(({ url = '' }, response) =>
    response.setHeader('content-type', 'text/html; charset=utf-8').end(pages[url] ?? ''),
  );
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  const own = `http://localhost:${typeof address === 'object' && address ? address.port : 0}`;
  const service = await startService({
    ...{ time: 'real', widget: built('widget'), console: built('console'), schoolOrigins: [own] },
  });
  const place = { chat: service.origin, key: service.keys.pins.join('.'), own, other: '', nonce: '' };
  pages['/'] = doc({ body: tag(place) });
  const app: Pick<App, 'school' | 'console'> = { school: `${own}/`, console: `${service.origin}/console/` };
  return {
    app: app as App,
    agenda: `${own}/agenda`,
    async stop() {
      await service.stop();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Two who talk, in a browser that keeps a page for Back, as people have it; Playwright's own list says that it may not. */
const talking = (then: (lien: Counsellor, fox: Pupil, agenda: string) => Promise<void>) => async () => {
  const [school, browser] = await Promise.all([
    openSchool(),
    openBrowser({
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
      args: ['--disable-features=Translate'], // the list's own would keep storage from a frame of another site
    }),
  ]);
  try {
    const { stage } = stageOf(school.app, browser);
    const lien = await counsellor(stage);
    const fox = await pupilIn(await stage.newContext(), school.app, 'school');
    await fox.start({ nick: 'Blauwe Vos', first: 'mijn geheim' });
    await lien.accepts();
    await lien.hears('mijn geheim');
    await lien.says('vertel maar');
    await fox.hears('vertel maar');
    await then(lien, fox, school.agenda);
  } finally {
    await browser.close();
    await school.stop();
  }
};

/** Away to another page, and back to the very same document. */
async function leavesAndComesBack(page: Page, elsewhere: string) {
  await page.evaluate(() =>
    addEventListener('pageshow', ({ persisted }) => (document.title = persisted ? 'kept' : 'loaded')),
  );
  await page.goto(elsewhere);
  await page.getByRole('heading', { name: 'Agenda' }).waitFor();
  await page.goBack({ waitUntil: 'commit' });
  await expect.poll(() => page.title()).toContain('kept');
}

// what stands in a frame that comes out of the cache Playwright cannot see: the other side tells
describe('Back, to a page that the browser had kept', () => {
  test(
    '[W71 W120] ends the chat that stands open in it, and nobody reads on there',
    talking(async (lien, fox, agenda) => {
      await leavesAndComesBack(fox.page, agenda);
      await lien.reads('De leerling stopte de chat.');
    }),
  );

  test(
    '[W71 W120] ends a chat, too, that the page had taken away before: the button leads to the beginning',
    talking(async (lien, fox, agenda) => {
      await fox.page.evaluate(() => document.querySelector('clb-chat')?.remove());
      await lien.reads('Blauwe Vos heeft even geen verbinding.');
      await leavesAndComesBack(fox.page, agenda);
      await fox.page.getByRole('button', { name: /Chat met het CLB/ }).click();
      await fox.reads('Dag! Fijn dat je er bent.');
      await lien.reads('De leerling stopte de chat.');
    }),
  );
});
