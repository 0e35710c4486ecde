import type { CDPSession, Locator } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { counsellor, pupil, type Pupil } from '../support/people.ts';
import { scene } from '../support/scene.ts';

/** Between the two taps of a nervous finger, as their own stamps say it: a busy machine makes it no longer. */
const BETWEEN_MS = 130;
/** Longer than any two taps of one intention: nothing else was pressed just before, or is about to be. */
const APART_MS = 700;
const sluit = /^Sluit$/;

type Twice = (protocol: CDPSession, stampsS: readonly [number, number], x: number, y: number) => Promise<void>;

/** A real double click: the driver counts, as a system does. */
const byMouse: Twice = async (protocol, stampsS, x, y) => {
  for (const [at, timestamp] of stampsS.entries()) {
    const click = { x, y, timestamp, button: 'left', clickCount: at + 1 } as const;
    await protocol.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...click });
    await protocol.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...click });
    await new Promise((done) => setTimeout(done, BETWEEN_MS));
  }
};
/** The browser counts. */
const byFinger: Twice = async (protocol, stampsS, x, y) => {
  for (const timestamp of stampsS) {
    await protocol.send('Input.dispatchTouchEvent', { type: 'touchStart', timestamp, touchPoints: [{ x, y }] });
    await protocol.send('Input.dispatchTouchEvent', { type: 'touchEnd', timestamp, touchPoints: [] });
    await new Promise((done) => setTimeout(done, BETWEEN_MS));
  }
};
const viewport = { width: 400, height: 600 };
const hands: [string, Twice, object][] = [
  ['a mouse', byMouse, { viewport }],
  ['a finger', byFinger, { viewport, hasTouch: true, isMobile: true }],
];

/** @param at how far to the right on the button */
async function twice(pressing: Twice, { page, context }: Pupil, button: Locator, at = 0.5): Promise<void> {
  await page.waitForTimeout(APART_MS);
  const box = await button.boundingBox();
  if (!box) throw new Error('the button is not in sight');
  const protocol = await context.newCDPSession(page);
  const nowS = Date.now() / 1_000;
  await pressing(protocol, [nowS, nowS + BETWEEN_MS / 1_000], box.x + box.width * at, box.y + box.height / 2);
  await page.waitForTimeout(APART_MS);
}

describe.each(hands)('two taps at one place, with %s', (_, pressing, options) => {
  test(
    '[W123] where help was closed choose no role, and on the last topic do not join the line',
    scene(async (stage) => {
      const fox = await pupil(stage, { where: 'window', ...options });
      await fox.presses('Nu hulp nodig');
      await fox.reads('Zelfmoordlijn');
      await twice(pressing, fox, fox.chat.getByRole('button', { name: sluit }), 0.75);
      await fox.reads('Dag! Fijn dat je er bent.');
      await fox.presses('Ik ben leerling');
      await twice(pressing, fox, fox.chat.getByRole('button', { name: 'Over het CLB' }));
      await fox.reads('Hoe mogen we je noemen?');
    }),
  );

  test(
    '[W123] on the small form of the chat choose no role',
    scene(async (stage) => {
      const fox = await pupil(stage, { where: 'school', ...options });
      await fox.reads('Dag! Fijn dat je er bent.');
      await fox.presses('Maak klein');
      await twice(pressing, fox, fox.chat.getByRole('button', { name: 'Chat met het CLB' }));
      await fox.reads('Dag! Fijn dat je er bent.');
    }),
  );

  test(
    '[W123] where help was closed send no half a message, and on the way back to the line do not ask to leave it',
    scene(async (stage) => {
      const lien = await counsellor(stage);
      await lien.presses(/Jouw status/);
      await lien.page.getByRole('menuitemradio', { name: /Even weg/ }).click();
      const fox = await pupil(stage, { where: 'window', ...options });
      await fox.start({ nick: 'Blauwe Vos' });
      await fox.presses(/Adem rustig/);
      await twice(pressing, fox, fox.chat.getByRole('button', { name: 'Terug naar de wachtrij' }));
      await fox.reads('Je staat in de wachtrij.');
      expect(await fox.chat.getByText('Wil je niet meer wachten?').count()).toBe(0);
      await lien.presses('Ik ben er weer');
      await lien.accepts();
      await fox.reads('Lien is er.');
      await fox.composer.fill('nog niet af');
      await fox.presses('Nu hulp nodig');
      await fox.reads('Zelfmoordlijn');
      await twice(pressing, fox, fox.chat.getByRole('button', { name: sluit }), 0.93);
      expect(await fox.composer.inputValue()).toBe('nog niet af');
      await fox.chat.getByRole('button', { name: 'Verstuur' }).click();
      await fox.sees('nog niet af');
    }),
  );
});

test(
  '[W123] two single presses of a mouse both act, however fast and wherever',
  scene(async (stage) => {
    const fox = await pupil(stage, { where: 'window', viewport });
    await fox.presses('Nu hulp nodig');
    await fox.reads('Zelfmoordlijn');
    const close = fox.chat.getByRole('button', { name: sluit });
    await fox.page.waitForTimeout(APART_MS);
    const box = (await close.boundingBox())!;
    const [x, y] = [box.x + box.width * 0.75, box.y + box.height / 2];
    await fox.page.mouse.click(x, y);
    await close.waitFor({ state: 'hidden' });
    await fox.page.mouse.click(x, y);
    await fox.reads(/^Waarover /);
  }),
);
