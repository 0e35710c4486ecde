/** Whose memory it is, whose place is whose, and who is still there. */
const twins = ['tests/redis/contract.test.ts', 'tests/redis/model.test.ts'];
const model = ['tests/store/memory.test.ts'];
const restarts = ['tests/redis/life.test.ts'];
const wire = ['tests/wire/life.test.ts'];

const visit = 'server/src/visit';
const queue = 'server/src/queue';
const edge = 'server/src/edge';

/** @type {import('./bugs.mjs').Bug[]} */
export const lifeBugs = [
  {
    says: 'a CONNECT that was late throws out the newer one',
    file: `${visit}/attach.lua`,
    from: "if is_late(visit, input.next) then return refuse('token_used') end\n",
    to: '',
    tests: twins,
  },
  {
    says: 'a proof that was late throws out the newer one',
    file: `${visit}/reissue.lua`,
    from: "if is_late(visit, input.next) then return refuse('token_used') end\n",
    to: '',
    tests: twins,
  },
  {
    says: 'a CONNECT whose answer was lost is late for ever',
    file: `${visit}/arrive.lua`,
    from: 'return visit.dropMs == 0 and (',
    to: 'return (',
    tests: twins,
  },
  {
    says: 'a join that was late throws out who came by a token',
    file: `${queue}/join.lua`,
    from: "if visit and visit.tok ~= input.first then return refuse('token_used') end\n",
    to: '',
    tests: twins,
  },
  {
    says: 'the sockets of a visit begin at the same number after a loss of the store',
    file: `${queue}/join.lua`,
    from: 'conn = now,',
    to: 'conn = 0,',
    tests: twins,
  },
  {
    says: 'the consoles of a desk begin at the same number after a loss of the store',
    file: 'server/src/presence/enter.lua',
    from: 'seat = now,',
    to: 'seat = 0,',
    tests: twins,
  },
  {
    says: 'a console that comes back has the status that it wishes',
    file: 'server/src/presence/enter.lua',
    from: "if desk.status == 'offline' then",
    to: "if desk.status == 'offline' or not alive then",
    tests: twins,
  },
  {
    says: 'who waits counts as being at a desk',
    file: `${visit}/seen.lua`,
    from: 'if not in_queue(visit) then',
    to: 'if true then',
    tests: twins,
  },
  {
    says: 'what the store does not know has no life',
    file: 'server/src/live/base.lua',
    from: "life = word == 'lost' and life() or nil",
    to: 'life = nil',
    tests: twins,
  },
  {
    says: 'the definition lets a late CONNECT throw out the newer one',
    file: `${visit}/visit.rules.ts`,
    from: 'dropMs === 0 && (next === tok || next === tokPrev)',
    to: 'dropMs < 0 && (next === tok || next === tokPrev)',
    tests: model,
  },
  {
    says: 'the definition takes a desk that nobody knows for one with a newer console',
    file: 'server/src/live/fences.ts',
    from: 'if (!desk) return lost(w);',
    to: "if (!desk) return { is: 'replaced' };",
    tests: model,
  },
  {
    says: 'the definition lets an entrance change a status',
    file: 'server/src/presence/presence.model.ts',
    from: "if (desk.status === 'offline') {\n        // nobody",
    to: "if (desk.status === 'offline' || !alive) {\n        // nobody",
    tests: model,
  },
  {
    says: 'who was released is offline when she is back',
    file: 'server/src/retention/retention.model.ts',
    from: '    return; // she is away, and stays what she was',
    to: "    desk.status = 'offline';\n    return; // she is away, and stays what she was",
    tests: model,
  },
  {
    says: 'consoles begin at the same number after a loss of the store',
    file: 'server/src/presence/presence.model.ts',
    from: '...{ seat: now, beatMs',
    to: '...{ seat: 0, beatMs',
    tests: model,
  },
  {
    says: 'a server that became a replica is kept',
    file: 'server/src/redis/client.ts',
    from: "error.message.startsWith('READONLY')",
    to: "error.message.startsWith('NOTHING')",
    tests: restarts,
  },
  {
    says: 'a refused CONNECT does not say whose memory it was',
    file: `${edge}/strangers.ts`,
    from: 'life !== undefined && { data: { life } }',
    to: '{}',
    tests: wire,
  },
  {
    says: 'a refused request does not say whose memory it was',
    file: `${edge}/handle.ts`,
    from: "'life' in word ? word.life : undefined",
    to: 'undefined',
    tests: wire,
  },
  {
    says: 'a console that goes while it sits down stays in the hub',
    file: `${edge}/counsellors.ts`,
    from: 'void gate.turn(async () => {\n        const fence = end.current();\n        if (fence) hub.unseatDesk(fence.account, fence.seat);\n      });',
    to: 'const fence = end.current();\n      if (fence) hub.unseatDesk(fence.account, fence.seat);',
    tests: wire,
  },
  {
    says: 'a seat that was just being taken outlives the session',
    file: `${edge}/counsellors.ts`,
    from: 'gate.turn(async () => end.current())',
    to: 'end.current()',
    tests: wire,
  },
  {
    says: 'the hub does not learn who is at a desk',
    file: `${queue}/queue.job.ts`,
    from: 'hub.learn(here, atDesk);',
    to: 'void atDesk;',
    tests: wire,
  },
  {
    says: 'who waits is asked for signs of life',
    file: 'server/src/presence/presence.job.ts',
    from: 'if (visitor.atDesk) ',
    to: '',
    tests: wire,
  },
  {
    says: 'the answer to a question about the state teaches the hub nothing',
    file: `${visit}/visit.socket.ts`,
    from: '    end.follow(found.state.stage);\n',
    to: '',
    tests: wire,
  },
  {
    says: 'a socket without a visit reads that the store lost one',
    file: `${edge}/ends.ts`,
    from: "ended ? 'ended' : 'stage'",
    to: "ended ? 'ended' : 'lost'",
    tests: wire,
  },
];
