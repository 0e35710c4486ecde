import { describe, expect, test } from 'vitest';
import { counsellor, pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';

describe('the server is killed in the middle of a conversation and starts again', () => {
  test(
    '[B3 C1 C4] on Redis the conversation goes on, and what was written meanwhile arrives once',
    scene(
      async (stage) => {
        const lien = await counsellor(stage);
        const fox = await pupil(stage, { where: 'window' });
        const bear = await pupil(stage);
        await fox.start({ nick: 'Blauwe Vos', first: 'voor de val' });
        await lien.accepts();
        await lien.hears('voor de val');
        await bear.start({ nick: 'Rode Beer', first: 'ik wacht' });
        await bear.reads('Je staat in de wachtrij.');

        await stage.app.kill();
        await fox.reads('Geen verbinding.');
        await lien.reads('Geen verbinding met de server.');
        await fox.says('terwijl het weg was');
        await fox.sees('terwijl het weg was', 'Nog niet verstuurd');
        await stage.app.start();

        await lien.hears('terwijl het weg was');
        await fox.sees('terwijl het weg was', 'Gelezen');
        await lien.says('ik ben er nog');
        await fox.hears('ik ben er nog');
        const texts = await lien.log.locator('[dir="auto"]').allInnerTexts();
        expect(texts).toEqual(['voor de val', 'terwijl het weg was', 'ik ben er nog']);

        await lien.ends();
        await lien.accepts();
        await lien.hears('ik wacht');
      },
      { on: 'redis' },
    ),
  );
});
