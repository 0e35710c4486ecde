import type { VisitId, AccountId, Digest, Stage } from '@clbchat/shared/ids';
import { counsellorSchemas, type CounsellorAnswers, type CounsellorEvent } from '@clbchat/shared/protocol/counsellor';
import { visitorSchemas, type VisitorAnswers, type VisitorEvent } from '@clbchat/shared/protocol/visitor';
import { refused, type Ack } from '@clbchat/shared/protocol/wire';
import type { Socket } from 'socket.io';
import type * as v from 'valibot';
import { handle, type Gate } from './handle.ts';
import type { Hub, Line, VisitorHere } from './hub.ts';

type Of<Schema extends v.GenericSchema> = v.InferOutput<Schema>;
export interface VisitorSocketFence {
  visitId: VisitId;
  conn: number;
}
export interface DeskSocketFence {
  account: AccountId;
  seat: number;
}
/** The device that a console says it is of, by its public key's digest, and its certificate as it came. */
export interface ShownDevice {
  readonly device: Digest;
  readonly chain: string;
}

/** One visitor's socket, as the doors see it. Whom it speaks for stands here and nowhere in what it sends. */
export interface VisitorEnd {
  readonly tag: string;
  readonly line: Line;
  /** its connection stands */
  isOpen(): boolean;
  /** Runs when its connection goes. @returns what takes that back */
  whenGone(run: () => void): () => void;
  /** the visit it has joined or taken up */
  current(): VisitorSocketFence | null;
  /** Hands the visit's fence to this socket. */
  seat(fence: VisitorSocketFence, stage: Stage): void;
  /** The store's word on the stage: who is at a desk is asked for signs of life. */
  follow(stage: Stage): void;
  /** Registers what answers an event. */
  answer<E extends VisitorEvent>(
    event: E,
    run: (input: Of<(typeof visitorSchemas)[E]>) => Promise<Ack<VisitorAnswers[E]>>,
  ): void;
  /** The same, for events that need a visit: `stage` before there is one, `ended` afterwards [V10]. */
  answerFor<E extends VisitorEvent>(
    event: E,
    run: (fence: VisitorSocketFence, input: Of<(typeof visitorSchemas)[E]>) => Promise<Ack<VisitorAnswers[E]>>,
  ): void;
}

interface Wiring {
  readonly socket: Socket;
  readonly hub: Hub;
  readonly gate: Gate;
  /** it is no stranger any more */
  readonly settled: () => void;
}
interface VisitorWiring extends Wiring {
  readonly tag: string;
  /** its visit is over: it is a stranger again */
  readonly unsettled: () => void;
}

export function visitorEnd({ socket, hub, gate, settled, unsettled, tag }: VisitorWiring): VisitorEnd {
  const line = lineOf(socket);
  let here: VisitorHere | null = null;
  let ended = false;

  const end: VisitorEnd = {
    tag,
    line,
    isOpen: () => socket.connected,
    whenGone(run) {
      socket.once('disconnect', run);
      return () => void socket.off('disconnect', run);
    },
    current: () => here && { visitId: here.visitId, conn: here.conn },
    seat(fence, stage) {
      if (here) hub.unseatVisitor(here.visitId, here.conn);
      const next: VisitorHere = {
        ...fence,
        line,
        tag,
        atDesk: isAtDesk(stage),
        over() {
          if (here !== next) return;
          here = null;
          ended = true;
          unsettled();
        },
      };
      here = next;
      hub.seatVisitor(next);
      settled();
    },
    follow(stage) {
      if (here) here.atDesk = isAtDesk(stage);
    },
    answer(event, run) {
      listen(socket, event, handle(gate, event, visitorSchemas[event], run as never));
    },
    answerFor(event, run) {
      end.answer(event, async (input) => {
        const fence = end.current();
        return fence ? run(fence, input) : refused(ended ? 'ended' : 'stage');
      });
    },
  };
  return end;
}

const isAtDesk = (stage: Stage): boolean => stage === 'opening' || stage === 'talking';

/** One console's socket. Before `desk:prove` it is nobody. */
export interface CounsellorEnd {
  readonly line: Line;
  current(): DeskSocketFence | null;
  seat(fence: DeskSocketFence): void;
  answer<E extends CounsellorEvent>(
    event: E,
    run: (input: Of<(typeof counsellorSchemas)[E]>) => Promise<Ack<CounsellorAnswers[E]>>,
  ): void;
  /** The same, for events of whoever sits at a desk: `no_cert` before the device was proved, `not_available` before `desk:enter`. */
  answerFor<E extends CounsellorEvent>(
    event: E,
    run: (fence: DeskSocketFence, input: Of<(typeof counsellorSchemas)[E]>) => Promise<Ack<CounsellorAnswers[E]>>,
  ): void;
  /** which device this console says it is of, before anybody looks whether it may: who takes its certificate away finds it */
  shows(shown: ShownDevice): void;
  shown(): ShownDevice | null;
  /** the device has proved itself */
  prove(): void;
}

export function counsellorEnd({ socket, hub, gate, settled }: Wiring): CounsellorEnd {
  const line = lineOf(socket);
  let fence: DeskSocketFence | null = null;
  let proved = false;
  let device: ShownDevice | null = null;

  const end: CounsellorEnd = {
    line,
    current: () => fence,
    seat(next) {
      if (fence) hub.unseatDesk(fence.account, fence.seat);
      fence = next;
      hub.seatDesk({ ...next, line });
    },
    shows: (shown) => void (device = shown),
    shown: () => device,
    prove() {
      proved = true;
      settled();
    },
    answer(event, run) {
      listen(socket, event, handle(gate, event, counsellorSchemas[event], run as never));
    },
    answerFor(event, run) {
      end.answer(event, async (input) => {
        if (!proved) return refused('no_cert');
        return fence ? run(fence, input) : refused('not_available');
      });
    },
  };
  return end;
}

/** Socket.IO's own types ask which of its reserved names an event could be; ours are none of them. */
function listen(socket: Socket, event: string, listener: (...args: unknown[]) => unknown): void {
  socket.on(event, listener);
}

const PULSE_ANSWER_MS = 20_000;

function lineOf(socket: Socket): Line {
  return {
    emit: (event, hint) => socket.emit(event, hint),
    pulse(answered) {
      socket.timeout(PULSE_ANSWER_MS).emit('presence:pulse', (late: unknown) => {
        if (!late) answered();
      });
    },
    backlog: () => (socket.conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length,
    dismiss: () => void socket.disconnect(true),
    cut: () => socket.conn.close(),
  };
}
