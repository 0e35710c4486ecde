import { defaultTreeAdapter, html, parse, type DefaultTreeAdapterTypes } from 'parse5';

export interface Found {
  readonly name: 'script' | 'iframe';
  readonly attributes: ReadonlyMap<string, string>;
  /** its end tag came: without one a script never runs */
  readonly ends: boolean;
}

/** UTF-16 units of a page's source: many times the largest page of a school. */
export const SOURCE_CHARS_MAX = 2_000_000;
/** Elements that a source may make: many times those of the largest page of a school. A few tags make as many as they like, where each paragraph begins again what was left open before it. */
export const ELEMENTS_MAX = 400_000;

/**
 * Every script and frame that browsers make of a page's source, in order. Null where it makes more elements than any page does.
 * They are met as they are made, not looked for in the tree: a frameset takes away the body whose scripts ran.
 */
export function scriptsAndFrames(source: string): Found[] | null {
  const found: DefaultTreeAdapterTypes.Element[] = [];
  let elements = 0;
  const treeAdapter: typeof defaultTreeAdapter = {
    ...defaultTreeAdapter,
    onElementCreated(element, { isInTemplate }) {
      elements += 1;
      if (elements > ELEMENTS_MAX) throw new TooMany();
      const { tagName, namespaceURI } = element;
      if (isInTemplate || namespaceURI !== html.NS.HTML) return;
      if (tagName === 'script' || tagName === 'iframe') found.push(element);
    },
  };
  try {
    parse(source, { treeAdapter, scriptingEnabled: true, sourceCodeLocationInfo: true });
  } catch (thrown) {
    if (thrown instanceof TooMany) return null;
    throw thrown;
  }
  return found.map(({ tagName, attrs, sourceCodeLocation }) => ({
    name: tagName as Found['name'],
    attributes: new Map(attrs.map(({ name, value }) => [name, value])),
    ends: sourceCodeLocation?.endTag !== undefined,
  }));
}

class TooMany extends Error {}
