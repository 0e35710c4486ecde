import { sealFrame } from '../../crypto/frame.ts';
import { randomToken } from '../../digest.ts';
import type { ProblemCode } from '../../problem.ts';
import { FRAME_TYPES, type FrameHeader } from '../../protocol/frame.ts';
import type { Marks, SealedMessage } from '../../protocol/sealed.ts';
import type { Ack } from '../../protocol/wire.ts';
import type { Cancel } from '../ports.ts';
import * as timing from '../timing.ts';
import type { Marked, TalkPorts, WaitingText } from './ports.ts';
import type { TextItem } from './timeline.ts';

/** closed: nothing leaves · control: what makes the epoch ready, no text yet · open */
export type Gate = 'closed' | 'control' | 'open';
type Delivered = TextItem['state'];
type Control = Exclude<Extract<SealedMessage, { mid: string }>, { k: 'text' }>;

/** Something that waits for the store, and when it is a text, for the other browser. */
export interface Letter {
  readonly message: Control | Extract<SealedMessage, { k: 'text' }>;
  /** whom a text was written for; null = whoever comes first [C5] */
  person: string | null;
  /** the epoch in which it lies in the store; 0 = in none */
  storedIn: number;
  /** a control message's sender hears whether it was stored, or dropped with its epoch */
  readonly settled?: (stored: boolean) => void;
}
type Flight = { letter: Letter; header: FrameHeader; frame: string };

interface Ports extends Pick<TalkPorts, 'visitId' | 'side' | 'ring' | 'timers'> {
  append(frame: string): Promise<Ack<{ seq: number }>>;
  /** a frame is about to leave for the first time: whoever sees it come back knows it */
  leaving(header: FrameHeader, frame: string): void;
  /** its letter was taken back, and no answer said that this frame is in the store */
  takenBack(header: FrameHeader): void;
  /** the store has lost count of this side's frames */
  behind(): void;
  stored(header: FrameHeader, seq: number): void;
  refused(code: ProblemCode, life: string | undefined, letter: Letter): void;
}

/** The service has not stored it, and the same frame may be stored later. */
const WAITS = new Set<ProblemCode>(['unavailable', 'too_fast', 'stage', 'no_key', 'stale_epoch', 'streams_full']);
/** Those that nothing else announces: a new state brings the others on. */
const ASKS_AGAIN = new Set<ProblemCode>(['unavailable', 'too_fast']);

export const waitingText = ({ message, person }: Letter): WaitingText[] =>
  message.k === 'text' ? [{ mid: message.mid, text: message.m, person: person ?? '' }] : [];

const isControl = ({ message }: Letter) => message.k !== 'text';

/**
 * What waits for the store: in order, one in flight, repeated with the same frame until there is an answer. A text stays
 * until the other browser has acknowledged it, and is sealed again when an epoch ends before that. Ticks come from the
 * other browser's sealed marks and from nowhere else: a relay that withholds the end of a conversation cannot make it
 * look delivered.
 */
// over 80 lines because the line of letters and the one in flight share their state
export function createLettersOut(ports: Ports) {
  const ticks = createTicks();
  let letters: Letter[] = [];
  let epoch = 0;
  let gate: Gate = 'closed';
  let stream = '';
  let n = 0;
  /** the frames that each letter was sealed into */
  const sealed = new WeakMap<Letter, FrameHeader[]>();
  let flight: Flight | null = null;
  let busy = false;
  let later: Cancel = () => undefined;

  const newStream = () => {
    stream = randomToken(8);
    n = 0;
    flight = null;
  };
  const next = () => letters.find((letter) => letter.storedIn !== epoch && (gate === 'open' || isControl(letter)));
  const keepOnly = (wanted: (letter: Letter) => boolean) => {
    const gone = letters.filter((letter) => !wanted(letter));
    letters = letters.filter(wanted);
    if (flight && gone.includes(flight.letter)) flight = null;
    for (const { settled } of gone) settled?.(false);
  };

  async function takeOff(letter: Letter): Promise<Flight | null> {
    const keys = ports.ring.keys(epoch);
    if (!keys) return null;
    n += 1;
    const type = isControl(letter) ? FRAME_TYPES.control : FRAME_TYPES.message;
    const header: FrameHeader = { type, visitId: ports.visitId, epoch, side: ports.side, stream, n };
    const frame = await sealFrame(keys, header, letter.message);
    // the epoch, the stream or the letter may have gone while it was being sealed
    if (header.stream !== stream) return null;
    if (!letters.includes(letter)) {
      n -= 1;
      return null;
    }
    flight = { letter, header, frame };
    ports.leaving(header, frame);
    sealed.set(letter, [...(sealed.get(letter) ?? []), header]);
    if (!isControl(letter)) ticks.add(letter.message.mid, header);
    return flight;
  }

  async function pump() {
    if (busy) return;
    busy = true;
    try {
      while (gate !== 'closed') {
        const letter: Letter | undefined = flight?.letter ?? next();
        if (!letter) return;
        const sent = flight ?? (await takeOff(letter));
        if (!sent) {
          if (ports.ring.keys(epoch)) continue;
          return;
        }
        const ack = await ports.append(sent.frame);
        if (flight !== sent) continue;
        if (!land(sent, ack)) return;
      }
    } finally {
      busy = false;
    }
  }

  /** @returns whether the next one may leave */
  function land({ letter, header }: Flight, ack: Ack<{ seq: number }>): boolean {
    if (ack.ok) {
      flight = null;
      letter.storedIn = header.epoch;
      if (isControl(letter)) letters = letters.filter((other) => other !== letter);
      ports.stored(header, ack.value.seq);
      letter.settled?.(true);
      return true;
    }
    if (ack.code === 'out_of_order') {
      ports.behind();
      newStream();
      return true;
    }
    if (ASKS_AGAIN.has(ack.code)) {
      later();
      later = ports.timers.after(timing.resendAfterMs, () => void pump());
    } else if (!WAITS.has(ack.code)) {
      flight = null;
      gate = 'closed';
    }
    ports.refused(ack.code, ack.life, letter);
    return false;
  }

  return {
    get epoch() {
      return epoch;
    },
    get gate(): Gate {
      return gate;
    },
    text(mid: string, m: string, person: string | null) {
      letters.push({ message: { k: 'text', mid, m }, person, storedIn: 0 });
      void pump();
    },
    /** before every text; resolves to whether the store has it */
    control: (message: Control) =>
      new Promise<boolean>((settled) => {
        const at = letters.findIndex((letter) => !isControl(letter) && letter !== flight?.letter);
        letters.splice(at < 0 ? letters.length : at, 0, { message, person: null, storedIn: 0, settled });
        void pump();
      }),
    /** a new epoch starts a new stream, and what the other side has not acknowledged leaves again in it */
    open(newEpoch: number, newGate: Gate) {
      if (newEpoch !== epoch) {
        epoch = newEpoch;
        newStream();
        keepOnly((letter) => !isControl(letter));
      }
      gate = newGate;
      void pump();
    },
    pause() {
      gate = 'closed';
    },
    /** asks again for what has no answer */
    again: () => void pump(),
    /** a text of this side, read in the store; @returns how far it has come */
    found(mid: string, header: FrameHeader) {
      const letter = letters.find(({ message }) => message.mid === mid);
      if (letter) letter.storedIn = Math.max(letter.storedIn, header.epoch);
      return ticks.add(mid, header);
    },
    /** @returns what has changed, by message id */
    marks(kind: 'sent' | 'read', marks: Marks) {
      const changed = ticks.marks(kind, marks);
      if (changed.size > 0) keepOnly(({ message }) => !changed.has(message.mid));
      return changed;
    },
    /** … and what of it an earlier page kept */
    marked: ticks.marked,
    restoreMarked: ticks.restore,
    texts: (): readonly Letter[] => letters.filter((letter) => !isControl(letter)),
    drop(dropped: readonly Letter[]) {
      for (const letter of dropped)
        if (letter.storedIn === 0) for (const header of sealed.get(letter) ?? []) ports.takenBack(header);
      keepOnly((letter) => !dropped.includes(letter));
    },
    clear() {
      gate = 'closed';
      later();
      keepOnly(() => false);
      ticks.clear();
    },
  };
}

const RANK: Record<Delivered, number> = { pending: 0, sent: 1, read: 2 };
type Numbered = Pick<FrameHeader, 'stream' | 'n'>;

/** How far this side's texts have come: each in one or more frames, and for each stream up to where it was marked. */
function createTicks() {
  const frames: (Numbered & { mid: string })[] = [];
  const states = new Map<string, Delivered>();
  const upTo = { sent: new Map<string, number>(), read: new Map<string, number>() };

  const stateOf = ({ stream, n }: Numbered): Delivered => {
    if (n <= (upTo.read.get(stream) ?? 0)) return 'read';
    return n <= (upTo.sent.get(stream) ?? 0) ? 'sent' : 'pending';
  };
  const raise = (mid: string, state: Delivered) => {
    if (RANK[state] <= RANK[states.get(mid) ?? 'pending']) return false;
    states.set(mid, state);
    return true;
  };

  const note = (kind: 'sent' | 'read', marks: Marks) => {
    for (const [stream, n] of marks) upTo[kind].set(stream, Math.max(n, upTo[kind].get(stream) ?? 0));
  };

  return {
    marked: (): Marked => ({ sent: [...upTo.sent], read: [...upTo.read] }),
    restore({ sent, read }: Marked) {
      note('sent', sent);
      note('read', read);
    },
    add(mid: string, { stream, n }: Numbered): Delivered {
      frames.push({ mid, stream, n });
      raise(mid, stateOf({ stream, n }));
      return states.get(mid) ?? 'pending';
    },
    marks(kind: 'sent' | 'read', marks: Marks): Map<string, Delivered> {
      note(kind, marks);
      const changed = new Map<string, Delivered>();
      for (const frame of frames) {
        const state = stateOf(frame);
        if (raise(frame.mid, state)) changed.set(frame.mid, state);
      }
      return changed;
    },
    clear() {
      frames.length = 0;
      states.clear();
      upTo.sent.clear();
      upTo.read.clear();
    },
  };
}
