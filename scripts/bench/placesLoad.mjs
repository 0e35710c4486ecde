/** Many wait, and are handed out at a given pace by a real desk: how old is what the first of the line are shown? */
import { answers } from './aside.mjs';
import { comes, counsellors, requestId, sitsDown } from './people.mjs';
import { quantile } from './statistics.mjs';

const AT_ONCE = 16;
const ADDRESSES = 4; // of this machine: one has some thirty thousand ports
const FIRST = 20;
const LOOK_EVERY_MS = 50;
const AHEAD = /"ahead":(\d+)/;
const pause = (ms) => new Promise((next) => setTimeout(next, ms));

/** in the order of their tickets; who was handed out stays in it */
const line = [];
/** when each of them was, from the first on */
const handedAt = [];
let [moved, failed, desk] = [0, 0, null];

async function joins({ target, count, withinMs }) {
  const end = performance.now() + withinMs;
  const came = [];
  const more = async () => {
    while (line.length + came.length < count && performance.now() < end) {
      const at = came.push(null) - 1;
      try {
        const one = await comes(target, { from: `127.0.0.${2 + (at % ADDRESSES)}` });
        came[at] = { one, shown: one.joined.ahead, order: handedAt.length + one.joined.ahead };
      } catch {
        failed += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, more));
  const there = came.filter((each) => each !== null);
  for (const each of there)
    each.one.moved = (text) => {
      moved += 1;
      each.shown = Number(AHEAD.exec(text)?.[1] ?? each.shown);
    };
  line.push(...there.toSorted((a, b) => a.order - b.order));
  return { waiting: line.length - handedAt.length, failed };
}

/** What is wrong of what one is shown is as old as the hand-out that made it so. */
function agesNow() {
  const now = performance.now();
  return line.slice(handedAt.length, handedAt.length + FIRST).map(({ order, shown }) => {
    const isRight = shown === order - handedAt.length;
    return isRight ? 0 : now - (handedAt[order - shown] ?? now);
  });
}

async function handsOut(perSecond, until) {
  let due = performance.now();
  while (performance.now() < until) {
    const { offerNo } = await desk.hint('offer:ring');
    const { visitId, hold } = await desk.good('offer:accept', { offerNo, requestId: requestId() });
    handedAt.push(performance.now());
    await desk.good('desk:end', { visitId, hold, why: 'done', requestId: requestId() });
    await desk.good('desk:status', { status: 'available', requestId: requestId() });
    due = Math.max(due + 1_000 / perSecond, performance.now() - 1_000);
    await pause(Math.max(0, due - performance.now()));
  }
}

answers({
  joins,
  async sits({ target }) {
    const [lien] = await counsellors(target, 1);
    desk = await sitsDown(target, lien, { status: 'paused' });
  },
  /** @returns what was shown while so many were handed out a second */
  async watch({ perSecond, forMs }) {
    const before = { moved, handed: handedAt.length };
    const ages = [];
    const looking = setInterval(() => ages.push(...agesNow()), LOOK_EVERY_MS);
    await desk.good('desk:status', { status: 'available', requestId: requestId() });
    let problem = null;
    await handsOut(perSecond, performance.now() + forMs).catch((error) => (problem = error.message));
    clearInterval(looking);
    await desk.good('desk:status', { status: 'paused', requestId: requestId() });
    return {
      ...{ handed: handedAt.length - before.handed, moved: moved - before.moved, problem },
      ...{ p50: quantile(ages, 0.5), p95: quantile(ages, 0.95), maxMs: quantile(ages, 1) },
    };
  },
});
