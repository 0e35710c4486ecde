import { vi } from 'vitest';

export const CHAT = 'https://chat.example';
export const PIN = 'p'.repeat(43);

/** Before anybody listens in on it. */
const attach = Element.prototype.attachShadow;
export const make = document.createElement.bind(document);

export const buttons = () => document.querySelectorAll('clb-chat');
const leave: (() => void)[] = [];

/** Whoever stands in the page leaves it, as by Snel weg: nothing of one test is in the next. */
export function clearPage(): void {
  for (const one of leave.splice(0)) one();
  document.body.replaceChildren();
  document.body.removeAttribute('inert');
  for (const link of document.querySelectorAll('html > a')) link.remove();
  Reflect.deleteProperty(document, Symbol.for('clbchat')); // a link of last resort stays for the page's life
}

/** The tag as a school copies it, or with something else in it. */
export function tag(data: Record<string, string> = { site: 's_1', key: PIN }, src = `${CHAT}/v1/loader.js`) {
  const script = make('script');
  Object.defineProperty(script, 'src', { value: src });
  Object.assign(script.dataset, data);
  return script;
}

/** The loader runs when it is imported, as a script does when it is read. @param running null: in a place of its own no more */
export async function load(data?: Record<string, string>, running: HTMLScriptElement | null = tag(data)) {
  vi.spyOn(Document.prototype, 'currentScript', 'get').mockReturnValue(running);
  // this document would go and fetch the page of a frame: here a frame has its attributes, and hears
  const told: string[] = [];
  const contentWindow = { postMessage: (word: string, to: string) => told.push(`${word} to ${to}`) };
  vi.spyOn(Document.prototype, 'createElement').mockImplementation((name: string) =>
    name === 'iframe' ? Object.assign(make('x-frame'), { contentWindow }) : make(name),
  );
  let root: ShadowRoot | undefined;
  vi.spyOn(Element.prototype, 'attachShadow').mockImplementation(function (this: Element, init) {
    root = attach.call(this, init);
    return root;
  });
  vi.resetModules();
  await import('../../widget/src/loader/main.ts');
  const page = {
    root: () => root,
    stage: () => root?.querySelector<HTMLElement>('.stage'),
    launcher: () => root?.querySelector<HTMLButtonElement>('button.launch'),
    link: () => root?.querySelector<HTMLAnchorElement>('a.launch'),
    told,
    frame: () => root?.querySelector<HTMLElement & { contentWindow: Window }>('x-frame') ?? null,
    box: () => root?.querySelector<HTMLElement>('.panel'),
  };
  leave.push(() => {
    if (!root?.host.isConnected) return;
    if (!page.frame()) page.launcher()?.click();
    hear(page.frame(), 'exit');
  });
  return page;
}

type Framed = (HTMLElement & { contentWindow: Window }) | null;
export const hear = (frame: Framed, data: unknown, origin = CHAT, source = frame?.contentWindow) =>
  window.dispatchEvent(new MessageEvent('message', { data, origin, source: source as Window }));
