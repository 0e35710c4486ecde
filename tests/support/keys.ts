import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';

/** So many stops has no page of ours. */
const STOPS_MAX = 150;

/** Somebody who has no mouse. Each looks for its control by Tab, from where the focus is; a name is said as a screen reader says it. */
export interface Keys {
  readonly page: Page;
  /** what has the focus; empty: nothing */
  focused(): Promise<string>;
  /** @throws when Tab never comes there */
  tabTo(name: string): Promise<void>;
  /** a button or a link */
  press(name: string): Promise<void>;
  /** instead of what stands there */
  type(label: string, text: string): Promise<void>;
  choose(label: string, file: NamedFile): Promise<void>;
  /** presses, and has the file that the page hands out */
  download(name: string): Promise<NamedFile>;
  /** a heading of the page */
  at(title: string): Promise<void>;
  reads(text: string | RegExp): Promise<void>;
}
interface NamedFile {
  readonly name: string;
  readonly buffer: Buffer;
}

const nameOfFocused = () => {
  const one = document.activeElement;
  if (!(one instanceof HTMLElement) || one === document.body) return '';
  const label = one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement ? one.labels?.[0] : null;
  const by = document.getElementById(one.getAttribute('aria-labelledby') ?? '');
  return (one.getAttribute('aria-label') ?? (by ?? label ?? one).innerText).replaceAll(/\s+/g, ' ').trim();
};

export function keysOf(page: Page): Keys {
  const focused = () => page.evaluate(nameOfFocused);
  async function tabTo(name: string): Promise<void> {
    const stops: string[] = [];
    for (let at = 0; at < STOPS_MAX; at += 1) {
      if ((await focused()) === name) return;
      await page.keyboard.press('Tab');
      stops.push(await focused());
    }
    throw new Error(`Tab never came to "${name}", only to ${[...new Set(stops)].join(' > ')}`);
  }
  /** What comes a moment later cannot be found by a Tab that was there before. */
  const isThere = (role: 'button' | 'link', name: string) =>
    page.getByRole(role, { name, exact: true }).first().waitFor();
  async function press(name: string): Promise<void> {
    await Promise.race([isThere('button', name), isThere('link', name)]);
    await tabTo(name);
    await page.keyboard.press('Enter');
  }
  return {
    page,
    focused,
    tabTo,
    press,
    async type(label, text) {
      await page.getByLabel(label, { exact: true }).waitFor();
      await tabTo(label);
      await page.keyboard.press('Control+A');
      await page.keyboard.type(text);
    },
    async choose(label, file) {
      await page.getByLabel(label, { exact: true }).waitFor();
      await tabTo(label);
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
      await chooser.setFiles({ ...file, mimeType: 'application/octet-stream' });
    },
    async download(name) {
      const [file] = await Promise.all([page.waitForEvent('download'), press(name)]);
      return { name: file.suggestedFilename(), buffer: await readFile(await file.path()) };
    },
    at: (title) => page.getByRole('heading', { name: title, exact: true }).waitFor(),
    reads: (text) => page.getByText(text).filter({ visible: true }).first().waitFor(),
  };
}
