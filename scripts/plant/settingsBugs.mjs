const tests = ['tests/settings.test.ts'];
const CONFIG = 'server/src/environment.ts';

/** Variables of the environment. */
export const settingsBugs = [
  {
    says: 'an address with its password is shown again',
    rules: ['N15'],
    file: CONFIG,
    from: 'secret || written.length',
    to: 'written.length',
    tests,
  },
  {
    says: 'a value of a million characters is shown again',
    rules: ['N15'],
    file: CONFIG,
    from: 'secret || written.length > SHOWN_CHARS_MAX',
    to: 'secret',
    tests,
  },
  {
    says: 'any setting may stand in a file',
    rules: ['N15'],
    file: CONFIG,
    from: 'secret ? fromFile(name, env) : env[name]',
    to: 'fromFile(name, env)',
    tests,
  },
  {
    says: 'of a file with two lines the first one counts',
    rules: ['N15'],
    file: CONFIG,
    from: "line === '' || more.join('') !== ''",
    to: "line === '' || more.join('') === ' '",
    tests,
  },
  {
    says: 'an empty file is an address that is not set',
    rules: ['N15'],
    file: CONFIG,
    from: "line === '' || more",
    to: 'more',
    tests,
  },
  {
    says: 'a variable and its file may both be set',
    rules: ['N15'],
    file: CONFIG,
    from: '  if (env[name]) throw new StartProblem(`${name} and',
    to: '  if (env[name] === path) throw new StartProblem(`${name} and',
    tests,
  },
  {
    says: 'the page for whoever runs it says another default than the program has',
    rules: ['N15'],
    file: 'server/src/settings.ts',
    from: 'otherwise: { value: 0, says:',
    to: 'otherwise: { value: 1, says:',
    tests: ['tests/wire/process.test.ts'],
  },
  {
    says: 'a setting is in the program and not on the page',
    rules: ['N15'],
    file: 'docs/operations.md',
    from: '| `HOST` |',
    to: '| `HOSTS` |',
    tests,
  },
  {
    says: 'an address with an accent is none after five thousand others',
    rules: ['S2'],
    file: 'server/src/kernel/url.ts',
    from: '    return new URL(text);\n',
    to: '    return URL.canParse(text) ? new URL(text) : null;\n',
    tests: ['tests/centre.test.ts'],
  },
];
