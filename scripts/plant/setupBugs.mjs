// @ts-check
/** The page of the console on which the roots of a centre are made. */
const FILE = 'shared/src/statement/rootFile.ts';
const STEPS = 'console/src/model/setupSteps.ts';
const SETUP = 'console/src/model/setup.ts';
const SCREEN = 'console/src/ui/setup/SetupScreen.tsx';
const PAGE = 'console/src/device/setupPage.ts';
const steps = ['tests/console/setupSteps.test.ts'];
const setup = ['tests/console/setup.test.tsx'];
const inBrowser = ['tests/browser/setup.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const setupBugs = [
  {
    says: 'the set-up writes into the browser that it is under way',
    rules: ['O10'],
    file: PAGE,
    from: '  history.replaceState(is',
    to: "  localStorage.setItem('setup', String(is));\n  history.replaceState(is",
    tests: inBrowser,
  },
  {
    says: 'an address throws a counsellor out of her desk',
    rules: ['O10'],
    file: 'console/src/main.tsx',
    from: "location.hash === SETUP && session.door.peek().is === 'sign_in'",
    to: 'location.hash === SETUP',
    tests: inBrowser,
  },
  {
    says: 'who only asked for the test is past it',
    rules: ['O11'],
    file: STEPS,
    from: 'return isFine(event.problems) ? at(state, next) :',
    to: "return isFine(event.problems) || step === 'check' ? at(state, next) :",
    tests: steps,
  },
  {
    says: 'a page goes on under what it is making',
    rules: ['O11'],
    file: STEPS,
    from: "return step === 'check' && !busy ? at(state, 'save') : state;",
    to: "return step === 'check' ? at(state, 'save') : state;",
    tests: steps,
  },
  {
    says: 'files of any centre pass the test',
    rules: ['O11', 'O13'],
    file: SETUP,
    from: "pinsText(read.pins) === pinsText(pins) ? {} : { [field]: 'other' }",
    to: 'pinsText(read.pins) === pinsText(pins) ? {} : {}',
    tests: setup,
  },
  {
    says: 'one file chosen twice passes the test',
    rules: ['O11'],
    file: SETUP,
    from: "problems: { second: 'twice' } satisfies",
    to: 'problems: {} satisfies',
    tests: setup,
  },
  {
    says: 'a file of gigabytes is read before it is refused',
    rules: ['O12'],
    file: SETUP,
    from: "  if (file.size > ROOT_FILE_BYTES_MAX) return { ok: false, why: 'too_large' };\n",
    to: '',
    tests: setup,
  },
  {
    says: 'a mistake leaves the focus at the button',
    rules: ['O12'],
    file: SCREEN,
    from: 'document.getElementById(field)?.focus();',
    to: 'document.getElementById(field);',
    tests: setup,
  },
  {
    says: 'where no file opens the files are blamed',
    rules: ['O12'],
    file: SETUP,
    from: "...(closed && opened.length === 0 && { opening: 'closed' }),",
    to: '...(closed && opened.length > 2 && { opening: opened[0] }),',
    tests: setup,
  },
  {
    says: 'a reload throws the roots away without a word',
    rules: ['O13'],
    file: PAGE,
    from: "addEventListener('beforeunload', ask);\n  else",
    to: "addEventListener('unused', ask as () => void);\n  else",
    tests: inBrowser,
  },
  {
    says: 'a page that was loaded anew does not say what is lost',
    rules: ['O13'],
    file: 'console/src/setup.tsx',
    from: 'const lost = wasUnderWay();\n  markUnderWay(false);',
    to: 'markUnderWay(false);\n  const lost = wasUnderWay();',
    tests: inBrowser,
  },
  {
    says: 'a device is said to be signed though nothing kept it',
    rules: ['O14'],
    file: SETUP,
    from: "if (kept !== true) return { org: kept === false ? 'unkept' : kept };",
    to: '',
    tests: setup,
  },
  {
    says: 'the spare root signs the first issuer',
    rules: ['O14'],
    file: SETUP,
    from: "kind === 'O') ?? null",
    to: "kind === 'O2') ?? null",
    tests: setup,
  },
  {
    says: 'a new page of the set-up leaves the focus nowhere',
    rules: ['O15'],
    file: SCREEN,
    from: 'heading.current?.focus();',
    to: '',
    tests: setup,
  },
  {
    says: 'with large letters a heading of the set-up is wider than the phone',
    rules: ['O15'],
    file: 'console/src/styles/overlay.css',
    from: '.card h1 {\n  overflow-wrap: anywhere;\n  hyphens: auto;\n}\n',
    to: '',
    tests: inBrowser,
  },
  {
    says: 'a root file is sealed with a tag that other programs do not take',
    rules: ['O16'],
    file: FILE,
    from: "how: { name: 'AES-GCM', iv:",
    to: "how: { name: 'AES-GCM', tagLength: 96, iv:",
    tests: inBrowser,
  },
  {
    says: 'a second coordinator of an open centre is led to make other roots',
    rules: ['O51'],
    file: 'console/src/ui/team/MakeIssuer.tsx',
    from: '{mayBegin && (',
    to: '{(',
    tests: ['tests/console/devicesPage.test.tsx'],
  },
  {
    says: 'roots that the server does not know are told to be put in the place of those that it knows',
    rules: ['O51'],
    file: 'console/src/ui/setup/using.tsx',
    from: "org === 'no_pins' && setup",
    to: "(org === 'no_pins' || org === 'other_pins') && setup",
    tests: ['tests/console/setup.test.tsx'],
  },
  {
    says: 'roots are made where the service did not say whether the centre has some',
    rules: ['O51'],
    file: 'console/src/ceremony.tsx',
    from: 'if (all && !all.ok) {',
    to: 'if (all && !all.ok && all.why.length === 0) {',
    tests: ['tests/console/ceremony.test.tsx'],
  },
  {
    says: 'what the first coordinator signs with is not spelled as it is kept',
    rules: ['G93'],
    file: 'console/src/model/setup.ts',
    from: '[spelled(says.org), spelled(says.name), spelled(says.site)]',
    to: '[says.org.trim(), says.name, says.site]',
    tests: ['tests/console/setup.test.tsx'],
  },
];
