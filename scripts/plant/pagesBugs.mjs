/** In pages that come back, that are old, or whose root is not as it was. */
const loader = 'widget/src/loader';
const cached = ['tests/browser/backFromCache.test.ts'];
const hosts = ['tests/browser/hostPages.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const pagesBugs = [
  {
    says: 'Back, out of the browser\u2019s cache, shows the conversation to the next person',
    rules: ['W120'],
    file: 'widget/src/main.tsx',
    from: "history.state ? 'back' : howLoaded(window, keep.read()?.goneMs)",
    to: 'howLoaded(window, keep.read()?.goneMs)',
    tests: cached,
  },
  {
    says: 'the next person opens a chat again that the kept page had taken away',
    rules: ['W120'],
    file: `${loader}/panel.ts`,
    from: 'frameUrl + back + arrived()',
    to: 'frameUrl + arrived()',
    tests: cached,
  },
  {
    says: 'what throws while the tag is read ends in the page',
    rules: ['W121'],
    file: `${loader}/floor.ts`,
    from: 'known || barestAddress()',
    to: 'known',
    tests: hosts,
  },
  {
    says: 'MooTools takes the button away',
    rules: ['W121'],
    file: `${loader}/settings.ts`,
    from: '[...tag.attributes].map(({ value }) => value)',
    to: 'Array.from(tag.attributes, ({ value }) => value)',
    tests: hosts,
  },
  {
    says: 'letters that are made larger move the button off the screen',
    rules: ['W122'],
    file: `${loader}/seat.ts`,
    from: 'back(x - is.left)}px,${back(y - is.top)}px) scale(${drawn / times})',
    to: '0}px,${0}px) scale(${drawn})',
    tests: hosts,
  },
  {
    says: 'a page that is scrolled takes the button along',
    rules: ['W122'],
    file: `${loader}/seat.ts`,
    from: 'of [window, seen])',
    to: 'of [seen])',
    tests: hosts,
  },
  {
    says: 'a page that failed once never comes again in Firefox',
    rules: ['U16'],
    file: 'console/src/device/part.ts',
    from: '  await Promise.all(filesOf(name).map(fetched));\n',
    to: '',
    tests: ['tests/browser/parts.test.ts'],
  },
  {
    says: 'a page comes without its sheet',
    rules: ['U16'],
    file: 'console/build/parts.ts',
    from: '.flatMap((one) => [one, ...(named.get(one)?.viteMetadata?.importedCss ?? [])])',
    to: '.flatMap((one) => [one])',
    tests: ['tests/browser/parts.test.ts'],
  },
  {
    says: 'whoever asks again for a page that did not come loses the focus',
    rules: ['D38'],
    file: 'console/src/ui/PagePane.tsx',
    from: "document.getElementById('page')?.focus(); //",
    to: '//',
    tests: ['tests/browser/parts.test.ts'],
  },
  {
    says: 'whoever signs out in vain loses the focus',
    rules: ['D38'],
    file: 'console/src/ui/top/AccountMenu.tsx',
    from: '    close();\n    onLeave();',
    to: '    setOpen(false);\n    onLeave();',
    tests: ['tests/console/signsOut.test.tsx'],
  },
  {
    says: 'a console of which a part was lost stays an empty page',
    rules: ['U16'],
    file: 'console/src/main.tsx',
    from: 'begin().catch(() => render(<NotWhole onAgain={again} />, root));',
    to: 'begin().catch(() => void again);',
    tests: ['tests/browser/parts.test.ts'],
  },
  {
    says: 'whoever asks again for what takes her one-time address has lost the address',
    rules: ['G3'],
    file: 'console/src/main.tsx',
    from: 'async function start(root: HTMLElement, said: string | null): Promise<void> {\n',
    to: 'async function start(root: HTMLElement, said: string | null): Promise<void> {\n  const token = takeToken();\n',
    tests: ['tests/browser/parts.test.ts'],
  },
];
