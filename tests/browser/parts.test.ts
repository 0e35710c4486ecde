import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isAskedFor } from '../../scripts/setup/tools.mjs';
import { chromium } from '../support/engines/chromium.ts';
import { engines, isHere, played } from '../support/engines/play.ts';
import type { Answer } from '../support/engines/web.ts';

/** A proxy that restarts. */
const gone: Answer = { status: 502, headers: { 'content-type': 'text/html' }, body: 'bad gateway' };

test('[U16] of each part that the console fetches later the page names the files', () => {
  const sources = readdirSync('console/src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => readFileSync(join('console/src', file), 'utf8'));
  const fetched = sources.flatMap((source) => [...source.matchAll(/\bpart\('(\w+)'/g)].map(([, name]) => name!));
  const listed = /<meta name="parts" content='(.*)' \/>/.exec(readFileSync('console/dist/index.html', 'utf8'))?.[1];
  expect(fetched.length).toBeGreaterThan(9);
  const begun = sources.flatMap((source) => [...source.matchAll(/\bimport\('/g)]);
  expect(begun.length, 'nothing is begun without being fetched whole').toBe(fetched.length);
  expect(Object.keys(JSON.parse(listed ?? '{}') as object)).toEqual(expect.arrayContaining(fetched));
});

describe.each(engines.filter((engine) => isAskedFor(engine.tool) && isHere(engine)))('$name', (engine) => {
  test(
    `[U16 D38] ${engine.name}: script and sheet of a page and what it stands on are lost, and the sheet once more: told each time, the next press brings all of it, and the focus goes along`,
    played(engine, 'kept', async ({ stage, web, fox }) => {
      const asked: string[] = [];
      const lost = { js: 1, css: 2 };
      let isSharedLost = true;
      web.answer(({ pathname }) => {
        // what other pages stand on, too, once
        if (isSharedLost && /\/assets\/teamApi-/.test(pathname)) return ((isSharedLost = false), gone);
        const kind = /\/assets\/teamPage-.*\.(js|css)$/.exec(pathname)?.[1] as 'js' | 'css' | undefined;
        if (!kind) return undefined;
        asked.push(kind);
        return lost[kind]-- > 0 ? gone : undefined;
      });
      const focus = () =>
        fox.tab.run<string>('page', 'return document.activeElement.id || document.activeElement.localName');
      const isTold = () =>
        fox.until(
          'page',
          `return document.querySelector('#page [role=alert] button')?.textContent === 'Probeer opnieuw'`,
        );
      await fox.tab.goto(stage.app.console);
      await fox.presses('Noor', 'page');
      await fox.presses('Team', 'page');
      await isTold();
      await fox.presses('Probeer opnieuw', 'page');
      await isTold();
      expect(await focus()).toBe('page');
      await fox.presses('Probeer opnieuw', 'page');
      await fox.until('page', `return document.activeElement.id === 'page-title'`);
      const sheets = `return [...document.styleSheets].map(({ href }) => href.replace(/.*assets.|-.*/g, '')).join(' ')`;
      expect(await fox.tab.run<string>('page', sheets)).toContain('team');
      // what has come is not asked for again, but in a WebKit that keeps nothing on a disk
      if (engine.tool !== 'webkit') expect(asked.toSorted()).toEqual(['css', 'css', 'css', 'js', 'js']);
    }),
  );
});

/** As a service answers that was renewed since this console came. */
const noMore: Answer = { status: 404, headers: { 'content-type': 'application/json' }, body: '{"code":"not_found"}' };

test(
  '[U16 U94] the service was renewed: a page that it has no more says so, and the press loads the console anew, at that page',
  played(chromium, 'kept', async ({ stage, web, fox }) => {
    let isOld = true;
    web.answer(({ pathname }) => (isOld && /\/assets\/teamPage-/.test(pathname) ? noMore : undefined));
    await fox.tab.goto(stage.app.console);
    await fox.presses('Noor', 'page');
    await fox.presses('Team', 'page');
    await fox.reads('CLBCh@t is intussen vernieuwd.', 'page');
    isOld = false;
    await fox.presses('Laad opnieuw', 'page');
    await fox.until('page', `return document.activeElement.id === 'page-title' && location.hash === '#team'`);
  }),
);

test(
  '[U16 G3] the service was renewed: the press loads the console anew with the one-time address that she came with',
  played(chromium, 'kept', async ({ stage, web, fox }) => {
    let isOld = true;
    web.answer(({ pathname }) => (isOld && /\/assets\/gettingIn-/.test(pathname) ? noMore : undefined));
    await fox.tab.goto(`${stage.app.console}#begin=${'A'.repeat(43)}`);
    await fox.reads('CLBCh@t is intussen vernieuwd.', 'page');
    isOld = false;
    await fox.presses('Laad opnieuw', 'page');
    await fox.reads('Dit adres werkt niet meer', 'page');
    await fox.until('page', `return location.hash === ''`);
  }),
);

test(
  '[U16] the set-up is lost: told, and the next press brings it',
  played(chromium, 'kept', async ({ stage, web, fox }) => {
    let isGone = true;
    web.answer(({ pathname }) => (isGone && /\/assets\/setup-/.test(pathname) ? gone : undefined));
    await fox.tab.goto(`${stage.app.console}#opzetten`);
    await fox.reads('De pagina kon niet geladen worden.', 'page');
    isGone = false;
    await fox.presses('Probeer opnieuw', 'page');
    await fox.until('page', `return location.hash === '#opzetten' && document.body.innerText.includes('centrum')`);
  }),
);

test(
  '[U16 G3] what takes a one-time address is lost: told, and the next press takes it',
  played(chromium, 'kept', async ({ stage, web, fox }) => {
    let isGone = true;
    web.answer(({ pathname }) => (isGone && /\/assets\/gettingIn-/.test(pathname) ? gone : undefined));
    await fox.tab.goto(`${stage.app.console}#begin=${'A'.repeat(43)}`);
    await fox.reads('De pagina kon niet geladen worden.', 'page');
    isGone = false;
    await fox.presses('Probeer opnieuw', 'page');
    await fox.reads('Dit adres werkt niet meer', 'page');
  }),
);
