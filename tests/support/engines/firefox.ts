import puppeteer, { type ElementHandle, type Frame, type LaunchOptions, type Page } from 'puppeteer-core';
import { ALL, type Engine, type Place, type Tab } from './engine.ts';
import { programsOf } from '../../../scripts/setup/tools.mjs';

/** 2: no page may keep anything. What nobody may do by itself in a test: update, measure, look for a network. */
const KEEPS_NOTHING = { 'network.cookie.cookieBehavior': 2 };
const quiet = {
  'app.update.auto': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  // scrollbars that take room, as on a desktop
  'widget.gtk.overlay-scrollbars.enabled': false,
};

/** How it is started. @param prefs more of its settings */
export const firefoxOptions = (prefs: Readonly<Record<string, unknown>>): LaunchOptions => ({
  browser: 'firefox',
  executablePath: programsOf('firefox')?.[0] ?? '',
  headless: true,
  extraPrefsFirefox: { ...quiet, 'intl.accept_languages': 'nl-BE', ...prefs },
});

/** By WebDriver BiDi, which Firefox speaks itself. */
export const firefox: Engine = {
  name: 'Firefox',
  tool: 'firefox',
  async open(web, chat, { storage }) {
    const through = { host: '127.0.0.1', port: web.port };
    const options = firefoxOptions({
      'network.proxy.type': 1,
      'network.proxy.http': through.host,
      'network.proxy.http_port': through.port,
      'network.proxy.ssl': through.host,
      'network.proxy.ssl_port': through.port,
      'network.proxy.no_proxies_on': '',
      'network.proxy.allow_hijacking_localhost': true,
      ...(storage === 'refused' && KEEPS_NOTHING),
    });
    const browser = await puppeteer.launch({ ...options, defaultViewport: { width: 1000, height: 760 } });
    const page = (await browser.pages())[0] ?? (await browser.newPage());
    return tabOf(page, chat, () => browser.close());
  },
};

function tabOf(page: Page, chat: string, close: () => Promise<void>): Tab {
  page.on('dialog', (dialog) => void dialog.accept());
  /** What a frame that was made by a script is called is known to the frame alone. */
  async function at(place: Place): Promise<Frame> {
    if (place === 'page') return page.mainFrame();
    for (const frame of page.frames().toReversed()) {
      const address = await frame.evaluate('location.href').catch(() => '');
      if (String(address).startsWith(`${chat}/w/`)) return frame;
    }
    throw new Error('no chat in this page');
  }
  return {
    goto: async (address) => void (await page.goto(address)),
    reload: async () => void (await page.reload()),
    back: async () => void (await page.goBack()),
    resize: (width, height) => page.setViewport({ width, height }),
    async run<Value>(place: Place, script: string) {
      return (await (await at(place)).evaluate(`(() => {${ALL}${script}})()`)) as Value;
    },
    async press(place, script) {
      const found = (await (await at(place)).evaluateHandle(`(() => {${ALL}${script}})()`)).asElement();
      if (!found) throw new Error(`nothing to press: ${script}`);
      await (found as ElementHandle<Element>).click();
    },
    type: (_, text) => page.keyboard.type(text),
    key: (_, key) => page.keyboard.press(key),
    close,
  };
}
