/** In the two machines of the key agreement. The explorer has more of them, planted by itself (tests/explore/planted.ts). */
const tests = ['tests/explore/explore.test.ts'];
const visitor = 'shared/src/client/visitor/agreement.ts';
const desk = 'shared/src/client/desk/agreement.ts';

/** @type {import('./bugs.mjs').Bug[]} */
export const agreementBugs = [
  {
    says: 'a visitor that was told that its key works, and finds no sign of it, waits on',
    rules: ['K8'],
    file: visitor,
    from: "  return go(state, { is: 'expecting' }, ask(word.epoch));\n}\n",
    to: '  return stay(state);\n}\n',
    tests,
  },
  {
    says: 'an opening visit of which a store knows no sealed key is not offered another',
    rules: ['K8'],
    file: desk,
    from: 'return open && holds.includes(epoch)',
    to: 'return holds.includes(epoch)',
    tests,
  },
  {
    says: 'a key known under a number that is handed out again passes for the new one',
    rules: ['K3'],
    file: desk,
    from: 'state.holds.filter(other)',
    to: 'state.holds',
    tests,
  },
  {
    says: 'the visitor writes although the service has not its share',
    rules: ['K3'],
    file: visitor,
    from: ' && word?.shared === true;',
    to: ';',
    tests: ['tests/client/agreementShare.test.ts'],
  },
  {
    says: 'whoever was signed under her account is she',
    rules: ['K2'],
    file: 'shared/src/client/visitor/keys.ts',
    from: 'const who = [sub, name, site].join(`\\n`);',
    to: 'const who = sub;',
    tests: ['tests/evil-relay/anothersAccount.test.ts'],
  },
];
