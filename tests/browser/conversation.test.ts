import { describe, expect, test } from 'vitest';
import { type StoreKind } from '../support/app.ts';
import { counsellor, pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';

describe.concurrent.each<StoreKind>(['memory', 'redis'])('a conversation, on %s', (on) => {
  test(
    '[B1] a pupil and a counsellor talk in both directions, see writing, sent and read, and the pupil ends it',
    scene(
      async (stage) => {
        const lien = await counsellor(stage);
        const fox = await pupil(stage);
        await fox.start({ topic: 'Hoe ik me voel', nick: 'Blauwe Vos', first: 'Ik durf niet meer naar school.' });
        await lien.reads('Nieuwe bezoeker');
        await lien.accepts();
        await lien.hears('Ik durf niet meer naar school.');
        await fox.reads('Lien is er.');
        await lien.page.getByRole('heading', { name: 'Blauwe Vos' }).waitFor();

        await lien.composer.pressSequentially('Wat erg');
        await fox.reads('Lien typt…');
        await lien.says('Wat erg dat dat gebeurt.');
        await fox.hears('Wat erg dat dat gebeurt.');
        await lien.sees('Wat erg dat dat gebeurt.', 'Gelezen');
        await fox.composer.pressSequentially('ze');
        await lien.reads('Blauwe Vos typt…');
        await fox.says('ze lachen met mij');
        await lien.hears('ze lachen met mij');
        await fox.sees('ze lachen met mij', 'Gelezen');

        await fox.ends();
        await fox.reads('Bedankt om te chatten.');
        await fox.reads('Het gesprek is gewist.');
        await lien.reads('De leerling stopte de chat.');
        expect(await fox.chat.getByText('ze lachen met mij').count()).toBe(0);
      },
      { on },
    ),
  );

  test(
    '[B1] a message stays "Verstuurd" until the counsellor looks, and the counsellor can end it',
    scene(
      async (stage) => {
        const lien = await counsellor(stage);
        const bear = await pupil(stage, { where: 'window' });
        await bear.start({ role: 'ouder', topic: /Schoolkeuze/, nick: 'Rode Beer' });
        await lien.accepts();
        await bear.says('Een vraag over mijn zoon.');
        await lien.hears('Een vraag over mijn zoon.');
        await lien.ends();
        await bear.reads('Bedankt om te chatten.');
        expect(await lien.page.getByText('Een vraag over mijn zoon.').count()).toBe(0);
      },
      { on },
    ),
  );

  test(
    '[V3 B2] two visitors and two counsellors at once: never a word across',
    scene(
      async (stage) => {
        const [lien, samir] = [await counsellor(stage), await counsellor(stage, { name: 'Samir' })];
        const [fox, bear] = [await pupil(stage), await pupil(stage)];
        await fox.start({ nick: 'Blauwe Vos', first: 'vos begint' });
        await bear.start({ nick: 'Rode Beer', first: 'beer begint' });
        await Promise.all([lien.accepts(), samir.accepts()]);
        const firstWords = lien.log.getByText(/^(vos|beer) begint$/);
        const lienHasFox = (await firstWords.innerText()) === 'vos begint';
        const [first, second] = lienHasFox ? [fox, bear] : [bear, fox];
        const pairs = [
          { staff: lien, visitor: first, word: 'appel' },
          { staff: samir, visitor: second, word: 'peer' },
        ];
        const rounds = [1, 2, 3, 4, 5];
        await Promise.all(
          pairs.map(async ({ staff, visitor, word }) => {
            for (const round of rounds) {
              await visitor.says(`${word} ${round} van de bezoeker`);
              await staff.says(`${word} ${round} van de medewerker`);
            }
            await visitor.hears(`${word} ${rounds.length} van de medewerker`);
            await staff.hears(`${word} ${rounds.length} van de bezoeker`);
          }),
        );
        for (const { staff, visitor, word } of pairs) {
          for (const log of [staff.log, visitor.log]) {
            const texts = await log.locator('[dir="auto"]').allInnerTexts();
            expect(texts.filter((text) => text.startsWith(word))).toHaveLength(2 * rounds.length);
            expect(texts.filter((text) => /appel|peer/.test(text) && !text.startsWith(word))).toEqual([]);
            const fromVisitor = texts.filter((text) => text.endsWith('de bezoeker'));
            expect(fromVisitor).toEqual(rounds.map((round) => `${word} ${round} van de bezoeker`));
          }
        }
      },
      { on },
    ),
  );

  test(
    '[B2] one counsellor with three conversations at once answers each in its own window',
    scene(
      async (stage) => {
        const lien = await counsellor(stage);
        await lien.presses(/Jouw status/);
        await lien.page.getByRole('menuitemradio', { name: '3' }).click();
        const nicks = ['Blauwe Vos', 'Rode Beer', 'Gele Uil'];
        const visitors = await Promise.all(nicks.map(() => pupil(stage)));
        for (const [at, visitor] of visitors.entries()) {
          await visitor.start({ nick: nicks[at]!, first: `hier is ${nicks[at]}` });
          await lien.accepts();
          await lien.hears(`hier is ${nicks[at]}`);
        }
        for (const [at, visitor] of visitors.entries()) {
          await lien.opens(nicks[at]!);
          await lien.hears(`hier is ${nicks[at]}`);
          await lien.says(`dag ${nicks[at]}`);
          const guard = lien.page.getByRole('button', { name: 'Ja, verstuur' });
          await guard
            .or(lien.log.locator('[dir="auto"]').filter({ hasText: `dag ${nicks[at]}` }))
            .first()
            .waitFor();
          if (await guard.isVisible()) await guard.click();
          await visitor.hears(`dag ${nicks[at]}`);
        }
        await visitors[0]!.says('nog iets');
        await lien.page.getByRole('button', { name: /^Blauwe Vos, .*1 ongelezen/ }).waitFor();
        for (const [at, visitor] of visitors.entries()) {
          const said = await visitor.log.locator('[dir="auto"]').allInnerTexts();
          expect(said.filter((text) => text.startsWith('dag '))).toEqual([`dag ${nicks[at]}`]);
          await visitor.ends();
        }
      },
      { on },
    ),
  );
});
