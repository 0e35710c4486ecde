const wire = ['tests/wire/answers.test.ts'];
const STORE = 'server/src/centre/answers.store.ts';
const RULES = 'server/src/centre/answers.rules.ts';

/* Canned answers of a centre. */
/** @type {import('./bugs.mjs').Bug[]} */
export const answersBugs = [
  {
    says: 'two canned answers of one name are kept, and which of them is sent nobody knows',
    rules: ['S9'],
    file: RULES,
    from: 'return twice.length > 0 ?',
    to: 'return twice.length > 99 ?',
    tests: wire,
  },
  {
    says: 'a canned answer may hold what turns its line around',
    rules: ['S9'],
    file: 'shared/src/answers.ts',
    from: '\\u202A-\\u202E\\u2066-\\u2069]/u;',
    to: ']/u;',
    tests: wire,
  },
  {
    says: 'as many canned answers as somebody likes',
    rules: ['S9'],
    file: RULES,
    from: '  v.maxLength(ANSWERS_MAX, `may hold ${ANSWERS_MAX} answers at most`),\n',
    to: '',
    tests: wire,
  },
  {
    says: 'who saw older canned answers saves over newer ones',
    rules: ['S10'],
    file: STORE,
    from: `        if (now.rev !== seen) return { is: 'changed', now };
        const parsed = parseAnswers(wanted);
        if (!parsed.ok) return { is: 'refused', problems: parsed.problems };
        const change = { ...ALL, rev: seen,`,
    to: `        const parsed = parseAnswers(wanted);
        if (!parsed.ok) return { is: 'refused', problems: parsed.problems };
        const change = { ...ALL, rev: now.rev,`,
    tests: wire,
  },
  {
    says: 'a counsellor cannot read the canned answers',
    rules: ['S11'],
    file: 'server/src/centre/answers.http.ts',
    from: 'staff && staff.roles.length > 0 ?',
    to: "staff?.roles.includes('coordinator') ?",
    tests: wire,
  },
  {
    says: 'the demonstration writes its canned answers over those of a person',
    rules: ['S12'],
    file: 'server/src/demo/answers.ts',
    from: 'if (rev > 0) return;',
    to: '',
    tests: wire,
  },
  {
    says: 'an import takes canned answers that no release wrote',
    rules: ['A7'],
    file: 'server/src/shell/recordsFile.ts',
    from: 'if (!parsed.ok) return `text.${parsed.problems[0]?.path}`;',
    to: '',
    tests: ['tests/redis/export.test.ts'],
  },
];
