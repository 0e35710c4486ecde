import { arrived } from './arrived.ts';
import { element } from './draw.ts';
import type { Settings } from './settings.ts';
import { words } from './words.ts';

/** Modals, since without them the browser does not ask before a reload ends a chat that it could not keep. */
const SANDBOX =
  'allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation';
/** Below this the panel takes the whole window. */
const SMALL = '(max-width: 479px), (max-height: 519px)';

/** The box with the frame. `open` is how large it is drawn; what stands in it is the frame's own affair. */
export function createPanel({ frameUrl }: Settings, host: HTMLElement, signal: AbortSignal) {
  const frame = element('iframe', {
    title: words.frame,
    sandbox: SANDBOX,
    allow: '',
    referrerpolicy: 'no-referrer',
    src: frameUrl + arrived(),
  });
  const box = element('div', { class: 'panel', role: 'dialog', 'aria-label': words.panel }, frame);
  const small = matchMedia(SMALL);
  let open = true;
  const stilled = new Set<Element>();

  /** What the phone's keyboard leaves of the window: a frame of another site cannot see it. */
  function fit() {
    const full = open && small.matches;
    box.classList.toggle('full', full);
    box.classList.toggle('small', !open);
    const seen = window.visualViewport;
    box.style.height = full && seen ? `${seen.height}px` : '';
    box.style.top = full && seen ? `${seen.offsetTop}px` : '';
    if (full) box.setAttribute('aria-modal', 'true');
    else box.removeAttribute('aria-modal');
    still(full);
  }

  /** Everything else is out of reach while the panel fills the window, also what the page draws meanwhile. */
  function still(full: boolean) {
    if (!full) {
      for (const other of stilled) other.removeAttribute('inert');
      return stilled.clear();
    }
    for (const other of document.body.children) {
      if (other === host || other.hasAttribute('inert')) continue;
      other.setAttribute('inert', '');
      stilled.add(other);
    }
  }

  small.addEventListener('change', fit, { signal });
  for (const change of ['resize', 'scroll']) window.visualViewport?.addEventListener(change, fit, { signal });
  signal.addEventListener('abort', () => still(false));

  return {
    box,
    frame,
    fit,
    isOpen: () => open,
    /** one line under the frame, or none */
    beside(line: HTMLElement | null) {
      frame.nextElementSibling?.remove(); // a frame that is moved loads anew
      if (line) box.append(line);
      box.classList.toggle('told', line !== null);
    },
    size(wide: boolean) {
      open = wide;
      fit();
      frame.focus();
    },
  };
}
