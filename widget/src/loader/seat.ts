/** Room that the button needs at most, margins included: where less is seen, it is drawn smaller. */
const CORNER_PX = 320;

const between = (least: number, px: string, most: number) =>
  `${Math.max(least, Math.min(Number.parseFloat(px) || 0, most))}px`;

/**
 * Puts a box over what a person sees of the page, and not over what the browser lays `fixed` things out against: that is
 * wider on a page that overflows, and larger while a keyboard stands there.
 *
 * Zoomed in, a `whole` box keeps its size and is looked at part by part, as text under a magnifying glass: a smaller view is
 * a keyboard only as far as the zoom does not explain it. One that is not follows into the corner, as large as it can be.
 * Zoomed out (a page that knows nothing of phones), both are drawn as large as they would be elsewhere.
 *
 * @param whole null: the sheet alone says where the box is
 */
export function seat({ style }: HTMLElement, whole: boolean | null): void {
  const { left, top } = style;
  style.cssText = '';
  const seen = window.visualViewport;
  if (!seen || whole === null) return;
  const { scale, offsetLeft, offsetTop } = seen;
  const drawn = scale < 1 ? 1 / scale : whole ? 1 : Math.min(1, seen.width / CORNER_PX);
  const size = whole ? Math.max(1, scale) : 1;
  const [width, height] = [seen.width * size, seen.height * size];
  style.left = between(offsetLeft + seen.width - width, left, offsetLeft);
  style.top = between(offsetTop + seen.height - height, top, offsetTop);
  style.width = `${width / drawn}px`;
  style.height = `${height / drawn}px`;
  style.transform = `scale(${drawn})`;
}

/** Tells when what is seen of the page may be another part of it. */
export function whenSeenChanges(tell: () => void, signal: AbortSignal): void {
  const seen = window.visualViewport;
  if (seen) for (const change of ['resize', 'scroll']) seen.addEventListener(change, tell, { signal });
}

/** As wide as the glass is at no zoom, whatever the page is laid out against. */
export const glassWidth = (): number => {
  const seen = window.visualViewport;
  return seen ? seen.width * seen.scale : window.innerWidth;
};
