import { Problem } from '../kernel/failure.ts';
import { counsellorDoors, type CounsellorDoors } from './doors.ts';
import { CounsellorEnd, type DeskSession, type DeskSocketFence, type ShownDevice } from './ends.ts';
import { ratesOf } from './gate.ts';
import { guard, type DoorNeeds } from './guard.ts';
import { handle } from './handle.ts';
import type { Hub } from './hub.ts';
import type { Peer, SignedIn } from './peer.ts';
import type { Stranger } from './strangers.ts';

/** The sockets of one session. */
interface Mine {
  session: SignedIn;
  readonly ends: Set<CounsellorEnd>;
}

interface Needs extends DoorNeeds {
  readonly hub: Hub;
  readonly nowMs: () => number;
  /** null once it is over. Rejects when nobody can say */
  readonly find: (binding: string) => Promise<SignedIn | null>;
  /** whether nobody goes on at the seat of this session. Rejects when nobody can say */
  readonly isGone: (session: SignedIn) => Promise<boolean>;
  /** whether it was signed out here */
  readonly isClosed: (binding: string) => boolean;
  /** the first thing that a console hears */
  readonly welcome: (end: CounsellorEnd) => void;
  /** what answers: asked once, for all who come */
  readonly doors: (doors: CounsellorDoors) => void;
}

export interface Counsellors {
  /** Closes every socket of such sessions. @returns the seats that they had, one that was just being taken included */
  dismiss(isMeant: (session: SignedIn) => boolean): Promise<DeskSocketFence[]>;
  /**
   * Closes every socket whose session is over or may do other things by now.
   *
   * @returns the seats of sessions that are nobody's; to the rest of the service the console of any other is one that went
   */
  recheck(): Promise<DeskSocketFence[]>;
  /**
   * Closes the sockets of devices that may work here no more, whichever session they are of. What nobody can say is as it was.
   *
   * @returns the seats that they had
   */
  recheckDevices(stands: (session: SignedIn, shown: ShownDevice) => Promise<boolean>): Promise<DeskSocketFence[]>;
}

/** The namespace `/counsellor`: a session by cookie at CONNECT, then at once the proof of the device. */
// over 80 lines because whoever closes sockets closes them all in one way
export function openCounsellors(needs: Needs): Counsellors {
  const { realtime, limits, hub, log, nowMs, find, isGone, isClosed, welcome } = needs;
  const around = { hub, rates: ratesOf(limits, nowMs, limits.deskTalksMax) };
  const doors = counsellorDoors();
  needs.doors(doors);
  const open = new Map<string, Mine>();
  /** how often somebody looked for sockets to close: whoever is just being let in was found by none of these [A19] */
  let looks = 0;

  const claims = (_auth: unknown, { binding }: Peer) => binding !== null;
  const arrived = guard<DeskSession & { stranger: Stranger; after: number }>(
    realtime.counsellors,
    needs,
    claims,
    async (_auth, { binding, origin, stranger }) => {
      const after = looks;
      const session = binding === null ? null : await find(binding);
      return session ? { ok: { ...session, origin, stranger, after } } : { no: { code: 'no_cert' } };
    },
  );

  realtime.counsellors.on('connection', (socket) => {
    const session = arrived(socket);
    if (!session) return void socket.disconnect(true);
    const close = () => void socket.disconnect(true);
    const { stranger } = session;
    stranger.within(limits.proveWithinMs, close);
    const end = new CounsellorEnd(socket, session, stranger, around);
    const mine = open.get(session.binding) ?? { session, ends: new Set() };
    mine.ends.add(end);
    open.set(session.binding, mine);

    socket.use((event) => void handle(doors.table, end, event, log)); // it ends here: no listener waits behind it
    socket.on('disconnect', () => {
      socket.conn.close(); // the only socket of its connection
      mine.ends.delete(end);
      if (mine.ends.size === 0) open.delete(session.binding);
      // what it asked for last may still be at the store, and would seat it after it went [N19]
      void end.gate.turn(async () => end.unseat());
    });
    if (isClosed(session.binding)) return close(); // while it was let in
    welcome(end);
    // before anything that it asks is done
    if (session.after !== looks) void end.gate.turn(async () => (await asItIs(session)) ?? close());
  });

  /** The session where it stands and may do the same; what nobody can say is as it was. */
  async function asItIs(session: SignedIn): Promise<SignedIn | null> {
    const found = await find(session.binding).catch((err: unknown) => {
      if (!(err instanceof Problem)) log.error('a job failed', { event: 'sessions', err });
      return session.expMs > nowMs() ? session : null;
    });
    return found && found.roles.join() === session.roles.join() ? found : null;
  }

  const dismiss = ({ ends }: Mine) => {
    for (const { line } of [...ends]) line.dismiss();
  };
  /** Closes these sockets for good. @returns the seats that they had, one that was just being taken included */
  async function closingEnds(ends: readonly CounsellorEnd[]): Promise<DeskSocketFence[]> {
    for (const { line } of ends) line.dismiss();
    const seats = await Promise.all(ends.map((end) => end.gate.turn(async () => end.current())));
    return seats.flatMap((seat) => seat ?? []);
  }
  const closing = (these: readonly Mine[]) => closingEnds(these.flatMap((mine) => [...mine.ends]));

  /** Not past its own end: after that she signs in again, and goes on with whom she holds [N16]. */
  const isTakenAway = async (session: SignedIn) => session.expMs > nowMs() && isGone(session).catch(() => false);

  return {
    dismiss(isMeant) {
      looks += 1;
      return closing([...open.values()].filter(({ session }) => isMeant(session)));
    },
    async recheck() {
      looks += 1;
      const judged = await Promise.all(
        [...open.values()].map(async (mine) => {
          const { session } = mine;
          const found = await asItIs(session);
          if (found) mine.session = found;
          else if (!(await isTakenAway(session))) dismiss(mine);
          else return [mine];
          return [];
        }),
      );
      return closing(judged.flat());
    },
    async recheckDevices(stands) {
      const all = [...open.values()].flatMap(({ session, ends }) => [...ends].map((end) => ({ session, end })));
      const judged = await Promise.all(
        all.map(async ({ session, end }) => {
          const shown = end.shown();
          return shown === null || (await stands(session, shown).catch(() => true)) ? [] : [end];
        }),
      );
      return closingEnds(judged.flat());
    },
  };
}
