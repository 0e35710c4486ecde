/** In how a visit leaves a desk without ending, and in what each side reads of it. */
const model = ['tests/store/memory.test.ts'];
const twins = ['tests/redis/contract.test.ts', 'tests/redis/model.test.ts'];
const keys = ['tests/redis/keys.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const releaseBugs = [
  {
    says: 'who owes an answer is offered',
    rules: ['Q7'],
    file: 'server/src/visit/visit.rules.ts',
    from: " && away === 'no' && !unanswered;",
    to: " && away === 'no';",
    tests: model,
  },
  {
    says: 'who was asked nothing owes an answer',
    rules: ['Q7', 'R11'],
    file: 'server/src/visit/visit.rules.ts',
    from: "keyOffer !== '' && sealed === '';",
    to: "sealed === '';",
    tests: model,
  },
  {
    says: 'the silence is told by the hint alone',
    rules: ['R8', 'V2'],
    file: 'server/src/visit/visit.rules.ts',
    from: "stage === 'talking' && quiet >= idleAskMs ?",
    to: 'false ?',
    tests: model,
  },
  {
    says: 'who talked for long reads that it was silent',
    rules: ['V11'],
    file: 'server/src/retention/retention.model.ts',
    from: "rules.lengthMaxMs) return remove(w, visit, 'too_long');",
    to: "rules.lengthMaxMs) return remove(w, visit, 'silence');",
    tests: model,
  },
  {
    says: 'who choosing takes long has no answer to give',
    rules: ['Q7'],
    file: 'server/src/queue/queue.model.ts',
    from: "if (visit.away !== 'no' || visit.unanswered) {",
    to: "if (visit.away !== 'no') {",
    tests: model,
  },
  {
    says: 'a console that let go is offered it at once',
    rules: ['R10'],
    file: 'server/src/routing/routing.model.ts',
    from: '      noteTried(w, visit, fence.account);\n',
    to: '',
    tests: model,
  },
  {
    says: 'what came back stands among what was let go',
    rules: ['R11'],
    file: 'server/src/presence/presence.model.ts',
    from: 'was === account && holder !== account',
    to: 'was === account',
    tests: model,
  },
  {
    says: 'the script offers who owes an answer',
    rules: ['Q7'],
    file: 'server/src/live/moves.lua',
    from: " and visit.away == 'no' and not visit.unanswered then",
    to: " and visit.away == 'no' then",
    tests: twins,
  },
  {
    says: 'an ended visit stays among what a desk let go',
    rules: ['V4'],
    file: 'server/src/live/moves.lua',
    from: "  if text(visit.was) then redis.call('ZREM', key('letgo', visit.was), id) end\n",
    to: '',
    tests: keys,
  },
  {
    says: 'the script lets who owes an answer be away for good',
    rules: ['Q7'],
    file: 'server/src/queue/here.lua',
    from: 'unanswered = false, ',
    to: '',
    tests: twins,
  },
  {
    says: 'the script says that a colleague was faster where nobody was',
    rules: ['Q7'],
    file: 'server/src/routing/take.lua',
    from: "then return refuse('not_ready') end",
    to: "then return refuse('taken') end",
    tests: twins,
  },
  {
    says: 'the script blames the visitor for an opening that she never began',
    rules: ['Q7', 'R11'],
    file: 'server/src/retention/deadlines.lua',
    from: 'local asked = keys.keyOffer ~= nil and keys.sealed == nil',
    to: 'local asked = keys.sealed == nil',
    tests: twins,
  },
];
