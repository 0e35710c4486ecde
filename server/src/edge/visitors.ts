import type { VisitId } from '@clbchat/shared/ids';
import type { Socket } from 'socket.io';
import { visitorDoors, type VisitorDoors } from './doors.ts';
import { VisitorEnd, type VisitorSocketFence } from './ends.ts';
import { ratesOf } from './gate.ts';
import { guard, type DoorNeeds, type Refusal } from './guard.ts';
import { handle } from './handle.ts';
import type { Hub } from './hub.ts';
import type { Peer } from './peer.ts';

/** Who a CONNECT turned out to be. */
type Arrived = { is: 'new' } | { is: 'attached'; visitId: VisitId; attached: { conn: number } };

interface Needs<Known extends Arrived> extends DoorNeeds {
  readonly hub: Hub;
  readonly nowMs: () => number;
  /** @param short whether part of the room is left alone that is kept for who works here and who talks; @param tag of its address */
  readonly arrive: (auth: unknown, short: boolean, tag: string) => Promise<Known | { is: 'refused'; no: Refusal }>;
  readonly welcome: (end: VisitorEnd, known: Known) => Promise<void>;
  /** the socket of this fence went */
  readonly gone: (fence: VisitorSocketFence) => void;
  /** what answers: asked once, for all who come */
  readonly doors: (doors: VisitorDoors) => void;
}

/** Whether it says that it has a visit already; the bearer of nothing is new. */
const claims = (auth: unknown): boolean => typeof auth === 'object' && auth !== null && Object.hasOwn(auth, 'visitId');

/** The namespace `/visitor`: from CONNECT to the end of the socket. */
export function openVisitors<Known extends Arrived>(needs: Needs<Known>): void {
  const { realtime, limits, hub, log, nowMs, arrive, welcome, gone } = needs;
  const around = { hub, rates: ratesOf(limits, nowMs), joinWithinMs: limits.joinWithinMs };
  const doors = visitorDoors();
  needs.doors(doors);

  const arrived = guard<{ known: Known; peer: Peer; ghost: () => void }>(
    realtime.visitors,
    needs,
    claims,
    async (auth, peer, conn) => {
      if (claims(auth)) peer.stranger.claims(); // from before anything is asked, so that many at once are counted
      const known = await arrive(auth, realtime.isShort(), peer.tag);
      if (known.is === 'refused') return { no: known.no };
      if (known.is === 'attached') peer.stranger.comesIn();
      // The connection may go before Socket.IO tells anybody that it came; the visit must not wait for a ghost.
      const ghost = () => known.is === 'attached' && gone({ visitId: known.visitId, conn: known.attached.conn });
      if (conn.readyState === 'open') conn.once('close', ghost);
      else ghost();
      return { ok: { known, peer, ghost } };
    },
  );

  realtime.visitors.on('connection', (socket) => {
    const arrival = arrived(socket);
    if (!arrival) return void socket.disconnect(true);
    const end = new VisitorEnd(socket, arrival.peer, around);

    listen(socket, end);
    socket.conn.off('close', arrival.ghost);
    void end.gate
      .turn(() => welcome(end, arrival.known))
      .catch((err: unknown) => {
        log.error('a handler failed', { event: 'visit:attached', err });
        end.line.cut(); // it comes back and asks again
      });
  });

  /** Apart from who came: what is said of an arrival is not kept with its socket. */
  function listen(socket: Socket, end: VisitorEnd): void {
    socket.use((event) => void handle(doors.table, end, event, log)); // it ends here: no listener waits behind it
    socket.on('disconnect', () => {
      socket.conn.close(); // the only socket of its connection
      void end.gate.turn(async () => {
        const fence = end.gone();
        if (fence) gone(fence);
      });
    });
  }
}
