import { defaultCentre, parseCentre } from '@clbchat/server/centre/centre.rules';
import { createHub } from '@clbchat/server/edge/hub';
import { createLineShares } from '@clbchat/server/edge/lineShares';
import { doorAt } from '@clbchat/shared/hours/hours';
import { crowdAt, quiet, type Crowd } from '@clbchat/server/hours/status.rules';
import { stretchAt } from '@clbchat/shared/hours/stretch';
import { queueJob } from '@clbchat/server/queue/queue.job';
import { memoryStore } from '@clbchat/server/store.memory';
import type { Range } from '@clbchat/shared/protocol/wire';
import { beforeAll, describe, expect, test } from 'vitest';
import { sceneOf, type Desk, type Held, type Visitor } from './scene.ts';

const MIN = 60_000;
const STEP_MS = 30_000;

/** One who came: what it was told, and when it talked. */
interface Came {
  answer: string;
  atMs: number;
  /** nobody was in front, and a counsellor was free */
  free: boolean;
  told: Range;
  talkedMs: number | null;
}
interface Evening {
  /** when it opens */
  date: string;
  /** minutes after that */
  comes: readonly number[];
  desks: number;
  /** minutes of the n-th conversation */
  talks: (nth: number) => number;
}
interface Seen {
  came: Came[];
  /** moments at which the school's page said busy */
  busy: number;
  /** moments at which a counsellor was free, nobody waited, and a newcomer or the page was told of a wait all the same */
  untrue: number;
}

/** A centre with the default hours on the memory store. Counsellors accept at once, and nobody leaves before the end. */
async function simulation() {
  const parsed = parseCentre({ ...defaultCentre(), rules: { wrapUp: false } });
  if (!parsed.ok) throw new Error('the default centre is none');
  const { centre } = parsed;
  const scene = await sceneOf(async (needs) => memoryStore(needs), { rules: centre.rules });
  const { store, clock, needs } = scene;
  const jobs: (() => void)[] = [];
  const line = queueJob({
    queue: store.queue,
    visit: store.visit,
    hub: createHub(),
    shares: createLineShares(needs.limits.lineShareMax),
    timers: { after: () => () => undefined, every: (_, run) => (jobs.push(run), () => undefined) },
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (says) => expect.fail(says),
    },
    limits: needs.limits,
    openedMs: () => stretchAt(clock.nowMs(), centre.schedule).fromMs,
    deskHours: () => ({ is: 'open', until: null }),
  });
  line.start();
  let number = 0;
  let crowd: Crowd = quiet;

  async function evening({ date, comes, desks: count, talks }: Evening): Promise<Seen> {
    clock.set(Date.parse(`${date}T17:00:00+01:00`));
    const seen: Seen = { came: [], busy: 0, untrue: 0 };
    const desks: Desk[] = [];
    for (let each = 1; each <= count; each += 1) desks.push(await scene.sits(each, { takeOver: true }));
    const waiting = new Map<string, { visitor: Visitor; came: Came }>();
    const running: { held: Held; untilMs: number }[] = [];
    const openedMs = clock.nowMs();
    const idle = () => running.length < count && waiting.size === 0;
    let served = 0;

    async function handOut() {
      for (const { account, offerNo } of await scene.rings()) {
        const desk = desks.find((each) => each.account === account)!;
        const accepted = await scene.accepts(desk, offerNo);
        if (accepted.is !== 'accepted') throw new Error(accepted.is);
        const { visitId, hold } = accepted.visit;
        const { visitor, came } = waiting.get(visitId)!;
        await scene.keyed(visitor, { ...desk, visitId, hold });
        waiting.delete(visitId);
        came.talkedMs = clock.nowMs();
        running.push({ held: { ...desk, visitId, hold }, untilMs: clock.nowMs() + talks(served) * MIN });
        served += 1;
      }
    }
    async function oneComes() {
      number += 1;
      const free = idle();
      const door = doorAt(clock.nowMs(), centre);
      const input = scene.joinInput(number % 200, { door });
      const answer = await store.queue.join(input);
      const came: Came = { answer: answer.is, atMs: clock.nowMs(), free, told: null, talkedMs: null };
      seen.came.push(came);
      if (answer.is !== 'joined') return;
      came.told = await line.rangeOf(input.visitId);
      const { conn, ticket } = answer;
      waiting.set(input.visitId, { visitor: { number, visitId: input.visitId, conn, ticket }, came });
    }
    async function look() {
      for (const run of jobs) run();
      await new Promise(setImmediate);
      crowd = crowdAt(clock.nowMs(), crowd, line.rangeNow());
      if (crowd.busy) seen.busy += 1;
      if (idle() && (crowd.busy || (line.rangeNow()?.toMin ?? 0) > 0)) seen.untrue += 1;
    }

    const left = [...comes];
    for (let open = true; open || running.length > 0;) {
      for (; left.length > 0 && clock.nowMs() - openedMs >= left[0]! * MIN; left.shift()) await oneComes();
      await handOut();
      await look();
      clock.advance(STEP_MS);
      await store.presence.beat(desks);
      await store.visit.seen([...waiting.values()].map(({ visitor }) => visitor));
      const stretch = stretchAt(clock.nowMs(), centre.schedule);
      ({ open } = stretch);
      await store.retention.tick({
        hours: stretch.open ? { is: 'open' } : { is: 'draining', sinceMs: stretch.sinceMs ?? 0 },
      });
      for (const over of running.filter(({ untilMs }) => untilMs <= clock.nowMs())) {
        running.splice(running.indexOf(over), 1);
        await store.visit.end({ by: 'desk', ...over.held, reason: 'counsellor_ended' });
      }
    }
    for (const { visitor } of waiting.values())
      await store.visit.end({ by: 'visitor', ...visitor, reason: 'visitor_left' });
    for (const desk of desks) await store.presence.leave(desk);
    return seen;
  }
  return { evening };
}

const every = (minutes: number, count: number) => Array.from({ length: count }, (_, nth) => nth * minutes);
/** 15 to 25 minutes, and always the same ones */
const varied = (nth: number) => 15 + ((nth * 7) % 11);

describe('a quiet week, a busy evening, and a night between', () => {
  const week: Seen[] = [];
  let busy: Seen;
  let after: Seen;

  beforeAll(async () => {
    const { evening } = await simulation();
    for (const date of ['2026-11-23', '2026-11-24', '2026-11-26']) {
      // seven who come long after one another; now and then one comes while she is talking
      week.push(await evening({ date, comes: [...every(32, 7), 200], desks: 1, talks: () => 25 }));
    }
    busy = await evening({ date: '2026-11-30', comes: every(6, 35), desks: 2, talks: varied });
    after = await evening({ date: '2026-12-01', comes: [0, 5, 60], desks: 1, talks: () => 25 });
  });

  test('[Q8 Q9 H11] in a quiet week everybody joins, nobody is told of a wait, and the page never says busy', () => {
    const came = week.flatMap((each) => each.came);
    expect(came.map(({ answer }) => answer)).toEqual(Array.from({ length: 24 }, () => 'joined'));
    expect(came.filter(({ free }) => !free).length, 'some came while she was talking').toBe(3);
    expect(new Set(came.map(({ told }) => told))).toEqual(new Set([null]));
    expect(week.map(({ busy: moments, untrue }) => [moments, untrue])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
  });

  test('[Q10] on a busy evening the range that is told holds, and who would wait too long is refused', () => {
    const told = busy.came.filter((each) => each.told !== null && each.talkedMs !== null);
    const right = told.filter(({ told: range, atMs, talkedMs }) => {
      const waited = (talkedMs! - atMs) / MIN;
      return range!.fromMin - 5 <= waited && waited <= range!.toMin + 5;
    });
    expect(told.length).toBeGreaterThan(9);
    expect(right.length / told.length).toBeGreaterThan(0.8);
    expect(busy.came.filter(({ answer }) => answer === 'full').length).toBeGreaterThan(0);
    expect(busy.busy).toBeGreaterThan(0);
    expect(busy.untrue).toBe(0);
  });

  test('[Q8 Q9] the evening after knows nothing of it: everybody joins, nobody knows how long, nothing is busy', () => {
    expect(after.came.map(({ answer, told, free }) => [answer, told, free])).toEqual([
      ['joined', null, true],
      ['joined', null, false],
      ['joined', null, true],
    ]);
    expect([after.busy, after.untrue]).toEqual([0, 0]);
  });
});
