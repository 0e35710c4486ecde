/** How browsers cut a page's source into tags, by the tokenizer of the HTML standard: its states, as far as they decide where a tag begins and ends. */

/** A text, and the same with small letters: only of ASCII, for others may become two, and every place after them another one. */
export interface Source {
  readonly text: string;
  readonly small: string;
}

/** UTF-16 units of a page's source: many times the largest page of a school. */
export const SOURCE_CHARS_MAX = 2_000_000;

export const sourceOf = (text: string): Source => ({
  text,
  small: text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()), // at most SOURCE_CHARS_MAX
});

interface Tag {
  readonly is: 'start' | 'end';
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** with `/>`, which means something in pictures and formulas alone */
  readonly selfClosing: boolean;
  /** the place after it */
  readonly end: number;
}
export type StartTag = Tag & { readonly is: 'start' };
/** `skipped`: a comment, or a sign that begins nothing */
type Markup = Tag | { readonly is: 'skipped'; readonly end: number };

const SPACE = ' \t\r\n\f';
const ENDS_NAME = `${SPACE}/>`;
const ATTRIBUTES_MAX = 64;

/** At the end of a text is no sign, and that is none of these. */
const isOneOf = (signs: string, sign: string | undefined): boolean => sign !== undefined && signs.includes(sign);
const isLetter = (sign: string | undefined): boolean => sign !== undefined && sign >= 'a' && sign <= 'z';

/**
 * What the `<` at this place begins. Null where it never ends: browsers make nothing of it then, nor of what follows.
 *
 * @param foreign it stands in a picture or a formula, where a part may be kept from being markup
 */
export function markupAt(source: Source, at: number, foreign: boolean): Markup | null {
  const { text, small } = source;
  const [sign, next] = [small[at + 1], small[at + 2]];
  if (isLetter(sign)) return tagAt(source, at + 1, 'start');
  if (sign === '/' && isLetter(next)) return tagAt(source, at + 2, 'end');
  if (small.startsWith('<!--', at)) return commentAt(small, at + 4);
  if (foreign && text.startsWith('<![CDATA[', at)) return skippedTo(text, ']]>', at);
  // a doctype, or what is no tag and taken for a comment
  if (sign === '!' || sign === '?' || (sign === '/' && next !== undefined)) return skippedTo(text, '>', at);
  return { is: 'skipped', end: at + 1 };
}

function skippedTo(text: string, what: string, from: number): Markup | null {
  const found = text.indexOf(what, from);
  return found < 0 ? null : { is: 'skipped', end: found + what.length };
}

/** A comment ends in more ways than it should. @param from after its `<!--` */
function commentAt(small: string, from: number): Markup | null {
  for (const short of ['>', '->'])
    if (small.startsWith(short, from)) return { is: 'skipped', end: from + short.length };
  for (let at = small.indexOf('--', from); at >= 0; at = small.indexOf('--', at + 1))
    for (const end of ['-->', '--!>']) if (small.startsWith(end, at)) return { is: 'skipped', end: at + end.length };
  return null;
}

/** One pass, from its name to its `>`. */
function tagAt({ text, small }: Source, from: number, is: Tag['is']): Tag | null {
  const attributes = new Map<string, string>();
  let at = from;
  const skip = (signs: string, while_: boolean) => {
    while (at < text.length && signs.includes(text[at]!) === while_) at += 1;
    return at;
  };
  const name = small.slice(from, skip(ENDS_NAME, false));
  for (;;) {
    const before = at;
    skip(`${SPACE}/`, true);
    if (at >= text.length) return null;
    if (text[at] === '>') {
      const selfClosing = at > before && text[at - 1] === '/';
      return { is, name, attributes, selfClosing, end: at + 1 };
    }
    const begin = at;
    at += 1; // also a `=`, which then begins a name
    const attribute = small.slice(begin, skip(`${ENDS_NAME}=`, false));
    skip(SPACE, true);
    let value = '';
    if (text[at] === '=') {
      at += 1;
      skip(SPACE, true);
      const quote = isOneOf(`"'`, text[at]) ? text[at]! : null;
      if (quote) at += 1;
      const start = at;
      value = text.slice(start, skip(quote ?? `${SPACE}>`, false));
      if (quote) at += 1;
    }
    // the first of two of one name counts; what was copied out of a page may have its signs written out
    if (attributes.size < ATTRIBUTES_MAX && !attributes.has(attribute))
      attributes.set(attribute, value.replaceAll('&amp;', '&'));
  }
}

/** The place after the end tag of an element whose content is text. Null where it never ends. @param from after its start tag */
export function afterText(source: Source, name: string, from: number): number | null {
  const at = name === 'script' ? endOfScript(source.small, from) : nextTag(source.small, `</${name}`, from);
  return at < 0 ? null : (tagAt(source, at + 2, 'end')?.end ?? null);
}

/** Where this begins and is the whole name of a tag, -1 for nowhere. */
function nextTag(small: string, what: string, from: number): number {
  let at = small.indexOf(what, from);
  while (at >= 0 && !isOneOf(ENDS_NAME, small[at + what.length])) at = small.indexOf(what, at + 1);
  return at;
}

/** A script ends at its end tag, but for one that follows a `<script` in a `<!--` of that script. */
function endOfScript(small: string, from: number): number {
  const signs = /<!--|-->|<\/?script(?=[ \t\r\n\f/>])/g; // at most SOURCE_CHARS_MAX
  signs.lastIndex = from;
  let [inComment, inScript] = [false, false];
  for (let found = signs.exec(small); found; found = signs.exec(small)) {
    if (found[0] === '<!--') {
      inComment = true;
      signs.lastIndex -= 2; // its dashes may be those that end it
    } else if (found[0] === '-->') [inComment, inScript] = [false, false];
    else if (found[0] === '<script') inScript = inComment;
    else if (inScript) inScript = false;
    else return found.index;
  }
  return -1;
}
