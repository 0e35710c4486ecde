import { openChat } from './chat.ts';
import { element, logo } from './draw.ts';
import { look } from './look.ts';
import { onceInPage } from './once.ts';
import { settingsOf, type Settings } from './settings.ts';
import { whenLookedAt } from './status.ts';
import { stayInPage } from './stay.ts';
import { words } from './words.ts';

/**
 * Draws the launcher. The frame is made by a click and not before; after `exit` nothing is left in the page.
 * @returns how another loader of the same page asks for the place
 */
function draw(settings: Settings, gone: () => void): () => boolean {
  const over = new AbortController();
  const host = element('clb-chat', settings.left ? { class: 'left' } : {});
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
  const linkTo = (properties: Readonly<Record<string, string>>, ...children: readonly Node[]) =>
    element(
      'a',
      { href: settings.frameUrl, target: '_blank', rel: 'noopener noreferrer', ...properties },
      ...children,
      words.newTab,
    );

  let chat: (ReturnType<typeof openChat> & { over: AbortController }) | null = null;
  /** All that the panel did to the page is undone, and the launcher is there again: who presses it goes on where the chat was. */
  function close() {
    chat?.over.abort();
    chat?.box.remove();
    chat = null;
    launcher.hidden = false;
  }
  function leave() {
    close();
    over.abort();
    gone();
  }
  /** The page does not allow the frame: a plain link does the same in a window of its own. */
  function forbidden() {
    close();
    root.replaceChildren(linkTo({ class: 'launch' }, logo()));
  }
  function open() {
    const ofChat = new AbortController();
    const told = {
      close() {
        close();
        launcher.focus();
      },
      leave,
      forbidden,
    };
    chat = { ...openChat(settings, host, linkTo({}), told, ofChat.signal), over: ofChat };
    launcher.hidden = true;
    root.append(chat.box);
    chat.show();
  }

  launcher.addEventListener('click', open);
  root.append(launcher);
  stayInPage(host, { taken: () => chat && close(), changed: () => chat?.fit() }, over.signal);
  whenLookedAt(`${settings.origin}/status/${settings.site}`, (text) => (sub.textContent = text), over.signal);

  return () => {
    if (chat) return false;
    leave();
    return true;
  };
}

const settings = settingsOf(document.currentScript instanceof HTMLScriptElement ? document.currentScript : null);
if (settings) {
  const start = () => onceInPage((gone) => draw(settings, gone));
  // a page that is still being read has no body yet, and the button belongs at its end
  if (!document.body && document.readyState === 'loading') addEventListener('DOMContentLoaded', start);
  else start();
}
