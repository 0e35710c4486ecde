/**
 * Stands first in every page, whatever engine shows it: opens the loader's shadow root for who looks, keeps what was
 * said to the webmaster, and tells where things are. Runs in the page, as text.
 */
function harness() {
  const warned: string[] = [];
  const errors: string[] = [];
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (init) {
    return attach.call(this, { ...init, mode: 'open' });
  };
  const { warn } = console;
  console.warn = (...words) => {
    warned.push(words.join(' '));
    warn(...words);
  };
  addEventListener('error', ({ message }) => errors.push(message));
  addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));

  const host = () => document.querySelector('clb-chat');
  const root = () => host()?.shadowRoot;
  const isLink = (element: Element) => /nieuw tabblad/.test(element.textContent);

  function place(element: Element) {
    const { left, top, width, height } = element.getBoundingClientRect();
    const seen = visualViewport!;
    const { offsetLeft: x, offsetTop: y, scale } = seen;
    const style = getComputedStyle(host() ?? element);
    const [middleX, middleY] = [left + width / 2, top + height / 2];
    const hit = document.elementFromPoint(middleX, middleY);
    return {
      left: (left - x) * scale,
      top: (top - y) * scale,
      width: width * scale,
      height: height * scale,
      glass: { width: seen.width * scale, height: seen.height * scale, x, y, scale },
      client: { left, top, middleX, middleY, drawn: width / ((element as HTMLElement).offsetWidth || width) },
      seen: style.visibility === 'visible' && style.opacity === '1' && style.display !== 'none' && width > 0,
      onTop: hit !== null && (hit === element || hit === host()),
      inWay: hit && hit.outerHTML.slice(0, 80),
    };
  }
  const find = {
    button: () => [...(root()?.querySelectorAll('button.launch') ?? [])].find((one) => !(one as HTMLElement).hidden),
    link: () => [...(root()?.querySelectorAll('a') ?? []), ...document.querySelectorAll('html > a')].find(isLink),
    frame: () => root()?.querySelector('iframe'),
  };
  Object.assign(globalThis, {
    hostPage: {
      warned,
      errors,
      where(what: keyof typeof find) {
        const element = find[what]();
        return element ? place(element) : null;
      },
      href: () => find.link()?.getAttribute('href') ?? null,
      text: () => root()?.querySelector('.stage')?.textContent ?? '',
      hidden: () => getComputedStyle(host() as Element).display === 'none',
      count: () => document.querySelectorAll('clb-chat').length,
      inert: () => document.querySelectorAll('[inert]').length,
    },
  });
}

/** @returns the same as text, for the first script of a page */
export const harnessCode = `(${harness.toString()})();`;

/** Where an element is, in px of the glass, from its corner. */
export interface Where {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** what is seen of the page: its corner in CSS px of the page */
  readonly glass: {
    readonly width: number;
    readonly height: number;
    readonly x: number;
    readonly y: number;
    readonly scale: number;
  };
  /** the same in CSS px of the page, as a press counts; `drawn`: how much larger than it thinks */
  readonly client: {
    readonly left: number;
    readonly top: number;
    readonly middleX: number;
    readonly middleY: number;
    readonly drawn: number;
  };
  readonly seen: boolean;
  readonly onTop: boolean;
  readonly inWay: string | null;
}
