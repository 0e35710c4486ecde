import { page } from './page.ts';

/** What the school wrote: on the script tag, or in its address where a tool dropped the rest of the tag. */
export interface Settings {
  readonly origin: string;
  readonly site: string;
  /** the framed chat, with its pins in the fragment, which no server ever sees */
  readonly frameUrl: string;
  /** the chat in a window of its own: it is there for every site, also for one that nobody knows */
  readonly windowUrl: string;
  /** with a site and with pins; otherwise enough for a link */
  readonly whole: boolean;
  readonly left: boolean;
}

/** Under this name the loader is served, for ever. */
const LOADER = '/v1/loader.js';

const fit = (text: string, shape: RegExp) => (shape.test(text) ? text : '');

/** @returns null for no tag, and for one of somebody else */
export function settingsOf(tag: HTMLOrSVGScriptElement | null): Settings | null {
  if (!tag) return null;
  const data = tag.dataset;
  // who moves or delays a script keeps its address under another name
  const addresses = [String((tag as HTMLScriptElement).src), ...[...tag.attributes].map(({ value }) => value)];
  const address = addresses.find((one) => one.includes(LOADER));
  if (!address) return null;
  const { origin, searchParams, hash } = new URL(address, page.baseURI);
  const asked = (name: string) => data[name] || searchParams.get(name) || '';
  const site = fit(asked('site'), /^[\w-]{1,32}$/); // ours: the webmaster's own tag
  const key = fit(asked('key') || hash.replace(/^#(k=)?/, ''), /^[\w-]+(\.[\w-]+)*$/); // ours: the webmaster's own tag
  const pins = key && `#k=${key}`;
  return {
    origin,
    site,
    // whoever looks after the page sees in the chat's place whether the tag is right: nothing that the page does not show
    frameUrl: `${origin}/w/${site}/${location.hash === '#clbchat-check' ? 'check' : ''}${pins}`,
    windowUrl: `${origin}/w/${pins}`,
    whole: Boolean(site && key),
    left: asked('position') === 'left',
  };
}

/** Where the chat is, without anything that a page may have changed for all its scripts; '' where no tag stands. */
export function barestAddress(): string {
  const tag = page.querySelector<HTMLScriptElement>(`[src*="${LOADER}"]`);
  return tag ? `${tag.src.split(LOADER)[0]}/w/` : '';
}

/** While it runs; a script that waits for the page is nobody's any more. */
const running = page.currentScript;

/**
 * The tag that runs. Where tools made a module of it, put it into a file of theirs, or lost its data, a complete one
 * that still stands in the page.
 * @returns null: nothing says where the chat is
 */
export function findSettings(): Settings | null {
  const found = [running, ...Array.from(page.scripts)].map(settingsOf);
  return found.find((one) => one && one.whole) || found.find(Boolean) || null;
}
