import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { doc, tag, type HostPage } from './hostPage.ts';
import { hydrated } from './hydrated.ts';

const turbo = readFileSync(createRequire(import.meta.url).resolve('@hotwired/turbo/dist/turbo.es2017-umd.js'), 'utf8');
const swapBody = `(() => {
  const next = document.createElement('body');
  next.append(Object.assign(document.createElement('h1'), { textContent: 'Agenda' }));
  document.documentElement.replaceChild(next, document.body);
})()`;
const renderAgain = `(async () => {
  for (let n = 0; n < 8; n += 1) {
    document.body.innerHTML = '<h1>Pagina ' + n + '</h1>';
    await new Promise(requestAnimationFrame);
  }
})()`;
const follow = `new Promise((done) => {
  addEventListener('turbo:load', () => done(), { once: true });
  document.querySelector('#next').click();
})`;
const next = '<p><a id="next" href="?agenda">Agenda</a></p>';
const modal = `(async () => {
  const dialog = document.body.appendChild(document.createElement('dialog'));
  dialog.style.cssText = 'position:fixed;inset:0;width:100vw;height:100vh;max-width:none;max-height:none';
  const button = dialog.appendChild(Object.assign(document.createElement('button'), { textContent: 'Akkoord' }));
  dialog.showModal();
  await new Promise(requestAnimationFrame);
  const { left, top } = button.getBoundingClientRect();
  const reached = document.elementFromPoint(left + 5, top + 5) === button && !button.closest('[inert]');
  dialog.close();
  await new Promise(requestAnimationFrame);
  if (!reached) throw new Error('the dialog cannot be used');
})()`;

/** Pages that draw themselves anew, or do something to what is not theirs. */
export const rewritten: readonly HostPage[] = [
  { name: 'another body', outcome: 'chat', html: (at) => doc({ head: tag(at) }), before: swapBody, during: swapBody },
  {
    name: 'a router that draws the body again and again',
    outcome: 'chat',
    needs: ['redraw'],
    html: (at) => doc({ body: tag(at) }),
    before: renderAgain,
    during: renderAgain,
  },
  ...(['head', 'body'] as const).map((where): HostPage => ({
    name: `Turbo, with the tag in the ${where}`,
    outcome: 'chat',
    html: (at) => {
      const part = `${where === 'head' ? `<script nonce="${at.nonce}">${turbo}</script>` : ''}${tag(at)}`;
      return where === 'head'
        ? doc({ head: part, body: next })
        : doc({ head: `<script nonce="${at.nonce}">${turbo}</script>`, body: next + part });
    },
    before: follow,
    during: follow,
  })),
  ...hydrated,
  {
    name: 'written anew after it was read',
    outcome: 'chat',
    needs: ['redraw'],
    html: (at) => doc({ body: tag(at) }),
    before: "document.open(), document.write('<!doctype html><title>School</title><h1>Agenda</h1>'), document.close()",
  },
  {
    name: 'the button taken away while the chat is open',
    outcome: 'chat',
    html: (at) => doc({ body: tag(at) }),
    during: "document.querySelector('clb-chat').remove()",
    reopens: true,
  },
  {
    name: 'a site that wants no button',
    outcome: 'away',
    html: (at) => doc({ body: tag(at) }),
    before: `new Promise((done) => {
      const away = () => document.querySelector('clb-chat')?.remove();
      new MutationObserver(away).observe(document.documentElement, { childList: true });
      away();
      setTimeout(done, 500);
    })`,
  },
  {
    name: 'everything in the body made inert',
    outcome: 'chat',
    html: (at) => doc({ body: tag(at) }),
    before: "document.body.inert = true, document.body.setAttribute('aria-hidden', 'true')",
  },
  {
    name: 'a dialog of its own over the chat',
    outcome: 'chat',
    html: (at) => doc({ body: tag(at) }),
    before: modal,
    during: modal,
  },
  {
    name: 'a dialog of its own over a chat that fills the window',
    outcome: 'chat',
    window: { width: 400, height: 700 },
    html: (at) => doc({ body: tag(at) }),
    during: modal,
  },
];
