import { ALL, type Engine, type Key, type Place, type Tab } from './engine.ts';
import { ELEMENT, openDriver, resize, type Element, type Say } from './webkitDriver.ts';

const KEYS: Record<Key, string> = { Enter: '\uE007', Tab: '\uE004', Shift: '\uE008', Escape: '\uE00C' };

/** Nothing of the kind can be switched off here: the storage throws, before the page's first script. */
const REFUSES = `for (const name of ['sessionStorage', 'localStorage'])
  Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError'); } });`;

/** By plain WebDriver, of the browser that comes with the library, on a screen that nobody sees. One driver has one tab. */
export const webkit: Engine = {
  name: 'WebKitGTK',
  tool: 'webkit',
  async open(web, chat, { storage }) {
    if (storage === 'refused')
      web.before(REFUSES, ({ origin, pathname }) => origin === chat && pathname.startsWith('/w/'));
    const driver = await openDriver();
    const { say, close } = await driver.session(web.port);
    return tabOf(say, chat, async () => {
      await close();
      await driver.close();
    });
  },
};

function tabOf(say: Say, chat: string, close: () => Promise<void>): Tab {
  const execute = (script: string, ...args: readonly unknown[]) =>
    say('POST', '/execute/sync', { script: `${ALL}${script}`, args });
  const isChat = () => execute(`return location.href.startsWith(${JSON.stringify(`${chat}/w/`)})`);

  /** Goes into the frames of where it stands, one inside the other, until one is the chat. */
  async function intoChat(): Promise<boolean> {
    if (await isChat()) return true;
    const frames = (await execute(`return all().filter((one) => one.localName === 'iframe')`)) as Element[];
    for (const frame of frames) {
      // the driver scrolls to what it presses inside a frame only
      await execute('arguments[0].scrollIntoView()', frame);
      await say('POST', '/frame', { id: frame });
      if (await intoChat()) return true;
      await say('POST', '/frame/parent', {});
    }
    return false;
  }
  async function to(place: Place): Promise<void> {
    await say('POST', '/frame', { id: null });
    if (place === 'chat' && !(await intoChat())) throw new Error('no chat in this page');
  }
  const keyboard = (values: readonly string[]) =>
    say('POST', '/actions', {
      actions: [
        {
          type: 'key',
          id: 'keyboard',
          actions: values.flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value }))),
        },
      ],
    });

  return {
    goto: async (address) => void (await say('POST', '/url', { url: address })),
    async reload() {
      await to('page');
      await say('POST', '/refresh', {});
    },
    back: async () => void (await say('POST', '/back', {})),
    async resize(width, height) {
      await to('page');
      await resize(say, width, height);
    },
    async run<Value>(place: Place, script: string) {
      await to(place);
      return (await execute(script)) as Value;
    },
    async press(place, script) {
      await to(place);
      const found = (await execute(script)) as Element | null;
      if (!found) throw new Error(`nothing to press: ${script}`);
      await say('POST', `/element/${found[ELEMENT]}/click`, {});
    },
    async type(place, text) {
      await to(place);
      await keyboard([...text]);
    },
    async key(place, key) {
      await to(place);
      await keyboard([KEYS[key]]);
    },
    close,
  };
}
