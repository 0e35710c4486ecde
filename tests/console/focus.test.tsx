import { fireEvent, waitFor } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { nl } from '../../console/src/words/nl.ts';
import { fakeDesk, fakeTalk } from './fakeDesk.ts';
import { pressFirm, showConsole, textOf, tidyUp } from './screen.tsx';

afterEach(tidyUp);

const ring = { offerNo: 7, role: 'pupil', topic: 'wellbeing', lang: 'nl', waitedMs: 0, leftMs: 25_000 } as const;
const focused = () => document.activeElement;
const words = () =>
  focused() === document.body ? 'nothing' : textOf(focused()!) || focused()!.getAttribute('aria-label');

/** The focus stands there when it is pressed, as a keyboard does it. */
async function press(button: HTMLElement): Promise<void> {
  button.focus();
  await pressFirm(button);
}

async function talking() {
  const desk = fakeDesk();
  const fox = fakeTalk('fox', { nick: 'Blauwe Vos' });
  desk.talks.value = [fox];
  const shown = await showConsole(desk);
  shown.open('fox');
  await shown.view.findByRole('textbox', { name: /Bericht aan/ });
  return { ...shown, desk, fox };
}

test('[D38] who rang is declined: to the list, and never to where one writes', async () => {
  for (const holds of [false, true]) {
    const { view, desk } = holds ? await talking() : await showConsole();
    desk.rings.value = [{ ...ring, receivedMs: 1_000_000 }];
    const decline = await view.findByRole('button', { name: nl.offer.decline });
    decline.focus();
    desk.rings.value = [];
    await waitFor(() => expect(focused()).not.toBe(document.body));
    expect(words()).toContain(nl.queue.title);
    tidyUp();
  }
});

test('[D38] a conversation that ended: to the heading that tells it, whoever ended it', async () => {
  const { view, fox } = await talking();
  (await view.findByRole('textbox', { name: /Bericht aan/ })).focus();
  fox.stage.value = { is: 'ended', reason: 'visitor_left' };
  await waitFor(() => expect(words()).toBe('Blauwe Vos stopte de chat.'));
  expect(focused()?.tagName).toBe('H2');
  tidyUp();

  const other = await talking();
  const end = await other.view.findByRole('button', { name: nl.chat.end });
  end.focus();
  fireEvent.click(end);
  await other.view.findByRole('dialog');
  await press(await other.view.findByRole('button', { name: nl.end.yes }));
  other.fox.stage.value = { is: 'ended', reason: 'counsellor_ended' };
  await waitFor(() => expect(focused()?.tagName).toBe('H2'));
});

test('[D38] somebody else is taken: to what became of the one before, and from there to the quiet screen', async () => {
  const { view, desk, fox } = await talking();
  fox.stage.value = { is: 'opening' };
  fox.silent.value = true;
  await press(await view.findByRole('button', { name: nl.chat.putBack }));
  await waitFor(() => expect(words()).toBe(nl.end.released));
  const dismiss = await view.findByRole('button', { name: nl.end.dismiss });
  dismiss.focus();
  desk.talks.value = [];
  await waitFor(() => expect(focused()?.tagName).toBe('H1'));
});

test('[D38] without a connection: to the bar that says so', async () => {
  const { view, desk } = await talking();
  (await view.findByRole('button', { name: /^Jouw status/ })).focus();
  desk.connection.value = { is: 'lost', sinceMs: 1_000_000 };
  await waitFor(() => expect(words()).toContain(nl.lost.title));
});

test('[D38] who pressed beside everything has let the focus go, and nothing takes it', async () => {
  const { view, fox } = await talking();
  const field = await view.findByRole('textbox', { name: /Bericht aan/ });
  field.focus();
  field.blur();
  fireEvent.pointerUp(document.body);
  fox.stage.value = { is: 'ended', reason: 'visitor_left' };
  await view.findByRole('heading', { name: 'Blauwe Vos stopte de chat.' });
  await Promise.resolve();
  expect(words()).toBe('nothing');
});
