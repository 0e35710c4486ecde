import type { BrowserContextOptions, Page } from 'playwright-core';

/** How somebody sees a page. */
export interface Kind {
  readonly width: number;
  readonly height: number;
  readonly looks: 'light' | 'dark' | 'forced' | 'large';
}
export const kind = (width: number, height: number, looks: Kind['looks'] = 'light'): Kind => ({ width, height, looks });

/** Motion off, so that no picture is half way; the focus stays visible, as it is part of the design. */
const still = { reducedMotion: 'reduce', locale: 'nl-BE' } as const;
export const optionsOf = ({ width, height, looks }: Kind): BrowserContextOptions => ({
  ...still,
  viewport: { width, height },
  colorScheme: looks === 'dark' ? 'dark' : 'light',
  forcedColors: looks === 'forced' ? 'active' : 'none',
});
export const endingOf = ({ width, height, looks }: Kind) => `${width}x${height}-${looks}`;

/** The page as it stands, seen as somebody else sees it. */
export async function dress(page: Page, one: Kind): Promise<void> {
  const { viewport, ...media } = optionsOf(one);
  await page.setViewportSize(viewport!);
  await page.emulateMedia({ colorScheme: media.colorScheme!, forcedColors: media.forcedColors! });
  await page.evaluate(
    async (fontSize) => {
      document.documentElement.style.fontSize = fontSize;
      // drawn so, and no picture is of the one before
      for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
    },
    one.looks === 'large' ? '200%' : '',
  );
}
