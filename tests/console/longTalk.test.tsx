import type { Item } from '@clbchat/shared/client/views';
import { fireEvent, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LINES_AT_ONCE } from '../../console/src/ui/chat/useOlder.ts';
import { fakeDesk, fakeTalk } from './fakeDesk.ts';
import { showConsole, tidyUp } from './screen.tsx';

let frames: (() => void)[] = [];
/** what was asked for since the last one runs, as when a page is painted */
const paint = () => {
  const due = frames;
  frames = [];
  for (const run of due) run();
};
const goesOn = () => new Promise((next) => setImmediate(next));

/** Messages that count how often a line is made of each. */
function messages(count: number, from = 0, who: 'me' | 'them' = 'them') {
  const read = new Map<string, number>();
  const items = Array.from({ length: count }, (_, at): Item => {
    const key = `m-${from + at}`;
    return {
      ...{ key, from: who, atMs: 0, is: 'text', state: 'sent' },
      get text() {
        read.set(key, (read.get(key) ?? 0) + 1);
        return `bericht ${from + at}`;
      },
    } as Item;
  });
  return { items, read };
}

async function talkOf(items: readonly Item[]) {
  const desk = fakeDesk();
  const fox = fakeTalk('fox', { nick: 'Blauwe Vos', items });
  desk.talks.value = [fox];
  const scene = await showConsole(desk);
  scene.open('fox');
  const log = await scene.view.findByRole('log');
  const lines = () => [...log.querySelectorAll('.bubble')].map(({ textContent }) => textContent);
  return { ...scene, fox, log, lines };
}
const said = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `bericht ${from + at}`);

beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
});
afterEach(() => {
  tidyUp();
  paint(); // what still waits for a frame, and the timer beside it, ends here
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('[D42] a long conversation opens with its newest lines and a field to write in; the older ones come above, in order', async () => {
  const { lines, time, view } = await talkOf(messages(200).items);
  expect(lines()).toEqual(said(200 - LINES_AT_ONCE, 200));
  view.getByRole('textbox', { name: 'Bericht aan Blauwe Vos' });
  const shown = [lines().length];
  while (lines().length < 200) {
    const before = lines().length;
    await waitFor(() => {
      time.pass(0);
      expect(lines().length).toBeGreaterThan(before);
    });
    expect(lines()).toEqual(said(200 - lines().length, 200));
    shown.push(lines().length);
  }
  expect(shown).toEqual([60, 120, 180, 200]);
});

test('[D42] what comes or goes while older lines are still to be drawn neither hides a line nor draws one twice', async () => {
  const { fox, lines, time } = await talkOf(messages(200).items);
  fox.items.value = [...fox.items.value, ...messages(3, 200).items];
  await goesOn();
  paint();
  await waitFor(() => expect(lines()).toEqual(said(140, 203)));
  fox.items.value = fox.items.value.slice(0, 201);
  await goesOn();
  paint();
  await waitFor(() => expect(lines()).toEqual(said(138, 201)));
  await waitFor(() => {
    time.pass(0);
    expect(lines()).toEqual(said(0, 201));
  });
});

test('[D43] messages that come one by one within a frame are drawn together, and what stood there is not drawn again', async () => {
  const old = messages(20);
  const { fox, log, lines } = await talkOf(old.items);
  paint();
  await goesOn();
  const before = new Map(old.read);
  let changes = 0;
  const watching = new MutationObserver(() => (changes += 1));
  watching.observe(log, { childList: true, subtree: true });
  const more = messages(100, 20);
  for (const item of more.items) {
    fox.items.value = [...fox.items.value, item];
    await goesOn();
  }
  expect(changes).toBe(0);
  paint();
  await waitFor(() => expect(lines()).toEqual(said(0, 120)));
  expect(changes).toBe(1);
  watching.disconnect();
  // the last of them loses the time under it
  for (const { key } of old.items.slice(0, -1)) expect(old.read.get(key), key).toBe(before.get(key));
  // one more, and only it and its neighbour change
  const drawn = new Map(more.read);
  fox.items.value = [...fox.items.value, ...messages(1, 120).items];
  await goesOn();
  paint();
  await waitFor(() => expect(lines()).toHaveLength(121));
  for (const { key } of more.items.slice(0, -1)) expect(more.read.get(key), key).toBe(drawn.get(key));
});

test('[D43] the row in the list is drawn once a frame, too, and in a window that nobody sees all the same', async () => {
  const { fox, view, time } = await talkOf(messages(1).items);
  paint();
  await goesOn();
  const row = view.container.querySelector('.talk-row .preview');
  const more = messages(50, 1);
  for (const item of more.items) {
    fox.items.value = [...fox.items.value, item];
    await goesOn();
  }
  expect(row?.textContent).toBe('bericht 0');
  time.pass(100);
  await waitFor(() => expect(row?.textContent).toBe('bericht 50'));
  for (const { key } of more.items.slice(0, -1)) expect(more.read.get(key), key).toBe(1);
});

/** No layout here: each line is ten high, and the log shows a hundred. */
function laidOut(log: HTMLElement) {
  const rows = () => [...log.querySelectorAll('li')];
  const heightOf = () => rows().length * 10;
  Object.defineProperty(log, 'scrollHeight', { get: heightOf });
  Object.defineProperty(log, 'clientHeight', { value: 100 });
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (this: HTMLElement) {
    return new DOMRect(0, rows().indexOf(this as HTMLLIElement) * 10 - log.scrollTop, 100, 10);
  });
  const scroll = (top: number) => {
    log.scrollTop = top;
    fireEvent.scroll(log);
  };
  const topmost = () => rows()[log.scrollTop / 10]?.querySelector('.bubble')?.textContent;
  return { heightOf, scroll, topmost };
}

test('[D42] who reads back reads on at the same line while older ones come above it, and who is at the end stays there', async () => {
  const { log, lines, time } = await talkOf(messages(300).items);
  const { scroll, topmost, heightOf } = laidOut(log);
  const older = async (count: number) =>
    waitFor(() => {
      time.pass(0);
      expect(lines()).toHaveLength(count);
    });
  await older(120);
  expect(log.scrollTop).toBe(heightOf());
  scroll(200);
  const reads = topmost();
  expect(reads).toBe('bericht 199');
  await older(180);
  expect(topmost()).toBe(reads);
  await older(300);
  expect(topmost()).toBe(reads);
});

test('[D43] what she writes pulls down who reads back; what she wrote before, what others write and who types do not', async () => {
  const { fox, log, lines, view } = await talkOf(messages(50).items);
  const { scroll, heightOf } = laidOut(log);
  const comes = async (item: Item) => {
    const count = lines().length + 1;
    fox.items.value = [...fox.items.value, item];
    await goesOn();
    paint();
    await waitFor(() => expect(lines()).toHaveLength(count));
  };
  scroll(0);
  await comes(messages(1, 50, 'me').items[0]!);
  expect(log.scrollTop).toBe(0);
  await comes(messages(1, 51).items[0]!);
  expect(log.scrollTop).toBe(0);
  view.getByRole('button', { name: /1 nieuw/ });
  await comes({ key: 'now', from: 'me', atMs: 0, is: 'text', text: 'dag', state: 'pending' });
  expect(log.scrollTop).toBe(heightOf());
  await waitFor(() => expect(view.queryByRole('button', { name: /nieuw/ })).toBeNull());
  fox.typing.value = true;
  await waitFor(() => expect(log.querySelector('.typing')).not.toBeNull());
  expect(log.scrollTop).toBe(heightOf());
});

test('[D43] only what is said now moves into the log, not what a reload finds again', async () => {
  const { fox, log, lines, time } = await talkOf([]);
  const [before, now] = [...messages(1).items, ...messages(1, 1).items];
  fox.items.value = [before!, Object.assign(now!, { atMs: time.clock.nowMs() - 1_000 })];
  await goesOn();
  paint();
  await waitFor(() => expect(lines()).toHaveLength(2));
  expect([...log.querySelectorAll('.message')].map((line) => line.classList.contains('came'))).toEqual([false, true]);
});
