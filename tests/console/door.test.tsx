import { bounds, orders } from '@clbchat/server/centre/bounds.rules';
import { defaultCentre, parseCentre } from '@clbchat/server/centre/centre.rules';
import type { DeskHours } from '@clbchat/shared/protocol/counsellor';
import { act, fireEvent, render, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createDoorApi } from '../../console/src/device/doorApi.ts';
import { createDoorSwitch } from '../../console/src/model/door.ts';
import { createHoursPage } from '../../console/src/model/hours/page.ts';
import { HoursScreen } from '../../console/src/ui/hours/HoursScreen.tsx';
import { door as words } from '../../console/src/words/door.ts';
import { pressFirm, showConsole, tidyUp } from './screen.tsx';

afterEach(tidyUp);
const parsed = parseCentre(defaultCentre());
if (!parsed.ok) throw new Error('a new centre has settings');
const { schedule, rules, exitUrl } = parsed.centre;
const hoursSeen = { rev: 1, settings: { schedule, rules: { ...rules }, exitUrl }, bounds, orders, nowMs: 0 };
const until = { day: 4, time: '21:00', date: '2026-11-26' };

test('[H30] a counsellor shuts the door in her top bar, sees that it is, and opens it again', async () => {
  const { view, desk } = await showConsole();
  desk.hours.value = { is: 'open', until };
  fireEvent.click(await view.findByRole('button', { name: words.shutHint }));
  expect(desk.calls).toContainEqual(['door', true]);
  desk.hours.value = { is: 'shut', until };
  await view.findByText('De deur is dicht. We werken de rij af. Dat stopt vanzelf donderdag om 21 uur.');
  expect(view.queryByRole('button', { name: words.shutHint })).toBeNull();
  await pressFirm(view.getByRole('button', { name: words.open }));
  expect(desk.calls).toContainEqual(['door', false]);
});

test('[H33] where the bar has no room for it the door is in the menu of the status, by keys, too', async () => {
  const { view, desk } = await showConsole();
  const status = await view.findByRole('button', { name: /^Jouw status/ });
  fireEvent.click(status);
  expect(view.queryByRole('menuitem', { name: words.shutHint })).toBeNull();
  fireEvent.click(status);
  desk.hours.value = { is: 'open', until };
  fireEvent.click(status);
  const menu = await view.findByRole('menu');
  const steps = menu.querySelectorAll('[role=menuitemradio]').length;
  for (let at = 0; at < steps && document.activeElement?.getAttribute('role') !== 'menuitem'; at += 1)
    fireEvent.keyDown(document.activeElement!, { key: 'ArrowDown' });
  const item = view.getByRole('menuitem', { name: words.shutHint });
  expect(document.activeElement).toBe(item);
  fireEvent.click(item);
  expect(desk.calls).toContainEqual(['door', true]);
  expect(view.queryByRole('menu')).toBeNull();
  expect(document.activeElement).toBe(status);
});

test('[H32] a counsellor reads that the centre is closed, and when it opens', async () => {
  const { view, desk } = await showConsole();
  desk.hours.value = { is: 'closed', until: { day: 1, time: '17:30', date: '2026-11-30' } };
  await view.findByText('Het centrum is nu dicht. Het opent maandag om 17.30 uur.');
  expect(view.queryByRole('button', { name: words.shutHint })).toBeNull();
  desk.hours.value = { is: 'closed', until: null };
  await view.findByText('Het centrum is nu dicht.');
  desk.hours.value = { is: 'open', until: null };
  await waitFor(() => expect(view.queryByText(/Het centrum is nu dicht/)).toBeNull());
});

describe('[U51] the door on the page of opening hours', () => {
  afterEach(() => vi.useRealTimers());
  const pass = (ms: number) =>
    act(async () => {
      await vi.advanceTimersByTimeAsync(ms);
    });
  const shows = () => document.querySelector('.door-line')?.textContent ?? '';

  test('follows what others press while it is seen, and at once when somebody comes back; hidden it asks for nothing', async () => {
    vi.useFakeTimers();
    let now: DeskHours = { is: 'open', until };
    const read = vi.fn(async () => now);
    const page = createHoursPage({ read: async () => hoursSeen, write: async () => ({ is: 'unreachable' }) }, () => 0);
    await page.open();
    const { unmount } = render(<HoursScreen page={page} door={createDoorSwitch({ read, put: async () => null })} />);
    await pass(0);
    expect(shows()).toBe('');
    now = { is: 'shut', until };
    await pass(5_000);
    expect(shows()).toContain('De deur is dicht.');
    now = { is: 'open', until };
    fireEvent.focus(window);
    await pass(0);
    expect(shows()).toBe('');
    const sight = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    const before = read.mock.calls.length;
    now = { is: 'shut', until };
    await pass(60_000);
    expect(read.mock.calls.length).toBe(before);
    sight.mockRestore();
    fireEvent(document, new Event('visibilitychange'));
    await pass(0);
    expect(shows()).toContain('De deur is dicht.');
    unmount();
    const all = read.mock.calls.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(read.mock.calls.length).toBe(all);
  });

  test('an answer from before a press changes nothing after it', async () => {
    let answer: (hours: DeskHours) => void = () => undefined;
    const read = () => new Promise<DeskHours>((resolve) => (answer = resolve));
    const door = createDoorSwitch({ read, put: async () => ({ is: 'shut', until }) });
    const looked = door.look();
    await door.set(true);
    answer({ is: 'open', until });
    await looked;
    expect(door.heard.value?.is).toBe('shut');
  });

  test('nor does one that was asked for while the press was on its way', async () => {
    let answer: (hours: DeskHours) => void = () => undefined;
    let arrive: () => void = () => undefined;
    const door = createDoorSwitch({
      read: () => new Promise<DeskHours>((resolve) => (answer = resolve)),
      put: () => new Promise<DeskHours>((resolve) => (arrive = () => resolve({ is: 'shut', until }))),
    });
    const pressed = door.set(true);
    const looked = door.look(); // its five seconds are over
    arrive();
    await pressed;
    answer({ is: 'open', until });
    await looked;
    expect(door.heard.value?.is).toBe('shut');
  });
});

test('[H30] an answer that is none is said, and the next one takes it away', async () => {
  const answers: (Response | Error)[] = [
    new Response('{}', { status: 500 }),
    new Error('no network'),
    new Response('{"is":"else","until":null}'),
    new Response('{"is":"shut","until":null}'),
  ];
  const door = createDoorSwitch(
    createDoorApi(async () => {
      const next = answers.shift()!;
      if (next instanceof Error) throw next;
      return next;
    }),
  );
  for (const problem of [true, true, true, false]) {
    await door.set(true);
    expect(door.problem.value).toBe(problem);
  }
  expect(door.heard.value).toEqual({ is: 'shut', until: null });
});
