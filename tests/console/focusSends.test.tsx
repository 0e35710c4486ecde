import { fireEvent, waitFor } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { nl } from '../../console/src/words/nl.ts';
import { fakeDesk, fakeTalk } from './fakeDesk.ts';
import { showConsole, tidyUp } from './screen.tsx';

afterEach(tidyUp);
const ring = { offerNo: 7, role: 'pupil', topic: 'wellbeing', lang: 'nl', waitedMs: 0, leftMs: 25_000 } as const;

test('[D38] a ring that goes under the finger: Enter sends nothing to whom she writes to', async () => {
  const desk = fakeDesk();
  const fox = fakeTalk('fox', { nick: 'Blauwe Vos' });
  desk.talks.value = [fox];
  const { view, open } = await showConsole(desk);
  open('fox');
  const field = await view.findByRole('textbox', { name: /Bericht aan/ });
  fireEvent.input(field, { target: { value: 'Ik moet dit misschien aan je moe' } });
  desk.rings.value = [{ ...ring, receivedMs: 1_000_000 }];
  const accept = await view.findByRole('button', { name: nl.offer.accept });
  accept.focus();
  desk.rings.value = []; // the visitor went; her finger is on Enter already
  await waitFor(() => expect(accept.isConnected).toBe(false));
  await Promise.resolve();
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Enter' });
  await Promise.resolve();
  expect((view.getByRole('textbox', { name: /Bericht aan/ }) as HTMLTextAreaElement).value).toBe(
    'Ik moet dit misschien aan je moe',
  );
});
