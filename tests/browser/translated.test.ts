import type { Frame, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { counsellor, pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';

/**
 * As extensions do it: each text gets an element of theirs, in its place or around it, now and whenever one comes. The
 * words stay the same here, so that whoever looks for one finds it.
 */
function translate(how: 'replace' | 'wrap') {
  const wrap = (text: Text) => {
    if (!text.data.trim() || text.parentElement?.closest('font, textarea, script, style')) return;
    const outer = document.createElement('font');
    const inner = outer.appendChild(document.createElement('font'));
    inner.textContent = how === 'replace' ? text.data : '';
    text.replaceWith(outer);
    if (how === 'wrap') inner.append(text);
  };
  const all = (root: Node) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    texts.forEach(wrap);
  };
  all(document.body);
  new MutationObserver((records) => {
    for (const { addedNodes } of records) addedNodes.forEach((node) => (node instanceof Text ? wrap(node) : all(node)));
  }).observe(document.body, { childList: true, subtree: true });
}

describe.concurrent('an extension that translates', () => {
  for (const how of ['replace', 'wrap'] as const) {
    test(
      `[W60] on both sides a whole conversation goes on, where texts are ${how === 'replace' ? 'replaced' : 'wrapped'}`,
      scene(async (stage) => {
        const faults: string[] = [];
        const listen = (page: Page) => page.on('pageerror', ({ message }) => faults.push(message));
        const lien = await counsellor(stage);
        listen(lien.page);
        await lien.page.evaluate(translate, how);
        const fox = await pupil(stage);
        listen(fox.page);
        await fox.reads('Dag! Fijn dat je er bent.');
        const chat = fox.page
          .frames()
          .find((frame): frame is Frame => frame.url().startsWith(`${stage.app.origin}/w/`));
        await chat?.evaluate(translate, how);

        await fox.start({ nick: 'Blauwe Vos', first: 'hallo daar' });
        await lien.accepts();
        await lien.hears('hallo daar');
        for (const text of ['een', 'twee', 'drie']) {
          await lien.says(`vraag ${text}`);
          await fox.hears(`vraag ${text}`);
          await fox.says(`antwoord ${text}`);
          await lien.hears(`antwoord ${text}`);
        }
        await fox.sees('antwoord drie', 'Gelezen'); // a text that changed after it had been translated
        await fox.ends();
        await fox.reads('Bedankt om te chatten.');
        await lien.reads('De leerling stopte de chat.');
        expect(faults).toEqual([]);
      }),
    );
  }
});
