import { agreed } from '../../agreed.ts';
import type { OpenCarrier } from './carrier.ts';
import { openPolling } from './polling.ts';
import { openSession, type Options, type Session, type Told } from './session.ts';
import { openWebSocket } from './websocket.ts';

const WEBSOCKET_GREETS_WITHIN_MS = agreed.ackWaitMs / 2;
const JITTER_MAX = 1.5;

export interface Attempts {
  /** the latest connection, alive or not */
  session(): Session | undefined;
  /** Leaves what there is and tries now. */
  start(): void;
  stop(): void;
}

/**
 * Tries until a connection stands, and again after each loss; not after a refusal.
 *
 * Every attempt begins with a WebSocket. Where none greets (a school's proxy refuses it or lets it hang), the same
 * attempt goes on with long polling. Only the first attempt after a WebSocket that worked is for a WebSocket alone:
 * a service that is just starting again should not find a whole school on long polling. A page that came into
 * another network gets through with the second attempt.
 */
export function createAttempts(options: Options, told: Told): Attempts {
  let session: Session | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let websocketWorked = false;

  function attempt(open: OpenCarrier, withinMs: number, mayGoOn: boolean): void {
    session = openSession(options, open, withinMs, {
      ...told,
      online() {
        failures = 0;
        websocketWorked = open === openWebSocket;
        told.online();
      },
      ended(how, greeted) {
        if (mayGoOn && !greeted) return attempt(openPolling, agreed.ackWaitMs, false);
        if (how.is === 'lost') again = setTimeout(next, delayMs(failures++));
        told.ended(how, greeted);
      },
    });
  }
  function next(): void {
    const mayGoOn = !websocketWorked;
    websocketWorked = false;
    attempt(openWebSocket, WEBSOCKET_GREETS_WITHIN_MS, mayGoOn);
  }
  function stop(): void {
    clearTimeout(again);
    session?.close();
  }
  return {
    session: () => session,
    start() {
      stop();
      failures = 0;
      next();
    },
    stop,
  };
}

/** Half more or less than its doubling, so that a whole school does not come back in the same moment. */
const delayMs = (failures: number) =>
  Math.min(agreed.reconnectMsMax / JITTER_MAX, agreed.reconnectMsMin * 2 ** failures) *
  (Math.random() + JITTER_MAX - 1);
