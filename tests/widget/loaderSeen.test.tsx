import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { clearPage, hear, load } from './schoolPage.ts';

/** What is seen of a page, in its own pixels; glass and zoom are what a hand sees and does. */
interface Seen {
  left?: number;
  top?: number;
  width: number;
  height: number;
  scale?: number;
}
let seen = Object.assign(new EventTarget(), { offsetLeft: 0, offsetTop: 0, width: 0, height: 0, scale: 1 });

function look({ left = 0, top = 0, width, height, scale = 1 }: Seen) {
  Object.assign(seen, { offsetLeft: left, offsetTop: top, width, height, scale });
  seen.dispatchEvent(new Event('resize'));
}

/** Where an element is drawn, from its own style. */
function drawn(element: HTMLElement | null | undefined) {
  const { left, top, width, height, transform } = element!.style;
  const scale = Number(/scale\((.*)\)/.exec(transform)?.[1] ?? 1);
  const [x, y, w, h] = [left, top, width, height].map(Number.parseFloat) as [number, number, number, number];
  const round = (value: number) => Math.round(value * 10) / 10;
  return { left: x, top: y, width: round(w * scale), height: round(h * scale), scale: round(scale) };
}

describe('what a person sees of the page', () => {
  beforeEach(() => {
    seen = Object.assign(new EventTarget(), { offsetLeft: 0, offsetTop: 0, width: 0, height: 0, scale: 1 });
    vi.stubGlobal('visualViewport', seen);
    vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"state":"open"}')));
    vi.stubGlobal('requestIdleCallback', (run: () => void) => run());
  });
  afterEach(() => {
    clearPage();
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  test('[W54] button, panel and bar stand on it, on a page that is wider than the phone', async () => {
    look({ width: 360, height: 640 });
    const { launcher, stage, box, frame } = await load();
    const glass = { left: 0, top: 0, width: 360, height: 640, scale: 1 };
    expect(drawn(stage())).toEqual(glass);
    look({ left: 120, top: 30, width: 360, height: 640 });
    expect(drawn(stage())).toEqual({ ...glass, left: 120, top: 30 });
    launcher()?.click();
    expect(box()?.classList.contains('full')).toBe(true);
    expect(drawn(box())).toEqual({ ...glass, left: 120, top: 30 });
    look({ left: 120, top: 30, width: 360, height: 340 }); // a keyboard
    expect(drawn(box())).toEqual({ ...glass, left: 120, top: 30, height: 340 });
    hear(frame(), 'minimise');
    expect(drawn(stage())).toEqual({ ...glass, left: 120, top: 30, height: 340 });
  });

  test.each([2, 3])(
    '[W54] pinched to %i×, the panel keeps its size, and what is seen of the page is seen of it',
    async (scale) => {
      look({ width: 360, height: 640 });
      const { launcher, box } = await load();
      launcher()?.click();
      for (const [left, top] of [
        [0, 0],
        [360 - 360 / scale, 640 - 640 / scale],
        [50, 60],
      ] as const) {
        look({ left, top, width: 360 / scale, height: 640 / scale, scale });
        expect(drawn(box())).toEqual({ left: 0, top: 0, width: 360, height: 640, scale: 1 });
      }
      // somebody who has scrolled the page under the glass takes the panel along
      look({ left: 400, top: 700, width: 360 / scale, height: 640 / scale, scale });
      const { left, top } = drawn(box());
      expect(left + 360).toBeCloseTo(400 + 360 / scale);
      expect(top + 640).toBeCloseTo(700 + 640 / scale);
    },
  );

  test('[W54] zoomed in with a keyboard, what the zoom does not explain is the keyboard', async () => {
    look({ width: 360, height: 640 });
    const { launcher, box } = await load();
    launcher()?.click();
    look({ width: 180, height: 170, scale: 2 });
    expect(drawn(box())).toMatchObject({ width: 360, height: 340 });
  });

  test('[W54] pinched, the button is in sight, as large as there is room for', async () => {
    look({ left: 200, top: 300, width: 120, height: 213, scale: 3 });
    const { stage } = await load();
    expect(drawn(stage())).toMatchObject({ left: 200, top: 300, width: 120, height: 213 });
    expect(Number.parseFloat(stage()!.style.width)).toBeCloseTo(320);
  });

  test('[W54] a page that knows nothing of phones: both are drawn as large as elsewhere, and the panel fills the glass', async () => {
    look({ width: 981, height: 1744, scale: 0.42 });
    const { launcher, stage, box } = await load();
    expect(drawn(stage())).toEqual({ left: 0, top: 0, width: 981, height: 1744, scale: 2.4 });
    launcher()?.click();
    expect(box()?.classList.contains('full')).toBe(true);
    expect(Number.parseFloat(box()!.style.width)).toBeCloseTo(981 * 0.42);
    expect(drawn(box())).toEqual({ left: 0, top: 0, width: 981, height: 1744, scale: 2.4 });
  });

  test('[W54] on a desk the panel keeps its size, and what was said of a phone before is gone', async () => {
    look({ width: 360, height: 640 });
    const { launcher, stage, box } = await load();
    launcher()?.click();
    look({ width: 1280, height: 800 });
    expect(box()?.classList.contains('full')).toBe(false);
    expect(box()?.style.cssText).toBe('');
    expect(drawn(stage())).toMatchObject({ left: 0, top: 0, width: 1280, height: 800 });
  });

  test('[W54] after Snel weg nobody listens', async () => {
    look({ width: 360, height: 640 });
    const { launcher, frame, stage } = await load();
    launcher()?.click();
    hear(frame(), 'exit');
    const before = stage()?.style.cssText;
    look({ width: 1280, height: 800 });
    expect(stage()?.style.cssText).toBe(before);
  });

  test('[W54] where a browser does not tell, the sheet alone says where they are', async () => {
    vi.stubGlobal('visualViewport', undefined);
    const { launcher, stage, box } = await load();
    expect(stage()?.style.cssText).toBe('');
    launcher()?.click();
    expect(box()?.isConnected).toBe(true);
  });
});
