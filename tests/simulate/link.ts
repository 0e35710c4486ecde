import { agreed } from '@clbchat/shared/agreed';
import type { Link, LinkStatus } from '@clbchat/shared/client/link';
import type { Clock, Timers } from '@clbchat/shared/client/ports';
import { isProblemCode } from '@clbchat/shared/problem';
import { refused, type Ack } from '@clbchat/shared/protocol/wire';
import { signal } from '@preact/signals-core';
import type { Dice } from './draws.ts';
import type { Asker, Sockets } from './sockets.ts';
import { createWire, type Down, type Weather, type Wire } from './wire.ts';

/** What one page asks and hears, for whoever writes the history. */
export interface Ears {
  asked(event: string, input: unknown): void;
  answered(event: string, input: unknown, said: Ack<unknown>, askedMs: number): void;
  heard(event: string, hint: unknown): void;
  /** a sign of life of this page reached the service */
  alive(): void;
}
export interface SimulatedLink {
  readonly link: Link<never, never, never>;
  /** the page is gone from one instant to the next */
  cut(): void;
}
interface Needs {
  readonly clock: Clock;
  /** of the page */
  readonly timers: Timers;
  /** of the world: what is on its way when a page is gone */
  readonly network: Timers;
  readonly dice: Dice;
  readonly weather: Weather;
  readonly sockets: Sockets;
  readonly namespace: '/visitor' | '/counsellor';
  readonly asker: Asker;
  readonly auth: () => object;
  readonly ears: Ears;
}

const OPEN_WITHIN_MS = agreed.ackWaitMs / 2;
const PULSE = 'presence:pulse';

/** Of `connect.ts` what the engine feels: loss, refusal, coming back, and answers that do not come. */
// over 80 lines because the ways in which a connection ends stand beside each other
export function simulatedLink(needs: Needs): SimulatedLink {
  const { clock, timers, network, dice, weather, sockets, namespace, asker, auth, ears } = needs;
  const status = signal<LinkStatus>({ is: 'connecting' });
  const hearers = new Map<string, Set<(hint: unknown) => void>>();
  const waiting = new Map<number, (said: unknown) => void>();
  let wire: Wire | null = null;
  let failures = 0;
  let ids = 0;
  let offlineUntilMs = 0;
  let again = (): void => undefined;
  let late = (): void => undefined;

  const become = (next: LinkStatus) => {
    if (status.value.is !== 'closed') status.value = next;
  };
  function drop(next: LinkStatus): void {
    wire?.close();
    wire = null;
    again();
    late();
    for (const answer of [...waiting.values()]) answer(null);
    become(next);
  }
  function lose(afterMs = Math.min(agreed.reconnectMsMax, agreed.reconnectMsMin * 2 ** failures++)): void {
    drop({ is: 'lost' });
    if (status.value.is === 'lost') again = timers.after(afterMs, connect);
  }

  function connect(): void {
    if (status.value.is === 'closed' || wire) return;
    late = timers.after(OPEN_WITHIN_MS, () => lose());
    if (clock.nowMs() < offlineUntilMs && !weather.calm) return; // nobody answers
    const mine: Wire = createWire({
      ...{ clock, timers: network, dice, weather },
      open: (send, hangUp) => {
        const far = sockets.open(namespace, asker, send, hangUp);
        return {
          gone: far.gone,
          take(packet) {
            if (packet.kind === 'alive') ears.alive();
            far.take(packet);
          },
        };
      },
      take: (packet) => void (wire === mine && hear(packet)),
      lost(how) {
        if (wire !== mine) return;
        if (how === 'cut' && dice.chance(0.4)) offlineUntilMs = clock.nowMs() + dice.soonMs(15_000);
        lose();
      },
    });
    wire = mine;
    mine.send({ kind: 'connect', auth: auth() });
  }

  function hear(packet: Down): void {
    if (packet.kind === 'connected') {
      failures = 0;
      late();
      become({ is: 'online' });
    } else if (packet.kind === 'refused') {
      const life = (packet.data as { life?: string } | undefined)?.life;
      drop({
        is: 'refused',
        code: isProblemCode(packet.code) ? packet.code : 'unavailable',
        ...(life !== undefined && { life }),
      });
    } else if (packet.kind === 'dismissed') lose((agreed.reconnectMsMax * (1 + 2 * dice.number())) / 5);
    else if (packet.kind === 'ack') waiting.get(packet.id)?.(packet.body);
    else if (packet.kind === 'event') {
      if (packet.event === PULSE) wire?.send({ kind: 'alive', id: packet.id });
      else ears.heard(packet.event, packet.body);
      for (const run of hearers.get(packet.event) ?? []) run(packet.body);
    }
  }

  function on(event: string, run: (hint: unknown) => void): () => void {
    const all = hearers.get(event) ?? new Set();
    hearers.set(event, all.add(run));
    return () => void all.delete(run);
  }
  const link = {
    status,
    request: (event: string, input: unknown) =>
      new Promise<Ack<unknown>>((resolve) => {
        if (status.value.is !== 'online' || !wire) return resolve(refused('unavailable'));
        const id = (ids += 1);
        const askedMs = clock.nowMs();
        const answer = (said: unknown) => {
          tooLate();
          waiting.delete(id);
          const ack = (said as Ack<unknown> | null) ?? refused('unavailable');
          if (said !== null) ears.answered(event, input, ack, askedMs);
          resolve(ack);
        };
        const tooLate = timers.after(agreed.ackWaitMs, () => answer(null));
        waiting.set(id, answer);
        ears.asked(event, input);
        wire.send({ kind: 'event', event, body: input ?? {}, id });
      }),
    hear: on,
    onPulse: (run: () => void) => on(PULSE, run),
    reconnect() {
      if (status.value.is === 'closed') return;
      drop({ is: 'connecting' });
      queueMicrotask(connect);
    },
    close() {
      drop({ is: 'closed' });
      status.value = { is: 'closed' };
    },
  };
  connect();
  return {
    link: link as unknown as SimulatedLink['link'],
    cut() {
      wire?.close();
      wire = null;
    },
  };
}
