import { fireEvent, waitFor } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { fakeDesk, fakeTalk } from './fakeDesk.ts';
import { showConsole, tidyUp } from './screen.tsx';

afterEach(tidyUp);

async function two() {
  const desk = fakeDesk();
  const [fox, tiger] = [fakeTalk('fox', { nick: 'Vos' }), fakeTalk('tiger', { nick: 'Tijger' })];
  desk.talks.value = [fox, tiger];
  const shown = await showConsole(desk);
  await shown.view.findByRole('banner');
  const alt = (code: string, more: object = {}, altGraph = false) => {
    const press = new KeyboardEvent('keydown', { code, altKey: true, bubbles: true, ...more });
    // the test's page takes every Alt for Alt Gr
    Object.defineProperty(press, 'getModifierState', { value: (name: string) => name === 'AltGraph' && altGraph });
    document.body.dispatchEvent(press);
  };
  const openNick = () => shown.workspace.openTalk.value?.nick.value;
  return { ...shown, fox, tiger, alt, openNick };
}

test('[D14] keys are known by their place, so that AZERTY needs no Shift', async () => {
  const { alt, openNick, desk, fox, tiger, workspace } = await two();
  alt('Digit2', { key: 'é' });
  expect(openNick()).toBe('Tijger');
  alt('ArrowDown');
  expect(openNick()).toBe('Vos');
  alt('ArrowUp');
  expect(openNick()).toBe('Tijger');
  const text = { from: 'them' as const, is: 'text' as const, text: '?', state: 'sent' as const };
  fox.items.value = [{ ...text, key: '1', atMs: 10 }];
  tiger.items.value = [{ ...text, key: '1', atMs: 20 }];
  alt('KeyJ');
  expect(openNick()).toBe('Vos');
  alt('KeyM');
  await waitFor(() => expect(desk.status.value).toBe('paused'));
  alt('KeyN');
  expect(desk.calls).toContainEqual(['take', 'next']);
  alt('KeyR');
  expect(workspace.dialog.value).toBe('end');
  alt('Digit2');
  expect(openNick()).toBe('Vos');
});

test('[D14] Alt+N answers who rings here before it takes another', async () => {
  const { alt, desk, time } = await two();
  desk.rings.value = [
    {
      offerNo: 3,
      role: 'pupil',
      topic: 'other',
      lang: 'nl',
      waitedMs: 0,
      leftMs: 9_000,
      receivedMs: time.clock.nowMs(),
    },
  ];
  alt('KeyN');
  expect(desk.calls).toEqual([['accept', 3]]);
});

test('[D14] Alt Gr, Ctrl, Shift and Meta are never ours, and the keys can be switched off', async () => {
  const { alt, openNick, prefs } = await two();
  for (const more of [{ ctrlKey: true }, { shiftKey: true }, { metaKey: true }]) alt('Digit1', more);
  alt('Digit1', {}, true);
  expect(openNick()).toBeUndefined();
  prefs.shortcuts.value = false;
  alt('Digit1');
  expect(openNick()).toBeUndefined();
  prefs.shortcuts.value = true;
  alt('Digit1');
  expect(openNick()).toBe('Vos');
});

test('[D14] F6 goes round the parts of the screen', async () => {
  const { view, open } = await two();
  open('fox');
  await view.findByRole('complementary', { name: 'Bij dit gesprek' });
  const regions = [...view.container.querySelectorAll<HTMLElement>('[data-region]')];
  expect(regions).toHaveLength(5);
  regions[0]!.focus();
  for (const next of [...regions.slice(1), regions[0]!]) {
    fireEvent.keyDown(document.body, { code: 'F6' });
    expect(document.activeElement).toBe(next);
  }
  fireEvent.keyDown(document.body, { code: 'F6', shiftKey: true });
  expect(document.activeElement).toBe(regions.at(-1));
});
