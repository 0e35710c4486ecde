const tests = ['tests/console/leaving.test.tsx'];

/** Signing out while something is not saved. */
export const leavingBugs = [
  {
    says: 'who signs out with unsaved hours is out before anybody asks',
    rules: ['U46'],
    file: 'console/src/ui/top/AccountMenu.tsx',
    from: 'if (!asks.value && loses()) {',
    to: 'if (false) {',
    tests,
  },
  {
    says: 'who holds somebody is asked for what is not saved',
    rules: ['U46'],
    file: 'console/src/ui/top/TopBar.tsx',
    from: 'loses={() => !holdsSomebody(workspace) && losesSomething()}',
    to: 'loses={losesSomething}',
    tests,
  },
];
