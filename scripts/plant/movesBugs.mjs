/** In what the scripts share. */
const twins = ['tests/redis/contract.test.ts', 'tests/redis/corners.test.ts', 'tests/redis/model.test.ts'];
const keys = ['tests/redis/keys.test.ts'];
const failure = ['tests/redis/failure.test.ts'];

const live = 'server/src/live';

/** @type {import('./bugs.mjs').Bug[]} */
export const movesBugs = [
  {
    says: 'a visitor who talks waits on',
    rules: ['D45'],
    file: `${live}/moves.lua`,
    from: 'waitedMs = handed - visit.joinedMs',
    to: 'waitedMs = now - visit.joinedMs',
    tests: twins,
  },
  {
    says: 'in memory a visitor who talks waits on',
    rules: ['D45'],
    file: `${live}/moves.ts`,
    from: 'waitedMs: visit.handedMs - visit.joinedMs',
    to: 'waitedMs: now - visit.joinedMs',
    tests: ['tests/store/memory.test.ts'],
  },
  {
    says: 'a released counsellor goes on',
    rules: ['R6'],
    file: `${live}/moves.lua`,
    from: 'put_visit(visit, { hold = visit.hold + 1, rev = visit.rev + 1 })',
    to: 'put_visit(visit, { rev = visit.rev + 1 })',
    tests: twins,
  },
  {
    says: "the released counsellor's half of the key stays",
    rules: ['K4'],
    file: `${live}/moves.lua`,
    from: "drop_keys(visit, 'ridC', 'RC', 'sealed', 'keyOffer')",
    to: "drop_keys(visit, 'sealed', 'keyOffer')",
    tests: twins,
  },
  {
    says: 'numbers of streams outlive their visit',
    rules: ['V4'],
    file: `${live}/moves.lua`,
    from: "key('f', id), key('s', id))",
    to: "key('f', id))",
    tests: keys,
  },
  {
    says: 'an ended visit stays among the answers to take',
    rules: ['V4'],
    file: `${live}/moves.lua`,
    from: 'cjson.decode(takes[i + 1]).visitId == id',
    to: 'false',
    tests: keys,
  },
  {
    says: 'a desk without signs of life is rung',
    rules: ['R3'],
    file: `${live}/moves.lua`,
    from: "desk.status == 'available' and now - desk.beatMs <= cfg.pulseLateMs and",
    to: "desk.status == 'available' and",
    tests: twins,
  },
  {
    says: 'a visit counts itself as in front',
    rules: ['Q2'],
    file: `${live}/moves.lua`,
    from: "'-inf', '(' .. number(visit.ticket)",
    to: "'-inf', number(visit.ticket)",
    tests: twins,
  },
  {
    says: 'the oldest rings are withdrawn first',
    rules: ['R2'],
    file: `${live}/moves.lua`,
    from: 'for i = #rings, 1, -1 do',
    to: 'for i = 1, #rings do',
    tests: twins,
  },
  {
    says: 'an older window of a counsellor still acts',
    rules: ['L4'],
    file: `${live}/fences.lua`,
    from: "if desk.seat ~= fence.seat then return nil, 'replaced' end\n",
    to: '',
    tests: twins,
  },
  {
    says: 'a former holder still acts on the visit',
    rules: ['R6'],
    file: `${live}/fences.lua`,
    from: 'visit.holder ~= fence.account or visit.hold ~= fence.hold',
    to: 'visit.holder ~= fence.account',
    tests: twins,
  },
  {
    says: 'a node with a wrong clock lets everything run out',
    rules: ['R5'],
    file: `${live}/skew.lua`,
    from: '> cfg.clockSkewMsMax',
    to: '> 100 * cfg.clockSkewMsMax',
    tests: failure,
  },
  {
    says: 'what belongs to the centre has no end',
    rules: ['P1'],
    file: `${live}/base.lua`,
    from: "local function stays(name) redis.call('PEXPIRE', name, cfg.deskBroomMs) end",
    to: 'local function stays() end',
    tests: keys,
  },
];
