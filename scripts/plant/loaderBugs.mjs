/** In the button on a school's page and what it does there. */
/** @type {import('./bugs.mjs').Bug[]} */
export const loaderBugs = [
  {
    says: 'the page keeps the chat for a moment after Snel weg',
    rules: ['B7'],
    file: 'widget/src/loader/chat.ts',
    from: 'exit: told.leave,',
    to: 'exit: () => void setTimeout(told.leave, GOODBYE_MS),',
    tests: ['tests/browser/quickExit.test.ts'],
  },
];
