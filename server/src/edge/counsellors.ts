import { counsellorSchemas } from '@clbchat/shared/protocol/counsellor';
import { counsellorEnd, type CounsellorEnd } from './ends.ts';
import { createGate } from './gate.ts';
import type { Hub, Line } from './hub.ts';
import type { SignedIn } from './peer.ts';
import { closeOnUnknownEvents, guard, type DoorNeeds } from './strangers.ts';

type Known = SignedIn & { readonly origin: string };

interface Needs extends DoorNeeds {
  readonly hub: Hub;
  readonly nowMs: () => number;
  readonly doors: (end: CounsellorEnd, session: Known) => void;
}

export interface Counsellors {
  /** Closes every socket of a session. */
  dismiss(binding: string): void;
}

/** The namespace `/counsellor`: a session by cookie at CONNECT, then at once the proof of the device. */
export function openCounsellors(needs: Needs): Counsellors {
  const { realtime, strangers, limits, hub, log, nowMs, doors } = needs;
  const lines = new Map<string, Set<Line>>();

  const sessions = guard<Known>(realtime.counsellors, needs, async (_auth, { signedIn, origin }) =>
    signedIn ? { ok: { ...signedIn, origin } } : { no: 'no_cert' },
  );

  realtime.counsellors.on('connection', (socket) => {
    const session = sessions.get(socket);
    if (!session) return void socket.disconnect(true);
    const close = () => void socket.disconnect(true);
    const settled = strangers.welcome(limits.proveWithinMs, close);
    const gate = createGate({ limits, log, nowMs, close });
    const end = counsellorEnd({ socket, hub, gate, settled });
    const mine = lines.get(session.binding) ?? new Set<Line>();
    lines.set(session.binding, mine.add(end.line));

    closeOnUnknownEvents(socket, counsellorSchemas);
    socket.on('disconnect', () => {
      settled();
      mine.delete(end.line);
      if (mine.size === 0) lines.delete(session.binding);
      const fence = end.current();
      if (fence) hub.unseatDesk(fence.account, fence.seat);
    });
    doors(end, session);
  });

  return { dismiss: (binding) => lines.get(binding)?.forEach((line) => line.dismiss()) };
}
