import { waitFor } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { nl } from '../../console/src/words/nl.ts';
import { fakeDesk, fakeTalk, type FakeTalk } from './fakeDesk.ts';
import { pressFirm, showConsole, textOf, tidyUp } from './screen.tsx';

afterEach(tidyUp);

async function talkingWith(...talks: FakeTalk[]) {
  const desk = fakeDesk();
  desk.talks.value = talks;
  return showConsole(desk);
}

test('[D36 R12] who has just gone can be put back; the press is for who is away, and the button goes when it is back', async () => {
  const fox = fakeTalk('fox', { nick: 'Blauwe Vos' });
  fox.stage.value = { is: 'opening' };
  const { view, open } = await talkingWith(fox);
  open('fox');
  await view.findByRole('textbox', { name: /Bericht aan/ });
  expect(view.queryByRole('button', { name: nl.chat.putBack })).toBeNull();
  fox.silent.value = true;
  await view.findByText(/is net weg/);
  fox.silent.value = false;
  await waitFor(() => expect(view.queryByRole('button', { name: nl.chat.putBack })).toBeNull());
  fox.silent.value = true;
  await pressFirm(await view.findByRole('button', { name: nl.chat.putBack }));
  expect(fox.stage.value).toEqual({ is: 'released', why: 'visitor_away' });
  await waitFor(() => expect(textOf(view.container)).toContain(nl.releases.visitor_away));
});

test('[D36] in a conversation the place is kept, and nobody is sent away', async () => {
  const fox = fakeTalk('fox', { nick: 'Blauwe Vos' });
  const { view, open } = await talkingWith(fox);
  open('fox');
  fox.silent.value = true;
  await view.findByText(/We houden de plaats vrij/);
  expect(view.queryByRole('button', { name: nl.chat.putBack })).toBeNull();
});
