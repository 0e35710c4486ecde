import { signal } from '@preact/signals-core';
import { Manager } from 'socket.io-client';
import { agreed } from '../agreed.ts';
import { isProblemCode } from '../problem.ts';
import { OWN_PAGE_HEADER, REALTIME_PATH, refused, type Ack } from '../protocol/wire.ts';
import type { Link, LinkStatus } from './link.ts';

interface Options {
  /** origin of the service; empty = the page's own */
  origin: string;
  namespace: '/visitor' | '/counsellor';
  /** asked before each attempt */
  auth?: () => object;
  /** what each hint has at least; others are heard as they come */
  hints?: Shapes;
  /** outside a browser, which says them by itself */
  headers?: Readonly<Record<string, string>>;
}

/** By event: fields, each with a value of its kind. */
export type Shapes = Readonly<Record<string, Readonly<Record<string, string | number | boolean>>>>;

function fits(hint: unknown, shape: Shapes[string] | undefined): boolean {
  if (!shape) return true;
  if (typeof hint !== 'object' || hint === null) return false;
  return Object.keys(shape).every((field) => typeof hint[field as never] === typeof shape[field]);
}

const PULSE = 'presence:pulse';
const WEBSOCKET_FIRST = ['websocket', 'polling'];
const POLLING_FIRST = ['polling', 'websocket'];
const OPEN_WITHIN_MS = agreed.ackWaitMs / 2;
/** The service answers each within 20 s. A dead network must not hold the six that a browser has for one host. */
const POLL_MS_MAX = 30_000;
/** Whom the service let go, it may not understand: often enough to come back, too seldom to be a burden. */
const letGoAgainMs = () => (agreed.reconnectMsMax * (1 + 2 * Math.random())) / 5;

/** anything at all, until it was looked at */
type Said = { ok?: unknown; code?: unknown } | null | undefined;
const isAck = (said: Said): boolean =>
  said?.ok === true ? 'value' in said : said?.ok === false && isProblemCode(said.code);

const refusal = ({ message, data }: Error & { data?: { life?: unknown } | null }): LinkStatus => ({
  is: 'refused',
  code: isProblemCode(message) ? message : 'unavailable',
  ...(typeof data?.life === 'string' && { life: data.life }),
});

/** A link by socket.io-client. It tries again by itself, but for three cases that stand here with their reasons. */
// over 80 lines because the ways in which a connection of the library ends stand beside each other
export function connect<Inputs extends object, Answers extends { [E in keyof Inputs]: unknown }, Hints extends object>({
  origin,
  namespace,
  auth = () => ({}),
  hints = {},
  headers = {},
}: Options): Link<Inputs, Answers, Hints> {
  const status = signal<LinkStatus>({ is: 'connecting' });
  const manager = new Manager(origin || location.origin, {
    path: REALTIME_PATH,
    transports: WEBSOCKET_FIRST,
    upgrade: false,
    tryAllTransports: true,
    timeout: OPEN_WITHIN_MS,
    requestTimeout: POLL_MS_MAX,
    timestampRequests: false,
    reconnectionDelay: agreed.reconnectMsMin,
    reconnectionDelayMax: agreed.reconnectMsMax,
    extraHeaders: { ...headers, [OWN_PAGE_HEADER]: '1' },
    autoConnect: false,
    withCredentials: namespace === '/counsellor', // a console on a host of its own brings its cookie; a visitor has none
  });
  const socket = manager.socket(namespace, { auth: (tell) => tell(auth()) });
  let timer: ReturnType<typeof setTimeout> | undefined;

  function after(ms: number, run: () => void): void {
    clearTimeout(timer);
    timer = setTimeout(run, ms);
  }
  function becomes(next: LinkStatus): void {
    clearTimeout(timer);
    status.value = next;
  }
  /** At once, whatever still waits to leave; the library goes on as after any loss. */
  const lose = () => void manager.engine.transport.close();

  manager.on('open', () => {
    // and not when it stands: long polling that begins and gets no further, as at a second process, would be tried for ever
    manager.opts.transports = WEBSOCKET_FIRST;
    after(agreed.ackWaitMs, lose); // the library's time-out ends with the greeting
  });
  socket.on('connect', () => becomes({ is: 'online' }));
  socket.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return;
    becomes({ is: 'lost' });
    // the library takes it for a farewell; whoever heard a reason has closed or reconnected by now
    if (reason === 'io server disconnect' && status.value.is === 'lost') after(letGoAgainMs(), () => socket.connect());
  });
  socket.on('connect_error', (error) => {
    if (!socket.active) return becomes(refusal(error));
    const hung = error.message === 'timeout';
    const other = manager.opts.transports === WEBSOCKET_FIRST ? POLLING_FIRST : WEBSOCKET_FIRST;
    // A proxy that swallows upgrades is no error to the library, which would then try the other way at once.
    if (hung) manager.opts.transports = other;
    if (!hung || other === WEBSOCKET_FIRST) becomes({ is: 'lost' });
  });
  // in the handler of the message and on no timer: a hidden page's timers sleep (SPEC: A8)
  socket.on(PULSE, (answer: unknown) => {
    if (typeof answer === 'function') answer();
  });
  // Long before a ping is missed. The library listens as well, but not on localhost.
  const offline = () => {
    if (socket.connected) lose();
  };
  globalThis.addEventListener?.('offline', offline);
  socket.connect();

  function on(event: string, run: (hint: unknown) => void) {
    socket.on(event, run);
    return () => void socket.off(event, run);
  }
  return {
    status,
    async request(event, input) {
      if (!socket.connected) return refused('unavailable');
      const answer = socket.timeout(agreed.ackWaitMs).emitWithAck(event, input ?? {});
      // a page that slept finds its connection over by the clock: then the library keeps what it should send for later
      socket.sendBuffer.length = 0;
      const said = (await answer.catch(() => null)) as Said;
      return isAck(said) ? (said as Ack<Answers[typeof event]>) : refused('unavailable');
    },
    // what does not have its shape is not believed: the request behind it tells the same
    hear: (event, handler) => on(event, (hint) => fits(hint, hints[event]) && handler(hint as Hints[typeof event])),
    onPulse: (handler) => on(PULSE, () => handler()),
    reconnect() {
      if (status.value.is === 'closed') return;
      socket.disconnect();
      becomes({ is: 'connecting' });
      // in a task of its own: the library may be about to plan an attempt, and would make two
      queueMicrotask(() => {
        if (status.value.is !== 'closed') socket.connect();
      });
    },
    close() {
      globalThis.removeEventListener?.('offline', offline);
      socket.disconnect();
      becomes({ is: 'closed' });
    },
  };
}
