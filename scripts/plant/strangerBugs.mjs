/** In what a stranger gains who writes into a page, or sits down after somebody. */
const names = ['tests/widget/loaderNames.test.tsx'];

/** @type {import('./bugs.mjs').Bug[]} */
export const strangerBugs = [
  {
    says: 'a picture with the name of the running script sends the chat elsewhere',
    rules: ['W110'],
    file: 'widget/src/loader/settings.ts',
    from: 'const running = page.currentScript;',
    to: 'const running = document.currentScript;',
    tests: names,
  },
  {
    says: 'a form with the name of the scripts sends the chat elsewhere',
    rules: ['W110'],
    file: 'widget/src/loader/settings.ts',
    from: 'Array.from(page.scripts)',
    to: 'Array.from(document.scripts)',
    tests: names,
  },
  {
    says: 'a picture makes a page of a school one that the browser had discarded',
    rules: ['W110'],
    file: 'widget/src/loader/arrived.ts',
    from: '} = page as Document',
    to: '} = document as Document',
    tests: names,
  },
  {
    says: 'whatever markup bears a name of the document stands in for it',
    rules: ['W110'],
    file: 'widget/src/loader/page.ts',
    from: 'Reflect.get(Document.prototype, name, document)',
    to: 'Reflect.get(document, name, document)',
    tests: names,
  },
  {
    says: 'in Safari an element with the name of the idle callback takes the button away',
    rules: ['W110'],
    file: 'widget/src/loader/status.ts',
    from: "(typeof idle === 'function' ? idle : setTimeout)",
    to: '(idle || setTimeout)',
    tests: names,
  },
];
