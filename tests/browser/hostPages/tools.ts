import { doc, made, tag, type HostPage, type Place } from './hostPage.ts';

const loaderOf = ({ chat }: Place) => `${chat}/v1/loader.js`;
const script = (nonce: string, code: string) => `<script nonce="${nonce}">${code}</script>`;

const PROTOTYPE = 'Prototype.js, which copies a list from its end, finds by its own each, and removes from a parent';
/** What older libraries put in the place of what browsers have, in a few words of our own. */
const retyped: Readonly<Record<string, string>> = {
  'MooTools, which makes a list of anything, and maps none':
    'Array.from = function (item) { return item == null ? [] : typeof item === "object" && "length" in item ? Array.prototype.slice.call(item) : [item] };',
  [PROTOTYPE]: `
    Array.from = function (list) { var n = list ? list.length || 0 : 0, all = new Array(n); while (n--) all[n] = list[n]; return all };
    Array.prototype.each = function (run) { for (var n = 0; n < this.length; n++) run(this[n], n) };
    Array.prototype.find = function (is) { var found; this.each(function (one, n) { if (found === undefined && is(one, n)) found = one }); return found };
    Array.prototype.map = function (make) { var all = []; this.each(function (one, n) { all.push(make(one, n)) }); return all };
    Array.prototype.entries = function () { return this.slice() };
    Array.prototype.toJSON = String.prototype.toJSON = function () { return '"' + this + '"' };
    Function.prototype.bind = function (object) { var run = this; return function () { return run.apply(object, arguments) } };
    HTMLElement.prototype.remove = function () { return this.parentNode.removeChild(this) };`,
  'a library for dates, which reads them its own way': 'Date.parse = function () { return null };',
  'a library that gives every object what no attribute can be called':
    'Object.prototype.$family = function () { return "object" };',
};

/** What content systems, tag managers and optimisers make of the tag. */
export const tools: readonly HostPage[] = [
  { name: 'the tag twice', outcome: 'chat', html: (at) => doc({ head: tag(at), body: tag(at) }) },
  {
    name: 'a tag without its data beside one that has it',
    outcome: 'chat',
    html: (at) => doc({ body: `<script async src="${loaderOf(at)}"></script>${tag(at)}` }),
  },
  {
    name: 'the tag made a module',
    outcome: 'chat',
    html: (at) => doc({ body: tag(at).replace('<script async', '<script type="module"') }),
  },
  {
    name: 'made by a script, with its settings in the address',
    outcome: 'chat',
    html: (at) => doc({ body: made(`${loaderOf(at)}?site=demo#${at.key}`, at.nonce) }),
  },
  {
    name: 'kept for later by an optimiser, and run as text',
    outcome: 'chat',
    html: (at) =>
      doc({
        body:
          tag(at).replace('<script async src', '<script type="text/plain" data-src') +
          script(at.nonce, `fetch(${JSON.stringify(loaderOf(at))}).then((r) => r.text()).then((t) => (0, eval)(t))`),
      }),
  },
  {
    name: 'data dropped by a tag manager',
    outcome: 'link',
    html: (at) => doc({ body: made(loaderOf(at), at.nonce) }),
  },
  { name: 'a site that the chat does not know', outcome: 'link', html: (at) => doc({ body: tag(at, '', 's_other') }) },
  {
    name: 'a browser without sheets of the object model (Safari before 16.4)',
    outcome: 'link',
    html: (at) =>
      doc({
        head: script(
          at.nonce,
          'const Old = function CSSStyleSheet() { throw new TypeError("Illegal constructor") }; Old.prototype = CSSStyleSheet.prototype; window.CSSStyleSheet = Old; delete ShadowRoot.prototype.adoptedStyleSheets; delete Document.prototype.adoptedStyleSheets',
        ),
        body: tag(at),
      }),
  },
  ...Object.entries(retyped).map(([name, code]): HostPage => ({
    name,
    outcome: 'chat',
    ...(name === PROTOTYPE && { needs: ['builtins'] }),
    html: (at) => doc({ head: script(at.nonce, code), body: tag(at) }),
  })),
  {
    name: 'addresses taken apart by a library of its own',
    outcome: 'link',
    html: (at) =>
      doc({ head: script(at.nonce, 'window.URL = function () { throw new TypeError("no URL") }'), body: tag(at) }),
  },
  {
    name: 'what a reader wrote bears names of the document',
    outcome: 'chat',
    html: (at) =>
      doc({
        body: `${['currentScript', 'wasDiscarded', 'title', 'hidden', 'baseURI', 'documentElement', 'createElementNS']
          .map((name) => `<img name="${name}" alt="" src="${at.other}/v1/loader.js" data-site="demo" data-key="aaaa">`)
          .join(
            '',
          )}<form name="scripts"><input src="${at.other}/v1/loader.js" data-site="demo" data-key="aaaa"></form>${tag(at)}`,
      }),
  },
  {
    name: 'a library that gives every object more',
    outcome: 'chat',
    html: (at) =>
      doc({
        head: script(at.nonce, 'Object.prototype.each = function () {}; Array.prototype.last = function () {}'),
        body: tag(at),
      }),
  },
];
