/** What an engine's driver may be unable to do; a page that needs it cannot be played there. */
export type Need = 'phone' | 'pinch' | 'print' | 'redraw' | 'builtins';

/** Addresses of what a page names. */
export interface Place {
  /** origin of the chat */
  readonly chat: string;
  readonly key: string;
  /** of the page itself, and another one that serves the same pages but may not frame the chat */
  readonly own: string;
  readonly other: string;
  /** under which a page's own inline scripts run, where its policy asks for one */
  readonly nonce: string;
}

/**
 * `chat`: the button is in view, what it opens can be used, and nothing is told ·
 * `link`: a link to the chat is in view, and one `console.warn` says why · `address`: the same, and the address as text ·
 * `away`: the site wants no button; it stays away, and one `console.warn` says what else to do
 */
type Outcome = 'chat' | 'link' | 'address' | 'away';

/** One page of a school, with what its webmaster, theme or tools did to it. Nothing in it depends on an engine. */
export interface HostPage {
  /** what is special about it; its path is made of this */
  readonly name: string;
  readonly outcome: Outcome;
  readonly needs?: readonly Need[];
  /** CSS px; 1280 × 800 unless said, 360 × 640 on a phone */
  readonly window?: { readonly width: number; readonly height: number };
  /** zoom of the fingers from the beginning; needs `pinch` */
  readonly pinched?: number;
  readonly headers?: (place: Place) => Readonly<Record<string, string>>;
  /** has a `<head>` without anything in the tag */
  readonly html: (place: Place) => string;
  /** scripts beside it, by their names */
  readonly also?: Readonly<Record<string, (place: Place) => string>>;
  /** an expression for the page's own document, run when the button stands there; a promise is waited for */
  readonly before?: string;
  /** the same while the chat is open */
  readonly during?: string;
  /** zoom of the fingers while the chat is open */
  readonly pinchedDuring?: number;
  /** what `during` does takes the chat away; the button opens it again */
  readonly reopens?: true;
  /** the page itself stands in a frame of this address */
  readonly inFrameOf?: 'own' | 'other';
}

/** The tag as docs/embedding.md has it. */
export const tag = ({ chat, key }: Place, more = '', site = 'demo'): string =>
  `<script async src="${chat}/v1/loader.js" crossorigin="anonymous" referrerpolicy="no-referrer" data-site="${site}" data-key="${key}" ${more}></script>`;

/** Made by a script of the page, with nothing but an address. */
export const made = (address: string, nonce: string): string =>
  `<script nonce="${nonce}">document.head.append(Object.assign(document.createElement('script'), { src: ${JSON.stringify(address)} }))</script>`;

interface Doc {
  readonly head?: string;
  readonly body?: string;
  readonly doctype?: string;
  readonly attributes?: string;
  readonly viewport?: string | null;
}

/** As much of a school as every page has: it scrolls, and has something to press. */
export const doc = ({
  head = '',
  body = '',
  doctype = '<!doctype html>',
  attributes = 'lang="nl"',
  viewport = 'width=device-width, initial-scale=1',
}: Doc): string => `${doctype}<html ${attributes}><head><meta charset="utf-8"><title>School</title>
${viewport === null ? '' : `<meta name="viewport" content="${viewport}">`}${head}</head>
<body><header><a href="#top">Atheneum De Linde</a></header><main><h1>Leerlingbegeleiding</h1><p>Welkom op school.</p>
<div style="height:2000px"></div></main>${body}</body></html>`;
