import { afterEach, expect, test, vi } from 'vitest';
import { words } from '../../widget/src/check/words.ts';
import { CHAT, clearPage, load, PIN } from './schoolPage.ts';

afterEach(() => {
  clearPage();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  history.replaceState(null, '', '/');
});

test('[W105] with its word behind the address a press shows the test in the chat’s place, and with no other', async () => {
  for (const [hash, place] of [
    ['#clbchat-check', 'check'],
    ['#clbchat-check2', ''],
    ['#top', ''],
    ['', ''],
  ] as const) {
    history.replaceState(null, '', `/${hash}`);
    const page = await load();
    expect(page.frame()).toBeNull();
    const before = page.launcher()!.textContent;
    page.launcher()!.click();
    expect([hash, before, page.frame()?.getAttribute('src')?.split('&')[0]]).toEqual([
      hash,
      'Chat met het CLB',
      `${CHAT}/w/s_1/${place}#k=${PIN}`,
    ]);
    clearPage();
    vi.restoreAllMocks();
  }
});

/** The page of the test, as it stands in its frame. */
async function tested({ hash = '#k=A.B&by=navigate', file = { pins: ['B', 'A'] } as unknown, framed = true } = {}) {
  history.replaceState(null, '', `/w/s_1/check${hash}`);
  document.body.innerHTML =
    '<ul id="found"></ul><a id="chat" href="/w/">chat</a><button id="close" type="button">x</button>';
  const told: string[] = [];
  vi.stubGlobal('parent', framed ? { postMessage: (word: string) => told.push(word) } : window);
  const asked: unknown[] = [];
  vi.stubGlobal('fetch', async (...all: unknown[]) => {
    asked.push(all);
    if (file === null) throw new TypeError('no network');
    return new Response(JSON.stringify(file));
  });
  vi.resetModules();
  await import('../../widget/src/check/main.ts');
  const lines = () => [...document.querySelectorAll('li')].map((one) => `${one.className}: ${one.textContent}`);
  return { told, asked, lines };
}

test('[W105] it says in words whether page and pins are right', async () => {
  const good = [`right: ${words.script}`, `right: ${words.frame.replace('{site}', 's_1')}`];
  const cases: [Parameters<typeof tested>[0], string][] = [
    [{}, `right: ${words.pins}`],
    [{ hash: '#k=A.C' }, `wrong: ${words.otherPins}`],
    [{ hash: '#k=A' }, `wrong: ${words.otherPins}`],
    [{ hash: '' }, `wrong: ${words.noPins}`],
    [{ hash: `#k=${'A'.repeat(2_000)}` }, `wrong: ${words.noPins}`],
    [{ file: null }, `wrong: ${words.noAnswer}`],
    [{ file: { pins: 'A.B' } }, `wrong: ${words.noAnswer}`],
  ];
  for (const [wish, last] of cases) {
    const { lines } = await tested(wish);
    await vi.waitFor(() => expect(lines()).toEqual([...good, last]));
    vi.unstubAllGlobals();
  }
});

test('[W106] it keeps and sends nothing, leads to the chat, and closes as the chat does', async () => {
  localStorage.clear();
  const { told, asked, lines } = await tested();
  await vi.waitFor(() => expect(lines()).toHaveLength(3));
  expect(asked).toEqual([['site.json', { credentials: 'omit', cache: 'no-store' }]]);
  expect([localStorage.length, sessionStorage.length, document.cookie]).toEqual([0, 0, '']);
  expect(document.getElementById('chat')?.getAttribute('href')).toBe('/w/#k=A.B');
  document.getElementById('close')!.click();
  expect(told).toEqual(['ready', 'exit']);
});

test('[W106] in a window of its own it says how it is meant to be opened', async () => {
  const { lines, asked } = await tested({ framed: false });
  expect([lines(), asked]).toEqual([[`wrong: ${words.alone}`], []]);
});
