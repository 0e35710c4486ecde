/** In the scripts of the commands: what is said, and what time does. */
const twins = ['tests/redis/contract.test.ts', 'tests/redis/corners.test.ts', 'tests/redis/model.test.ts'];
const keys = ['tests/redis/keys.test.ts'];
const failure = ['tests/redis/failure.test.ts'];
const turns = ['tests/redis/turns.test.ts'];

const talk = 'server/src/conversation';
const time = 'server/src/retention';

/** @type {import('./bugs.mjs').Bug[]} */
export const luaTalkBugs = [
  {
    says: 'how often somebody comes is taken for how long it takes',
    rules: ['Q8'],
    file: `${talk}/opened.lua`,
    from: ' and visit.joinedMs <= last then',
    to: ' then',
    tests: twins,
  },
  {
    says: 'after a pause the queue is told at once that nobody works',
    rules: ['R5', 'H1'],
    file: `${time}/tick.lua`,
    from: 'if grace or staffed() then staff_gone = 0',
    to: 'if staffed() then staff_gone = 0',
    tests: twins,
  },
  {
    says: 'a key offer may jump over epochs',
    rules: ['K1'],
    file: `${talk}/keyOffer.lua`,
    from: 'input.epoch ~= visit.epochNext',
    to: 'input.epoch < visit.epochNext',
    tests: twins,
  },
  {
    says: 'a second seal replaces the first',
    rules: ['K1'],
    file: `${talk}/keySeal.lua`,
    from: 'if not keys.sealed then\n',
    to: 'if keys.keyOffer then\n',
    tests: twins,
  },
  {
    says: 'the log is without an end',
    rules: ['P1'],
    file: `${talk}/frames.lua`,
    from: "  broom(visit, key('f', visit.id))\n",
    to: '',
    tests: keys,
  },
  {
    says: 'a frame out of order is stored',
    rules: ['C3'],
    file: `${talk}/frames.lua`,
    from: 'if tonumber(n) ~= (known or 0) + 1 then',
    to: 'if tonumber(n) < (known or 0) + 1 then',
    tests: twins,
  },
  {
    says: 'a frame that fails takes those of others with it',
    rules: ['V8'],
    file: `${talk}/append.lua`,
    from: 'pcall(append, at)',
    to: 'true, append(at)',
    tests: turns,
  },
  {
    says: 'a log that is written all the time runs out',
    rules: ['V6'],
    file: `${talk}/frames.lua`,
    from: 'SAID_AGAIN == 1',
    to: 'SAID_AGAIN == -1',
    tests: turns,
  },
  {
    says: 'a fresh page finds the log of another one its own',
    rules: ['C1'],
    file: `${talk}/since.lua`,
    from: 'there.i ~= input.id',
    to: 'false',
    tests: twins,
  },
  {
    says: 'since gives the frame that is known already',
    rules: ['C1'],
    file: `${talk}/since.lua`,
    from: "log, '(' .. from",
    to: 'log, from',
    tests: twins,
  },
  {
    says: 'restoring twice doubles frames',
    rules: ['C2'],
    file: `${talk}/restore.lua`,
    from: 'tonumber(n) <= known',
    to: 'tonumber(n) < known',
    tests: twins,
  },
  {
    says: 'on Redis a desk whose sign lies ahead of a clock that went back is there until it comes by again',
    rules: ['R5'],
    file: `${time}/deadlines.lua`,
    from: 'if desk.beatMs - now > cfg.clockSkewMsMax then put_desk',
    to: 'if desk.beatMs < 0 then put_desk',
    tests: twins,
  },
  {
    says: 'a desk is released one tick late',
    rules: ['R7'],
    file: `${time}/deadlines.lua`,
    from: 'if age >= cfg.releaseMs then',
    to: 'if age > cfg.releaseMs then',
    tests: twins,
  },
  {
    says: 'old frames stay',
    rules: ['P1'],
    file: `${time}/deadlines.lua`,
    from: 'if at > oldest then',
    to: 'if at >= 0 then',
    tests: twins,
  },
  {
    says: 'a pause of the store releases everybody',
    rules: ['R5'],
    file: `${time}/tick.lua`,
    from: 'if gap or other_life then',
    to: 'if other_life then',
    tests: failure,
  },
  {
    says: 'a replica that takes over releases everybody',
    rules: ['R5'],
    file: `${time}/tick.lua`,
    from: 'if gap or other_life then',
    to: 'if gap then',
    tests: failure,
  },
];
