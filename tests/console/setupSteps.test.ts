import { expect, test } from 'vitest';
import {
  isUnderWay,
  SETUP_FIELDS,
  SETUP_STEPS,
  setupBegins,
  setupStep,
  type SetupEvent,
  type SetupState,
} from '../../console/src/model/setupSteps.ts';

const wrong = { passphrase: 'too_short' } as const;
const events: readonly SetupEvent[] = [
  { is: 'on' },
  { is: 'back' },
  { is: 'anew' },
  { is: 'saved', kind: 'O' },
  { is: 'saved', kind: 'O2' },
  { is: 'asked', problems: {} },
  { is: 'asked', problems: wrong },
  { is: 'done', problems: {} },
  { is: 'done', problems: wrong },
];

/** Every state that any row of events leads to, and every step between two. */
function explore() {
  const seen = new Map<string, SetupState>();
  const steps: { from: SetupState; event: SetupEvent; to: SetupState }[] = [];
  const left = [setupBegins(false), setupBegins(true)];
  for (let from = left.pop(); from; from = left.pop()) {
    const name = JSON.stringify(from);
    if (seen.has(name)) continue;
    seen.set(name, from);
    for (const event of events) {
      const to = setupStep(from, event);
      steps.push({ from, event, to });
      left.push(to);
    }
  }
  return { states: [...seen.values()], steps };
}
const { states, steps } = explore();
const isFine = (event: SetupEvent) => 'problems' in event && Object.keys(event.problems).length === 0;

test('[O11] every page is reached, and each only from the one before', () => {
  expect(new Set(states.map(({ step }) => step))).toEqual(new Set(SETUP_STEPS));
  const ways = new Set(
    steps.filter(({ from, to }) => from.step !== to.step).map(({ from, to }) => `${from.step} ${to.step}`),
  );
  expect([...ways].sort()).toEqual(
    [
      'explain passphrase',
      'passphrase save',
      'save check',
      'check pins',
      'pins sign',
      'sign done',
      'check save',
      'save passphrase',
      'check passphrase',
    ].sort(),
  );
});

test('[O11] past the test comes only who asked for it, and whose files all opened', () => {
  const past = steps.filter(({ from, to }) => from.step === 'check' && to.step === 'pins');
  expect(past.length).toBeGreaterThan(0);
  for (const { from, event } of past) {
    expect([event.is, isFine(event), from.busy]).toEqual(['done', true, true]);
    expect(from.saved).toEqual({ O: true, O2: true });
  }
  const begun = steps.filter(({ from, to }) => !from.busy && to.busy);
  for (const { event } of begun) expect([event.is, isFine(event)]).toEqual(['asked', true]);
});

test('[O11] while something is made nothing else is, and no page goes away under it', () => {
  for (const { from, event, to } of steps.filter(({ from: { busy } }) => busy))
    expect(event.is === 'done' || to === from, `${JSON.stringify(event)} at ${from.step}`).toBe(true);
});

test('[O12] a mistake is said at its page, and is gone at another one', () => {
  for (const { from, event, to } of steps) {
    if (to.step !== from.step) expect(to.problems).toEqual({});
    if (event.is === 'asked' && !isFine(event) && to !== from) expect([to.busy, to.problems]).toEqual([false, wrong]);
  }
  const early = steps.filter(({ from, event, to }) => from.step === 'save' && event.is === 'on' && to.step === 'save');
  expect(new Set(early.map(({ to }) => to.problems.save))).toEqual(new Set(['unsaved']));
  for (const step of SETUP_STEPS) expect(new Set(SETUP_FIELDS[step]).size).toBe(SETUP_FIELDS[step].length);
});

test('[O13] who begins anew has saved nothing; that a page was lost is said until the next one', () => {
  for (const { event, from, to } of steps) {
    if (event.is === 'anew' && from !== to)
      expect([to.step, to.saved]).toEqual(['passphrase', { O: false, O2: false }]);
    if (to.lost) expect(to.step).toBe('explain');
  }
  const loses = new Set(states.filter(isUnderWay).map(({ step, busy }) => `${step}${busy ? ' busy' : ''}`));
  expect([...loses].sort()).toEqual(
    ['check', 'check busy', 'passphrase busy', 'pins', 'save', 'sign', 'sign busy'].sort(),
  );
});
