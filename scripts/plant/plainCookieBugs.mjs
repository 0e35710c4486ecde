const wire = ['tests/wire/plainCookies.test.ts'];

/** The cookie of the demonstration over plain http. */
export const plainCookieBugs = [
  {
    says: 'the cookie of plain http is the one that WebKit does not take',
    rules: ['O34'],
    file: 'server/src/demo/cookies.rules.ts',
    from: "cookiesWith('', 'Path=/')",
    to: "cookiesWith('', 'Path=/; Secure')",
    tests: wire,
  },
  {
    says: 'production reads the cookie without `__Host-`, too',
    rules: ['O34'],
    file: 'server/src/accounts/cookie.rules.ts',
    from: 'filter((one) => one.startsWith(mine));',
    to: 'filter((one) => one.startsWith(mine) || one.startsWith(`${name}=`)).map((one) => (one.startsWith(mine) ? one : prefix + one));',
    tests: wire,
  },
  {
    says: 'whoever does not say which gets the cookie of plain http',
    rules: ['O34'],
    file: 'server/src/accounts/cookie.rules.ts',
    from: "cookiesWith('__Host-', 'Path=/; Secure')",
    to: "cookiesWith('', 'Path=/')",
    tests: wire,
  },
];
