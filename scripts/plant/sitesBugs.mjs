/** In the list of the pages that may show the chat, and at the doors that keep it. */
const statement = ['tests/crypto/sites.test.ts'];
const wire = ['tests/wire/sites.test.ts'];
const screen = ['tests/console/sitesPage.test.tsx'];
const source = ['tests/sites/source.test.ts'];
const model = 'console/src/model/sites';
const list = 'shared/src/statement/sites.ts';
const door = 'server/src/centre/sites.http.ts';

/** @type {import('./bugs.mjs').Bug[]} */
export const sitesBugs = [
  {
    says: 'a list of sites is judged by the issuer as it is now, and ends with it',
    rules: ['U34'],
    file: list,
    from: 'atMs <= issuer.exp * 1_000 + skewMsMax',
    to: 'nowMs <= issuer.exp * 1_000 + skewMsMax',
    tests: statement,
  },
  {
    says: 'whoever was an issuer once signs lists of sites for ever',
    rules: ['U34'],
    file: list,
    from: 'const wasIssuer = atMs >= issuer.nbf * 1_000 - skewMsMax && atMs <= issuer.exp * 1_000 + skewMsMax;',
    to: 'const wasIssuer = true;',
    tests: statement,
  },
  {
    says: 'a list of sites of next year is believed today',
    rules: ['U34'],
    file: list,
    from: '|| atMs > nowMs + skewMsMax',
    to: '',
    tests: statement,
  },
  {
    says: 'any root signs the list of sites',
    rules: ['U34'],
    file: list,
    from: '|| !pins.includes(await pinOf(rootPublic))',
    to: '',
    tests: statement,
  },
  {
    says: 'as many sites as anybody likes',
    rules: ['U36'],
    file: 'shared/src/protocol/sites.ts',
    from: 'Object.keys(all).length <= SITES_MAX',
    to: 'true',
    tests: wire,
  },
  {
    says: 'the sites are saved though the list beside them is another one',
    rules: ['U35'],
    file: door,
    from: "sameSites(list.sites, sites) ? { text, rev: list.rev } : wrong('value', 'is another list than this one')",
    to: '{ text, rev: list.rev }',
    tests: wire,
  },
  {
    says: 'a list of sites that was signed long ago is taken again',
    rules: ['U35'],
    file: door,
    from: "if (list.atMs < nowMs() - SKEW_MS_MAX) return wrong('value', 'was not signed now');",
    to: '',
    tests: wire,
  },
  {
    says: 'a list of sites with the number of the one before takes its place',
    rules: ['U35'],
    file: door,
    from: 'list.rev <= (before?.rev ?? 0)',
    to: 'list.rev < (before?.rev ?? 0)',
    tests: wire,
  },
  {
    says: 'the store is asked for the signed sites by each who asks',
    rules: ['U35'],
    file: door,
    from: 'age >= ASKED_EVERY_MS',
    to: 'true',
    tests: wire,
  },
  {
    says: 'a school that is changed takes the others with it',
    rules: ['U37'],
    file: `${model}/page.ts`,
    from: 'next ? { ...others, [id]: next } : others',
    to: 'next ? { [id]: next } : others',
    tests: screen,
  },
  {
    says: 'a school is changed where nobody can sign the list',
    rules: ['U35'],
    file: `${model}/page.ts`,
    from: 'if (!issuer) return undefined;',
    to: 'if (!issuer) return null;',
    tests: screen,
  },
  {
    says: 'a snippet is given away with whatever pins the service names',
    rules: ['U35'],
    file: `${model}/page.ts`,
    from: "if (!(await ports.isOurs(issuer, pins))) return 'stranger';",
    to: '',
    tests: screen,
  },
  {
    says: 'a list of sites begins again at one after a loss of the records',
    rules: ['U35'],
    file: `${model}/page.ts`,
    from: 'Math.max(signed + 1, Math.floor(nowMs / 1_000))',
    to: 'signed + 1',
    tests: screen,
  },
  {
    says: 'a school that somebody else changed is written over unseen',
    rules: ['U38'],
    file: `${model}/page.ts`,
    from: "if (!sameSite(theirs, seen)) return { is: 'clash', theirs, by: answer.by };",
    to: '',
    tests: screen,
  },
  {
    says: 'a school is looked for at any address that somebody types',
    rules: ['U39'],
    file: `${model}/check.ts`,
    from: 'if (!origins.some((origin) => covers(origin, url))) return null;',
    to: '',
    tests: screen,
  },
  {
    says: 'a tag in a comment counts as one of the page',
    rules: ['U39'],
    file: `${model}/snippet.ts`,
    from: "if (small.startsWith('<!--', open)) {",
    to: 'if (false) {',
    tests: source,
  },
  {
    says: 'a pasted source of any length is read',
    rules: ['U39'],
    file: `${model}/snippet.ts`,
    from: 'if (source.length > SOURCE_CHARS_MAX)',
    to: 'if (false)',
    tests: source,
  },
];
