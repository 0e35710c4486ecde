import { expect, test } from 'vitest';
import { gateOver } from './support/gate.ts';

const spec = [
  '# The queue',
  '- **Q1** A visit that joins twice keeps its ticket.',
  '- **Q2** Ahead counts smaller tickets.',
  '- **Q3** (later) Something for another day.',
].join('\n');
// Put together here, so that the gate does not take these for titles of this project.
const titled = (...tags: string[]) => tags.map((tag) => `test('[${tag}] a title', () => {});\n`).join('');

test('every rule has a test and every number is a rule: the gate passes and counts', () => {
  const files = { 'SPEC.md': spec, 'tests/queue.test.ts': titled('Q1 Q2') };
  expect(gateOver('specTags', files)).toEqual({
    passed: true,
    said: expect.stringContaining('2 rules, 1 for later, 1 test files'),
  });
});

test.each([
  ['a rule without a test', titled('Q1'), 'rule Q2 has no test'],
  ['a number that is no rule', titled('Q1 Q2', 'Z9'), 'tests/queue.test.ts:2: [Z9] is no rule of SPEC.md'],
  ['a test of a rule for later', titled('Q1 Q2', 'Q3'), 'is a rule for later'],
  ['a test that is not run', `${titled('Q1 Q2')}test${'.skip'}('x', () => {});`, 'a test that is not run says nothing'],
])('found: %s', (_, text, sentence) => {
  const { passed, said } = gateOver('specTags', { 'SPEC.md': spec, 'tests/queue.test.ts': text });
  expect(said).toContain(sentence);
  expect(passed).toBe(false);
});

test('found: no rules at all, and a rule that stands there twice', () => {
  expect(gateOver('specTags', {}).said).toContain('SPEC.md is missing');
  const twice = gateOver('specTags', {
    'SPEC.md': `${spec}\n- **Q1** Again.`,
    'tests/q.test.ts': titled('Q1 Q2'),
  });
  expect(twice.said).toContain('rule Q1 stands there twice');
});
