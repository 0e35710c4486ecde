import type { Link, LinkStatus } from '@clbchat/shared/client/link';
import type { ProblemCode } from '@clbchat/shared/problem';
import { refused, type Ack } from '@clbchat/shared/protocol/wire';
import { signal } from '@preact/signals-core';
import { during } from './idle.ts';

/** The service's end of one connection of the double. */
export interface Socket {
  readonly id: number;
  readonly auth: unknown;
  emit(event: string, hint: unknown): void;
  /** as the service closes a socket */
  shut(): void;
}

export interface Service {
  /** @returns why the connection is refused */
  connect(socket: Socket): Promise<ProblemCode | null>;
  answer(socket: Socket, event: string, input: unknown): Promise<Ack<unknown>>;
  gone(socket: Socket): void;
}

/** What goes wrong, or is done wrong, between the two ends. Each may be changed at any time. */
interface Faults {
  loseRequest: (event: string) => boolean;
  loseAck: (event: string) => boolean;
  loseHint: (event: string) => boolean;
  /** the service says no before it looks */
  refuse: (event: string, input: unknown) => ProblemCode | null;
  /** a relay that lies */
  forgeAck: (event: string, ack: Ack<unknown>, input: unknown) => Ack<unknown>;
  forgeHint: (event: string, hint: unknown) => unknown;
  forgeInput: (event: string, input: unknown) => unknown;
}
const noFaults = (): Faults => ({
  loseRequest: () => false,
  loseAck: () => false,
  loseHint: () => false,
  refuse: () => null,
  forgeAck: (_, ack) => ack,
  forgeHint: (_, hint) => hint,
  forgeInput: (_, input) => input,
});

export interface LinkControl {
  faults: Faults;
  /** the connection breaks, and stays broken */
  cut(): void;
  mend(): void;
  pulse(): void;
  /** everything that was asked, in order */
  readonly asked: { event: string; input: unknown }[];
  /** a packet out of the relay's own mind */
  inject(event: string, hint: unknown): void;
}

const copy = <T>(value: T): T => (value === undefined ? value : (structuredClone(value) as T));
let sockets = 0;

/** A connection in memory: packets keep their order, are copied, and take a turn of the loop. */
export function linkDouble<
  Inputs extends object,
  Answers extends { [E in keyof Inputs]: unknown },
  Hints extends object,
>(service: Service, auth: () => unknown): { link: Link<Inputs, Answers, Hints>; control: LinkControl } {
  const status = signal<LinkStatus>({ is: 'connecting' });
  const handlers = new Map<string, Set<(hint: never) => void>>();
  const pulses = new Set<() => void>();
  const asked: LinkControl['asked'] = [];
  let socket: Socket | null = null;
  let broken = false;
  let order: Promise<unknown> = Promise.resolve();

  const turn = <T>(job: () => T | Promise<T>): Promise<T> => {
    const run = order.then(job);
    order = run.catch(() => undefined);
    return during(run);
  };
  const deliver = (event: string, hint: unknown) => {
    for (const handler of handlers.get(event) ?? []) handler(copy(hint) as never);
  };
  const drop = (next: LinkStatus) => {
    const gone = socket;
    socket = null;
    if (gone) service.gone(gone);
    if (status.value.is !== 'closed') status.value = next;
  };

  function open() {
    sockets += 1;
    const opened: Socket = {
      id: sockets,
      auth: copy(auth()),
      emit: (event, hint) =>
        void turn(() => {
          if (socket === opened && !control.faults.loseHint(event))
            deliver(event, control.faults.forgeHint(event, copy(hint)));
        }),
      shut: () =>
        void turn(() => {
          if (socket === opened) drop({ is: 'refused', code: 'malformed' });
        }),
    };
    void turn(async () => {
      if (broken || status.value.is === 'closed' || socket) return;
      socket = opened;
      const code = await service.connect(opened);
      if (socket !== opened) return;
      if (code) drop({ is: 'refused', code });
      else status.value = { is: 'online' };
    });
  }

  const control: LinkControl = {
    faults: noFaults(),
    cut() {
      broken = true;
      drop({ is: 'lost' });
    },
    mend() {
      broken = false;
      open();
    },
    pulse: () => pulses.forEach((handler) => handler()),
    asked,
    inject: deliver,
  };

  const link: Link<Inputs, Answers, Hints> = {
    status,
    request: (event, input) =>
      during(
        (async () => {
          const at = socket;
          if (!at || status.value.is !== 'online') return refused('unavailable');
          const sent = control.faults.forgeInput(event, copy(input));
          asked.push({ event, input: copy(input) });
          if (control.faults.loseRequest(event)) return refused('unavailable');
          const no = control.faults.refuse(event, sent);
          const ack = no ? refused(no) : await service.answer(at, event, sent);
          // in one order with the hints that the answer set off
          return turn(() => {
            if (socket !== at || control.faults.loseAck(event)) return refused('unavailable');
            return copy(control.faults.forgeAck(event, ack, sent)) as Ack<Answers[typeof event]>;
          });
        })(),
      ),
    hear(event, handler) {
      const set = handlers.get(event) ?? new Set();
      handlers.set(event, set);
      set.add(handler as (hint: never) => void);
      return () => set.delete(handler as (hint: never) => void);
    },
    onPulse(handler) {
      pulses.add(handler);
      return () => pulses.delete(handler);
    },
    reconnect() {
      if (status.value.is === 'closed') return;
      drop({ is: 'connecting' });
      open();
    },
    close() {
      drop({ is: 'closed' });
      status.value = { is: 'closed' };
    },
  };
  open();
  return { link, control };
}
