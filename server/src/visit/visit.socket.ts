import type { EndReason, VisitId } from '@clbchat/shared/ids';
import { digestOf, visitIdOf } from '@clbchat/shared/digest';
import { visitorAuth, type VisitState } from '@clbchat/shared/protocol/visitor';
import { done, read } from '@clbchat/shared/protocol/wire';
import type { After } from '../edge/after.ts';
import type { VisitorDoors } from '../edge/doors.ts';
import type { VisitorEnd } from '../edge/ends.ts';
import { refusedAs } from '../edge/handle.ts';
import type { Refusal } from '../edge/guard.ts';
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
  | { is: 'refused'; no: Refusal }
  | { is: 'attached'; visitId: VisitId; attached: TakenUp };

/**
 * What the `auth` of a CONNECT says: nobody yet, or somebody with a token or a proof [A17, L3].
 *
 * @param short whether there is room for who talks alone
 */
export async function arrive(visit: VisitStore, auth: unknown, short: boolean): Promise<Arrival> {
  const said = read(visitorAuth, auth);
  if (!said) return { is: 'refused', no: { code: 'malformed' } };
  if (!('visitId' in said)) return { is: 'new' };
  const { visitId, next } = said;
  if ('proof' in said && (await visitIdOf(said.proof)) !== visitId) return { is: 'refused', no: { code: 'not_yours' } };
  const attached =
    'proof' in said
      ? await visit.reissue({ visitId, next, short })
      : await visit.attach({ visitId, token: await digestOf(said.token), next, short });
  if (attached.is === 'attached') return { is: 'attached', visitId, attached };
  if (attached.is === 'full_house') return { is: 'refused', no: { code: 'full_house' } };
  // who shows a token alone does not learn whether there is such a visit; the proof is told [N36]
  if (!('proof' in said)) return { is: 'refused', no: { code: 'token_used' } };
  return { is: 'refused', no: { code: attached.is, ...(attached.is === 'lost' && { life: attached.life }) } };
}

const REASONS = { left: 'visitor_left', quick_exit: 'quick_exit' } as const satisfies Record<string, EndReason>;

/** State and end of a visitor's own visit. */
export function visitSocket(doors: VisitorDoors, { visit, told, after }: Needs): void {
  doors.answerFor('visit:state', async (fence, _nothing, end) => {
    const found = await visit.state(fence);
    if (found.is !== 'state') return refusedAs(found);
    end.follow(found.state.stage);
    return done(await told(found.state));
  });

  doors.answer('visit:end', async ({ why }, end) => {
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
