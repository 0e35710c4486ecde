/** In how the screens of a centre's own people stand: what stands out, where titles are, and what fits. */
const tests = ['tests/browser/staffScreens.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const screensBugs = [
  {
    says: 'who chats and coordinates has two buttons that stand out',
    rules: ['U55'],
    file: 'console/src/ui/signin/Home.tsx',
    from: "chats ? 'button-secondary' : 'button-primary'",
    to: "chats ? 'button-primary' : 'button-primary'",
    tests,
  },
  {
    says: 'the button for another block stands out beside the one that saves',
    rules: ['U55'],
    file: 'console/src/ui/hours/HoursScreen.tsx',
    from: "page.changed.value ? 'button-secondary' : 'button-primary'",
    to: "page.changed.value ? 'button-primary' : 'button-primary'",
    tests,
  },
  {
    says: 'the title of a page without buttons stands higher',
    rules: ['U56'],
    file: 'console/src/styles/page.css',
    from: '  min-height: 36px; /* of its buttons',
    to: '  /* of its buttons',
    tests,
  },
  {
    says: 'with large letters the codes are cut off',
    rules: ['U57'],
    file: 'console/src/styles/signin.css',
    from: 'minmax(min(100%, 15rem), 1fr)',
    to: 'minmax(15rem, 1fr)',
    tests,
  },
  {
    says: 'with large letters the way back through the door is cut off',
    rules: ['U57'],
    file: 'console/src/styles/overlay.css',
    from: '.notice .button {\n  white-space: normal;\n}',
    to: '',
    tests,
  },
  {
    says: 'a line that says nothing takes the room of one',
    rules: ['U58'],
    file: 'console/src/styles/overlay.css',
    from: ".card > [role='status']:empty,",
    to: '',
    tests,
  },
  {
    says: 'a picture of the coordinator’s page is not taken any more',
    rules: ['U59'],
    file: 'tests/support/coordinatorPictures.ts',
    from: "  'c17-scholen': 'scholen',\n",
    to: '',
    tests: ['tests/pictures.test.ts'],
  },
  {
    says: 'the button that takes away looks like one only after a visit to another page',
    rules: ['U55'],
    file: 'console/src/styles/controls.css',
    from: '.button-danger {',
    to: '.team .button-dangerous {',
    tests: ['tests/console/sheets.test.ts'],
  },
  {
    says: 'the page of computers comes without the style of its numbers',
    rules: ['U55'],
    file: 'console/src/devicesPage.tsx',
    from: "import './styles/fingerprint.css';",
    to: '',
    tests: ['tests/console/sheets.test.ts'],
  },
];
