import { visitIdOf } from '@clbchat/shared/digest';
import { done, refused } from '@clbchat/shared/protocol/wire';
import type { After } from '../edge/after.ts';
import type { VisitorDoors } from '../edge/doors.ts';
import type { VisitorEnd } from '../edge/ends.ts';
import type { LineShares } from '../edge/lineShares.ts';
import type { QueueJob } from './queue.job.ts';
import { refusedAs } from '../edge/handle.ts';
import type { VisitStore } from '../visit/visit.store.ts';
import type { JoinInput, QueueStore } from './queue.store.ts';

interface Needs {
  readonly queue: QueueStore;
  readonly visit: VisitStore;
  readonly door: () => JoinInput['door'];
  readonly line: Pick<QueueJob, 'rangeOf' | 'stands'>;
  readonly shares: Pick<LineShares, 'beyond'>;
  /** Counts a new visit of its tag, and waits for its turn when it had many lately; false when it has to ask again for that. */
  readonly mayStart: (end: VisitorEnd) => Promise<boolean>;
  readonly after: After;
}

/** Joining the line, and coming back to it. */
export function queueSocket(doors: VisitorDoors, { queue, visit, door, line, shares, mayStart, after }: Needs): void {
  doors.answer('visit:join', async ({ proof, ...wishes }, end) => {
    const visitId = await visitIdOf(proof);
    const before = end.current();
    if (!end.isOpen()) return refused('stage'); // nobody is there to wait in the line
    if (before?.visitId !== visitId && !(await mayStart(end))) return refused('too_fast');

    const joined = await queue.join({ ...wishes, visitId, door: door(), beyond: shares.beyond(end.tag) });
    if (joined.is !== 'joined') return refusedAs(joined);
    const { conn, life, stage, ahead } = joined;
    end.seat({ visitId, conn }, stage);
    line.stands(visitId, end.tag);
    if (before && before.visitId !== visitId) {
      // one socket, one visit: the earlier one is over [row 43]
      const replaced = await visit.end({ by: 'visitor', ...before, reason: 'replaced' });
      if (replaced.is === 'ended') after(replaced);
    }
    after(joined);
    return done({ visitId, life, ahead, range: await line.rangeOf(visitId) });
  });

  doors.answerFor('queue:here', async (fence, _nothing, end) => {
    const here = await queue.here(fence);
    if (here.is !== 'here') return refusedAs(here);
    if (here.freed) line.stands(fence.visitId, end.tag);
    after(here);
    return done({ ahead: here.ahead, range: await line.rangeOf(fence.visitId) });
  });
}
