import { describe, expect, test } from 'vitest';
import { times, type StoreKind } from '../support/app.ts';
import { counsellor, pupil, pupilIn } from '../support/people.ts';
import { scene } from '../support/scene.ts';
import type { Stage } from '../support/stage.ts';

describe.concurrent.each<StoreKind>(['memory', 'redis'])('somebody is suddenly gone, on %s', (on) => {
  const since = (startedMs: number) => performance.now() - startedMs;

  /** Lien talks with a pupil, and her browser is killed; told first, then released, and neither too early. */
  async function lienIsLost(stage: Stage) {
    const lien = await counsellor(stage);
    const fox = await pupil(stage, { where: 'window' });
    await fox.start({ nick: 'Blauwe Vos', first: 'mijn geheim' });
    await lien.accepts();
    await lien.hears('mijn geheim');
    await lien.says('vertel maar');
    await fox.hears('vertel maar');
    const goneMs = performance.now();
    await lien.vanish();
    await fox.reads('Lien heeft even geen verbinding. Blijf gerust hier.');
    const toldMs = since(goneMs);
    await fox.reads(/^(Je staat in de wachtrij\.|Jij bent de volgende\.)/);
    return { fox, toldMs, releasedMs: since(goneMs) };
  }

  async function samirComes(stage: Stage) {
    const samir = await counsellor(stage, { name: 'Samir' });
    await samir.page.getByRole('button', { name: 'Neem aan' }).click();
    return samir;
  }

  test(
    '[R7 K5 B4] told, released, neither too early, at the front; "alles": the next one reads everything',
    scene(
      async (stage) => {
        const { fox, toldMs, releasedMs } = await lienIsLost(stage);
        expect(toldMs).toBeGreaterThan(times.peerToldMs - times.pulseEveryMs - 100);
        expect(releasedMs).toBeGreaterThan(times.releaseMs - times.pulseEveryMs - 100);

        const bear = await pupil(stage);
        await bear.start({ nick: 'Rode Beer' });
        const samir = await samirComes(stage);
        await fox.presses('Ja, en Samir mag alles lezen');
        await samir.hears('mijn geheim');
        await samir.sees('vertel maar');
        await samir.says('ik las het');
        await fox.hears('ik las het');
      },
      { on },
    ),
  );

  test(
    '[K2 K5 B4] "leest niets terug": the next one can open nothing of before',
    scene(
      async (stage) => {
        const { fox } = await lienIsLost(stage);
        const samir = await samirComes(stage);
        await fox.reads('Ja, maar Samir leest niets terug');
        expect(await samir.page.getByText('mijn geheim').count(), 'nothing before a press').toBe(0);
        await fox.presses('Ja, maar Samir leest niets terug');
        await fox.says('we beginnen opnieuw');
        await samir.hears('we beginnen opnieuw');
        expect(await samir.page.getByText(/mijn geheim|vertel maar/).count()).toBe(0);
        await fox.sees('mijn geheim');
      },
      { on },
    ),
  );

  test(
    '[K2 B4] "stop": the conversation ends, and the next one never had a key',
    scene(
      async (stage) => {
        const { fox } = await lienIsLost(stage);
        const samir = await samirComes(stage);
        await fox.presses('Nee, stop de chat');
        await fox.reads('Bedankt om te chatten.');
        await samir.page.getByRole('button', { name: 'Neem aan' }).waitFor({ state: 'hidden' });
        expect(await samir.page.getByText(/mijn geheim|vertel maar/).count()).toBe(0);
      },
      { on },
    ),
  );

  test(
    "[R4 B5] a waiting visitor's tab is closed, and no last word of it comes through: the ringing stops in time",
    scene(
      async (stage) => {
        const lien = await counsellor(stage);
        const context = await stage.newContext();
        await context.addInitScript(() => {
          navigator.sendBeacon = () => true;
        });
        const fox = await pupilIn(context, stage.app, 'school');
        await fox.start({ nick: 'Blauwe Vos' });
        await lien.reads('Nieuwe bezoeker');
        await fox.vanish();
        // or it throws, before the ring would end by itself, or with the visit
        const timeout = Math.min(times.offerRingMs, times.waitingKeepMs) * 0.7;
        await lien.page.getByRole('button', { name: 'Neem aan' }).waitFor({ state: 'hidden', timeout });
      },
      { on },
    ),
  );
});
