import { afterText, markupAt, sourceOf, type StartTag } from './tokens.ts';

export interface Found {
  readonly name: 'script' | 'iframe';
  readonly attributes: ReadonlyMap<string, string>;
  /** its end tag came: without one a script never runs */
  readonly ends: boolean;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** What stands in these is text to a browser that runs scripts, whatever it looks like. */
const TEXT_IN = words('script iframe textarea title noscript xmp style noembed noframes');
/** Nothing stands in these. */
const EMPTY = words(
  'area base basefont bgsound br col embed frame hr image img input keygen link meta param source track wbr',
);
/** Their end tags end nothing else that is open. */
const ENDS_NOTHING = words('html head body form');
/** After one of these, or after any letter, a page has no frameset any more. */
const NO_FRAMESET = words(
  'body pre listing li dd dt button applet marquee object table area br embed img image keygen wbr input hr textarea xmp iframe select frameset',
);
/** Where one of these begins in a picture or a formula, that is over. */
const BREAKS_OUT = words(
  'b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var',
);
const BREAKING_FONT = ['color', 'face', 'size'];
/** In these of a picture stands HTML again. */
const HTML_IN_SVG = words('foreignobject desc title');
const HTML_IN_MATH = words('mi mo mn ms mtext');
/** … but for these in a word of a formula. */
const MATH_IN_WORDS = words('mglyph malignmark');
const ENCODED_HTML = words('text/html application/xhtml+xml');

interface Open {
  readonly name: string;
  readonly space: 'html' | 'svg' | 'math';
  /** what stands in it is HTML again */
  readonly holdsHtml: boolean;
}

/** Browsers have such a bound of their own. */
const DEPTH_MAX = 512;
const TAGS_MAX = 5_000;

/** Every script and frame that browsers make of a page's source, in order. One pass: each place of the text is looked at a few times at most. */
export function scriptsAndFrames(text: string): Found[] {
  const source = sourceOf(text);
  const found: Found[] = [];
  const tree = createTree();
  let at = 0;
  let mayBeFrameset = true;
  while (found.length < TAGS_MAX) {
    const open = text.indexOf('<', at);
    if (open < 0) break;
    const markup = markupAt(source, open, tree.isForeign());
    if (!markup) break;
    if (mayBeFrameset && hasLetters(text, at, open)) mayBeFrameset = false;
    at = markup.end;
    if (markup.is === 'end') tree.ends(markup.name);
    if (markup.is !== 'start' || !tree.begins(markup as StartTag)) continue;
    const { name, attributes } = markup;
    // after it all is text, or nothing but frames counts
    if (name === 'plaintext' || (name === 'frameset' && mayBeFrameset && !tree.isInside())) break;
    if (NO_FRAMESET.has(name)) mayBeFrameset = false;
    if (!TEXT_IN.has(name)) continue;
    const end = afterText(source, name, at);
    if ((name === 'script' || name === 'iframe') && !tree.isKept())
      found.push({ name, attributes, ends: end !== null });
    if (end === null) break;
    at = end;
  }
  return found;
}

function hasLetters(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!' \t\r\n\f'.includes(text[at]!)) return true;
  return false;
}

/** What is open, as far as it decides whether a tag is HTML: pictures, formulas and templates, and what stands in them. */
function createTree() {
  /** from the outermost picture, formula or template on */
  const stack: Open[] = [];
  /** outside of these: how many of a name */
  const around = new Map<string, number>();
  const push = (name: string, space: Open['space'], holdsHtml: boolean) => {
    if (stack.length < DEPTH_MAX) stack.push({ name, space, holdsHtml });
  };
  const isTemplate = ({ name, space }: Open) => space === 'html' && name === 'template';
  const leavesForeign = () => {
    while (stack.length > 0 && stack.at(-1)!.space !== 'html' && !stack.at(-1)!.holdsHtml) stack.pop();
  };
  /** In what kind of markup a tag begins. */
  const spaceFor = (tag: StartTag): Open['space'] => {
    const top = stack.at(-1);
    if (!top || top.space === 'html') return 'html';
    if (top.holdsHtml) return HTML_IN_MATH.has(top.name) && MATH_IN_WORDS.has(tag.name) ? 'math' : 'html';
    if (top.name === 'annotation-xml' && tag.name === 'svg') return 'html';
    const breaksOut =
      BREAKS_OUT.has(tag.name) || (tag.name === 'font' && BREAKING_FONT.some((one) => tag.attributes.has(one)));
    if (!breaksOut) return top.space;
    leavesForeign();
    return 'html';
  };
  const endsHtml = (name: string) => {
    for (let at = stack.length - 1; at >= 0; at -= 1) {
      const one = stack[at]!;
      if (one.space === 'html' && one.name === name) return void stack.splice(at);
      if (one.holdsHtml || isTemplate(one)) return;
    }
    const open = around.get(name) ?? 0;
    if (open === 0) return;
    around.set(name, open - 1);
    stack.length = 0;
  };
  return {
    isForeign: () => (stack.at(-1)?.space ?? 'html') !== 'html',
    isInside: () => stack.length > 0,
    /** in a template: kept for a script, and not there */
    isKept: () => stack.some(isTemplate),
    /** @returns whether it is an element of HTML */
    begins(tag: StartTag): boolean {
      const { name, selfClosing } = tag;
      const space = spaceFor(tag);
      if (space !== 'html') {
        if (!selfClosing) push(name, space, holdsHtml(space, tag));
        return false;
      }
      if (name === 'svg' || name === 'math') {
        if (!selfClosing) push(name, name, false);
        return false;
      }
      if (EMPTY.has(name) || TEXT_IN.has(name)) return true;
      if (stack.length > 0 || name === 'template') push(name, 'html', false);
      else if (!ENDS_NOTHING.has(name)) around.set(name, (around.get(name) ?? 0) + 1);
      return true;
    },
    ends(name: string): void {
      if (name === 'template') {
        const at = stack.findLastIndex(isTemplate);
        if (at >= 0) return void stack.splice(at);
      }
      if (name === 'p' || name === 'br') leavesForeign();
      for (let at = stack.length - 1; at >= 0 && stack[at]!.space !== 'html'; at -= 1)
        if (stack[at]!.name === name) return void stack.splice(at);
      endsHtml(name);
    },
  };
}

function holdsHtml(space: 'svg' | 'math', { name, attributes }: StartTag): boolean {
  if (space === 'svg') return HTML_IN_SVG.has(name);
  if (name === 'annotation-xml') return ENCODED_HTML.has((attributes.get('encoding') ?? '').toLowerCase());
  return HTML_IN_MATH.has(name);
}
