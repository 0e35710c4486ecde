import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface AxeResult {
  passes: unknown[];
  violations: { id: string; nodes: { target: string[]; failureSummary: string }[] }[];
}

/**
 * What is half faded in has no colour yet, and what runs for ever does not end: still is what begins nothing in two frames.
 * A button that becomes one to press while axe looks has half the colours of each: what changed under a look is looked at again.
 */
const LOOK = `(async () => {
  const moving = () => document.getAnimations().filter(({ effect, playState }) =>
    playState !== 'finished' && Number.isFinite(effect.getComputedTiming().endTime));
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  async function still() {
    for (let frames = 0; frames < 2; ) {
      await frame();
      // what is taken away in the middle of it may never say that it finished
      frames = moving().length === 0 ? frames + 1 : 0;
    }
  }
  for (;;) {
    await still();
    let changed = false;
    const see = () => (changed = true);
    document.addEventListener('transitionrun', see, true);
    // under a window that takes the page's place nobody hears its heading, and nobody should
    const rules = { 'page-has-heading-one': { enabled: !document.querySelector('dialog:modal, [role=alertdialog], [role=dialog]') } };
    const { passes, violations } = await axe.run(document, { runOnly: ${JSON.stringify(standards)}, rules });
    await frame(); // until then nobody is told of it
    document.removeEventListener('transitionrun', see, true);
    if (!changed || violations.length === 0) return { passes, violations };
  }
})()`;

/** @returns on how many rules it could say something, and every fault with its place */
export async function axeFinds(page: {
  evaluate(script: string): Promise<unknown>;
}): Promise<{ looked: number; found: string[] }> {
  await page.evaluate(axeSource);
  const { passes, violations } = (await page.evaluate(LOOK)) as AxeResult;
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`),
  );
  return { looked: passes.length, found };
}
