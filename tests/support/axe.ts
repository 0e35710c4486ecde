import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface AxeResult {
  passes: unknown[];
  violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
}

/**
 * What is half faded in has no colour yet. What runs for ever does not end. A button that comes where another stood, or under a
 * resting mouse, begins to change only then: it is still when two frames have begun nothing.
 */
const SETTLED = `(async () => {
  const moving = () => document.getAnimations().filter(({ effect, playState }) =>
    playState !== 'finished' && Number.isFinite(effect.getComputedTiming().endTime));
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  let still = 0;
  while (still < 2) {
    await frame();
    const now = moving();
    still = now.length === 0 ? still + 1 : 0;
    await Promise.allSettled(now.map(({ finished }) => finished));
  }
})()`;

/** @returns on how many rules it could say something, and every fault with its place */
export async function axeFinds(page: Page): Promise<{ looked: number; found: string[] }> {
  await page.evaluate(SETTLED);
  await page.evaluate(axeSource);
  const run = `axe.run(document, ${JSON.stringify({ runOnly: standards })})`;
  const { passes, violations } = (await page.evaluate(run)) as AxeResult;
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`),
  );
  return { looked: passes.length, found };
}
