/** Where one loader of a page finds another: by two tags, or by a page that runs its tag again. */
const MARK: unique symbol = Symbol.for('clbchat');

/** What stands in the page already, if anything. @returns whether it made room; only a bare link does */
export type GiveWay = () => boolean;
const page: Document & { [MARK]?: GiveWay | undefined } = document;

/** One button and one frame in a page, however often it includes the loader: a second tag does nothing. */
export function onceInPage(draw: (gone: () => void) => GiveWay): void {
  const there = page[MARK];
  if (there && !there()) return;
  page[MARK] = () => false; // also for what stands there when drawing throws
  page[MARK] = draw(() => delete page[MARK]);
}
