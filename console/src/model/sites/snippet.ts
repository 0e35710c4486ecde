import { scriptsAndFrames, SOURCE_CHARS_MAX, type Found as Element } from './markup.ts';

/** What a page needs to show the chat of a centre. */
export interface SnippetFacts {
  /** origin of the chat */
  readonly chat: string;
  readonly pins: readonly string[];
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };
/** What stands between quotes of an attribute ends there, whatever it says. */
const quoted = (text: string): string => text.replace(/[&"<>]/g, (sign) => SIGNS[sign]!); // ours: an address, pins or an id

/** The three lines that a webmaster pastes, as docs/embedding.md has them. */
export const snippetOf = ({ chat, pins }: SnippetFacts, site: string): string =>
  `<script async src="${quoted(chat)}/v1/loader.js" crossorigin="anonymous" referrerpolicy="no-referrer"
  data-site="${quoted(site)}" data-key="${quoted(pins.join('.'))}" data-position="right"></script>`;

/** For a page that forbids scripts. */
export const frameOf = ({ chat, pins }: SnippetFacts, site: string): string =>
  `<iframe src="${quoted(chat)}/w/${quoted(site)}/#k=${quoted(pins.join('.'))}" title="CLBCh@t: chat met het CLB" width="400" height="600"
  referrerpolicy="no-referrer"></iframe>`;

/** What the loader looks for behind an address to say whether it stands there well. */
export const CHECK = '#clbchat-check';

/** `cors`: a browser refuses the script · `sandbox`: of the frame · `sizeless`: no height, or no width · `host`, `site`, `key`: another one, or none · `asleep`: no browser runs it */
export type Wrong = 'host' | 'site' | 'key' | 'asleep' | 'cors' | 'sandbox' | 'sizeless';

/**
 * What a pasted source shows. `tangled`: it makes more elements than any page does · `absent`: nothing of the chat stands in it ·
 * `tag`, `frame`: what does, and what is wrong with it
 */
export type Found = { readonly is: 'too_long' | 'tangled' | 'empty' | 'absent' } | Judged;
interface Judged {
  readonly is: 'tag' | 'frame';
  readonly wrong: readonly Wrong[];
  /** the script is tied to one version: after an update it stays away until the school renews the tag */
  readonly integrity: boolean;
}

type Attributes = ReadonlyMap<string, string>;

/**
 * Reads a page's source for our tag, or our frame. Nothing of it is run or made an element of a page: parse5 makes plain objects
 * of it. The browser's own parser would need a policy of this page for any HTML (Trusted Types), and would read `<noscript>` as
 * one without scripts does.
 */
export function judgeSource(source: string, facts: SnippetFacts, site: string): Found {
  if (source.length > SOURCE_CHARS_MAX) return { is: 'too_long' };
  if (source.trim() === '') return { is: 'empty' };
  const tags = scriptsAndFrames(source);
  if (!tags) return { is: 'tangled' };
  const found = [
    ...tags.filter(({ name, attributes }) => name === 'script' && loaderIn(attributes) !== null).map(foundOfTag),
    ...tags.filter(({ name, attributes }) => name === 'iframe' && srcOf(attributes).includes(FRAMES)).map(foundOfFrame),
  ];
  // others have scripts and frames of such names, too, and a page may carry ours twice: the one that shows the chat counts
  return found.toSorted((one, other) => one.rank - other.rank)[0]?.judged ?? { is: 'absent' };

  function foundOfTag({ attributes, ends }: Element): Ranked {
    const wrong = wrongOfTag(attributes, facts, site);
    if (isAsleep(attributes) || !ends) wrong.push('asleep');
    const judged = { is: 'tag', wrong, integrity: attributes.has('integrity') } as const;
    return { judged, rank: rankOf(judged, isWhole(attributes)) };
  }
  function foundOfFrame({ attributes }: Element): Ranked {
    const judged = { is: 'frame', wrong: wrongOfFrame(attributes, facts, site), integrity: false } as const;
    return { judged, rank: rankOf(judged, true) };
  }
}
interface Ranked {
  readonly judged: Judged;
  readonly rank: number;
}

const SHOWS_NOTHING: ReadonlySet<Wrong> = new Set(['asleep', 'cors', 'sandbox', 'sizeless']);
/**
 * Of one rank the first: a script of ours for another school shows that one, and what comes after it shows nothing more. One
 * that is not whole takes what it lacks from a whole one in the page, or draws a link, which makes room for a button.
 */
function rankOf({ is, wrong }: Judged, whole: boolean): number {
  if (wrong.includes('host')) return 4;
  if (wrong.some((one) => SHOWS_NOTHING.has(one))) return 3;
  if (!whole) return 2;
  return is === 'frame' && wrong.length > 0 ? 1 : 0;
}

/** What a tag says, by the loader's own order of places. */
function saidBy(attributes: Attributes) {
  const url = urlOf(loaderIn(attributes) ?? '');
  const named = (name: string) => attributes.get(`data-${name}`) || url?.searchParams.get(name) || '';
  const key = named('key') || (url?.hash.replace(/^#(k=)?/, '') ?? ''); // at most SOURCE_CHARS_MAX
  return { url, site: named('site'), key };
}
/** Says a school and keys, by the shapes that the loader takes for some. */
function isWhole(attributes: Attributes): boolean {
  const { site, key } = saidBy(attributes);
  return /^[\w-]{1,32}$/.test(site) && key.split('.').every((pin) => /^[\w-]+$/.test(pin)); // at most SOURCE_CHARS_MAX
}

function wrongOfTag(attributes: Attributes, { chat, pins }: SnippetFacts, site: string): Wrong[] {
  const address = loaderIn(attributes) ?? '';
  const said = saidBy(attributes);
  const wrong: Wrong[] = [];
  if (said.url?.pathname !== LOADER || !isAt(address, chat)) wrong.push('host');
  if (said.site !== site) wrong.push('site');
  if (said.key !== pins.join('.')) wrong.push('key');
  if (isRefused(attributes)) wrong.push('cors');
  return wrong;
}

function wrongOfFrame(attributes: Attributes, { chat, pins }: SnippetFacts, site: string): Wrong[] {
  const address = attributes.get('src') ?? '';
  const url = urlOf(address);
  const isOurs = url !== null && url.pathname.startsWith(FRAMES) && isAt(address, chat);
  const wrong: Wrong[] = [];
  if (!isOurs) wrong.push('host');
  if (!isOurs || url.pathname.slice(FRAMES.length).replace('/', '') !== site) wrong.push('site');
  if (url?.hash !== `#k=${pins.join('.')}`) wrong.push('key');
  const allowed = attributes.get('sandbox');
  if (allowed !== undefined && !CHAT_NEEDS.every((one) => wordsOf(allowed).includes(one))) wrong.push('sandbox');
  if (attributes.has('srcdoc')) wrong.push('host'); // what it says stands there in the place of any address
  if (isNothing(attributes, 'width') || isNothing(attributes, 'height')) wrong.push('sizeless');
  return wrong;
}

/** Pages of which nobody knows where they are, one of each scheme. */
const PAGES = ['https://page.invalid', 'http://page.invalid'] as const;
/** As browsers read an address: with spaces around it, its host in capitals, or the port that goes without saying it is the same. */
function urlOf(address: string, page: string = PAGES[0]): URL | null {
  try {
    return new URL(address, page);
  } catch {
    return null;
  }
}
/** Whatever page it stands in: without its scheme it has that of the page. With a name in front Chromium asks for nothing. */
const isAt = (address: string, chat: string): boolean =>
  PAGES.map((page) => urlOf(address, page)).every((url) => url?.origin === chat && url.username + url.password === '');
const srcOf = (attributes: Attributes): string => {
  const src = attributes.get('src');
  return src === undefined ? '' : (urlOf(src)?.href ?? src);
};

/** Without the first no script runs in the frame, and without the second it has no origin that may chat. Snel weg and a link do without more. */
const CHAT_NEEDS = ['allow-scripts', 'allow-same-origin'];
const wordsOf = (text: string): string[] => text.toLowerCase().split(/[ \t\n\f\r]+/); // at most SOURCE_CHARS_MAX

/** A side of less than a pixel, as browsers read it: what the frame's own style says of it comes before its attribute. */
function isNothing(attributes: Attributes, side: 'width' | 'height'): boolean {
  const style = new Map<string, string>();
  for (const line of (attributes.get('style') ?? '').toLowerCase().split(';')) {
    const [name = '', value = ''] = line.split(':');
    style.set(name.trim(), value.trim());
  }
  const least = style.get(`min-${side}`) ?? '';
  // a part of a height says nothing by itself: what is around the frame has none of its own
  if (isWritten(least) && !isNone(least) && !(side === 'height' && least.includes('%'))) return false;
  return isNone(style.get(side) ?? (attributes.get(side) ?? '').trim()) || isNone(style.get(`max-${side}`) ?? '');
}
/** It begins with a digit, or is reckoned. */
const isWritten = (size: string): boolean => (size >= '0' && size < ':') || size.includes('(');
const isNone = (size: string): boolean => isWritten(size) && Number.parseFloat(size) < 1;

const LOADER = '/v1/loader.js';
const FRAMES = '/w/';
/** The address of the loader, under whatever name a tool that delays scripts put it: that by which a browser asks first, as the loader does. */
const loaderIn = (attributes: Attributes): string | null =>
  srcOf(attributes).includes(LOADER)
    ? attributes.get('src')!
    : ([...attributes.values()].find((value) => value.includes(LOADER)) ?? null);

/** The names of JavaScript that browsers know, by HTML's own list. */
const SCRIPTS = new Set([
  ...['application/ecmascript', 'application/javascript', 'application/x-ecmascript', 'application/x-javascript'],
  ...[
    'text/ecmascript',
    'text/javascript',
    'text/jscript',
    'text/livescript',
    'text/x-ecmascript',
    'text/x-javascript',
  ],
  ...[0, 1, 2, 3, 4, 5].map((n) => `text/javascript1.${n}`),
]);
const WORD_CHARS_MAX = 100;
/** No other space than these is one here. */
const AROUND = /^[\t\n\f\r ]+|[\t\n\f\r ]+$/g; // at most WORD_CHARS_MAX; linear enough: a hundred characters
const wordOf = (attributes: Attributes, name: string): string | undefined =>
  attributes.get(name)?.slice(0, WORD_CHARS_MAX).replace(AROUND, '').toLowerCase();

/** As what browsers run it, by HTML's own rules; null for what they only keep. */
function runsAs(attributes: Attributes): 'classic' | 'module' | null {
  const [type, language] = [attributes.get('type'), attributes.get('language')];
  const said = type ?? (language ? `text/${language}` : '');
  if (said === '') return 'classic';
  const word = type === undefined ? said.slice(0, WORD_CHARS_MAX).toLowerCase() : wordOf(attributes, 'type')!;
  if (word === 'module') return 'module';
  return SCRIPTS.has(word) ? 'classic' : null;
}

/** No browser that can chat runs it as it stands there. Where a tool took the address away as well, the tool runs it. */
function isAsleep(attributes: Attributes): boolean {
  const as = runsAs(attributes);
  if (as === null) return srcOf(attributes).includes(LOADER);
  if (as === 'module') return false; // there `nomodule`, `for` and `event` say nothing
  const [by, event] = [wordOf(attributes, 'for'), wordOf(attributes, 'event')];
  const waits = by !== undefined && event !== undefined && !(by === 'window' && /^onload(\(\))?$/.test(event)); // at most WORD_CHARS_MAX
  return attributes.has('nomodule') || waits;
}

/**
 * The chat lets anybody have its script who says no name; and only who asked by these rules may hold it against a hash. Of one
 * that is no hash Chromium thinks nothing, and the others refuse the script.
 */
function isRefused(attributes: Attributes): boolean {
  const rules = attributes.get('crossorigin')?.toLowerCase();
  if (rules !== undefined) return rules === 'use-credentials';
  return runsAs(attributes) !== 'module' && (attributes.get('integrity') ?? '').trim() !== '';
}
