const wire = ['tests/wire/answers.test.ts'];
const screen = ['tests/console/answers.test.tsx'];
const ANSWERING = 'console/src/model/answering.ts';
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
  {
    says: 'a / in the middle of a line opens the canned answers',
    rules: ['D50'],
    file: ANSWERING,
    from: "typed.startsWith('/')",
    to: "typed.includes('/')",
    tests: screen,
  },
  {
    says: 'the list of canned answers that was closed opens at the next letter',
    rules: ['D50'],
    file: ANSWERING,
    from: 'if (now?.slash) left = now.from;',
    to: '',
    tests: screen,
  },
  {
    says: 'Enter at a list without a match sends what was searched to the child',
    rules: ['D50'],
    file: 'console/src/ui/chat/useAnswers.ts',
    from: " || (event.key === 'Enter' && !some)",
    to: '',
    tests: screen,
  },
  {
    says: 'a pupil is offered what is written for parents',
    rules: ['D50'],
    file: ANSWERING,
    from: "one.for === 'all' || one.for === talk.role",
    to: "one.for !== 'pupil' || one.for === talk.role",
    tests: screen,
  },
  {
    says: 'a console without connection asks for canned answers',
    rules: ['D51'],
    file: 'console/src/model/answers.ts',
    from: "effect(() => void (desk.connection.value.is === 'online' && look())),",
    to: 'effect(() => void look()),',
    tests: screen,
  },
  {
    says: 'a message with an unfilled place is sent',
    rules: ['D52'],
    file: 'console/src/model/sending.ts',
    from: '    if (unfilled.value) {\n',
    to: '    if (unfilled.value && asks.peek()) {\n',
    tests: screen,
  },
  {
    says: 'an unfilled place is not selected',
    rules: ['D52'],
    file: ANSWERING,
    from: 'return place ?',
    to: 'return place && place.from < 0 ?',
    tests: screen,
  },
  {
    says: 'who has no name is greeted with the word for a name',
    rules: ['D52'],
    file: 'console/src/model/filling.ts',
    from: "if (nick !== '') return",
    to: 'return',
    tests: screen,
  },
  {
    says: 'a second press puts the canned answer in twice',
    rules: ['D53'],
    file: ANSWERING,
    from: '      ask(null);\n      write(text.slice',
    to: '      write(text.slice',
    tests: screen,
  },
  {
    says: 'a canned answer is put into a conversation that is over',
    rules: ['D53'],
    file: ANSWERING,
    from: ' || !isHeld(talk)) return null;',
    to: ') return null;',
    tests: screen,
  },
  {
    says: 'the list of canned answers stays open when the field is left',
    rules: ['D53'],
    file: 'console/src/ui/chat/Composer.tsx',
    from: '          onBlur={canned.answering.close}\n',
    to: '',
    tests: screen,
  },
];
