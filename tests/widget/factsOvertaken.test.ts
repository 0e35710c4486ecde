import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFacts, type KnownCentre } from '../../widget/src/frame/facts.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function slow() {
  let state: 'open' | 'closed' = 'open';
  const answers: (() => void)[] = [];
  const facts = createFacts(() => {
    const says = { state } as unknown as KnownCentre; // as the service has it when it is asked
    return new Promise((resolve) => answers.push(() => resolve(says)));
  });
  return { facts, answers, close: () => (state = 'closed') };
}
const settle = () => vi.advanceTimersByTimeAsync(0);

test('[W125 W126 U80] what was asked before the centre closed says nothing once what was asked at that moment is there', async () => {
  const { facts, answers, close } = slow();
  void facts.load(); // the look of each minute, on a slow line
  close(); // "Sluit nu": her wait ends
  void facts.load(); // asked for at that moment
  answers[1]!();
  await settle();
  expect(facts.centre.value?.state).toBe('closed');
  answers[0]!();
  await settle();
  expect(facts.centre.value?.state).toBe('closed');
});
