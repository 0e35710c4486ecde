/** In schools that are in the list twice. */
const wire = ['tests/wire/sites.test.ts'];
const names = ['tests/sites/twinSites.test.ts'];
const screen = ['tests/console/sitesPage.test.tsx'];

/** @type {import('./bugs.mjs').Bug[]} */
export const twinSitesBugs = [
  {
    says: 'the service keeps two schools of one address',
    rules: ['U52'],
    file: 'server/src/centre/centre.store.ts',
    from: "      if (twins.length > 0) return { is: 'refused', problems: twins };\n",
    to: '',
    tests: wire,
  },
  {
    says: 'two schools that stood so hold everybody back',
    rules: ['U52'],
    file: 'server/src/centre/sites.rules.ts',
    from: '    if (stood.success && plain(stood.output[id]) === plain(site)) return [];\n',
    to: '',
    tests: wire,
  },
  {
    says: 'a name in other letters is another name',
    rules: ['U52'],
    file: 'shared/src/protocol/twinSites.ts',
    from: '.toLowerCase()',
    to: '',
    tests: [...wire, ...screen],
  },
  {
    says: 'a name that was copied from a web page is another name',
    rules: ['U52'],
    file: 'shared/src/protocol/twinSites.ts',
    from: '.split(/\\s+/)',
    to: ".split(' ')",
    tests: names,
  },
  {
    says: 'a sign that nobody sees makes another name',
    rules: ['U52'],
    file: 'shared/src/protocol/twinSites.ts',
    from: ".replaceAll(/\\p{Cf}/gu, '')",
    to: '',
    tests: names,
  },
  {
    says: 'a school is like itself',
    rules: ['U52'],
    file: 'console/src/model/sites/page.ts',
    from: 'twinAmong(id, next, others)',
    to: "twinAmong('', next, base.sites)",
    tests: screen,
  },
  {
    says: 'an address that somebody else added meanwhile is not told at its field',
    rules: ['U52'],
    file: 'console/src/model/sites/page.ts',
    from: '      if (twin) return twin;',
    to: '      if (twin && tries === 0) return twin;',
    tests: screen,
  },
];
