import { sealFrame } from '../crypto/frame.ts';
import { randomToken } from '../digest.ts';
import { FRAME_TYPES, type FrameHeader, type Side } from '../protocol/frame.ts';
import type { Marks, SealedMessage } from '../protocol/sealed.ts';
import { done, type Ack } from '../protocol/wire.ts';
import type { Keyring } from './keyring.ts';
import type { Cancel, Clock, Timers } from './ports.ts';
import { MARKS_REPEATED, timing } from './timing.ts';

interface Ports {
  visitId: string;
  side: Side;
  ring: Keyring;
  clock: Clock;
  timers: Timers;
  /** the epoch that is open for text; null = none */
  epoch(): number | null;
  /** what has come from the other side */
  marks(): Marks;
  pass(frame: string): Promise<Ack<null>>;
}

/** Signs that nobody stores: writing, received, read. Each may be lost, so what matters is said again. */
export interface Passing {
  /** something came: tell the other side up to where */
  received(): void;
  /** what has come so far was seen by a person */
  read(): void;
  typed(): void;
  /** after a reconnection, and when the other side may have missed it */
  repeat(): void;
  /** at each look at the store */
  look(): void;
  clear(): void;
}

const isSame = (one: Marks, other: Marks) => JSON.stringify(one) === JSON.stringify(other);

export function createPassing({ visitId, side, ring, clock, timers, epoch, marks, pass }: Ports): Passing {
  let stream = { epoch: 0, name: '', n: 0 };
  let readUpTo: Marks = [];
  let repeats = 0;
  let lastTypedMs = -Infinity;
  let lastMarksMs = -Infinity;
  let due: Cancel | null = null;
  let cleared = false;

  async function send(message: SealedMessage): Promise<Ack<null>> {
    const open = epoch();
    const keys = open === null ? undefined : ring.keys(open);
    if (open === null || !keys || cleared) return done(null);
    if (stream.epoch !== open) stream = { epoch: open, name: randomToken(8), n: 0 };
    stream.n += 1;
    const header: FrameHeader = {
      type: FRAME_TYPES.passing,
      visitId,
      epoch: open,
      side,
      stream: stream.name,
      n: stream.n,
    };
    return pass(await sealFrame(keys, header, message));
  }

  async function tell() {
    due = null;
    lastMarksMs = clock.nowMs();
    const seen = marks();
    // what was read has come: one frame says both, and the service lets few through
    const told: SealedMessage[] = isSame(seen, readUpTo) ? [] : [{ k: 'ack', seen }];
    if (readUpTo.length > 0) told.push({ k: 'read', seen: readUpTo });
    for (const message of told) {
      const ack = await send(message);
      if (!ack.ok && ack.code === 'too_fast') return schedule();
    }
  }

  const schedule = () => {
    if (due || cleared) return;
    const waitMs = Math.max(timing.marksAfterMs, lastMarksMs + timing.marksEveryMs - clock.nowMs());
    due = timers.after(waitMs, () => void tell());
  };

  return {
    received() {
      repeats = MARKS_REPEATED;
      schedule();
    },
    read() {
      readUpTo = marks();
      repeats = MARKS_REPEATED;
      schedule();
    },
    typed() {
      if (clock.nowMs() - lastTypedMs < timing.typingEveryMs || epoch() === null) return;
      lastTypedMs = clock.nowMs();
      void send({ k: 'typing' });
    },
    repeat: schedule,
    look() {
      if (repeats === 0) return;
      repeats -= 1;
      schedule();
    },
    clear() {
      cleared = true;
      due?.();
      due = null;
      readUpTo = [];
    },
  };
}
