import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { HostPage, Place } from './hostPage.ts';

/** React, as far as this page needs it; its types would be a dependency for a page of the tests. */
type Create = (name: string, properties: object | null, ...children: unknown[]) => unknown;
const require = createRequire(import.meta.url);
const { createElement } = require('react') as { createElement: Create };
const { renderToString } = require('react-dom/server') as { renderToString(node: unknown): string };

interface Facts {
  readonly src: string;
  readonly pins: string;
  readonly word: string;
}

/** A document with its root. It crosses to the browser as text, so it may use nothing but what it is given. */
const page = (h: Create, { src, pins, word }: Facts) =>
  h(
    'html',
    { lang: 'nl' },
    h(
      'head',
      null,
      h('title', null, 'School'),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    ),
    h(
      'body',
      null,
      h('main', null, h('h1', null, 'Leerlingbegeleiding'), h('p', null, word)),
      h('script', { async: true, src, crossOrigin: 'anonymous', 'data-site': 'demo', 'data-key': pins }),
    ),
  );

/** React as one script, made once for the file that plays the pages. */
const react = await (async () => {
  const entry = fileURLToPath(new URL('react.mjs', import.meta.url));
  const made = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, lib: { entry, formats: ['iife'], name: 'page' } },
  });
  const [built] = [made].flat();
  if (!built || !('output' in built)) throw new Error('React was not built');
  return built.output[0].code;
})();

/** @param words of the server and of the browser: a document on which they do not agree is drawn anew, root and all */
function hydratedPage(name: string, [there, here]: readonly [string, string]): HostPage {
  const facts = ({ chat, key }: Place, word: string): Facts => ({ src: `${chat}/v1/loader.js`, pins: key, word });
  const takeUp = (at: Place) =>
    `${react}\nhydrateRoot(document, (${page.toString()})(createElement, ${JSON.stringify(facts(at, here))}), { onRecoverableError() {} });`;
  return {
    name,
    outcome: 'chat',
    html: (at) =>
      `<!doctype html>${renderToString(page(createElement, facts(at, there)))}`.replace(
        '</head>',
        '<script defer src="react.js"></script></head>',
      ),
    also: { 'react.js': takeUp },
    before: `new Promise((done) => {
      const drawn = () => (document.querySelector('p').textContent === ${JSON.stringify(here)} ? done() : setTimeout(drawn, 20));
      drawn();
    })`,
  };
}

export const hydrated: readonly HostPage[] = [
  hydratedPage('a document that React takes up', ['Welkom', 'Welkom']),
  hydratedPage('a document that React draws anew', ['Welkom', 'Welkom terug']),
];
