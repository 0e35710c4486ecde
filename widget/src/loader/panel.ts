import { arrived } from './arrived.ts';
import { element } from './draw.ts';
import { page } from './page.ts';
import { glassWidth, seat } from './seat.ts';
import type { Settings } from './settings.ts';
import * as words from './words.ts';

/** Modals, since without them the browser does not ask before a reload ends a chat that it could not keep. */
const SANDBOX =
  'allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation';
/** Below this the panel takes the whole window. */
const SMALL_PX = 480;
const SMALL = `(max-width:${SMALL_PX - 1}px),(max-height:519px)`;

/** What comes out of the browser's cache is for whoever sits there now, as far as no frame has heard of it. */
let back = '';
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) back = '&by=back_forward';
});

/** The box with the frame. `open` is how large it is drawn; what stands in it is the frame's own affair. */
export function createPanel({ frameUrl }: Settings, stage: HTMLElement, signal: AbortSignal) {
  const frame = element('iframe', {
    title: words.frame,
    sandbox: SANDBOX,
    allow: '',
    referrerpolicy: 'no-referrer',
    src: frameUrl + back + arrived(),
  });
  const box = element('div', { class: 'panel', role: 'dialog', 'aria-label': words.panel }, frame);
  const small = matchMedia(SMALL);
  let open = true;
  let stilled: Element | null = null;

  function fit() {
    // a page that knows nothing of phones is laid out as for a desk, on whatever glass
    const full = open && (small.matches || glassWidth() < SMALL_PX);
    box.classList.toggle('full', full);
    box.classList.toggle('small', !open);
    // what it stands in comes first: drawn smaller for the button, it would be measured with the box
    seat(stage, full ? null : open);
    seat(box, full || null);
    if (full) box.setAttribute('aria-modal', 'true');
    else box.removeAttribute('aria-modal');
    still(full);
  }

  /** The page is out of reach while the panel fills the window, also one with another body; but never a dialog that it puts above us. */
  function still(full: boolean) {
    const body = full && !page.querySelector('dialog[open]') ? page.body : null;
    if (body === stilled) return;
    if (stilled) stilled.removeAttribute('inert');
    stilled = body && !body.hasAttribute('inert') ? body : null;
    if (stilled) stilled.setAttribute('inert', '');
  }

  small.addEventListener('change', fit, { signal });
  const dialogs = new MutationObserver(fit);
  dialogs.observe(document, { subtree: true, attributeFilter: ['open'] });
  signal.addEventListener('abort', () => {
    dialogs.disconnect();
    still(false);
  });

  return {
    box,
    frame,
    fit,
    isOpen: () => open,
    /** one line under the frame; or none, when it has spoken */
    beside(line: HTMLElement | null) {
      while (frame.nextSibling) frame.nextSibling.remove(); // a frame that is moved loads anew
      if (line) box.append(line);
      else back = '';
    },
    size(wide: boolean) {
      open = wide;
      fit();
      // or what just took the focus within would lose it
      if ((stage.parentNode as ShadowRoot).activeElement !== frame) frame.focus();
    },
  };
}
