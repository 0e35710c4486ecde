/** In the button on a school's page and what it does there. */
/** @type {import('./bugs.mjs').Bug[]} */
export const loaderBugs = [
  {
    says: 'the page keeps the chat for a moment after Snel weg',
    rules: ['B7'],
    file: 'widget/src/loader/main.ts',
    from: 'exit: remove,',
    to: 'exit: () => void setTimeout(remove, GOODBYE_MS),',
    tests: ['tests/browser/quickExit.test.ts'],
  },
];
