/** In the counsellor's screens. */
/** @type {import('./bugs.mjs').Bug[]} */
export const consoleBugs = [
  {
    says: 'Enter sends at once after switching to another conversation',
    rules: ['D10'],
    file: 'console/src/model/sending.ts',
    from: 'clock.nowMs() - switched.atMs < WRONG_WINDOW_MS',
    to: 'clock.nowMs() < switched.atMs',
    tests: ['tests/console/talking.test.tsx'],
  },
];
