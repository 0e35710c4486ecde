import { agreed } from '../../agreed.ts';
import { isProblemCode } from '../../problem.ts';
import type { LinkStatus } from '../link.ts';
import type { Carrier, Means, OpenCarrier } from './carrier.ts';
import { ACK, CONNECT, CONNECT_ERROR, decode, encode, EVENT, readGreeting } from './packet.ts';

const PING = '2';
const PONG = '3';
const NOOP = '6';

export interface Told {
  online(): void;
  event(name: unknown, hint: unknown, id: string): void;
  ack(id: string, answer: unknown): void;
  /**
   * Once, and nothing more after it.
   *
   * @param greeted the service had said something: this way leads to it
   */
  ended(how: Extract<LinkStatus, { is: 'lost' | 'refused' }>, greeted: boolean): void;
}

export interface Options {
  readonly means: Means;
  readonly origin: string;
  readonly namespace: string;
  readonly auth: () => object;
}

export interface Session {
  send(type: number, data: unknown, id?: string): void;
  /** The connection is of no more use. */
  lose(): void;
  /** Loses what is over by the clock: a page that slept finds its timers late. */
  expire(): void;
  /** Without a word to whoever is told. */
  close(): void;
}

/**
 * One connection from its first byte to its last: greeting, CONNECT to one namespace, packets, pings. Whatever is
 * not this protocol ends it.
 *
 * @param withinMs until the greeting
 */
export function openSession(
  { means, origin, namespace, auth }: Options,
  open: OpenCarrier,
  withinMs: number,
  told: Told,
): Session {
  let carrier: Carrier | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueMs = 0;
  let quietMs = 0;
  let online = false;
  let over = false;

  function close(): void {
    if (over) return;
    over = true;
    clearTimeout(timer);
    carrier?.close();
  }
  function end(how: Parameters<Told['ended']>[0]): void {
    if (over) return;
    close();
    told.ended(how, quietMs > 0);
  }
  const lose = () => end({ is: 'lost' });

  function expectWithin(ms: number): void {
    dueMs = Date.now() + ms;
    clearTimeout(timer);
    timer = setTimeout(lose, ms);
  }
  const send = (type: number, data: unknown, id?: string) => carrier?.send(encode(type, namespace, data, id));

  function hear(packet: string): void {
    if (over || packet === NOOP) return;
    if (!quietMs) {
      quietMs = readGreeting(packet)?.quietMs ?? 0;
      if (!quietMs) return lose();
      expectWithin(agreed.ackWaitMs);
      return send(CONNECT, auth());
    }
    if (packet === PING) {
      carrier?.send(PONG);
      return expectWithin(quietMs);
    }
    const said = decode(namespace, packet);
    // CONNECT is answered first, and once
    if (!said || online === (said.type === CONNECT || said.type === CONNECT_ERROR)) lose();
    else if (said.type === EVENT) told.event(said.data[0], said.data[1], said.id);
    else if (said.type === ACK) told.ack(said.id, said.data[0]);
    else if (said.type === CONNECT) {
      online = true;
      expectWithin(quietMs);
      told.online();
    } else {
      // the service lets a client go that speaks nonsense: the same again would only repeat it
      const no = said.data as { message?: unknown; data?: { life?: unknown } } | null;
      const why = online ? 'malformed' : no?.message;
      const life = no?.data?.life;
      end({
        is: 'refused',
        code: isProblemCode(why) ? why : 'unavailable',
        ...(typeof life === 'string' && { life }),
      });
    }
  }

  expectWithin(withinMs);
  try {
    carrier = open(means, origin, hear, lose);
  } catch {
    queueMicrotask(lose);
  }
  return {
    send,
    lose,
    expire() {
      if (Date.now() > dueMs) lose();
    },
    close,
  };
}
