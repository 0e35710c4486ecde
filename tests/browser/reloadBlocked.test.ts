import { describe, expect, test } from 'vitest';
import { named, visitorMoments } from '../support/moments.ts';
import { counsellor, pupilIn, type Counsellor, type Pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import { watch } from '../support/watch.ts';
import { interruptAt } from '../support/wire.ts';

describe.concurrent('a reload where the browser keeps nothing for a frame', () => {
  /** Told on the way, in the step before the chat starts. */
  async function startsWarned(fox: Pupil): Promise<void> {
    await fox.presses('Ik ben leerling');
    await fox.presses('Hoe ik me voel');
    await fox.reads('Herladen of sluiten stopt de chat.');
    await fox.chat.getByLabel(/Je eerste vraag/).fill('de eerste vraag');
    await fox.presses('Ga naar de wachtrij');
  }

  /** Nobody rings any more, or the conversation is over. */
  const isTold = (lien: Counsellor, accepted: boolean): Promise<void> =>
    accepted
      ? lien.reads('De leerling stopte de chat.')
      : lien.page.getByRole('button', { name: 'Neem aan' }).waitFor({ state: 'hidden' });

  for (const [name, moment] of named(visitorMoments)) {
    test(
      `[B12] the visitor reloads at ${name}: told and asked before, anew after, and the counsellor knows`,
      scene(async (whole) => {
        const { stage, faults } = watch(whole);
        const lien = await counsellor(stage);
        const context = await stage.newContext();
        const { reached } = await interruptAt(context, moment);
        const fox = await pupilIn(context, stage.app, 'school');
        const asked: string[] = [];
        fox.page.on('dialog', (dialog) => asked.push(dialog.type()));
        await startsWarned(fox);
        const accept = lien.page.getByRole('button', { name: 'Neem aan' });
        await accept.waitFor();
        const accepts = moment.event !== 'visit:join';
        if (accepts) await accept.click();
        await reached;

        await Promise.all([fox.page.reload(), isTold(lien, accepts)]);
        await fox.page.getByRole('button', { name: /Chat met het CLB/ }).click();
        await fox.reads('Dag! Fijn dat je er bent.');
        expect(await fox.chat.getByText('de eerste vraag').count()).toBe(0);
        expect(faults).toEqual([]);
        // before the service answered nothing has begun that a question could save
        expect(asked).toEqual(accepts ? ['beforeunload'] : []);
      }),
    );
  }
});
