import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page, Worker } from 'playwright-core';
import { openProfile } from './chromium.ts';
import { discard } from './discard.ts';

/** What an extension may ask of the browser that runs it. */
declare const chrome: {
  tabs: {
    query(of: object): Promise<{ id: number; url?: string }[]>;
    remove(id: number): Promise<void>;
    duplicate(id: number): Promise<unknown>;
  };
  sessions: { restore(): Promise<unknown> };
};

/** A browser whose tabs are closed, restored and copied as a person does it, which the protocol alone cannot. */
export interface RestoringBrowser {
  readonly context: BrowserContext;
  /** closes the tab at this address, and brings it back as Ctrl+Shift+T does */
  closeAndRestore(path: string): Promise<Page>;
  /** "duplicate tab" */
  copy(path: string): Promise<Page>;
  close(): Promise<void>;
}

export async function openRestoringBrowser(): Promise<RestoringBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'restoring-'));
  const extension = join(folder, 'extension');
  await mkdir(extension);
  const manifest = {
    manifest_version: 3,
    name: 'tabs',
    version: '1',
    permissions: ['sessions', 'tabs'],
    background: { service_worker: 'none.js' },
  };
  await writeFile(join(extension, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(extension, 'none.js'), '');
  const context = await openProfile(join(folder, 'profile'), {
    locale: 'nl-BE',
    ignoreDefaultArgs: ['--disable-extensions', '--disable-component-extensions-with-background-pages'],
    args: [`--load-extension=${extension}`, `--disable-extensions-except=${extension}`],
  });
  const worker: Worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));

  const opened = async (act: () => Promise<unknown>): Promise<Page> => {
    const [page] = await Promise.all([context.waitForEvent('page'), act()]);
    return page;
  };
  return {
    context,
    async closeAndRestore(path) {
      await worker.evaluate(async (part) => {
        for (const { id, url } of await chrome.tabs.query({})) if (url?.includes(part)) await chrome.tabs.remove(id);
      }, path);
      return opened(() => worker.evaluate(() => chrome.sessions.restore()));
    },
    copy: (path) =>
      opened(() =>
        worker.evaluate(async (part) => {
          for (const { id, url } of await chrome.tabs.query({}))
            if (url?.includes(part)) return chrome.tabs.duplicate(id);
          return null;
        }, path),
      ),
    async close() {
      await context.close();
      await discard(folder);
    },
  };
}
