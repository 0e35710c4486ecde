import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFinds } from '../support/axe.ts';
import { openBrowser } from '../support/chromium.ts';
import { dress, kind } from '../support/dress.ts';
import { openStaffStage, type StaffStage } from '../support/staffStage.ts';
import { walkStaff } from '../support/walkStaff.ts';

let stage: StaffStage;
beforeAll(async () => {
  stage = await openStaffStage();
});
afterAll(() => stage.stop());

const desk = kind(1280, 800);
const phone = kind(360, 640, 'large');

/** What of a page, or of the window over it, stands out besides what should; and how things stand to each other. */
const outOfOrder = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const surface =
      [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.querySelector('main') ?? document.body;
    const primary = [...surface.querySelectorAll('.button-primary:not([aria-disabled=true])')].filter((one) =>
      one.checkVisibility({ visibilityProperty: true }),
    );
    const names = primary.map((one) => one.textContent ?? '');
    if (names.length > 1) found.push(`stand out both: ${names.join(', ')}`);
    found.push(...names.filter((name) => /^(?:Ja, )?(?:verwijder|schrap|trek in|blokkeer)/i.test(name)));

    const card = document.querySelector('.card:not(.setup)');
    const shown = [...(card?.children ?? [])]
      .map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.height > 0);
    for (const [at, { one, box }] of shown.entries()) {
      const before = shown[at - 1];
      const apart = before ? box.top - before.box.bottom : 14;
      if (Math.abs(apart - 14) > 1) found.push(`${apart} px above ${one.tagName} ${one.textContent?.slice(0, 40)}`);
    }
    return found;
  });

/** How far below what is above it the middle of the title stands, in CSS pixels; null where no page of a coordinator is. */
const titleAt = (page: Page) =>
  page.evaluate(() => {
    const [main, title] = [document.querySelector('main.page'), document.getElementById('page-title')];
    if (!main || !title) return null;
    const above = title.parentElement?.previousElementSibling;
    const from = above
      ? above.getBoundingClientRect().bottom + parseFloat(getComputedStyle(above).marginBlockEnd)
      : main.getBoundingClientRect().top - main.scrollTop + parseFloat(getComputedStyle(main).paddingBlockStart);
    const { top, height } = title.getBoundingClientRect();
    return Math.round(top + height / 2 - from);
  });

/** What is wider than its place; the week alone may be moved sideways. */
const cutOff = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('.backdrop, .backdrop *, .page, .page *, dialog[open] *, .top, .news *')]
      .filter((one) => one instanceof HTMLElement && one.checkVisibility())
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1 && clientWidth > 1)
      .filter((one) => !one.closest('.hidden-text, .week') && !one.matches('input, select, textarea'))
      .map(({ tagName, className, textContent }) => `${tagName}.${className}: ${textContent?.slice(0, 40)}`),
  );

test('[B20 B24 U55 U56 U57 U58] with the keys alone a centre opens, from a one-time address to the log; each of its screens is one of ours', async () => {
  const browser = await openBrowser({ args: [...stage.args] });
  const seen: string[] = [];
  const wrong: string[] = [];
  const titles: Record<string, number> = {};
  const newContext = () =>
    browser.newContext({ viewport: desk, locale: 'nl-BE', acceptDownloads: true, reducedMotion: 'reduce' });
  try {
    await walkStaff(stage, newContext, async (name, page) => {
      const { looked, found } = await axeFinds(page);
      expect(looked, name).toBeGreaterThan(5);
      const faults = [...found, ...(await outOfOrder(page))];
      const title = await titleAt(page);
      if (title !== null) titles[name] = title;
      await dress(page, phone);
      faults.push(...(await cutOff(page)).map((what) => `cut off, with text twice as large: ${what}`));
      wrong.push(...faults.map((fault) => `${name}: ${fault}`));
      await dress(page, desk);
      seen.push(name);
    });
  } finally {
    await browser.close();
  }
  expect(wrong).toEqual([]);
  expect(seen.length).toBeGreaterThanOrEqual(50);
  expect(Object.keys(titles).length).toBeGreaterThanOrEqual(10);
  expect([...new Set(Object.values(titles))], JSON.stringify(titles)).toHaveLength(1);
});
