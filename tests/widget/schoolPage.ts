import { vi } from 'vitest';

export const CHAT = 'https://chat.example';
export const PIN = 'p'.repeat(43);

/** Before anybody listens in on it. */
const attach = Element.prototype.attachShadow;
export const make = document.createElement.bind(document);

/** The loader runs when it is imported, as a script does when it is read. */
export async function load(data: Record<string, string> = { site: 's_1', key: PIN }) {
  const script = document.createElement('script');
  Object.defineProperty(script, 'src', { value: `${CHAT}/v1/loader.js` });
  Object.assign(script.dataset, data);
  vi.spyOn(document, 'currentScript', 'get').mockReturnValue(script);
  // this document would go and fetch the page of a frame: here a frame has its attributes, and hears
  const told: string[] = [];
  const contentWindow = { postMessage: (word: string, to: string) => told.push(`${word} to ${to}`) };
  vi.spyOn(document, 'createElement').mockImplementation((name: string) =>
    name === 'iframe' ? Object.assign(make('x-frame'), { contentWindow }) : make(name),
  );
  let root: ShadowRoot | undefined;
  vi.spyOn(Element.prototype, 'attachShadow').mockImplementation(function (this: Element, init) {
    root = attach.call(this, init);
    return root;
  });
  vi.resetModules();
  await import('../../widget/src/loader/main.ts');
  return {
    root: () => root,
    launcher: () => root?.querySelector<HTMLButtonElement>('button.launch'),
    told,
    frame: () => root?.querySelector<HTMLElement & { contentWindow: Window }>('x-frame') ?? null,
    box: () => root?.querySelector('.panel'),
  };
}

type Framed = (HTMLElement & { contentWindow: Window }) | null;
export const hear = (frame: Framed, data: unknown, origin = CHAT, source = frame?.contentWindow) =>
  window.dispatchEvent(new MessageEvent('message', { data, origin, source: source as Window }));
