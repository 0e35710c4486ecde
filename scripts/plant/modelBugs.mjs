/** In the definition and in the rules that both twins use. */
const model = ['tests/store/memory.test.ts', 'tests/store/invariants.test.ts'];
const rules = ['visit', 'routing', 'queue', 'conversation'].map((slice) => `tests/rules/${slice}.test.ts`);
const hours = ['tests/hours.test.ts', 'tests/hours.status.test.ts', 'tests/hours.holidays.test.ts'];
const evenings = ['tests/store/evenings.test.ts'];
const clock = ['tests/hours.clock.test.ts'];
const centre = ['tests/centre.test.ts'];

/** @type {import('./bugs.mjs').Bug[]} */
export const modelBugs = [
  {
    says: 'the definition lets an older socket act',
    file: 'server/src/visit/visit.model.ts',
    from: 'return visit.conn === conn && visit.dropMs === 0 ?',
    to: 'return visit.dropMs === 0 ?',
    tests: model,
  },
  {
    says: 'the definition rings above the slots',
    file: 'server/src/routing/routing.rules.ts',
    from: 'answers && load < slots;',
    to: 'answers && load <= slots;',
    tests: model,
  },
  {
    says: "the definition keeps a counsellor's half of the key",
    file: 'server/src/live/moves.ts',
    from: '  visit.shareC = null;\n',
    to: '',
    tests: model,
  },
  {
    says: 'the definition gives tickets by the number of visits',
    file: 'server/src/queue/queue.model.ts',
    from: '++live.ticketCounter',
    to: 'live.visits.size + 1',
    tests: model,
  },
  {
    says: 'the definition forgets the grace',
    file: 'server/src/retention/retention.model.ts',
    from: 'return now < tick.graceUntilMs;',
    to: 'return false;',
    tests: model,
  },
  {
    says: 'a token that was used up lets in',
    file: 'server/src/visit/visit.rules.ts',
    from: 'if (token === tokPrev) return { tok: next, tokPrev };',
    to: 'return { tok: next, tokPrev };',
    tests: rules,
  },
  {
    says: 'least busy means most busy',
    file: 'server/src/routing/routing.rules.ts',
    from: 'a.load - b.load ||',
    to: 'b.load - a.load ||',
    tests: rules,
  },
  {
    says: 'one answer of since is larger than a packet',
    file: 'server/src/conversation/conversation.rules.ts',
    from: 'if (fitting.length > 0 && chars > charsMax) break;',
    to: 'if (fitting.length > 0 && chars > 2 * charsMax) break;',
    tests: rules,
  },
  {
    says: 'an estimate of a closed counter is believed',
    file: 'server/src/queue/queue.rules.ts',
    from: 'if (!staffed || ',
    to: 'if (',
    tests: rules,
  },
  {
    says: 'how often somebody comes is taken for how long it takes',
    file: 'server/src/queue/queue.rules.ts',
    from: ' && joinedMs <= lastMs ?',
    to: ' ?',
    tests: evenings,
  },
  {
    says: 'yesterday evening tells how long it takes',
    file: 'server/src/queue/queue.rules.ts',
    from: 'fromMs >= openedMs',
    to: 'fromMs >= 0',
    tests: evenings,
  },
  {
    says: 'whom somebody is free for is told to wait',
    file: 'server/src/queue/queue.rules.ts',
    from: 'if (turns === 0) return { fromMin: 0, toMin: 0 };',
    to: 'turns = Math.max(1, turns);',
    tests: evenings,
  },
  {
    says: 'a free counsellor is free for everybody at once',
    file: 'server/src/queue/queue.rules.ts',
    from: '      seat.load += 1;\n',
    to: '',
    tests: [...model, ...rules],
  },
  {
    says: 'who is away holds up those behind',
    file: 'server/src/queue/queue.rules.ts',
    from: "if (visit.away !== 'no') return seat ? 0 : inFront + 1;\n",
    to: '',
    tests: [...model, ...rules],
  },
  {
    says: 'when an opening of days began depends on when it was asked first',
    file: 'server/src/hours/stretch.rules.ts',
    from: 'Math.min(endsMs ?? Infinity, midnightOf(today + 1))',
    to: '(endsMs ?? midnightOf(today + 1))',
    tests: hours,
  },
  {
    says: 'a small step back of the clock is shown',
    file: 'server/src/kernel/clock.ts',
    from: 'if (stepsBack <= 0 || stepsBack > stepMsMax) shownMs = nowMs;',
    to: 'shownMs = nowMs;',
    tests: clock,
  },
  {
    says: 'a rule outside its bounds passes',
    file: 'server/src/centre/centre.rules.ts',
    from: 'v.minValue(from, says), v.maxValue(to, says)',
    to: 'v.minValue(from, says)',
    tests: centre,
  },
  {
    says: 'an opening that clocks show twice begins an hour late',
    file: 'server/src/hours/zone.rules.ts',
    from: "return which === 'first' ? early : late;",
    to: 'return late;',
    tests: hours,
  },
  {
    says: 'a dated closure is no more than a wish',
    file: 'server/src/hours/spans.rules.ts',
    from: 'if (exception) return { dated: true, open: exception.open };',
    to: '',
    tests: hours,
  },
  {
    says: 'the chat is open on the stroke of closing',
    file: 'server/src/hours/stretch.rules.ts',
    from: 'fromMs <= nowMs && nowMs < toMs)',
    to: 'fromMs <= nowMs && nowMs <= toMs)',
    tests: hours,
  },
  {
    says: 'ascension is a Friday',
    file: 'server/src/hours/holidays.rules.ts',
    from: "['ascension', easter + 39,",
    to: "['ascension', easter + 40,",
    tests: hours,
  },
];
