import { scriptsAndFrames, SOURCE_CHARS_MAX } from './markup.ts';

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

/**
 * What a pasted source shows. `tangled`: it makes more elements than any page does · `absent`: nothing of the chat stands in it ·
 * `tag`, `frame`: what does, and what is wrong with it
 */
export type Found =
  | { readonly is: 'too_long' | 'tangled' | 'empty' | 'absent' }
  | {
      readonly is: 'tag' | 'frame';
      /** `site`: of another site, or of none · `key`: other pins, or none · `host`: of another chat · `asleep`: no browser runs it */
      readonly wrong: readonly ('site' | 'key' | 'host' | 'asleep')[];
      /** the script is tied to one version: after an update it stays away until the school renews the tag */
      readonly integrity: boolean;
    };

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
  const key = facts.pins.join('.');
  const script = tags.find(({ name, attributes }) => name === 'script' && loaderIn(attributes) !== null);
  if (script) {
    const { attributes, ends } = script;
    const [address = '', hash = ''] = (loaderIn(attributes) ?? '').split('#');
    const named = (name: string) => attributes.get(`data-${name}`) || queryOf(address).get(name) || '';
    const wrong = [
      ...(address.startsWith(`${facts.chat}/`) ? [] : (['host'] as const)),
      ...(named('site') === site ? [] : (['site'] as const)),
      ...((named('key') || hash.replace('k=', '')) === key ? [] : (['key'] as const)),
      ...(isAsleep(attributes) || !ends ? (['asleep'] as const) : []),
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
