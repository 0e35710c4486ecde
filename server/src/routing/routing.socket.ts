import { done } from '@clbchat/shared/protocol/wire';
import type { After } from '../edge/after.ts';
import type { CounsellorDoors } from '../edge/doors.ts';
import { refusedAs } from '../edge/handle.ts';
import type { RoutingStore } from './routing.store.ts';

interface Needs {
  readonly routing: RoutingStore;
  readonly after: After;
}

/** How a visit comes to a desk. */
export function routingSocket(doors: CounsellorDoors, { routing, after }: Needs): void {
  doors.answerFor('offer:accept', async (fence, input) => {
    const accepted = await routing.accept({ ...fence, ...input });
    if (accepted.is !== 'accepted') return refusedAs(accepted);
    after(accepted);
    return done(accepted.visit);
  });

  doors.answerFor('offer:decline', async (fence, input) => {
    const declined = await routing.decline({ ...fence, ...input });
    if (declined.is !== 'declined') return refusedAs(declined);
    after(declined);
    return done(null);
  });

  doors.answerFor('desk:take', async (fence, input) => {
    const taken = await routing.take({ ...fence, ...input });
    if (taken.is !== 'taken_over') return refusedAs(taken);
    after(taken);
    return done(taken.visit);
  });

  doors.answerFor('desk:release', async (fence, input) => {
    const released = await routing.release({ ...fence, ...input });
    if (released.is !== 'released') return refusedAs(released);
    after(released);
    return done(null);
  });
}
