import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface AxeResult {
  passes: unknown[];
  violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
}

/** What is half faded in has no colour yet. What runs for ever does not end. */
const SETTLED = `Promise.allSettled(document.getAnimations()
  .filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime)).map(({ finished }) => finished)).then(() => {})`;

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
