import type { Web } from './web.ts';

export const engineNames = ['Chromium', 'Firefox', 'WebKitGTK'] as const;
type EngineName = (typeof engineNames)[number];

/** Where in a tab: the page of the address, or the chat, wherever in the page its frame is, and the page itself in a window of its own. */
export type Place = 'page' | 'chat';

/** What is on a key, by its name in `KeyboardEvent.key`. */
export type Key = 'Enter' | 'Tab' | 'Shift' | 'Escape';

/** One tab of a browser that nobody else uses. Scripts are bodies of functions; what they return crosses as JSON. */
export interface Tab {
  goto(address: string): Promise<void>;
  /** a question of the page before it goes is answered with yes */
  reload(): Promise<void>;
  back(): Promise<void>;
  /** the window's inside, px */
  resize(width: number, height: number): Promise<void>;
  /** @throws where the place is not there, or goes meanwhile */
  run<Value>(at: Place, script: string): Promise<Value>;
  /** A press of the browser's own pointer on the element that the script returns. @throws when it returns none */
  press(at: Place, script: string): Promise<void>;
  /** The keyboard of the browser itself, in what has the focus: a text letter by letter, or one key. */
  type(at: Place, text: string): Promise<void>;
  key(at: Place, key: Key): Promise<void>;
  close(): Promise<void>;
}

interface Options {
  /** by the browser's own means where it has some: session storage throws for the chat */
  storage: 'kept' | 'refused';
}

export interface Engine {
  readonly name: EngineName;
  /** its name in `BROWSERS` and in the set-up */
  readonly tool: 'chromium' | 'firefox' | 'webkit';
  /** A browser with nothing in it, which reaches the world through `web` alone. @param chat the origin of the chat */
  open(web: Web, chat: string, options: Options): Promise<Tab>;
}

/** In front of every script: all elements of a document, those in open shadow roots too. */
export const ALL = `
const all = (root = document) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
`;
