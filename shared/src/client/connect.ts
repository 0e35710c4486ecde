import { signal } from '@preact/signals-core';
import { io } from 'socket.io-client';
import { limits } from '../limits.ts';
import { isProblemCode } from '../problem.ts';
import { refused, type Ack } from '../protocol/wire.ts';
import type { Link, LinkStatus } from './link.ts';

/** The only file that knows Socket.IO. */
interface Options {
  /** origin of the service; empty = the page's own */
  origin: string;
  namespace: '/visitor' | '/counsellor';
  /** asked before each attempt */
  auth?: () => object;
  /** outside a browser, which sets its own */
  headers?: Readonly<Record<string, string>>;
}

const isAck = (value: unknown): value is Ack<unknown> => {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false;
  return value.ok === true ? 'value' in value : value.ok === false && 'code' in value && isProblemCode(value.code);
};

export function connect<Inputs extends object, Answers extends { [E in keyof Inputs]: unknown }, Hints extends object>({
  origin,
  namespace,
  auth = () => ({}),
  headers,
}: Options): Link<Inputs, Answers, Hints> {
  const status = signal<LinkStatus>({ is: 'connecting' });
  const socket = io(`${origin}${namespace}`, {
    path: '/rt/',
    transports: ['websocket', 'polling'],
    auth: (tell) => tell(auth()),
    forceNew: true,
    reconnectionDelay: limits.reconnectMsMin,
    reconnectionDelayMax: limits.reconnectMsMax,
    timeout: limits.ackWaitMs,
    ...(headers && { extraHeaders: headers }),
  });
  const pulseHandlers = new Set<() => void>();

  socket.on('connect', () => (status.value = { is: 'online' }));
  socket.on('disconnect', (reason) => {
    if (status.value.is === 'closed') return;
    // the service closes the socket of a client that speaks nonsense: the same again would only repeat it
    status.value = reason === 'io server disconnect' ? { is: 'refused', code: 'malformed' } : { is: 'lost' };
  });
  socket.on('connect_error', (error) => {
    if (status.value.is === 'closed') return;
    if (socket.active) status.value = { is: 'lost' };
    else status.value = { is: 'refused', code: isProblemCode(error.message) ? error.message : 'unavailable' };
  });
  // in the handler of the message and on no timer: a hidden page's timers sleep (SPEC: A8)
  socket.on('presence:pulse', (reply: unknown) => {
    if (typeof reply === 'function') reply();
    for (const handler of pulseHandlers) handler();
  });

  return {
    status,
    request: (event, input) =>
      new Promise((resolve) => {
        if (!socket.connected) return resolve(refused('unavailable'));
        socket.timeout(limits.ackWaitMs).emit(event, input ?? {}, (error: unknown, answer: unknown) => {
          if (error || !isAck(answer)) return resolve(refused('unavailable'));
          resolve(answer as Ack<Answers[typeof event]>);
        });
      }),
    hear(event, handler) {
      // the shape of a hint is the sender's promise; the engine checks what matters
      const listener = (hint: unknown) => handler(hint as Hints[typeof event]);
      socket.on(event as string, listener);
      return () => socket.off(event as string, listener);
    },
    onPulse(handler) {
      pulseHandlers.add(handler);
      return () => pulseHandlers.delete(handler);
    },
    reconnect() {
      if (status.value.is === 'closed') return;
      status.value = { is: 'connecting' };
      socket.disconnect();
      status.value = { is: 'connecting' };
      socket.connect();
    },
    close() {
      status.value = { is: 'closed' };
      socket.disconnect();
    },
  };
}
