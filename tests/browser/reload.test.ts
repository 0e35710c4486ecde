import { describe, expect, test } from 'vitest';
import { named, visitorMoments } from '../support/moments.ts';
import { counsellor, pupil, type Counsellor } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { interruptAt, type Moment } from '../support/wire.ts';

const counsellorMoments: Moment[] = [
  { event: 'offer:accept', way: 'out', fate: 'passed' },
  { event: 'key:offer', way: 'out', fate: 'lost' },
  { event: 'key:offer', way: 'out', fate: 'passed' },
  { event: 'key:sealed', way: 'in', fate: 'lost' },
  { event: 'key:share', way: 'out', fate: 'lost' },
  { event: 'key:opened', way: 'out', fate: 'lost' },
  { event: 'key:opened', way: 'out', fate: 'passed' },
  { event: 'talk:append', way: 'out', fate: 'lost' },
  { event: 'talk:append', way: 'out', fate: 'passed' },
];
describe('a reload in the middle of agreeing a key, where the browser keeps the tab', () => {
  for (const [name, moment] of named(visitorMoments)) {
    test.concurrent(
      `[K4 C1 C4] the visitor reloads at ${name}: nothing is lost or shown twice`,
      scene(async (stage) => {
        const lien = await counsellor(stage);
        const fox = await pupil(stage, { where: 'window' });
        const { reached } = await interruptAt(fox.page, moment);
        await fox.page.reload();
        await Promise.all([
          fox.start({ nick: 'Blauwe Vos', first: 'de eerste vraag' }),
          reached,
          acceptsWhenItRings(lien),
        ]);
        await fox.page.reload();
        await goesOn(lien, fox);
      }),
    );
  }

  for (const [name, moment] of named(counsellorMoments)) {
    test.concurrent(
      `[K4 C1 C4] the counsellor reloads at ${name}: nothing is lost or shown twice`,
      scene(async (stage) => {
        const lien = await counsellor(stage);
        const { reached } = await interruptAt(lien.page, moment);
        await lien.page.reload();
        await lien.page.getByRole('button', { name: 'Jouw status: Beschikbaar' }).waitFor();
        const fox = await pupil(stage, { where: 'window' });
        await fox.start({ nick: 'Blauwe Vos', first: 'de eerste vraag' });
        await lien.page.getByRole('button', { name: 'Neem aan' }).click();
        await reached;
        await lien.page.reload();
        await lien.page.getByRole('button', { name: 'Jouw status: Beschikbaar' }).waitFor();
        await lien.opens('(Blauwe Vos|Leerling( 1)?)');
        await goesOn(lien, fox);
      }),
    );
  }

  test(
    '[K4 C1] both reload in the middle of a conversation and read everything that was said',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      const fox = await pupil(stage, { where: 'window' });
      await fox.start({ nick: 'Blauwe Vos', first: 'de eerste vraag' });
      await lien.accepts();
      await lien.hears('de eerste vraag');
      await lien.says('het eerste antwoord');
      await fox.hears('het eerste antwoord');
      await Promise.all([fox.page.reload(), lien.page.reload()]);
      await lien.opens('Blauwe Vos');
      await lien.hears('de eerste vraag');
      await lien.sees('het eerste antwoord');
      await fox.hears('het eerste antwoord');
      await goesOn(lien, fox);
    }),
  );

  async function acceptsWhenItRings(lien: Counsellor) {
    await lien.page.getByRole('button', { name: 'Neem aan' }).first().click();
  }

  /** After whatever happened: both read what was written before, once, and write on. */
  async function goesOn(lien: Counsellor, fox: Awaited<ReturnType<typeof pupil>>) {
    await lien.hears('de eerste vraag');
    await lien.says('gaat het nog?');
    await fox.hears('gaat het nog?');
    await fox.says('ja, het gaat nog');
    await lien.hears('ja, het gaat nog');
    await fox.sees('ja, het gaat nog', 'Gelezen');
    for (const log of [lien.log, fox.log]) {
      const texts = await log.locator('[dir="auto"]').allInnerTexts();
      expect(texts.filter((text) => text === 'de eerste vraag')).toHaveLength(1);
      expect(await log.getByText(/ontbreekt|kan niet gelezen|kunnen we niet openen/).count()).toBe(0);
    }
    await fox.vanish();
    await lien.vanish();
  }
});
