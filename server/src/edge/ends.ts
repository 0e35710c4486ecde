import type { VisitId, AccountId, Digest, Stage } from '@clbchat/shared/ids';
import { randomToken } from '@clbchat/shared/digest';
import type { FrameHeader } from '@clbchat/shared/protocol/frame';
import { headersInTurn } from '@clbchat/shared/protocol/headersInTurn';
import { refused, type Ack } from '@clbchat/shared/protocol/wire';
import type { Socket } from 'socket.io';
import { Gate, type Rates } from './gate.ts';
import type { Hub, Line, VisitorHere } from './hub.ts';
import type { Peer, SignedIn } from './peer.ts';
import type { Stranger } from './strangers.ts';

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
/** A device that has proved itself, and when its certificate ends. */
export interface ProvedDevice {
  readonly dev: Digest;
  readonly certExpMs: number;
}
/** Whose socket this is by its cookie, and the page that brought it; the device must still prove itself. */
export type DeskSession = SignedIn & { readonly origin: string };

const PULSE_ANSWER_MS = 20_000;

class SocketLine implements Line {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }
  emit(event: string, hint: unknown): void {
    this.#socket.emit(event, hint);
  }
  pulse(answered: () => void): void {
    this.#socket.timeout(PULSE_ANSWER_MS).emit('presence:pulse', (late: unknown) => {
      if (!late) answered();
    });
  }
  backlog(): number {
    return (this.#socket.conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length;
  }
  dismiss(): void {
    this.#socket.disconnect(true);
  }
  cut(): void {
    this.#socket.conn.close();
  }
}

/** What all sockets of a namespace share. */
export interface Around {
  readonly hub: Hub;
  readonly rates: Rates;
}

/** One socket, as the domain sees it: a record without a closure, for ten thousand may wait. */
abstract class End {
  readonly line: Line;
  readonly gate: Gate;
  protected readonly socket: Socket;
  protected readonly hub: Hub;
  #headers: ReturnType<typeof headersInTurn> | null = null; // who only waits sends no frame

  constructor(socket: Socket, { hub, rates }: Around) {
    this.line = new SocketLine(socket);
    this.gate = new Gate(rates);
    this.socket = socket;
    this.hub = hub;
  }
  /** its connection stands */
  isOpen(): boolean {
    return this.socket.connected;
  }
  /** Reads the outside of a frame of this socket: it mostly is of the stream of the last one. */
  headerOf(frame: string): FrameHeader | null {
    this.#headers ??= headersInTurn();
    return this.#headers(frame);
  }
  /** Lets it go, and its connection with it. */
  close(): void {
    this.socket.disconnect(true);
  }
}

interface VisitorAround extends Around {
  /** how long a visitor may be nobody, in ms */
  readonly joinWithinMs: number;
}

/** One visitor's socket. Whom it speaks for stands here and nowhere in what it sends. */
export class VisitorEnd extends End {
  readonly tag: string;
  readonly #stranger: Stranger;
  readonly #joinWithinMs: number;
  #here: VisitorHere | null = null;
  #isOver = false;

  constructor(socket: Socket, { tag, stranger }: Peer, around: VisitorAround) {
    super(socket, around);
    this.tag = tag;
    this.#stranger = stranger;
    this.#joinWithinMs = around.joinWithinMs;
    this.#isNobody();
  }
  /** Runs when its connection goes. @returns what takes that back */
  whenGone(run: () => void): () => void {
    this.socket.once('disconnect', run);
    return () => void this.socket.off('disconnect', run);
  }
  /** the visit it has joined or taken up */
  current(): VisitorSocketFence | null {
    return this.#here && { visitId: this.#here.visitId, conn: this.#here.conn };
  }
  /** Hands the visit's fence to this socket. */
  seat({ visitId, conn }: VisitorSocketFence, stage: Stage): void {
    this.#unseat();
    const here = new Seat(visitId, conn, isAtDesk(stage), this);
    this.#here = here;
    this.hub.seatVisitor(here);
    this.#stranger.settle();
  }
  /** The store's word on the stage: who is at a desk is asked for signs of life. */
  follow(stage: Stage): void {
    if (this.#here) this.#here.atDesk = isAtDesk(stage);
  }
  /** This seat's visit is over, or has a newer socket. */
  over(seat: VisitorHere): void {
    if (this.#here !== seat) return;
    this.#here = null;
    this.#isOver = true;
    this.#isNobody();
    this.#stranger.isGuest();
  }
  /** Of an event that needs a visit: `stage` before there is one, `ended` afterwards [V10]. */
  without(): Ack<never> {
    return refused(this.#isOver ? 'ended' : 'stage');
  }
  /** Its connection went. @returns whom it spoke for */
  gone(): VisitorSocketFence | null {
    this.#unseat();
    return this.current();
  }
  #unseat(): void {
    if (this.#here) this.hub.unseatVisitor(this.#here.visitId, this.#here.conn);
  }
  #isNobody(): void {
    this.#stranger.within(this.#joinWithinMs, () => this.close());
  }
}

/** Who has a visit's fence, as the hub sees it. */
class Seat implements VisitorHere {
  readonly visitId: VisitId;
  readonly conn: number;
  readonly line: Line;
  readonly tag: string;
  atDesk: boolean;
  readonly #end: VisitorEnd;

  constructor(visitId: VisitId, conn: number, atDesk: boolean, end: VisitorEnd) {
    this.visitId = visitId;
    this.conn = conn;
    this.line = end.line;
    this.tag = end.tag;
    this.atDesk = atDesk;
    this.#end = end;
  }
  over(): void {
    this.#end.over(this);
  }
}

const isAtDesk = (stage: Stage): boolean => stage === 'opening' || stage === 'talking';

/** One console's socket. Before `desk:prove` it is nobody. */
export class CounsellorEnd extends End {
  readonly session: DeskSession;
  /** what its device has to sign */
  readonly nonce = randomToken(32);
  readonly #stranger: Stranger;
  #fence: DeskSocketFence | null = null;
  #shown: ShownDevice | null = null;
  #proved: ProvedDevice | null = null;

  constructor(socket: Socket, session: DeskSession, stranger: Stranger, around: Around) {
    super(socket, around);
    this.session = session;
    this.#stranger = stranger;
  }
  current(): DeskSocketFence | null {
    return this.#fence;
  }
  seat(fence: DeskSocketFence): void {
    this.unseat();
    this.#fence = fence;
    this.hub.seatDesk({ ...fence, line: this.line });
  }
  unseat(): void {
    if (this.#fence) this.hub.unseatDesk(this.#fence.account, this.#fence.seat);
  }
  /** which device this console says it is of, before anybody looks whether it may: who takes its certificate away finds it */
  shows(shown: ShownDevice): void {
    this.#shown = shown;
  }
  shown(): ShownDevice | null {
    return this.#shown;
  }
  /** the device has proved itself */
  prove(device: ProvedDevice): void {
    this.#proved = device;
    this.#stranger.settle();
  }
  proved(): ProvedDevice | null {
    return this.#proved;
  }
  /** Of an event of whoever sits at a desk: `no_cert` before the device was proved, `not_available` before `desk:enter`. */
  without(): Ack<never> {
    return refused(this.#proved ? 'not_available' : 'no_cert');
  }
}
