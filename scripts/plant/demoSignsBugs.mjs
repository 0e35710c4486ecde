const ISSUER = 'server/src/demo/issuer.ts';
const wire = ['tests/wire/demoSigns.test.ts'];

/** What the demonstration signs in Noor's name. */
export const demoSignsBugs = [
  {
    says: 'the demonstration signs for every coordinator',
    rules: ['O32'],
    file: ISSUER,
    from: 'if (!own || own.revoked || own.account !== by)',
    to: 'if (!own || own.revoked)',
    tests: wire,
  },
  {
    says: 'the demonstration signs after its issuer was revoked',
    rules: ['O32'],
    file: ISSUER,
    from: 'if (!own || own.revoked || own.account !== by)',
    to: 'if (!own || own.account !== by)',
    tests: wire,
  },
  {
    says: 'the demonstration signs without the click that shows that it is she',
    rules: ['O32'],
    file: 'server/src/demo/signIn.http.ts',
    from: "if (!sessions.steppedUp(staff)) return reply.code(403).send({ code: 'step_up' });",
    to: '',
    tests: wire,
  },
  {
    says: 'in the demonstration Noor has to make an issuer of a root file',
    rules: ['O33'],
    file: 'console/src/model/team/devices.ts',
    from: 'const inHerName = !here && ports.inHerName !== undefined && signersOf(next).has(next.account);',
    to: 'const inHerName = false;',
    tests: ['tests/console/devicesSign.test.tsx'],
  },
  {
    says: 'in the demonstration anybody’s page says that it is signed in her name',
    rules: ['O33'],
    file: 'console/src/model/team/devices.ts',
    from: 'signersOf(next).has(next.account);',
    to: 'signersOf(next).size > 0;',
    tests: ['tests/console/devicesSign.test.tsx'],
  },
];
