import type { EndReason, VisitId } from '@clbchat/shared/ids';
import { digestOf, visitIdOf } from '@clbchat/shared/digest';
import type { ProblemCode } from '@clbchat/shared/problem';
import { visitorAuth, type VisitState } from '@clbchat/shared/protocol/visitor';
import { done, read } from '@clbchat/shared/protocol/wire';
import type { After } from '../edge/after.ts';
import type { VisitorEnd } from '../edge/ends.ts';
import { refusedAs } from '../edge/handle.ts';
import type { Attached, StateOf, VisitStore } from './visit.store.ts';

interface Needs {
  readonly visit: VisitStore;
  /** adds what the visitor is told about the wait */
  readonly told: (state: StateOf) => Promise<VisitState>;
  readonly after: After;
}

type TakenUp = Extract<Attached, { is: 'attached' }>;
export type Arrival =
  | { is: 'new' }
  | { is: 'refused'; code: ProblemCode }
  | { is: 'attached'; visitId: VisitId; attached: TakenUp };

/** What the `auth` of a CONNECT says: nobody yet, or somebody with a token or a proof [A17, L3]. */
export async function arrive(visit: VisitStore, auth: unknown): Promise<Arrival> {
  const said = read(visitorAuth, auth);
  if (!said) return { is: 'refused', code: 'malformed' };
  if (!('visitId' in said)) return { is: 'new' };
  const { visitId, next } = said;
  if ('proof' in said && (await visitIdOf(said.proof)) !== visitId) return { is: 'refused', code: 'not_yours' };
  const attached =
    'proof' in said
      ? await visit.reissue({ visitId, next })
      : await visit.attach({ visitId, token: await digestOf(said.token), next });
  return attached.is === 'attached' ? { is: 'attached', visitId, attached } : { is: 'refused', code: attached.is };
}

const REASONS = { left: 'visitor_left', quick_exit: 'quick_exit' } as const satisfies Record<string, EndReason>;

/** State and end of a visitor's own visit. */
export function visitSocket(end: VisitorEnd, { visit, told, after }: Needs): void {
  end.answerFor('visit:state', async (fence) => {
    const found = await visit.state(fence);
    return found.is === 'state' ? done(await told(found.state)) : refusedAs(found);
  });

  end.answer('visit:end', async ({ why }) => {
    const fence = end.current();
    if (!fence) return done(null); // ended, or never begun: as asked [V7]
    const ended = await visit.end({ by: 'visitor', ...fence, reason: REASONS[why] });
    if (ended.is !== 'ended') return refusedAs(ended);
    after(ended);
    return done(null);
  });
}

/** The first thing that a visitor hears after it took its visit up. */
export async function welcome(
  end: VisitorEnd,
  { visitId, attached }: Arrival & { is: 'attached' },
  needs: Needs,
): Promise<void> {
  const { conn, state } = attached;
  end.seat({ visitId, conn }, state.stage);
  end.line.emit('visit:attached', await needs.told(state));
  needs.after(attached);
}
