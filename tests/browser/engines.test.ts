import type { CentreFacts } from '@clbchat/shared/protocol/status';
import { afterAll, describe, expect, test } from 'vitest';
import { howToGet, isAskedFor } from '../../scripts/setup/tools.mjs';
import { chromium } from '../support/engines/chromium.ts';
import { engineNames } from '../support/engines/engine.ts';
import { engines, isHere, played } from '../support/engines/play.ts';
import { createTable } from '../support/engines/table.ts';
import { embeddings, opensChat, type EngineVisitor } from '../support/engines/visitor.ts';
import type { Web } from '../support/engines/web.ts';
import { counsellor, pupil, type Counsellor } from '../support/people.ts';

const REFUSED = 'nothing kept';
const table = createTable(engineNames, [...embeddings, REFUSED]);
afterAll(() => void process.stdout.write(`\n${table.lines().join('\n')}\n\n`));

/** A bar takes room, and what it scrolls is one pixel that nobody meant. Who changes the size of a window waits for the next picture. */
const hasNoStrayBar = ({ until }: EngineVisitor) =>
  until<true>(
    'chat',
    `const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement;
     return scrollHeight === clientHeight && scrollWidth === clientWidth && clientWidth === innerWidth`,
  );

async function joins(fox: EngineVisitor, first: string): Promise<void> {
  await fox.presses('Ik ben leerling');
  await hasNoStrayBar(fox);
  await fox.presses('Hoe ik me voel');
  await fox.reads('Hoe mogen we je noemen?');
  await hasNoStrayBar(fox);
  await fox.writes('Schuilnaam', 'Blauwe Vos');
  await fox.writes('Je eerste vraag', first);
  await fox.presses('Ga naar de wachtrij');
}

/** From the line on: words in both directions, sent by Enter, seen as read. */
async function talks(fox: EngineVisitor, lien: Counsellor): Promise<void> {
  await lien.accepts();
  await lien.hears('de eerste vraag');
  await lien.says('dag Vos');
  await fox.hears('dag Vos');
  await fox.writes('Jouw bericht', 'ze lachen met mij');
  await fox.tab.key('chat', 'Enter');
  await lien.hears('ze lachen met mij');
  await fox.hears('ze lachen met mij', 'Gelezen');
  await hasNoStrayBar(fox);
}

/** The panel is small: the page around gets its dot when somebody writes, and loses it when the chat is looked at. */
async function isSmallFor(fox: EngineVisitor, lien: Counsellor): Promise<void> {
  await fox.presses('Maak klein');
  await fox.until('chat', `return document.querySelector('main').hidden`);
  await lien.says('ben je er nog?');
  await fox.until('page', `return document.title.startsWith('●')`);
  await fox.presses('Terug naar je chat');
  await fox.hears('ben je er nog?');
  await fox.until('page', `return !document.title.startsWith('●')`);
}

/** Nobody reaches the real one from here: the centre names another, and that one is here. */
async function hasNeutralSite(web: Web, chat: string): Promise<void> {
  const facts = (await (await fetch(`${chat}/api/centre/demo`)).json()) as CentreFacts;
  const json = { status: 200, headers: { 'content-type': 'application/json' } };
  const html = { status: 200, headers: { 'content-type': 'text/html' } };
  const exitUrl = 'http://weer.localhost/';
  web.answer(({ href, pathname }) => {
    if (pathname.startsWith('/api/centre/')) return { ...json, body: JSON.stringify({ ...facts, exitUrl }) };
    return href === exitUrl ? { ...html, body: '<title>weer</title>' } : undefined;
  });
}

for (const engine of engines.filter(({ tool }) => isAskedFor(tool))) {
  test(`[B29] ${engine.name} is here, or the run says how to get it`, () => {
    expect(isHere(engine), `${engine.name}: not run. ${howToGet(engine.tool)}`).toBe(true);
  });
}

/** In Chromium all others sign in. */
const others = engines.filter((engine) => engine !== chromium && isAskedFor(engine.tool) && isHere(engine));
describe.each(others)('[O34] $name', (engine) => {
  test(
    'signs in to the demonstration over plain http by a click, sits down, and is known after a reload',
    played(engine, 'kept', async ({ stage, fox }) => {
      await fox.tab.goto(stage.app.console);
      await fox.presses('Lien', 'page');
      await fox.reads('Beschikbaar', 'page');
      expect(await fox.tab.run('page', 'return document.cookie')).toBe('');
      await fox.tab.reload();
      await fox.reads('Beschikbaar', 'page');
      const vos = await pupil(stage, { where: 'link' });
      await vos.start({ nick: 'Vos', first: 'Is daar iemand?' });
      await fox.presses('Neem aan', 'page');
      await fox.reads('Is daar iemand?', 'page');
    }),
  );
});

describe.each(engines.filter((engine) => isAskedFor(engine.tool) && isHere(engine)))('$name', (engine) => {
  for (const embedding of embeddings) {
    test(
      `[B29 B30 B31 W7] ${engine.name}, ${embedding}: a whole conversation, a reload, small and large again, Snel weg`,
      played(engine, 'kept', async ({ stage, web, fox }) => {
        const lien = await counsellor(stage);
        const { tab } = fox;
        const reached = (step: string) => table.add(engine.name, embedding, step);

        await hasNeutralSite(web, stage.app.origin);
        await opensChat(fox, stage.app, embedding);
        const title = await tab.run('page', 'return document.title');
        await hasNoStrayBar(fox);
        if (embedding === 'school') {
          // WebKit lets no frame of another site take the focus by itself, before somebody touched it: there the frame has it
          if (engine.name !== 'WebKitGTK') await fox.until('chat', `return document.activeElement.localName === 'h1'`);
          await tab.key('chat', 'Tab');
          expect(await tab.run('chat', 'return document.activeElement.innerText')).toContain('Snel weg');
          reached('focus');
        }
        await joins(fox, 'de eerste vraag');
        await talks(fox, lien);
        reached('talk');

        await tab.reload();
        if (embedding === 'school') await fox.presses('Chat met het CLB', 'page');
        // no script around the frame tells it of the reload, and no engine does
        if (embedding === 'smartschool') {
          await fox.reads('Was jij hier aan het chatten?');
          await fox.presses('Ga hier verder');
        }
        for (const text of ['de eerste vraag', 'dag Vos', 'ze lachen met mij']) await fox.hears(text);
        await lien.says('je bent er weer');
        await fox.hears('je bent er weer');
        reached(embedding === 'smartschool' ? 'reload asks' : 'reload');

        if (embedding === 'school') {
          await isSmallFor(fox, lien);
          reached('small');
        }

        await fox.presses('Snel weg');
        await lien.reads('De leerling koos Snel weg.');
        if (embedding === 'school') {
          await fox.until(
            'page',
            `return !all().some((one) => one.localName === 'clb-chat' || one.localName === 'iframe')`,
          );
          expect(await tab.run('page', 'return document.title')).toBe(title);
          await tab.reload();
          await fox.presses('Chat met het CLB', 'page');
        } else {
          await fox.until('page', `return document.title === 'weer'`);
          await opensChat(fox, stage.app, embedding);
        }
        // Firefox keeps of a frame what was there when the page around was loaded again, and not that it was wiped since
        const forgets = engine.name === 'Firefox' && embedding === 'smartschool';
        if (forgets) {
          await fox.reads('Was jij hier aan het chatten?');
          for (const text of ['de eerste vraag', 'dag Vos']) expect(await fox.sees(text)).toBe(false);
          await fox.presses('Nee, wis die chat');
        }
        await fox.reads('Dag! Fijn dat je er bent.');
        expect(await tab.run('chat', 'return sessionStorage.length')).toBe(0);
        reached(forgets ? 'exit, then asks' : 'exit');
      }),
    );
  }

  test(
    `[B12 B29] ${engine.name}, where nothing can be kept: told before the chat starts, and after a reload it begins anew`,
    played(engine, 'refused', async ({ stage, fox }) => {
      const lien = await counsellor(stage);
      await opensChat(fox, stage.app, 'school');
      await fox.presses('Ik ben leerling');
      await fox.presses('Hoe ik me voel');
      await fox.reads('Herladen of sluiten stopt de chat.');
      await fox.writes('Je eerste vraag', 'de eerste vraag');
      await fox.presses('Ga naar de wachtrij');
      await talks(fox, lien);
      table.add(engine.name, REFUSED, 'talk');
      await Promise.all([fox.tab.reload(), lien.reads('De leerling stopte de chat.')]);
      await fox.presses('Chat met het CLB', 'page');
      await fox.reads('Dag! Fijn dat je er bent.');
      table.add(engine.name, REFUSED, 'reload ends it');
    }),
  );
});

test(
  '[B31] at every size, on every screen up to the conversation, no bar stands beside the chat',
  played(chromium, 'kept', async ({ stage, fox }) => {
    const sizes = [
      [320, 480],
      [360, 640],
      [640, 360],
      [768, 1024],
      [1280, 720],
      [1920, 1080],
    ] as const;
    async function look(): Promise<void> {
      for (const [width, height] of sizes) {
        await fox.tab.resize(width, height);
        await hasNoStrayBar(fox);
      }
    }
    const lien = await counsellor(stage);
    await opensChat(fox, stage.app, 'window');
    await look();
    await fox.presses('Ik ben leerling');
    await fox.reads('Waarover wil je praten?');
    await look();
    await fox.presses('Hoe ik me voel');
    await fox.reads('Hoe mogen we je noemen?');
    await look();
    await fox.writes('Je eerste vraag', 'de eerste vraag');
    await fox.presses('Ga naar de wachtrij');
    await fox.reads('Jij bent de volgende');
    await look();
    await talks(fox, lien);
    await look();
    await fox.presses('Stop de chat');
    await fox.presses('Ja, stop de chat');
    await fox.reads('Bedankt om te chatten.');
    await look();
  }),
);
