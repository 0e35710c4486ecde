import { describe, expect, test } from 'vitest';
import { isAskedFor } from '../../scripts/setup/tools.mjs';
import { frameOf, judgeSource, snippetOf } from '../../console/src/model/sites/snippet.ts';
import { engines, isHere } from '../support/engines/play.ts';
import { visitorAt } from '../support/engines/visitor.ts';
import { openWeb } from '../support/engines/web.ts';
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
      window.seen.push({ tag: window.ran.includes(n), frame: frames.some((one) => one.src.startsWith('${chat}/w/')) });
      frame.remove();
    }
  };
</script>`;
/** So many pages, one after the other, are waited for at once. */
const TOGETHER = 50;
const LOADER = `const at = location.pathname.split('/').pop(); parent.ran.push(Number(at));`;

const own = snippetOf(facts, 's_1');
const frame = frameOf(facts, 's_1');
const endless = own.replace('</script>', '');
const pages = [
  ...placed(own),
  ...placed(frame).filter(([where]) => where !== 'in a select'), // where WebKit of today makes no frame, and nobody sees one
  ...drawn(200, own),
  ['without its end', endless] as const,
].map(([, page]) => page);

const here = engines.filter((engine) => isAskedFor(engine.tool) && isHere(engine));
describe.each(here)('$name', (engine) => {
  test('[U39] what is called right in a pasted source runs in a page of that source, and nothing else does', async () => {
    const web = await openWeb();
    const html = { 'content-type': 'text/html; charset=utf-8' };
    web.answer(({ origin, pathname }) => {
      const page = /^\/page\/(\d+)$/.exec(pathname)?.[1];
      if (origin === school && page !== undefined) return { status: 200, headers: html, body: pages[Number(page)]! };
      if (origin === school) return { status: 200, headers: html, body: HARNESS };
      const script = { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' };
      return pathname === '/v1/loader.js'
        ? { status: 200, headers: script, body: LOADER }
        : { status: 200, headers: html };
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
        const { tag, frame: shown } = seen[n]!;
        return right !== (tag ? 'tag' : shown ? 'frame' : 'none');
      });
      expect(differ).toEqual([]);
      expect(new Set(seen.map(({ tag, frame: shown }) => `${tag} ${shown}`)).size).toBeGreaterThan(2);
    } finally {
      await tab.close();
      web.close();
    }
  });
});
