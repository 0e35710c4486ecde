import type { AccountId, VisitId } from '@clbchat/shared/ids';

/** A hint with its address, as a command of the store decided it (live/hint.ts). */
export type Addressed =
  | {
      readonly to: 'visitor';
      readonly visitId: VisitId;
      readonly conn: number;
      readonly event: string;
      readonly hint: unknown;
    }
  | {
      readonly to: 'desk';
      readonly account: AccountId;
      readonly seat: number;
      readonly event: string;
      readonly hint: unknown;
    };

/** The part of a socket that a hint needs. */
export interface Line {
  emit(event: string, hint: unknown): unknown;
  /** asks for a sign of life; `answered` runs when the page gives it, or never */
  pulse(answered: () => void): void;
  /** packets that wait to be sent */
  backlog(): number;
  /** says goodbye, so that the client does not come back by itself */
  dismiss(): void;
  /** closes without a word, so that the client comes back */
  cut(): void;
}

export interface VisitorHere {
  readonly visitId: VisitId;
  readonly conn: number;
  readonly line: Line;
  /** of the address that its connection came from */
  readonly tag: string;
  /** the fence is of no more use: the visit ended, or a newer socket has it */
  readonly over: () => void;
  /** opening or talking, as the store last answered; only then is it asked for signs of life. No hint changes it [N20] */
  atDesk: boolean;
}
export interface DeskHere {
  readonly account: AccountId;
  readonly seat: number;
  readonly line: Line;
}

const PASSING_BACKLOG_MAX = 64;
const BACKLOG_MAX = 256;

/** Which socket of this node has which fence, and the only way by which a hint reaches one. */
export interface Hub {
  seatVisitor(here: VisitorHere): void;
  seatDesk(here: DeskHere): void;
  /** Nothing happens when a newer one has come. */
  unseatVisitor(visitId: VisitId, conn: number): void;
  unseatDesk(account: AccountId, seat: number): void;
  visitors(): VisitorHere[];
  /** Of exactly this fence. */
  visitor(visitId: VisitId, conn: number): VisitorHere | undefined;
  /** What the store answered about some of them: which fences are at a desk. */
  learn(asked: readonly VisitorHere[], atDesk: readonly { readonly visitId: VisitId; readonly conn: number }[]): void;
  desks(): DeskHere[];
  /** To the socket with exactly this fence; to nobody when it is not here [A15]. */
  deliver(hints: readonly Addressed[]): void;
}

export function createHub(): Hub {
  const visitors = new Map<string, VisitorHere>();
  const desks = new Map<string, DeskHere>();
  const key = (id: string, fence: number) => `${id} ${fence}`;

  function send(line: Line, { event, hint }: Addressed): void {
    const backlog = line.backlog();
    if (backlog > BACKLOG_MAX) return line.cut();
    if (event === 'talk:passing' && backlog > PASSING_BACKLOG_MAX) return;
    line.emit(event, hint);
  }

  function toVisitor(hint: Extract<Addressed, { to: 'visitor' }>): void {
    const at = key(hint.visitId, hint.conn);
    const here = visitors.get(at);
    if (!here) return;
    send(here.line, hint);
    if (hint.event === 'visit:stage' && (hint.hint as { stage: string }).stage === 'ended') {
      visitors.delete(at);
      here.over();
    }
    if (hint.event === 'visit:replaced') {
      visitors.delete(at);
      here.over();
      here.line.dismiss();
    }
  }

  function toDesk(hint: Extract<Addressed, { to: 'desk' }>): void {
    const at = key(hint.account, hint.seat);
    const here = desks.get(at);
    if (!here) return;
    send(here.line, hint);
    if (hint.event !== 'desk:replaced') return;
    desks.delete(at);
    here.line.dismiss();
  }

  return {
    seatVisitor: (here) => void visitors.set(key(here.visitId, here.conn), here),
    seatDesk: (here) => void desks.set(key(here.account, here.seat), here),
    unseatVisitor: (visitId, conn) => void visitors.delete(key(visitId, conn)),
    unseatDesk: (account, seat) => void desks.delete(key(account, seat)),
    visitors: () => [...visitors.values()],
    visitor: (visitId, conn) => visitors.get(key(visitId, conn)),
    learn(asked, atDesk) {
      const held = new Set(atDesk.map(({ visitId, conn }) => key(visitId, conn)));
      for (const here of asked) here.atDesk = held.has(key(here.visitId, here.conn));
    },
    desks: () => [...desks.values()],
    deliver(hints) {
      for (const hint of hints) {
        if (hint.to === 'visitor') toVisitor(hint);
        else toDesk(hint);
      }
    },
  };
}
