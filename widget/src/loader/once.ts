/** Where one loader of a page finds another: by two tags, or by a page that swaps its body and runs the tag again. */
const MARK: unique symbol = Symbol.for('clbchat');

/** What stands in the page already, if anything. @returns whether it made room; it does not while a chat is open */
type GiveWay = () => boolean;
const page: Document & { [MARK]?: GiveWay | undefined } = document;

/** One button and one frame in a page, however often it includes the loader: the last tag counts, but never over an open chat. */
export function onceInPage(draw: (gone: () => void) => GiveWay): void {
  if (page[MARK]?.() === false) return;
  page[MARK] = draw(() => delete page[MARK]);
}
