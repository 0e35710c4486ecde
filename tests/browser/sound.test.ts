import { describe, test } from 'vitest';
import { counsellor, pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';

describe('a console that was loaded again', () => {
  test(
    '[B54 D19] says that the browser holds the sound back, in the list and in the ring, and a press starts it',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      await lien.reads('Je hoort een geluidje als er iemand komt.');
      await lien.page.reload();
      await lien.reads('Je browser houdt het geluid nog tegen.');
      const fox = await pupil(stage, { where: 'window' });
      await fox.start({ nick: 'Blauwe Vos' });
      const ring = lien.page.getByRole('region', { name: 'Nieuwe bezoeker' });
      await ring.getByText('Je browser houdt het geluid nog tegen.').waitFor();
      await ring.getByRole('button', { name: 'Zet geluid aan' }).click();
      await ring.getByText('Je browser houdt het geluid nog tegen.').waitFor({ state: 'hidden' });
      await lien.accepts();
    }),
  );
});
