import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { openBrowser, openProfile } from '../chromium.ts';
import { discard } from '../discard.ts';
import { ALL, type Engine, type Tab } from './engine.ts';

const TRIES_MS = 60_000;
/** A frame of another site may keep what it wants, as in a window that is not a private one. */
const KEEPS = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };

/** A window for one person alone keeps nothing for a frame of another site; a profile on the disk does. */
export const chromium: Engine = {
  name: 'Chromium',
  tool: 'chromium',
  async open(web, chat, { storage }) {
    const proxy = { server: `http://127.0.0.1:${web.port}`, bypass: '<-loopback>' };
    const options = { proxy, locale: 'nl-BE', viewport: { width: 1000, height: 760 } };
    // as people have them: scrollbars that take room
    const visible = { ignoreDefaultArgs: ['--hide-scrollbars'] };
    if (storage === 'refused') {
      const browser = await openBrowser(visible);
      const page = await (await browser.newContext(options)).newPage();
      return tabOf(page, chat, () => browser.close());
    }
    const folder = mkdtempSync(join(tmpdir(), 'clbchat-profile-'));
    mkdirSync(join(folder, 'Default'));
    writeFileSync(join(folder, 'Default/Preferences'), JSON.stringify(KEEPS));
    const context = await openProfile(folder, { ...options, ...visible });
    return tabOf(context.pages()[0] ?? (await context.newPage()), chat, async () => {
      await context.close();
      await discard(folder);
    });
  },
};

function tabOf(page: Page, chat: string, close: () => Promise<void>): Tab {
  page.setDefaultTimeout(TRIES_MS);
  page.on('dialog', (dialog) => void dialog.accept());
  const at = (place: 'page' | 'chat'): Frame => {
    const frame =
      place === 'page' ? page.mainFrame() : page.frames().findLast((one) => one.url().startsWith(`${chat}/w/`));
    if (!frame) throw new Error('no chat in this page');
    return frame;
  };
  return {
    goto: async (address) => void (await page.goto(address)),
    reload: async () => void (await page.reload()),
    back: async () => void (await page.goBack()),
    resize: (width, height) => page.setViewportSize({ width, height }),
    run: (place, script) => at(place).evaluate(`(() => {${ALL}${script}})()`),
    async press(place, script) {
      const found = (await at(place).evaluateHandle<Element | null>(`(() => {${ALL}${script}})()`)).asElement();
      if (!found) throw new Error(`nothing to press: ${script}`);
      await found.click();
    },
    type: (_, text) => page.keyboard.type(text),
    key: (_, key) => page.keyboard.press(key),
    close,
  };
}
