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

/** UTF-16 units of a page's source: many times the largest page of a school. */
export const SOURCE_CHARS_MAX = 2_000_000;
const TAGS_MAX = 5_000;

/**
 * What a pasted source shows. `absent`: nothing of the chat stands in it · `tag`, `frame`: what does, and what is wrong with it
 */
export type Found =
  | { readonly is: 'too_long' | 'empty' | 'absent' }
  | {
      readonly is: 'tag' | 'frame';
      /** `site`: of another site, or of none · `key`: other pins, or none · `host`: of another chat · `asleep`: no browser runs it */
      readonly wrong: readonly ('site' | 'key' | 'host' | 'asleep')[];
      /** the script is tied to one version: after an update it stays away until the school renews the tag */
      readonly integrity: boolean;
    };

/**
 * Reads a page's source for our tag, or our frame. Nothing of it is run or made an element: it is text, looked through from its
 * beginning to its end.
 */
export function judgeSource(source: string, facts: SnippetFacts, site: string): Found {
  if (source.length > SOURCE_CHARS_MAX) return { is: 'too_long' };
  if (source.trim() === '') return { is: 'empty' };
  const tags = tagsIn(source);
  const key = facts.pins.join('.');
  const script = tags.find(({ name, attributes }) => name === 'script' && loaderIn(attributes) !== null);
  if (script) {
    const { attributes } = script;
    const [address = '', hash = ''] = (loaderIn(attributes) ?? '').split('#');
    const named = (name: string) => attributes.get(`data-${name}`) || queryOf(address).get(name) || '';
    const wrong = [
      ...(address.startsWith(`${facts.chat}/`) ? [] : (['host'] as const)),
      ...(named('site') === site ? [] : (['site'] as const)),
      ...((named('key') || hash.replace('k=', '')) === key ? [] : (['key'] as const)),
      ...(isAsleep(attributes) ? (['asleep'] as const) : []),
    ];
    return { is: 'tag', wrong, integrity: attributes.has('integrity') };
  }
  const frame = tags.find(({ name, attributes }) => name === 'iframe' && (attributes.get('src') ?? '').includes('/w/'));
  if (!frame) return { is: 'absent' };
  const [address = '', hash = ''] = (frame.attributes.get('src') ?? '').split('#');
  return {
    is: 'frame',
    wrong: [
      ...(address.startsWith(`${facts.chat}/w/`) ? [] : (['host'] as const)),
      ...(address.replace(`${facts.chat}/w/`, '').replace('/', '') === site ? [] : (['site'] as const)),
      ...(hash === `k=${key}` ? [] : (['key'] as const)),
    ],
    integrity: false,
  };
}

const LOADER = '/v1/loader.js';
/** The address of the loader, under whatever name a tool that delays scripts put it. */
const loaderIn = (attributes: ReadonlyMap<string, string>): string | null =>
  [...attributes.values()].find((value) => value.includes(LOADER)) ?? null;

/** What browsers run: no type, JavaScript under one of its names, or a module. */
const RUNS = /^(module|(text|application)\/(x-)?(java|ecma)script)?$/; // at most TYPE_CHARS_MAX
const TYPE_CHARS_MAX = 40;
/** No browser that can chat runs it as it stands there. Where a tool took the address away as well, the tool runs it. */
function isAsleep(attributes: ReadonlyMap<string, string>): boolean {
  const type = (attributes.get('type') ?? '').trim().toLowerCase();
  const runs = type.length <= TYPE_CHARS_MAX && RUNS.test(type);
  return attributes.has('nomodule') || (!runs && (attributes.get('src') ?? '').includes(LOADER));
}

const queryOf = (address: string): URLSearchParams => new URLSearchParams(address.split('?')[1] ?? '');

interface Tag {
  readonly name: 'script' | 'iframe';
  readonly attributes: ReadonlyMap<string, string>;
}

/** What stands in these is text to a browser that runs scripts, whatever it looks like. */
const TEXT_IN = ['textarea', 'title', 'noscript', 'xmp', 'style', 'noembed', 'noframes'];
const NAMES = ['script', 'iframe', 'template', ...TEXT_IN];

/** Every script and frame that opens where it is markup and shows, in order. One pass: each place of the text is looked at a few times at most. */
function tagsIn(source: string): Tag[] {
  // only these letters: others may become two, and every place after them another one
  const small = source.replace(/[A-Z]/g, (letter) => letter.toLowerCase()); // at most SOURCE_CHARS_MAX
  const found: Tag[] = [];
  let at = 0;
  /** templates that are open: what stands in one is kept for a script, and nothing of it is there */
  let inside = 0;
  while (found.length < TAGS_MAX) {
    const open = small.indexOf('<', at);
    if (open < 0) break;
    if (small.startsWith('<!--', open)) {
      const end = small.indexOf('-->', open + 4);
      if (end < 0) break;
      at = end + 3;
      continue;
    }
    const name = NAMES.find(
      (one) => small.startsWith(one, open + 1) && ' \t\r\n\f/>'.includes(small[open + 1 + one.length] ?? ' '),
    );
    if (!name) {
      if (inside > 0 && small.startsWith('</template', open)) inside -= 1;
      at = open + 1;
      continue;
    }
    const { attributes, end } = attributesAt(source, open + 1 + name.length);
    at = end;
    if (name === 'template') inside += 1;
    else if ((name === 'script' || name === 'iframe') && inside === 0) found.push({ name, attributes });
    if (name === 'iframe' || name === 'template') continue;
    // what a script says is no markup either
    const close = small.indexOf(`</${name}`, end);
    if (close < 0) break;
    at = close;
  }
  return found;
}

const BLANK = ' \t\r\n\f/';
const ATTRIBUTES_MAX = 64;

function attributesAt(source: string, from: number): { attributes: Map<string, string>; end: number } {
  const attributes = new Map<string, string>();
  let at = from;
  const skip = (chars: string, while_: boolean) => {
    while (at < source.length && chars.includes(source[at]!) === while_) at += 1;
  };
  while (at < source.length && attributes.size < ATTRIBUTES_MAX) {
    skip(BLANK, true);
    if (source[at] === '>') break;
    const begin = at;
    at += 1;
    skip(`${BLANK}=>`, false);
    const name = source.slice(begin, at).toLowerCase();
    skip(' \t\r\n\f', true);
    if (source[at] !== '=') {
      if (!attributes.has(name)) attributes.set(name, '');
      continue;
    }
    at += 1;
    skip(' \t\r\n\f', true);
    const quote = source[at] === '"' || source[at] === "'" ? source[at]! : null;
    if (quote) at += 1;
    const start = at;
    skip(quote ?? ' \t\r\n\f>', false);
    const value = source.slice(start, at);
    if (quote) at += 1;
    // what was copied out of a page may have its signs written out; the first of two of one name counts
    if (!attributes.has(name)) attributes.set(name, value.replaceAll('&amp;', '&'));
  }
  return { attributes, end: at };
}
