import type { Stage, VisitId } from '@clbchat/shared/ids';
import { visitorSchemas } from '@clbchat/shared/protocol/visitor';
import { visitorEnd, type VisitorEnd, type VisitorSocketFence } from './ends.ts';
import { createGate } from './gate.ts';
import type { Hub } from './hub.ts';
import type { Peer } from './peer.ts';
import { closeOnUnknownEvents, guard, type DoorNeeds, type Refusal } from './guard.ts';

/** Who a CONNECT turned out to be. */
type Arrived =
  | { is: 'new' }
  | { is: 'attached'; visitId: VisitId; attached: { conn: number; state: { stage: Stage } } };

interface Needs<Known extends Arrived> extends DoorNeeds {
  readonly hub: Hub;
  readonly nowMs: () => number;
  readonly arrive: (auth: unknown) => Promise<Known | { is: 'refused'; no: Refusal }>;
  readonly welcome: (end: VisitorEnd, known: Known) => Promise<void>;
  /** the socket of this fence went */
  readonly gone: (fence: VisitorSocketFence) => void;
  readonly doors: (end: VisitorEnd) => void;
}

/** Whether it says that it has a visit already; the bearer of nothing is new. */
const claims = (auth: unknown): boolean => typeof auth === 'object' && auth !== null && Object.hasOwn(auth, 'visitId');

/** The namespace `/visitor`: from CONNECT to the end of the socket. */
export function openVisitors<Known extends Arrived>(needs: Needs<Known>): void {
  const { realtime, limits, hub, log, nowMs, arrive, welcome, gone, doors } = needs;

  const fenceOf = (known: Arrived): VisitorSocketFence | null =>
    known.is === 'attached' ? { visitId: known.visitId, conn: known.attached.conn } : null;

  const arrivals = guard<{ known: Known; peer: Peer }>(realtime.visitors, needs, claims, async (auth, peer, conn) => {
    const known = await arrive(auth);
    if (known.is === 'refused') return { no: known.no };
    // The connection may go before Socket.IO tells anybody that it came; the visit must not wait for a ghost.
    const fence = fenceOf(known);
    if (fence) conn.once('close', () => gone(fence));
    if (fence && conn.readyState !== 'open') gone(fence);
    return { ok: { known, peer } };
  });

  realtime.visitors.on('connection', (socket) => {
    const arrival = arrivals.get(socket);
    if (!arrival) return void socket.disconnect(true);
    const close = () => void socket.disconnect(true);
    const { stranger, tag } = arrival.peer;
    const unsettled = () => stranger.within(limits.joinWithinMs, close);
    unsettled();
    const gate = createGate({ limits, log, nowMs, close });
    const end = visitorEnd({ socket, hub, gate, settled: stranger.settle, unsettled, tag });

    closeOnUnknownEvents(socket, visitorSchemas);
    doors(end);
    socket.on('disconnect', () => {
      socket.conn.close(); // the only socket of its connection
      void gate.turn(async () => {
        const fence = end.current();
        if (!fence) return;
        hub.unseatVisitor(fence.visitId, fence.conn);
        gone(fence);
      });
    });
    void gate
      .turn(() => welcome(end, arrival.known))
      .catch((err: unknown) => {
        log.error('a handler failed', { event: 'visit:attached', err });
        end.line.cut(); // it comes back and asks again
      });
  });
}
