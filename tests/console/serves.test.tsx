import { EVERYBODY } from '@clbchat/shared/serves';
import { fireEvent, waitFor, within } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { fakeDesk } from './fakeDesk.ts';
import { showConsole, tidyUp } from './screen.tsx';

afterEach(tidyUp);

async function opened(prepare: (desk: ReturnType<typeof fakeDesk>) => void = () => undefined) {
  const desk = fakeDesk();
  prepare(desk);
  const shown = await showConsole(desk);
  fireEvent.click(await shown.view.findByRole('button', { name: /^Jouw status/ }));
  fireEvent.click(shown.view.getByRole('menuitem', { name: /Voor wie ben je er/ }));
  const window_ = within(shown.view.getByRole('dialog', { name: 'Voor wie ben je er?' }));
  const press = async (name: string) => {
    await waitFor(() => expect(window_.getByRole('button', { name }).getAttribute('aria-disabled')).not.toBe('true'));
    fireEvent.click(window_.getByRole('button', { name }));
  };
  const tick = (name: string) => fireEvent.click(window_.getByRole('checkbox', { name }));
  return { ...shown, window_, press, tick };
}

test('[R13] she ticks for whom she is there; while somebody is left out, her screen says so', async () => {
  const { view, desk, window_, press, tick } = await opened();
  expect(window_.getAllByRole('checkbox').every((box) => (box as HTMLInputElement).checked)).toBe(true);
  for (const name of ['Leerling', 'Welzijn', 'Gezondheid', 'Turks']) tick(name);
  tick('Gezondheid');
  await press('Bewaar');
  await waitFor(() => expect(view.queryByRole('dialog')).toBeNull());
  expect(desk.calls).toContainEqual([
    'setServes',
    {
      roles: ['parent'],
      topics: ['learning', 'school-career', 'health', 'other', 'about-clb'],
      langs: ['nl', 'en', 'fr', 'ar'],
    },
  ]);
  expect(view.getByText(/niet voor iedereen/)).toBeTruthy();
});

test('[R13] nothing is sent of which one kind is empty, and she reads which', async () => {
  const { desk, window_, press, tick } = await opened();
  for (const name of ['Leerling', 'Ouder']) tick(name);
  await press('Bewaar');
  await window_.findByText('Kies minstens één: leerlingen of ouders.');
  expect(document.activeElement, 'she is led there').toBe(window_.getByRole('checkbox', { name: 'Leerling' }));
  expect(desk.calls.filter(([what]) => what === 'setServes')).toEqual([]);
  tick('Ouder');
  await waitFor(() => expect(window_.queryByText('Kies minstens één: leerlingen of ouders.')).toBeNull());
});

test('[R13] what the service refuses stays chosen, and says why', async () => {
  const { desk, window_, press, tick } = await opened((of) => (of.refuse = 'unavailable'));
  tick('Ouder');
  await press('Bewaar');
  await waitFor(() => expect(window_.getAllByRole('alert').some((one) => one.textContent !== '')).toBe(true));
  expect((window_.getByRole('checkbox', { name: 'Ouder' }) as HTMLInputElement).checked).toBe(false);
  expect(desk.serves.value).toEqual(EVERYBODY);
});

test('[R13] one press chooses everybody again', async () => {
  const { view, desk, press } = await opened((of) => (of.serves.value = { ...EVERYBODY, langs: ['nl'] }));
  await press('Kies alles');
  await press('Bewaar');
  await waitFor(() => expect(desk.serves.value).toEqual(EVERYBODY));
  await waitFor(() => expect(view.queryByText(/niet voor iedereen/)).toBeNull());
});
