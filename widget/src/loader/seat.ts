import { page } from './page.ts';

/** Room that the button needs at most, margins included: where less is seen, it is drawn smaller. */
const CORNER_PX = 320;

/** What a person sees of the page, where the browser tells. */
const seen = window.visualViewport;

const between = (least: number, px: string, most: number) => Math.max(least, Math.min(parseFloat(px) || 0, most));

/**
 * Puts a box over what a person sees of the page, and not over what the browser lays `fixed` things out against: that is
 * wider on a page that overflows, and larger while a keyboard stands there.
 *
 * Zoomed in, a `whole` box keeps its size and is looked at part by part, as text under a magnifying glass: a smaller view is
 * a keyboard only as far as the zoom does not explain it. One that is not follows into the corner, as large as it can be.
 * Zoomed out (a page that knows nothing of phones), both are drawn as large as they would be elsewhere.
 *
 * A root of the page that is zoomed, scaled or moved, or that is itself what `fixed` things are laid out against, is
 * taken back: by its zoom, and by where the box then is.
 *
 * @param whole null: the sheet alone says where the box is
 */
export function seat(box: HTMLElement, whole: boolean | null): void {
  const { style } = box;
  const { left, top } = style;
  style.cssText = '';
  if (!seen || whole === null) return;
  const { scale, offsetLeft, offsetTop } = seen;
  const drawn = scale < 1 ? 1 / scale : whole ? 1 : Math.min(1, seen.width / CORNER_PX);
  const size = whole ? Math.max(1, scale) : 1;
  const [width, height] = [seen.width * size, seen.height * size];
  const x = between(offsetLeft + seen.width - width, left, offsetLeft);
  const y = between(offsetTop + seen.height - height, top, offsetTop);
  const zoom = Number(getComputedStyle(page.documentElement).zoom) || 1; // undefined where a browser has none
  style.cssText = `left:${x}px;top:${y}px;width:${width / drawn}px;height:${height / drawn}px;zoom:${1 / zoom}`;
  // under a magnifying glass nothing is taken back: what is measured there is of the glass, too
  const is = scale > 1 ? { left: x, top: y, width: width / drawn } : box.getBoundingClientRect();
  const times = (is.width * drawn) / width || 1;
  const back = (px: number) => Math.round(px / times);
  style.transform = `translate(${back(x - is.left)}px,${back(y - is.top)}px) scale(${drawn / times})`;
}

/** Tells when what is seen of the page may be another part of it, and when the page may have moved what is `fixed`. */
export function whenSeenChanges(tell: () => void, over: AbortController): void {
  for (const place of [window, seen])
    for (const change of ['resize', 'scroll']) if (place) place.addEventListener(change, tell, over);
}

/** As wide as the glass is at no zoom, whatever the page is laid out against. */
export const glassWidth = (): number => (seen ? seen.width * seen.scale : innerWidth);
