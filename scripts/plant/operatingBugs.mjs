/** What an operator relies on: the compose file, what is made beside the network, a page that clears a computer, and who says that it is ready. */
const compose = ['tests/compose.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const operatingBugs = [
  {
    says: 'the compose file forgets where the key beside the records is',
    rules: ['I17'],
    file: 'docker-compose.yml',
    from: '      RECORDS_KEY_FILE: /app/key/records.key # `bootstrap` makes it\n',
    to: '',
    tests: compose,
  },
  {
    says: 'the side of the files sees the key beside the records',
    rules: ['I17'],
    file: 'docker-compose.yml',
    from: '      - sites:/app/sites\n',
    to: '      - sites:/app/sites\n      - key:/app/key\n',
    tests: compose,
  },
];
