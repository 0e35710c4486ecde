import { signal } from '@preact/signals-core';
import { openFrame, sealFrame } from '../../crypto/frame.ts';
import { randomToken } from '../../digest.ts';
import { FRAME_TYPES, readHeader, type FrameHeader } from '../../protocol/frame.ts';
import type { Marks, SealedMessage } from '../../protocol/sealed.ts';
import { done, type Ack } from '../../protocol/wire.ts';
import type { Cancel } from '../ports.ts';
import * as timing from '../timing.ts';
import type { TalkPorts } from './ports.ts';
import { MARKS_MAX } from './streams.ts';

interface Ports extends Pick<TalkPorts, 'visitId' | 'side' | 'ring' | 'clock' | 'timers'> {
  /** the epoch that is open for text; null = none */
  epoch(): number | null;
  /** what has come from the other side */
  marks(): Marks;
  pass(frame: string): Promise<Ack<null>>;
  /** what this side has had, and its marks rest on, lies on the device when this resolves */
  keep(): Promise<void>;
  /** how far the other side has got */
  marked(kind: 'sent' | 'read', marks: Marks): void;
}

const isSame = (one: Marks, other: Marks) => JSON.stringify(one) === JSON.stringify(other);

/** Signs that nobody stores: writing, received, read. Each may be lost, so what matters is said again. */
// over 80 lines because what is said and what is heard rest on one epoch
export function createSigns({ visitId, side, ring, clock, timers, epoch, marks, pass, marked, keep }: Ports) {
  const typing = signal(false);
  /** last number of each of the other side's streams of signs */
  const lastOf = new Map<string, number>();
  let stream = { epoch: 0, name: '', n: 0 };
  /** up to where a person read each stream, by its name: of all of them, also where there are more than one mark tells */
  let readUpTo = new Map<string, number>();
  let owed = 0;
  let lastTypedMs = -Infinity;
  let lastMarksMs = -Infinity;
  let due: Cancel | null = null;
  let typingOff: Cancel = () => undefined;
  let cleared = false;

  async function send(message: SealedMessage): Promise<Ack<null>> {
    const open = epoch();
    const keys = open === null ? undefined : ring.keys(open);
    if (open === null || !keys || cleared) return done(null);
    if (stream.epoch !== open) stream = { epoch: open, name: randomToken(8), n: 0 };
    stream.n += 1;
    const { name, n } = stream;
    const header: FrameHeader = { type: FRAME_TYPES.passing, visitId, epoch: open, side, stream: name, n };
    return pass(await sealFrame(keys, header, message));
  }

  async function tell() {
    due = null;
    lastMarksMs = clock.nowMs();
    const seen = marks();
    await keep();
    // what was read has come: one frame says both, and the service lets few through
    const read = [...readUpTo].slice(-MARKS_MAX);
    const told: SealedMessage[] = isSame(seen, read) ? [] : [{ k: 'ack', seen }];
    if (read.length > 0) told.push({ k: 'read', seen: read });
    for (const message of told) {
      const ack = await send(message);
      if (!ack.ok && ack.code === 'too_fast') return schedule();
    }
  }

  const schedule = () => {
    if (due || cleared) return;
    const early = lastMarksMs + timing.marksEveryMs - clock.nowMs();
    // a device's clock may be put back
    const waitMs = Math.min(timing.marksEveryMs, Math.max(timing.marksAfterMs, early));
    due = timers.after(waitMs, () => void tell());
  };
  const owe = () => {
    owed = timing.MARKS_REPEATED;
    schedule();
  };
  const stopTyping = () => {
    typing.value = false;
    typingOff();
  };

  return {
    /** true for at most 10 s after the last sign of it */
    typing,
    /** a sign of the other side */
    async heard(frame: string) {
      const header = readHeader(frame);
      if (!header || header.type !== FRAME_TYPES.passing || header.visitId !== visitId || header.side === side) return;
      const keys = ring.keys(header.epoch);
      if (!keys || header.epoch !== epoch()) return;
      const opened = await openFrame(keys, header, frame);
      // after the opening: two copies may have come at once
      if (opened.is !== 'message' || cleared || header.n <= (lastOf.get(header.stream) ?? 0)) return;
      if (!lastOf.has(header.stream)) schedule(); // a page that knows nothing yet
      lastOf.set(header.stream, header.n);
      const { message } = opened;
      if (message.k === 'ack') marked('sent', message.seen);
      if (message.k === 'read') marked('read', message.seen);
      if (message.k !== 'typing') return;
      stopTyping();
      typing.value = true;
      typingOff = timers.after(timing.typingShownMs, stopTyping);
    },
    /** something came: tell the other side up to where */
    received: owe,
    /** what the other side was writing has come */
    written: stopTyping,
    /** what has come so far was seen by a person */
    read() {
      readUpTo = new Map([...readUpTo, ...marks()]);
      owe();
    },
    readUpTo: (): Marks => [...readUpTo],
    wasRead: ({ stream, n }: FrameHeader) => n <= (readUpTo.get(stream) ?? 0),
    /** what an earlier page kept of it */
    restore: (kept: Marks) => void (readUpTo = new Map(kept)),
    typed() {
      if (Math.abs(clock.nowMs() - lastTypedMs) < timing.typingEveryMs || epoch() === null) return;
      lastTypedMs = clock.nowMs();
      void send({ k: 'typing' });
    },
    /** after a reconnection, when either side may have missed the other's: in a new stream, which is answered */
    repeat() {
      stream = { epoch: 0, name: '', n: 0 };
      schedule();
    },
    /** each time the store was read */
    repeatOwed() {
      if (owed === 0) return;
      owed -= 1;
      schedule();
    },
    clear() {
      cleared = true;
      stopTyping();
      due?.();
      due = null;
      readUpTo.clear();
    },
  };
}
