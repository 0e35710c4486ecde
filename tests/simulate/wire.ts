import type { Clock, Timers } from '@clbchat/shared/client/ports';
import type { Dice } from './draws.ts';
import type { FarEnd } from './sockets.ts';

export type Up =
  | { readonly kind: 'connect'; readonly auth: unknown }
  | { readonly kind: 'event'; readonly event: string; readonly body: unknown; readonly id: number }
  /** the answer to a pulse */
  | { readonly kind: 'alive'; readonly id: number };
export type Down =
  | { readonly kind: 'connected' | 'dismissed' | 'closed' }
  | { readonly kind: 'refused'; readonly code: string; readonly data: unknown }
  | { readonly kind: 'event'; readonly event: string; readonly body: unknown; readonly id: number }
  | { readonly kind: 'ack'; readonly id: number; readonly body: unknown };

/** How a network is just now. */
export interface Weather {
  /** time passes: whatever is set up before it does finds all well */
  began: boolean;
  /** nothing is lost, late or cut any more */
  calm: boolean;
  /** what happened, for the lines that some run must reach */
  readonly saw: (what: string) => void;
}
export interface Wire {
  send(packet: Up): void;
  /** the page closes it; the service hears of it, or much later */
  close(): void;
}
interface Needs {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly dice: Dice;
  readonly weather: Weather;
  readonly open: (send: (packet: Down) => void, hangUp: () => void) => FarEnd;
  readonly take: (packet: Down) => void;
  /** the page's end of it is gone */
  readonly lost: (how: Trouble | 'closed') => void;
}

const TROUBLES = ['cut', 'silent', 'deaf', 'mute', 'stalls'] as const;
/** cut: both know · silent: nobody hears anybody · deaf: the page hears nothing · mute: the service hears nothing · stalls: all waits, then comes */
type Trouble = (typeof TROUBLES)[number];

const PING_MS = 20_000;
const TROUBLE_EVERY_MS = 420_000;

/**
 * One connection: whatever goes one way arrives in its order, and late by what the network makes of it. Between two
 * connections nothing is in order. It may break in the middle of anything.
 */
// over 80 lines because both ways of one connection share its trouble
export function createWire({ clock, timers, dice, weather, open, take, lost }: Needs): Wire {
  let trouble: Trouble | null = null;
  let over = false;
  let heldMs = 0;
  /** how long the newest packet of each way still is on its way */
  const ways = { up: 0, down: 0 };
  const stops: (() => void)[] = [];
  const later = (ms: number, run: () => void) => void stops.push(timers.after(ms, run));
  const vanishes = (way: 'up' | 'down') =>
    trouble === 'silent' || (trouble === 'deaf' && way === 'down') || (trouble === 'mute' && way === 'up');

  /** Runs it when everything before it on this way has arrived. */
  function travels(way: 'up' | 'down', arrives: () => void): void {
    const slow = !weather.calm && dice.chance(0.02);
    const ms = slow ? dice.between(300, 2_500) : dice.between(4, 60);
    const atMs = Math.max(ways[way], now() + ms, heldMs);
    ways[way] = atMs;
    timers.after(atMs - now(), () => {
      if (!vanishes(way)) arrives();
    });
  }
  const now = () => clock.nowMs();

  const far = open(
    (packet) => {
      if (over) return;
      const copy = copyOf(packet);
      if (!weather.calm && packet.kind === 'event' && packet.id === 0 && dice.chance(0.006))
        return weather.saw(packet.event === 'offer:ring' ? 'a ring lost' : 'a hint lost');
      if (!weather.calm && packet.kind === 'ack' && dice.chance(0.004)) return weather.saw('an ack lost');
      travels('down', () => over || take(copy));
    },
    () => travels('down', () => ends('closed')),
  );
  function ends(how: Trouble | 'closed'): void {
    if (over) return;
    over = true;
    stops.forEach((stop) => stop());
    lost(how);
  }
  function breaks(): void {
    if (over || weather.calm) return;
    trouble = dice.pick(TROUBLES);
    weather.saw(`a connection: ${trouble}`);
    if (trouble === 'stalls') {
      heldMs = now() + dice.between(1_000, 15_000);
      trouble = null;
      return plan();
    }
    const known = trouble === 'cut' ? 0 : PING_MS;
    timers.after(known + dice.between(0, known), far.gone);
    later(known + dice.between(0, known), () => ends(trouble!));
  }
  const plan = () => {
    if (!weather.calm) later(dice.soonMs(TROUBLE_EVERY_MS), breaks);
  };
  plan();

  return {
    send(packet) {
      if (over) return;
      const copy = copyOf(packet);
      const twice = !weather.calm && packet.kind === 'event' && dice.chance(0.006);
      if (twice) weather.saw('a request that came twice');
      for (let times = twice ? 2 : 1; times > 0; times -= 1) travels('up', () => far.take(copy));
    },
    close() {
      if (over) return;
      over = true;
      stops.forEach((stop) => stop());
      if (!weather.calm && dice.chance(0.15)) timers.after(PING_MS + dice.between(0, PING_MS), far.gone);
      else travels('up', far.gone);
    },
  };
}

/** What crosses a network is text. */
const copyOf = <T extends Up | Down>(packet: T): T =>
  'body' in packet && packet.body !== null
    ? { ...packet, body: JSON.parse(JSON.stringify(packet.body)) as unknown }
    : packet;
