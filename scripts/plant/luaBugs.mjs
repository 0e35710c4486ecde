/** In the scripts of the commands. */
const twins = ['tests/redis/contract.test.ts', 'tests/redis/corners.test.ts', 'tests/redis/model.test.ts'];
const keys = ['tests/redis/keys.test.ts'];
const full = ['tests/redis/full.test.ts'];
const failure = ['tests/redis/failure.test.ts'];

const visit = 'server/src/visit';
const queue = 'server/src/queue';
const routing = 'server/src/routing';
const talk = 'server/src/conversation';
const time = 'server/src/retention';

/** @type {import('./bugs.mjs').Bug[]} */
export const luaBugs = [
  {
    says: 'an old token lets in for ever',
    file: `${visit}/attach.lua`,
    from: 'tok = input.next, tokPrev = visit.tok }',
    to: 'tok = input.next }',
    tests: twins,
  },
  {
    says: 'a closed socket is forgotten to be noted',
    file: `${visit}/drop.lua`,
    from: 'dropMs = now, seenMs = now',
    to: 'seenMs = now',
    tests: twins,
  },
  {
    says: 'an older socket ends the visit',
    file: `${visit}/end.lua`,
    from: "if by == 'visitor' and visit.conn ~= input.conn then return refuse('replaced') end\n",
    to: '',
    tests: twins,
  },
  {
    says: 'the late goodbye of a page that came back counts',
    file: `${visit}/unload.lua`,
    from: 'if visit.tok ~= input.token then',
    to: 'if visit.tok ~= input.token and visit.tokPrev ~= input.token then',
    tests: twins,
  },
  {
    says: 'after a pause the queue is told at once that nobody works',
    file: `${time}/tick.lua`,
    from: 'if grace or staffed() then staff_gone = 0',
    to: 'if staffed() then staff_gone = 0',
    tests: twins,
  },
  {
    says: 'an old press undoes a newer one',
    file: 'server/src/presence/presses.lua',
    from: 'if press == id then return true end',
    to: 'if press == id then return false end',
    tests: twins,
  },
  {
    says: 'who signed out can still act',
    file: 'server/src/presence/signOut.lua',
    from: ', seat = desk.seat + 1 })',
    to: ' })',
    tests: twins,
  },
  {
    says: 'ending is refused by a full store',
    file: `${visit}/end.lua`,
    from: '#!lua flags=allow-oom',
    to: '#!lua',
    tests: full,
  },
  {
    says: 'signs of life are lost while the store is full',
    file: `${visit}/seen.lua`,
    from: '#!lua flags=allow-oom',
    to: '#!lua',
    tests: full,
  },
  {
    says: 'somebody else takes a visit by its id',
    file: `${queue}/join.lua`,
    from: "if visit and visit.first ~= input.first then return refuse('not_yours') end\n",
    to: '',
    tests: twins,
  },
  {
    says: 'a new visit has no end',
    file: `${queue}/join.lua`,
    from: "  broom(visit, key('v', visit.visitId))\n",
    to: '',
    tests: keys,
  },
  {
    says: 'the estimate reads the median twice',
    file: `${queue}/estimate.lua`,
    from: 'round_up(minutes(0.8))',
    to: 'round_up(minutes(0.5))',
    tests: twins,
  },
  {
    says: 'who was away counts as present',
    file: `${queue}/facts.lua`,
    from: "if visit.away == 'no' then",
    to: 'if true then',
    tests: twins,
  },
  {
    says: 'a desk gets one more than its slots',
    file: `${routing}/candidates.lua`,
    from: 'seat.load < seat.desk.slots',
    to: 'seat.load <= seat.desk.slots',
    tests: twins,
  },
  {
    says: 'who declined is asked again at once',
    file: `${routing}/candidates.lua`,
    from: 'if not tried[seat.desk.account] then',
    to: 'if true then',
    tests: twins,
  },
  {
    says: 'the last in line is rung first',
    file: `${routing}/match.lua`,
    from: "'ZRANGE', key('line')",
    to: "'ZREVRANGE', key('line')",
    tests: twins,
  },
  {
    says: 'a ring is accepted by another desk',
    file: `${routing}/accept.lua`,
    from: 'if not visit or visit.offerTo ~= desk.account then',
    to: 'if not visit then',
    tests: twins,
  },
  {
    says: 'an expired certificate accepts',
    file: `${routing}/accept.lua`,
    from: "if desk.certExpMs <= now then return refuse('no_cert') end\n",
    to: '',
    tests: twins,
  },
  {
    says: 'a repeated take takes a second visit',
    file: `${routing}/take.lua`,
    from: 'take and take.untilMs > now and',
    to: 'take and take.untilMs < now and',
    tests: twins,
  },
  {
    says: 'a key offer may jump over epochs',
    file: `${talk}/keyOffer.lua`,
    from: 'input.epoch ~= visit.epochNext',
    to: 'input.epoch < visit.epochNext',
    tests: twins,
  },
  {
    says: 'a second seal replaces the first',
    file: `${talk}/keySeal.lua`,
    from: 'if not keys.sealed then\n',
    to: 'if keys.keyOffer then\n',
    tests: twins,
  },
  {
    says: 'the log is without an end',
    file: `${talk}/frames.lua`,
    from: "  broom(visit, key('f', id))\n",
    to: '',
    tests: keys,
  },
  {
    says: 'a frame out of order is stored',
    file: `${talk}/frames.lua`,
    from: 'if sealed.n ~= (known and known.n or 0) + 1 then',
    to: 'if sealed.n < (known and known.n or 0) + 1 then',
    tests: twins,
  },
  {
    says: 'a fresh page finds the log of another one its own',
    file: `${talk}/since.lua`,
    from: 'there.i ~= input.id',
    to: 'false',
    tests: twins,
  },
  {
    says: 'since gives the frame that is known already',
    file: `${talk}/since.lua`,
    from: "log, '(' .. from",
    to: 'log, from',
    tests: twins,
  },
  {
    says: 'restoring twice doubles frames',
    file: `${talk}/restore.lua`,
    from: 'sealed.n <= known.n',
    to: 'sealed.n < known.n',
    tests: twins,
  },
  {
    says: 'a desk is released one tick late',
    file: `${time}/deadlines.lua`,
    from: 'if age >= cfg.releaseMs then',
    to: 'if age > cfg.releaseMs then',
    tests: twins,
  },
  {
    says: 'old frames stay',
    file: `${time}/deadlines.lua`,
    from: 'if at > oldest then',
    to: 'if at >= 0 then',
    tests: twins,
  },
  {
    says: 'a pause of the store releases everybody',
    file: `${time}/tick.lua`,
    from: 'if gap or other_life then',
    to: 'if other_life then',
    tests: failure,
  },
  {
    says: 'a replica that takes over releases everybody',
    file: `${time}/tick.lua`,
    from: 'if gap or other_life then',
    to: 'if gap then',
    tests: failure,
  },
];
