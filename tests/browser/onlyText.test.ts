import type { Locator } from 'playwright-core';
import { describe, expect, test, vi } from 'vitest';
import { corpus, linked, nicks } from '../support/corpus.ts';
import { counsellor, pupil, type Counsellor, type Pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { breakPolicy, watch } from '../support/watch.ts';

describe.concurrent('what somebody writes to break the other side', () => {
  /** What could run, load or lead away. The icons of both applications are drawn, so svg is not among them. */
  const alive = 'script,style,link,meta,base,iframe,object,embed,img,video,audio,math,form[action],template,details';

  const heardIn = (log: Locator) => log.locator('li.them [dir="auto"]');
  const ownIn = (log: Locator) => log.locator('li.me [dir="auto"]');

  /** Of each bubble the text, as the eye reads it, and every element in it that is no link as a counsellor's may be. */
  const inside = (bubbles: Locator) =>
    bubbles.evaluateAll((all) =>
      all.map((bubble) => {
        const copy = bubble.cloneNode(true) as Element;
        const links = 'a[href^="https://"][target="_blank"][rel="noreferrer noopener"]';
        for (const link of copy.querySelectorAll(links)) {
          for (const aloud of link.querySelectorAll(':scope > .vh')) aloud.remove();
          const shownWhole = link.innerHTML === link.textContent && link.textContent === link.getAttribute('href');
          if (shownWhole && link.attributes.length === 3) link.replaceWith(link.textContent);
        }
        return { text: copy.textContent, others: [...copy.querySelectorAll('*')].map(({ outerHTML }) => outerHTML) };
      }),
    );

  async function sends(side: Pupil | Counsellor, texts: readonly string[]): Promise<void> {
    for (const text of texts) await side.says(text);
  }

  test(
    '[B14 B26] a corpus in both directions: all of it stands as text, no policy is broken, nothing runs or is asked for',
    scene(async (whole) => {
      const { stage, faults } = watch(whole);
      const [lien, fox] = [await counsellor(stage), await pupil(stage, { where: 'school' })];
      const [first = { raw: '', shown: '' }, ...rest] = corpus;
      await fox.start({ nick: 'Blauwe Vos', first: first.raw });
      await lien.accepts();
      await fox.reads('Lien is er.');
      const surfaces = [fox.chat, lien.page];
      const living = () => Promise.all(surfaces.map((surface) => surface.locator(alive).count()));
      const before = await living();

      const shown = corpus.map((payload) => ({ text: payload.shown, others: [] }));
      const raws = rest.map(({ raw }) => raw);
      await Promise.all([sends(fox, raws), sends(lien, [first.raw, ...raws])]);
      for (const side of [fox, lien]) {
        await heardIn(side.log)
          .nth(corpus.length - 1)
          .waitFor({ timeout: 30_000 });
        expect(await inside(heardIn(side.log))).toEqual(shown);
        expect(await inside(ownIn(side.log))).toEqual(shown);
      }
      expect(await living()).toEqual(before);
      for (const frame of [...fox.page.frames(), lien.page.mainFrame()])
        expect(await frame.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(stage.app.said()).not.toContain('alert');
      expect(faults).toEqual([]);

      // the same eyes see a policy that is really broken, on both sides
      const chat = fox.page.frames().find((frame) => frame.url().includes('/w/'));
      for (const frame of [chat, lien.page.mainFrame()]) if (frame) await breakPolicy(frame);
      await vi.waitFor(() => {
        const broken = faults.filter((fault) => fault.includes('policy broken: require-trusted-types-for'));
        expect(broken).toHaveLength(2);
      });
    }),
  );

  test(
    '[B14 B26] of a counsellor’s message only plain https addresses are links, shown whole; of a visitor’s none',
    scene(async (whole) => {
      const { stage, faults } = watch(whole);
      const [lien, fox] = [await counsellor(stage), await pupil(stage, { where: 'school' })];
      await fox.start({ nick: 'Blauwe Vos' });
      await lien.accepts();
      await fox.reads('Lien is er.');
      await sends(
        lien,
        linked.map(({ raw }) => raw),
      );
      await heardIn(fox.log)
        .nth(linked.length - 1)
        .waitFor();
      await fox.log.locator('a').first().waitFor();
      const links = await fox.log.locator('a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
      expect(links).toEqual(linked.flatMap((message) => message.links));
      expect(await inside(heardIn(fox.log))).toEqual(linked.map(({ raw }) => ({ text: raw, others: [] })));

      await fox.says('https://spion.invalid/a');
      await lien.hears('https://spion.invalid/a');
      expect(await lien.log.locator('a').count()).toBe(0);
      expect(faults).toEqual([]);
    }),
  );

  test(
    '[B14 B26] a nickname and a first question are only text wherever the console shows them',
    scene(async (whole) => {
      const { stage, faults } = watch(whole);
      const lien = await counsellor(stage);
      for (const [at, nick] of nicks.entries()) {
        const fox = await pupil(stage, { where: 'window' });
        const first = corpus[at] ?? nick;
        await fox.start({ nick: nick.raw, first: first.raw });
        await lien.reads('Nieuwe bezoeker');
        const before = await lien.page.locator(alive).count();
        await lien.accepts();
        await lien.hears(first.shown);
        await lien.page.getByRole('textbox', { name: `Bericht aan ${nick.shown}`, exact: true }).waitFor();
        const names = lien.page.locator('h1 bdi, [aria-current="true"] .talk-name, .sender');
        expect(new Set((await inside(names)).map(({ text }) => text))).toEqual(new Set([nick.shown]));
        expect(await lien.page.locator('bdi *').count()).toBe(0);
        expect(await lien.page.locator(alive).count()).toBe(before);
        await lien.ends();
        await fox.reads('Bedankt om te chatten.');
      }
      expect(faults).toEqual([]);
    }),
  );
});
