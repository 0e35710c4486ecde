/** Many of one address: what they ask ahead, how they wait for their turn, and what they cost everybody else. */
const edge = 'server/src/edge';
const pipelined = ['tests/wire/pipelined.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const crowdBugs = [
  {
    says: 'a connection asks ahead for as much as it likes',
    rules: ['N40'],
    file: `${edge}/inTurn.ts`,
    from: 'if (owed.push(answer) > unansweredMax) return void socket.destroy();',
    to: 'owed.push(answer);',
    tests: pipelined,
  },
  {
    says: 'all that a connection asks ahead is answered at once',
    rules: ['N40'],
    file: `${edge}/inTurn.ts`,
    from: 'if (owed.length === 1) answer();',
    to: 'answer();',
    tests: pipelined,
  },
  {
    says: 'a connection that is owed an answer becomes a WebSocket',
    rules: ['N40'],
    file: `${edge}/http.ts`,
    from: 'if (inTurn.isOwed(socket)) return void socket.destroy();',
    to: '',
    tests: pipelined,
  },
];
