/** In what a stranger gains who writes into a page, or sits down after somebody. */
const arrival = ['tests/client/arrival.test.ts'];
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
  {
    says: 'who was asked whose chat it is loads the page again and reads it',
    rules: ['W112'],
    file: 'shared/src/client/visitor/visitor.ts',
    from: 'keep.write({ ...kept, asked: true });',
    to: 'keep.write(kept);',
    tests: arrival,
  },
  {
    says: 'hours after a visit the next person is asked whose it was',
    rules: ['W113'],
    file: 'shared/src/client/visitor/visitor.ts',
    from: 'clock.nowMs() - alive.atMs > agreed.awayMsMax',
    to: 'clock.nowMs() - alive.atMs > Infinity',
    tests: arrival,
  },
  {
    says: 'a clock that was put back wipes a living visit',
    rules: ['W113'],
    file: 'shared/src/client/visitor/visitor.ts',
    from: 'clock.nowMs() - alive.atMs > agreed.awayMsMax',
    to: 'Math.abs(clock.nowMs() - alive.atMs) > agreed.awayMsMax',
    tests: arrival,
  },
];
