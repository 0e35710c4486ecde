import type { Limits } from '@clbchat/shared/limits';
import type { After } from '../edge/after.ts';
import type { DeskHere, Hub, VisitorHere } from '../edge/hub.ts';
import { repeat } from '../edge/repeat.ts';
import type { Stop, Timers } from '../edge/timers.ts';
import type { Log } from '../kernel/log.ts';
import type { VisitorFence } from '../live/fences.ts';
import type { PresenceStore } from './presence.store.ts';

interface Needs {
  readonly presence: PresenceStore;
  readonly seen: (sockets: readonly VisitorFence[]) => Promise<{ atDesk: readonly VisitorFence[] }>;
  readonly hub: Hub;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Limits;
  readonly after: After;
}

/** Pages answer in the handler of the message, so most answers are here within this part of the interval. */
const GATHER_PART = 5;

/**
 * Signs of life are asked for, never expected: a hidden page's timers sleep, its message handlers do not [A8].
 * Asked are consoles, and the visitors who are at a desk
 * by the store's last word; the answers of one round become one command.
 */
export function presenceJob({ presence, seen, hub, timers, log, limits, after }: Needs): Stop {
  const desks = new Set<DeskHere>();
  const visitors = new Set<VisitorHere>();

  const gather = repeat(
    { timers, log, name: 'presence:beat', everyMs: limits.pulseEveryMs / GATHER_PART },
    async () => {
      if (desks.size + visitors.size === 0) return;
      const [answered, present] = [[...desks], [...visitors]];
      desks.clear();
      visitors.clear();
      if (answered.length > 0) after(await presence.beat(answered.map(({ account, seat }) => ({ account, seat }))));
      if (present.length === 0) return;
      const { atDesk } = await seen(present.map(({ visitId, conn }) => ({ visitId, conn })));
      hub.learn(present, atDesk);
    },
  );
  const pulse = timers.every(limits.pulseEveryMs, () => {
    for (const desk of hub.desks()) desk.line.pulse(() => desks.add(desk));
    for (const visitor of hub.visitors()) {
      if (visitor.atDesk) visitor.line.pulse(() => visitors.add(visitor));
    }
  });
  return () => [gather, pulse].forEach((stop) => stop());
}
