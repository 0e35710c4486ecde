import { element, logo } from './draw.ts';
import { look } from './look.ts';
import { createPanel } from './panel.ts';
import { settingsOf, type Settings } from './settings.ts';
import { onThreeShifts } from './shift.ts';
import { whenLookedAt } from './status.ts';
import { talkTo } from './talk.ts';
import { mark, unmark } from './title.ts';
import { words } from './words.ts';

/** A frame that has neither loaded nor spoken within this time was blocked by the page. */
const READY_MS = 6_000;
/** The frame has this long to say goodbye to the service after Shift was pressed here. */
const GOODBYE_MS = 1_000;

/** Draws the launcher. The frame is made by a click and not before; after `exit` nothing is left in the page. */
function draw(settings: Settings): void {
  const over = new AbortController();
  const { signal } = over;
  const host = element('div', settings.left ? { class: 'left' } : {});
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(look);
  root.adoptedStyleSheets = [sheet];

  const sub = element('small', {});
  const launcher = element(
    'button',
    { type: 'button', class: 'launch', 'aria-haspopup': 'dialog', 'aria-expanded': 'false' },
    logo(),
    element('span', {}, words.open, sub),
  );
  root.append(launcher);
  document.body.append(host);
  whenLookedAt(`${settings.origin}/status/${settings.site}`, (text) => (sub.textContent = text), signal);

  function remove() {
    unmark();
    over.abort();
    host.remove();
  }

  /** The page does not allow the frame: a plain link does the same in a window of its own. */
  function wayOut() {
    over.abort();
    root.replaceChildren(
      element(
        'a',
        { class: 'launch', href: settings.frameUrl, target: '_blank', rel: 'noopener noreferrer' },
        logo(),
        words.newTab,
      ),
    );
  }

  function open() {
    const panel = createPanel(settings, host, signal);
    const blocked = setTimeout(wayOut, READY_MS);
    const size = (wide: boolean) => {
      panel.size(wide);
      if (wide) unmark();
    };
    const say = talkTo(
      panel.frame,
      settings.origin,
      {
        ready() {
          clearTimeout(blocked);
          say(panel.isOpen() ? 'open' : 'minimise');
        },
        open: () => size(true),
        minimise: () => size(false),
        attention: mark,
        exit: remove,
      },
      signal,
    );
    // what has loaded may be a chat that cannot speak to this page: it is never taken away
    panel.frame.addEventListener('load', () => clearTimeout(blocked), { signal });
    signal.addEventListener('abort', () => clearTimeout(blocked));
    document.addEventListener(
      'securitypolicyviolation',
      ({ blockedURI, disposition, effectiveDirective }) => {
        if (disposition === 'report' || !/frame|child/.test(effectiveDirective)) return;
        if (blockedURI.startsWith(settings.origin)) wayOut();
      },
      { signal },
    );
    document.addEventListener(
      'keydown',
      ({ key }) => {
        if (key !== 'Escape' || !panel.isOpen()) return;
        say('minimise');
        size(false);
      },
      { signal },
    );
    window.addEventListener('focus', () => panel.isOpen() && unmark(), { signal });
    onThreeShifts(
      () => {
        host.style.display = 'none';
        say('exit');
        setTimeout(remove, GOODBYE_MS);
      },
      panel.isOpen,
      signal,
    );
    launcher.hidden = true;
    root.append(panel.box);
    size(true);
  }
  launcher.addEventListener('click', open, { once: true });
}

const settings = settingsOf(document.currentScript instanceof HTMLScriptElement ? document.currentScript : null);
if (settings) {
  if (document.body) draw(settings);
  else addEventListener('DOMContentLoaded', () => draw(settings));
}
