// @ts-check
/** Computers that a coordinator signed, on her page: what ended, what waits, and whose row a press is of. */
const tests = ['tests/console/devicesEnded.test.tsx'];

/** @type {import('./bugs.mjs').Bug[]} */
export const devicesEndedBugs = [
  {
    says: 'what ended with its issuer waits for another signature',
    rules: ['O45'],
    file: 'console/src/model/team/devicesShown.ts',
    from: '(isRevoked.get(found.issuer) ?? !isOver)',
    to: '(isRevoked.get(found.issuer) ?? true)',
    tests,
  },
  {
    says: 'what nobody signs for before its end waits for nothing',
    rules: ['O60'],
    file: 'console/src/model/team/devicesShown.ts',
    from: '(isRevoked.get(found.issuer) ?? !isOver)',
    to: '(isRevoked.get(found.issuer) ?? false)',
    tests,
  },
  {
    says: 'a computer that was signed under other roots bears a button to sign it anew',
    rules: ['O60'],
    file: 'console/src/model/team/devicesShown.ts',
    from: 'found !== null && !otherRoots && (',
    to: 'found !== null && (',
    tests,
  },
  {
    says: 'what went wrong moves to the row that she pressed while it ran',
    rules: ['U91'],
    file: 'console/src/ui/team/DeviceAsks.tsx',
    from: 'if (!page.busy.peek()) onPress();',
    to: 'onPress();',
    tests,
  },
  {
    says: 'the focus is taken from where she went on',
    rules: ['D38'],
    file: 'console/src/ui/keepsFocus.ts',
    from: 'if (document.activeElement === document.body || !document.activeElement) heading',
    to: 'heading',
    tests,
  },
  {
    says: 'what went wrong with the press before stands while the next one runs',
    rules: ['O26'],
    file: 'console/src/ui/team/TakeAwayDialog.tsx',
    from: '    trouble.value = null;\n',
    to: '',
    tests,
  },
  {
    says: 'what went wrong with signing one anew moves to the row that she pressed while it ran',
    rules: ['U91'],
    file: 'console/src/ui/team/DevicesBox.tsx',
    from: '                    if (page.busy.peek()) return; // what goes wrong with the one that runs stays at its row\n',
    to: '',
    tests,
  },
];
