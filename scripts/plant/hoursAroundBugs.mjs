/** In what stands around a page of the coordinator. */
const places = ['tests/console/places.test.tsx'];

/** @type {import('./bugs.mjs').Bug[]} */
export const hoursAroundBugs = [
  {
    says: 'the rail leads a counsellor to the pages of a coordinator',
    rules: ['U15'],
    file: 'console/src/model/places.ts',
    from: 'me.value?.roles.includes(forRole[place])',
    to: 'me.value !== null && forRole[place] !== undefined',
    tests: places,
  },
  {
    says: 'a desk is opened for a coordinator who is no counsellor',
    rules: ['U15'],
    file: 'console/src/model/session.ts',
    from: "if (!roles.includes('counsellor')) {",
    to: 'if (roles.length === 0) {',
    tests: places,
  },
  {
    says: 'a coordinator works on in a session that is over',
    rules: ['U15'],
    file: 'console/src/model/session.ts',
    from: 'if (roles) become({ ...person, roles });\n      else door',
    to: 'if (roles) become({ ...person, roles });\n      else if (desk) door',
    tests: places,
  },
  {
    says: 'a page that did not come is never asked for again',
    rules: ['U16'],
    file: 'console/src/model/places.ts',
    from: "?.is === 'failed') fetchPage(name)",
    to: "?.is === 'here') fetchPage(name)",
    tests: places,
  },
  {
    says: 'the conversation under a page stays open, and what comes counts as read',
    rules: ['U19'],
    file: 'console/src/ui/WorkspaceScreen.tsx',
    from: 'onGo={() => workspace.close()}',
    to: '',
    tests: places,
  },
  {
    says: 'what is hidden on a page makes the window longer than itself',
    rules: ['U33'],
    file: 'console/src/styles/layout.css',
    from: '  position: relative; /* what is hidden in it scrolls with it, and makes nothing around it longer */\n',
    to: '',
    tests: ['tests/browser/hours.test.ts'],
  },
  {
    says: 'the focus goes under the bar of what is not saved',
    rules: ['U33'],
    file: 'console/src/styles/hours.css',
    from: 'scroll-padding-block-end: 96px;',
    to: '',
    tests: ['tests/browser/hours.test.ts'],
  },
  {
    says: 'large letters of the rail lie under the page',
    rules: ['U17'],
    file: 'console/src/styles/layout.css',
    from: '  min-width: 60px; /*',
    to: '  width: 60px; /*',
    tests: ['tests/browser/hours.test.ts'],
  },
];
