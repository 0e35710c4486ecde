import { fireEvent } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import { createBell } from '../../console/src/model/bell.ts';
import { showConsole, textOf, tidyUp } from './screen.tsx';

afterEach(tidyUp);

const PROMISE = 'Je hoort een geluidje als er iemand komt.';
const HELD = 'Je browser houdt het geluid nog tegen.';

/** The console of somebody who has just loaded the page, and touched nothing. */
async function untouched() {
  const shown = await showConsole();
  shown.bell.unlocked.value = false;
  return shown;
}

test('[D19] a sound that the browser holds back is promised to nobody: the list says so, with a button that starts it', async () => {
  const { view, bell } = await untouched();
  await view.findByText(HELD, { exact: false });
  expect(textOf(view.container)).not.toContain(PROMISE);
  fireEvent.click(view.getByRole('button', { name: 'Zet geluid aan' }));
  await view.findByText(PROMISE, { exact: false });
  expect(bell.rung).toBe(1);
  expect(view.queryByText(HELD, { exact: false })).toBeNull();
});

test('[D19] the ring says so, too', async () => {
  const { view, desk } = await untouched();
  desk.rings.value = [
    { offerNo: 4, role: 'pupil', topic: 'other', lang: 'nl', waitedMs: 0, leftMs: 30_000, receivedMs: 1_000_000 },
  ];
  const banner = await view.findByRole('region', { name: 'Nieuwe bezoeker' });
  expect(textOf(banner)).toContain(HELD);
  expect(banner.querySelectorAll('button')).toHaveLength(3);
});

test('[D19] and so does a sound that was switched off, which the button switches on again', async () => {
  const { view, prefs } = await showConsole();
  await view.findByText(PROMISE, { exact: false });
  prefs.soundVisitor.value = false;
  await view.findByText('Het geluid staat uit.', { exact: false });
  expect(textOf(view.container)).not.toContain(PROMISE);
  fireEvent.click(view.getByRole('button', { name: 'Zet geluid aan' }));
  expect(prefs.soundVisitor.value).toBe(true);
  await view.findByText(PROMISE, { exact: false });
});

test('[D19] a bell counts as heard only while its device runs', async () => {
  const device = {
    state: 'suspended',
    onstatechange: () => undefined,
    resume: vi.fn(() => Promise.resolve()),
  };
  const bell = createBell(() => device as unknown as AudioContext);
  bell.unlock();
  await Promise.resolve();
  expect(bell.unlocked.value).toBe(false);
  device.resume.mockImplementation(() => ((device.state = 'running'), Promise.resolve()));
  bell.unlock();
  await vi.waitFor(() => expect(bell.unlocked.value).toBe(true));
  device.state = 'interrupted';
  device.onstatechange();
  expect(bell.unlocked.value).toBe(false);
});
