import { doc, tag, type HostPage } from './hostPage.ts';

const sheets: Readonly<Record<string, string>> = {
  'everything unset': '* { all: unset !important }',
  'everything reverted': '* { all: revert !important }',
  'frames held narrow': 'iframe { max-width: 100px !important; max-height: 40px !important; display: none !important }',
  'empty boxes hidden': 'div:empty, :empty { display: none !important }',
  'everything in the body layered': 'body > *, html > * { position: relative !important; z-index: 1 !important }',
  'boxes that fade in': 'body > div, html > :not(head, body) { opacity: 0 !important; visibility: hidden !important }',
  'a grid of floats': 'div, html > * { width: 100% !important; float: left !important }',
  'a filter on the body': 'body { filter: contrast(1.2) }',
  'a filter on the root': 'html { filter: grayscale(1) }',
  'a transform on the body': 'body { transform: translateX(0); will-change: transform }',
  'unknown elements hidden':
    ':not(:defined) { display: none !important } html > clb-chat { visibility: hidden !important }',
  'no pointer anywhere': 'html, body { pointer-events: none; user-select: none; touch-action: none }',
  'a body that scrolls in itself': 'html, body { height: 100%; margin: 0; overflow: hidden } body { overflow: auto }',
  'letters of half a size': 'html { font-size: 4px; line-height: 0; letter-spacing: 1em; text-transform: uppercase }',
  'a body drawn at half its size': 'body { zoom: 0.5 }',
};

/** What a sheet makes of the root, which holds the button too. Each is looked at where the page is scrolled to. */
const roots: Readonly<Record<string, string>> = {
  'letters made larger by an accessibility bar': 'html { zoom: 1.25 }',
  'letters made smaller': 'html { zoom: 0.8 }',
  'a root that is moved': 'html { transform: translateX(0) }',
  'a root that is moved aside': 'html { transform: translate(40px, 30px) }',
  'a root drawn larger': 'html { transform: scale(1.2) }',
  'a root drawn larger from its corner, and zoomed': 'html { transform: scale(1.2); transform-origin: 0 0; zoom: 1.1 }',
  'a root that will be moved': 'html { will-change: transform }',
  'a root that keeps its paint': 'html { contain: paint }',
  'a root that keeps its layout': 'html { contain: layout }',
  'a root with a perspective': 'html { perspective: 800px }',
};

/** Until the page was drawn so: no hand is faster. */
const scrollBack = `new Promise((drawn) => {
  scrollBy(0, -300);
  requestAnimationFrame(() => requestAnimationFrame(drawn));
})`;

/** Sheets of themes, of accessibility bars, of grids. */
export const themes: readonly HostPage[] = [
  ...Object.entries(sheets).map(([name, css]): HostPage => ({
    name,
    outcome: 'chat',
    html: (at) => doc({ head: `<style>${css}</style>`, body: tag(at) }),
  })),
  ...Object.entries(roots).map(([name, css]): HostPage => ({
    name,
    outcome: 'chat',
    html: (at) => doc({ head: `<style>${css}</style>`, body: tag(at) }),
    before: 'scrollTo(0, 900)',
    during: scrollBack,
  })),
  {
    name: 'letters made larger by a press, when the button stands there',
    outcome: 'chat',
    html: (at) => doc({ head: '<style>.large { zoom: 1.5 }</style>', body: tag(at) }),
    before: "document.documentElement.classList.add('large')",
  },
  {
    name: 'a layer above everything',
    outcome: 'chat',
    html: (at) =>
      doc({
        body: `${tag(at)}<div style="position:fixed;inset:0;z-index:2147483647;background:#fff8">Even geduld</div>`,
      }),
  },
];
