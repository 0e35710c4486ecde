import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isAskedFor } from '../../scripts/setup/tools.mjs';
import { frameOf, judgeSource, snippetOf } from '../../console/src/model/sites/snippet.ts';
import { engines, isHere } from '../support/engines/play.ts';
import { visitorAt } from '../support/engines/visitor.ts';
import { openWeb } from '../support/engines/web.ts';
import { allowed, refused } from '../sites/altered.ts';
import { drawn, placed } from '../sites/places.ts';

const chat = 'http://chat.localhost';
const school = 'http://school.localhost';
const facts = { chat, pins: ['PIN', 'PIN2'] };

/** Each page in a frame of its own; when one has loaded, so have its scripts. */
const HARNESS = `<!doctype html><body><script>
  window.ran = [];
  window.seen = [];
  window.show = async (from, to) => {
    for (let n = from; n < to; n += 1) {
      const frame = document.createElement('iframe');
      const loaded = new Promise((done) => (frame.onload = done));
      frame.src = '/page/' + n;
      document.body.append(frame);
      await loaded;
      const frames = [...frame.contentDocument.getElementsByTagNameNS('http://www.w3.org/1999/xhtml', 'iframe')];
      const isSeen = (one) => ![getComputedStyle(one).width, getComputedStyle(one).height].includes('0px');
      const ours = frames.some((one) => one.src.startsWith('${chat}/w/') && isSeen(one));
      window.seen.push({ tag: window.ran.includes(n), frame: ours });
      frame.remove();
    }
  };
</script>`;
/** So many pages, one after the other, are waited for at once. */
const TOGETHER = 50;
/** As the loader: a tag that is not whole shows a link alone, unless a whole one stands in the page. */
const LOADER = `const at = location.pathname.split('/').pop();
  const isWhole = (tag) => tag?.dataset.site && /^[\\w.-]+$/.test(tag.dataset.key);
  if ([document.currentScript, ...document.scripts].some(isWhole)) parent.ran.push(Number(at));`;
const LOADER_HASH = `sha384-${createHash('sha384').update(LOADER).digest('base64')}`;
/** The chat wants its scripts and its origin. What it asks for is waited for, as a part of the page around it. */
const FRAME = `<!doctype html><body><script>
  if (self.origin !== 'null') new Image().src = '/chats/' + Math.random();
</script>`;

const own = snippetOf(facts, 's_1');
const frame = frameOf(facts, 's_1');
const endless = own.replace('</script>', '');
const pages = [
  ...placed(own),
  ...placed(frame).filter(([where]) => where !== 'in a select'), // where WebKit of today makes no frame, and nobody sees one
  ...drawn(200, own),
  ['without its end', endless] as const,
  ...refused(facts, 's_1', LOADER_HASH).map(([what, , page]) => [what, page] as const),
  ...allowed(facts, 's_1', LOADER_HASH),
].map(([, page]) => page);

const here = engines.filter((engine) => isAskedFor(engine.tool) && isHere(engine));
describe.each(here)('$name', (engine) => {
  test('[U39] what is called right in a pasted source runs in a page of that source, and nothing else does', async () => {
    const web = await openWeb();
    const html = { 'content-type': 'text/html; charset=utf-8' };
    const chatted = new Set<number>();
    let shown = -1;
    web.answer(({ origin, pathname }) => {
      const page = /^\/page\/(\d+)$/.exec(pathname)?.[1];
      if (origin === school && page !== undefined) {
        shown = Number(page);
        return { status: 200, headers: html, body: pages[shown]! };
      }
      if (origin === school) return { status: 200, headers: html, body: HARNESS };
      const script = { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' };
      // whatever another vendor has at such an address is no chat
      if (origin !== chat) return { status: 200, headers: { ...html, ...script }, body: '' };
      if (pathname === '/v1/loader.js') return { status: 200, headers: script, body: LOADER };
      if (pathname.startsWith('/chats/')) chatted.add(shown);
      return { status: 200, headers: html, body: pathname.startsWith('/w/') ? FRAME : '' };
    });
    const tab = await engine.open(web, chat, { storage: 'kept' });
    try {
      await tab.goto(`${school}/`);
      for (let from = 0; from < pages.length; from += TOGETHER) {
        const to = Math.min(from + TOGETHER, pages.length);
        await tab.run('page', `void window.show(${from}, ${to})`);
        await visitorAt(tab).until('page', `return window.seen.length === ${to}`);
      }
      const seen = await tab.run<{ tag: boolean; frame: boolean }[]>('page', 'return window.seen');
      const differ = pages.filter((page, n) => {
        const found = judgeSource(page, facts, 's_1');
        const right = 'wrong' in found && found.wrong.length === 0 ? found.is : 'none';
        const { tag, frame: inSight } = seen[n]!;
        return right !== (tag ? 'tag' : inSight && chatted.has(n) ? 'frame' : 'none');
      });
      expect(differ).toEqual([]);
      expect(new Set(seen.map(({ tag, frame: inSight }) => `${tag} ${inSight}`)).size).toBeGreaterThan(2);
    } finally {
      await tab.close();
      web.close();
    }
  });
});
