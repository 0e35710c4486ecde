import { sealFrame } from '../crypto/frame.ts';
import { randomToken } from '../digest.ts';
import type { ProblemCode } from '../problem.ts';
import { FRAME_TYPES, type FrameHeader, type Side } from '../protocol/frame.ts';
import type { SealedMessage } from '../protocol/sealed.ts';
import type { Ack } from '../protocol/wire.ts';
import type { Keyring } from './keyring.ts';
import type { Cancel, Timers } from './ports.ts';
import { timing } from './timing.ts';

/** closed: nothing leaves · control: what makes the epoch ready, no text yet · open */
export type Gate = 'closed' | 'control' | 'open';

export interface Letter {
  message: Extract<SealedMessage, { mid: string }>;
  /** the person it was written for; null = whoever comes first [C5] */
  person: string | null;
  /** in the store, in this epoch */
  stored: boolean;
  /** once in the store, in any epoch */
  everStored: boolean;
}

interface Flight {
  letter: Letter;
  header: FrameHeader;
  frame: string;
}

export interface OutboxPorts {
  visitId: string;
  side: Side;
  ring: Keyring;
  timers: Timers;
  append(frame: string): Promise<Ack<{ seq: number }>>;
  /** a frame is about to leave for the first time: whoever sees it come back knows it */
  sealed(header: FrameHeader, frame: string, letter: Letter): void;
  stored(header: FrameHeader, seq: number, letter: Letter): void;
  refused(code: ProblemCode, letter: Letter): void;
}

/**
 * What waits for the store: in order, one in flight, repeated with the same frame until there is an answer.
 * A text stays until the other browser has acknowledged it, and is sealed again when an epoch ends before that.
 */
export interface Outbox {
  readonly epoch: number;
  readonly gate: Gate;
  text(letter: Omit<Letter, 'stored' | 'everStored'>): void;
  /** before every text */
  control(message: Letter['message']): void;
  /** a new epoch starts a new stream, and what the other side has not acknowledged leaves again in it */
  open(epoch: number, gate: Gate): void;
  pause(): void;
  /** asks again for what has no answer */
  kick(): void;
  acknowledged(mid: string): void;
  letters(): readonly Letter[];
  drop(letters: ReadonlySet<Letter>): void;
  clear(): void;
}

/** The service has not stored it, and the same frame may be stored later. */
const WAITS = new Set<ProblemCode>(['unavailable', 'too_fast', 'stage', 'no_key', 'stale_epoch', 'streams_full']);
/** Those that nothing else announces: a new state brings the others on. */
const ASKS_AGAIN = new Set<ProblemCode>(['unavailable', 'too_fast']);

export function createOutbox(ports: OutboxPorts): Outbox {
  let letters: Letter[] = [];
  let epoch = 0;
  let gate: Gate = 'closed';
  let stream = '';
  let n = 0;
  let flight: Flight | null = null;
  let busy = false;
  let again: Cancel = () => undefined;

  const isControl = (letter: Letter) => letter.message.k !== 'text';
  const newStream = () => {
    stream = randomToken(8);
    n = 0;
    flight = null;
  };
  const nextLetter = () => letters.find((letter) => !letter.stored && (gate === 'open' || isControl(letter)));

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
    ports.sealed(header, frame, letter);
    return flight;
  }

  async function pump() {
    if (busy) return;
    busy = true;
    try {
      while (gate !== 'closed') {
        const letter: Letter | undefined = flight?.letter ?? nextLetter();
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
  function land(sent: Flight, ack: Ack<{ seq: number }>): boolean {
    const { letter, header } = sent;
    if (ack.ok) {
      flight = null;
      letter.stored = true;
      letter.everStored = true;
      if (isControl(letter)) letters = letters.filter((other) => other !== letter);
      ports.stored(header, ack.value.seq, letter);
      return true;
    }
    if (ack.code === 'out_of_order') {
      newStream();
      return true;
    }
    if (ASKS_AGAIN.has(ack.code)) {
      again();
      again = ports.timers.after(timing.resendAfterMs, () => void pump());
    } else if (!WAITS.has(ack.code)) {
      flight = null;
      gate = 'closed';
    }
    ports.refused(ack.code, letter);
    return false;
  }

  return {
    get epoch() {
      return epoch;
    },
    get gate() {
      return gate;
    },
    text(letter) {
      letters.push({ ...letter, stored: false, everStored: false });
      void pump();
    },
    control(message) {
      const at = letters.findIndex((letter) => !isControl(letter) && letter !== flight?.letter);
      const letter: Letter = { message, person: null, stored: false, everStored: false };
      letters.splice(at < 0 ? letters.length : at, 0, letter);
      void pump();
    },
    open(newEpoch, newGate) {
      if (newEpoch !== epoch) {
        epoch = newEpoch;
        newStream();
        letters = letters.filter((letter) => !isControl(letter));
        for (const letter of letters) letter.stored = false;
      }
      gate = newGate;
      void pump();
    },
    pause() {
      gate = 'closed';
    },
    kick: () => void pump(),
    acknowledged(mid) {
      letters = letters.filter((letter) => letter.message.mid !== mid);
    },
    letters: () => letters,
    drop(dropped) {
      letters = letters.filter((letter) => !dropped.has(letter));
      if (flight && dropped.has(flight.letter)) flight = null;
    },
    clear() {
      letters = [];
      gate = 'closed';
      flight = null;
      again();
    },
  };
}
