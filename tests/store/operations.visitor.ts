import fc from 'fast-check';
import { LANGUAGES } from '@clbchat/shared/ids';
import { nameOf } from '../support/frames.ts';
import { late, operation, visit, visitNo } from './operations.ts';
import { back, learn, shareName, tokenName, VISITS, visitName, visitorFence, type World } from './world.ts';

const door = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ is: 'open', closesInMs: null } as const) },
  fc.constantFrom(
    { is: 'open', closesInMs: 60_000 } as const,
    { is: 'closing', closesInMs: 30_000 } as const,
    { is: 'closed', closesInMs: null } as const,
  ),
);

const join = fc.record({
  number: visitNo,
  role: fc.constantFrom('pupil', 'parent'),
  topic: fc.constantFrom('health', 'learning'),
  lang: fc.constantFrom(LANGUAGES[0], LANGUAGES[1]),
  stranger: fc.integer({ min: 0, max: 9 }),
  door,
  /** mostly before anything happened */
  openedAgoMs: fc.oneof({ weight: 4, arbitrary: fc.constant(9_000_000) }, fc.constantFrom(4_000, 20_000)),
});

export const joins = join.map(({ number, role, topic, lang, stranger, door: hours, openedAgoMs }) =>
  operation(`join ${number} ${topic} (${hours.is}${stranger === 0 ? ', as a stranger' : ''})`, async (world) => {
    const { store, told, clock } = world;
    const visitId = visitName(number);
    const first = tokenName(stranger === 0 ? 9 : number, 0);
    const vnonce = nameOf(32, 'n', number);
    const input = { visitId, role, topic, lang, first, vnonce, share: shareName(number) };
    const openedMs = clock.nowMs() - openedAgoMs;
    const answer = await store.queue.join({ ...input, door: { ...hours, openedMs } });
    if (answer.is === 'joined') {
      learn(told.conns, visitId, answer.conn);
      if (told.tickets.get(visitId) !== answer.ticket) {
        told.tickets.set(visitId, answer.ticket);
        told.tokens.set(visitId, [first]);
        told.epochNext.set(visitId, 1);
        for (const key of told.sent.keys()) if (key.startsWith(visitId)) told.sent.delete(key);
      }
    }
    return answer;
  }),
);

/** A new socket: the client made its next token beforehand, and repeats it until it is answered. */
async function arrive(
  { store, told }: World,
  {
    number,
    token: tokenLate,
    again,
    short,
  }: { number: number; token: number | 'proof'; again: boolean; short: boolean },
) {
  const visitId = visitName(number);
  const fresh = tokenName(number, told.tokens.get(visitId)?.length ?? 0);
  // the same CONNECT again, or one that was late
  const next = (again && back(told.tokens, visitId, 0)) || fresh;
  const token = back(told.tokens, visitId, tokenLate === 'proof' ? 0 : tokenLate) ?? tokenName(number, 200);
  const answer =
    tokenLate === 'proof'
      ? await store.visit.reissue({ visitId, next, short })
      : await store.visit.attach({ visitId, token, next, short });
  if (answer.is === 'attached') {
    learn(told.conns, visitId, answer.conn);
    if (next === fresh) learn(told.tokens, visitId, next);
  }
  return answer;
}

const attaches = fc
  .record({
    number: visitNo,
    token: fc.oneof(late, fc.constant('proof' as const)),
    again: fc.boolean(),
    short: fc.boolean(),
  })
  .map((how) =>
    operation(
      `attach ${how.number} (${how.token}${how.again ? ', again' : ''}${how.short ? ', short' : ''})`,
      (world) => arrive(world, how),
    ),
  );

const sockets = fc.record({ visitId: visit, from: late });

const drops = sockets.map(({ visitId, from }) =>
  operation(`drop ${visitId} (${from})`, (world) => world.store.visit.drop(visitorFence(world, visitId, from))),
);
const unloads = sockets.map(({ visitId, from }) =>
  operation(`unload ${visitId} (${from})`, ({ store, told }) =>
    store.visit.unload({ visitId, token: back(told.tokens, visitId, from) ?? tokenName(9, 9) }),
  ),
);
const sees = fc
  .array(sockets, { maxLength: 4 })
  .map((list) =>
    operation(`seen ${list.map((each) => each.visitId).join()}`, (world) =>
      world.store.visit.seen(list.map(({ visitId, from }) => visitorFence(world, visitId, from))),
    ),
  );
const states = sockets.map(({ visitId, from }) =>
  operation(`state ${visitId} (${from})`, (world) => world.store.visit.state(visitorFence(world, visitId, from))),
);
const heres = sockets.map(({ visitId, from }) =>
  operation(`here ${visitId} (${from})`, (world) => world.store.queue.here(visitorFence(world, visitId, from))),
);

const reason = fc.constantFrom('visitor_left', 'quick_exit', 'replaced');
const ends = fc.record({ visitId: visit, from: late, reason, by: fc.constantFrom('visitor', 'token') }).map((how) => {
  const { visitId, from, by } = how;
  return operation(`end ${visitId} by ${by} (${from})`, (world) => {
    const { store, told } = world;
    if (by === 'visitor') return store.visit.end({ by, ...visitorFence(world, visitId, from), reason: how.reason });
    const token = back(told.tokens, visitId, from) ?? tokenName(9, 9);
    return store.visit.end({ by, visitId, token, reason: how.reason });
  });
});

const tells = fc
  .constantFrom(0, 1, 2)
  .map((beyond) => operation(`${beyond} are beyond a share`, ({ store }) => store.queue.tell(beyond)));

const looks = fc.constantFrom(
  operation('facts', ({ store }) => store.queue.facts()),
  operation('places', ({ store }) => store.queue.places(VISITS.map(visitName))),
  operation('rows', ({ store }) => store.queue.rows(2)),
);

export const visitorSteps = fc.oneof(
  { weight: 8, arbitrary: joins },
  { weight: 4, arbitrary: attaches },
  { weight: 3, arbitrary: drops },
  { weight: 1, arbitrary: unloads },
  { weight: 1, arbitrary: sees },
  { weight: 1, arbitrary: states },
  { weight: 2, arbitrary: heres },
  { weight: 1, arbitrary: ends },
  { weight: 1, arbitrary: looks },
  { weight: 1, arbitrary: tells },
);
