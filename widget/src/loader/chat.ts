import { element } from './draw.ts';
import { page } from './page.ts';
import { createPanel } from './panel.ts';
import type { Settings } from './settings.ts';
import { onThreeShifts } from './shift.ts';
import { talkTo } from './talk.ts';
import { warn } from './warn.ts';
import * as words from './words.ts';

/** A frame that has not spoken within this time may show nothing but the browser's own refusal, which counts as loaded. */
const READY_MS = 6_000;
/** The frame has this long to say goodbye to the service after Shift was pressed here. */
const GOODBYE_MS = 1_000;

/** A neutral mark in the title, never a number, a name or a word. Somebody else's change of the title stays. */
const DOT = '● ';
const unmark = () => {
  if (page.title.startsWith(DOT)) page.title = page.title.slice(DOT.length);
};
const mark = () => {
  if (!page.title.startsWith(DOT)) page.title = DOT + page.title;
};

interface Told {
  /** the visitor wants the panel away, and may want it again */
  close(): void;
  /** the visitor left: nothing of it may stay */
  leave(): void;
  /** nothing of it may be seen, while the frame still says goodbye */
  hide(): void;
  /** the page's own policy forbids the frame */
  forbidden(): void;
}

/** The panel with its frame, and all that listens in the page while there is one; `remove` ends that. */
export function openChat(settings: Settings, stage: HTMLElement, link: Node, told: Told) {
  const over = new AbortController();
  const { signal } = over;
  const panel = createPanel(settings, stage, signal);
  const size = (wide: boolean) => {
    panel.size(wide);
    if (wide) unmark();
  };
  const say = talkTo(
    panel.frame,
    settings.origin,
    {
      ready() {
        clearTimeout(late);
        panel.beside(null);
        say(panel.isOpen() ? 'open' : 'minimise');
      },
      open: () => size(true),
      minimise: () => size(false),
      attention: mark,
      exit: told.leave,
    },
    signal,
  );

  // A slow network looks the same, and so does a chat that cannot speak to this page: the frame stays.
  const late = setTimeout(() => {
    warn(words.silent);
    const close = element('button', { type: 'button' }, words.close);
    close.addEventListener('click', told.close);
    panel.beside(element('p', { class: 'beside' }, words.nothing, link, close));
  }, READY_MS);

  signal.addEventListener('abort', () => {
    clearTimeout(late);
    unmark();
  });
  const on = <Name extends keyof DocumentEventMap>(name: Name, run: (event: DocumentEventMap[Name]) => void) =>
    page.addEventListener(name, run, { signal });
  on('securitypolicyviolation', ({ blockedURI, disposition, effectiveDirective }) => {
    if (disposition === 'report' || !/frame|child/.test(effectiveDirective)) return; // ours: directives that a browser names
    if (blockedURI.startsWith(settings.origin)) told.forbidden();
  });
  on('keydown', ({ key }) => {
    if (key !== 'Escape' || !panel.isOpen()) return;
    say('minimise');
    size(false);
  });
  addEventListener('focus', () => panel.isOpen() && unmark(), { signal });
  onThreeShifts(
    () => {
      told.hide();
      say('exit');
      setTimeout(told.leave, GOODBYE_MS);
    },
    panel.isOpen,
    signal,
  );
  return {
    box: panel.box,
    show: () => size(true),
    fit: panel.fit,
    remove() {
      over.abort();
      panel.box.remove();
    },
  };
}
