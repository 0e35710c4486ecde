import { openChat } from './chat.ts';
import { element, linkTo, logo } from './draw.ts';
import { floor } from './floor.ts';
import { look } from './look.ts';
import { onceInPage, type GiveWay } from './once.ts';
import { page } from './page.ts';
import { seat, whenSeenChanges } from './seat.ts';
import { findSettings, type Settings } from './settings.ts';
import { whileLookedAt } from './status.ts';
import { stayInPage } from './stay.ts';
import { warn } from './warn.ts';
import * as words from './words.ts';

/**
 * Draws the launcher, or a link where there can be no frame. The frame is made by a click and not before; after `exit`
 * nothing is left in the page.
 * @param instead why there can be no frame
 * @param fall what stands there when something throws, now or later
 * @returns how another loader of the same page asks for the place
 */
// over 80 lines because each part says what becomes of the others, and there is no room for names between files
function draw(settings: Settings, instead: string, fall: (error: unknown) => void, gone: () => void): GiveWay {
  const over = new AbortController();
  const host = element('clb-chat', {});
  const root = host.attachShadow({ mode: 'closed' });
  // a browser without such sheets runs no chat: it falls to the link, which says so on a page of its own
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(look);
  root.adoptedStyleSheets = [sheet];
  const stage = element('div', { class: settings.left ? 'stage left' : 'stage' });
  root.append(stage);

  const sub = element('small', {});
  const launcher = element(
    'button',
    { type: 'button', class: 'launch', 'aria-haspopup': 'dialog' },
    logo(),
    element('span', {}, words.open, sub),
  );

  let chat: ReturnType<typeof openChat> | null = null;
  /** A button gives way to nobody, a bare link to every button. */
  let giveWay: GiveWay = () => false;
  const fit = () => (chat ? chat.fit() : seat(stage, false));

  /** All that the panel did to the page is undone, and the launcher is there again: who presses it goes on where the chat was. */
  function close() {
    if (chat) chat.remove();
    chat = null;
    launcher.hidden = false;
    fit();
  }
  function leave() {
    close();
    over.abort();
    gone();
  }
  /** There can be no frame here: a plain link does the same in a window of its own. */
  function link(why: string) {
    warn(why);
    close();
    // a sandbox may forbid new windows as well, and does not say so: then the address can still be read
    const shown =
      why === words.sandbox
        ? element(
            'div',
            { class: 'launch' },
            logo(),
            element('span', {}, linkTo(settings.windowUrl, ''), element('small', {}, settings.windowUrl)),
          )
        : linkTo(settings.windowUrl, 'launch', logo());
    stage.replaceChildren(shown);
    giveWay = () => {
      leave();
      return true;
    };
  }
  /** @returns what never throws into the page */
  const safely = (run: () => void) => () => {
    try {
      run();
    } catch (error) {
      if (chat) chat.remove();
      over.abort();
      fall(error);
    }
  };
  function open() {
    const told = {
      close() {
        close();
        launcher.focus();
      },
      leave,
      hide() {
        host.style.display = 'none';
        stage.hidden = true; // of the host itself our own sheet decides
      },
      forbidden: () => link(words.policy),
    };
    chat = openChat(settings, stage, linkTo(settings.windowUrl, ''), told);
    launcher.hidden = true;
    stage.append(chat.box);
    chat.show();
  }

  const press = safely(open);
  const listen = () => launcher.addEventListener('click', press);
  listen();
  stage.append(launcher);
  safely(() => {
    const taken = () => {
      if (chat) close();
      listen(); // a document that is written anew ends all listening in it
    };
    const unwanted = () => {
      warn(words.unwanted);
      leave();
    };
    stayInPage(host, { taken, changed: safely(fit), unwanted }, over.signal);
    whenSeenChanges(safely(fit), over);
    fit();
    if (instead) return link(instead);
    whileLookedAt(
      `${settings.origin}/status/${settings.site}`,
      { sub: (text) => (sub.textContent = text), unknown: () => link(words.unknown) },
      over.signal,
    );
  })();
  return () => giveWay();
}

function start(): void {
  let address = '';
  const fall = (error: unknown) => floor(address, error);
  try {
    const settings = findSettings();
    if (!settings) return warn(words.incomplete);
    address = settings.windowUrl;
    // in a sandbox the frame would have no origin either, and no page without one may frame the chat
    const instead = !settings.whole ? words.incomplete : self.origin === 'null' ? words.sandbox : '';
    onceInPage((gone) => draw(settings, instead, fall, gone));
  } catch (error) {
    fall(error);
  }
}

// a page that is still being read has no body yet, and the button belongs at its end
if (page.body) start();
else addEventListener('DOMContentLoaded', start);
