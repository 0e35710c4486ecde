import { agreed } from '../agreed.ts';
import type { ProblemCode } from '../problem.ts';
import { frameId, readHeader } from '../protocol/frame.ts';
import type { Since, StoredFrame } from '../protocol/visitor.ts';
import type { Ack } from '../protocol/wire.ts';
import { createSerial } from './serial.ts';

interface Ports {
  since(seq: number, id?: string): Promise<Ack<Since>>;
  restore(frames: string[]): Promise<Ack<{ seqs: number[] }>>;
  /**
   * @param asked the store itself was asked and has nothing between
   * @returns false when something before it is missing, and then nothing was taken
   */
  take(stored: StoredFrame, asked: boolean): Promise<boolean>;
  /** this side's own stored frames, in their order */
  own(): ReadonlyMap<string, string>;
  refused(code: ProblemCode): void;
}

/**
 * The store's log as this side has read it: the number of each frame, and when to ask. A hint is taken only when
 * it is the very next; everything else is asked for, and when the store tells another story it is read from the
 * start and merged by frame id.
 */
export interface Log {
  hint(stored: StoredFrame): void;
  /** an own frame got its number */
  own(seq: number, id: string): void;
  /** reads what is new; resolves when it has been taken */
  fetch(): Promise<void>;
  /** something else with the frames, between two of them */
  between(job: () => Promise<void>): Promise<void>;
  clear(): void;
}

const wellFormed = ({ seq, frame, agoS }: StoredFrame) =>
  Number.isSafeInteger(seq) && seq > 0 && typeof frame === 'string' && Number.isFinite(agoS);

const ROUNDS_MAX = agreed.framesPerVisitMax;

export function createLog(ports: Ports): Log {
  const serial = createSerial();
  let known = new Map<number, string>();
  let front = 0;
  let asking: Promise<void> | null = null;
  let diverged = false;

  const idOf = ({ frame }: StoredFrame) => {
    const header = readHeader(frame);
    return header ? frameId(header) : '';
  };
  const note = (seq: number, id: string) => {
    known.set(seq, id);
    while (known.has(front + 1)) front += 1;
  };
  const startOver = () => {
    known = new Map();
    front = 0;
    diverged = true;
  };

  async function read() {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const asked = front;
      const ack = await ports.since(asked, known.get(asked) || undefined);
      if (!ack.ok) return ports.refused(ack.code);
      if ('diverged' in ack.value) {
        if (asked === 0) break;
        startOver();
        continue;
      }
      const { frames, from, more } = ack.value;
      // no answer at all: the next look asks again
      if (!Array.isArray(frames)) return;
      if (frames.length > 0 && from > front + 1) front = from - 1;
      for (const stored of frames) {
        if (!wellFormed(stored) || stored.seq <= asked) continue;
        await ports.take(stored, true);
        note(stored.seq, idOf(stored));
        front = Math.max(front, stored.seq);
      }
      if (!more || front === asked) break;
    }
    if (diverged) await restore();
  }

  /** Each side gives the store its own frames back, and nobody the other's. */
  async function restore() {
    const there = new Set(known.values());
    const missing = [...ports.own()].filter(([id]) => !there.has(id));
    for (let at = 0; at < missing.length; at += agreed.restoreFramesMax) {
      const part = missing.slice(at, at + agreed.restoreFramesMax);
      const ack = await ports.restore(part.map(([, frame]) => frame));
      if (!ack.ok) return ports.refused(ack.code);
      for (const [index, [id]] of part.entries()) {
        const seq = ack.value.seqs[index];
        if (seq !== undefined) note(seq, id);
      }
    }
    diverged = false;
  }

  const fetch = () => {
    asking ??= serial(async () => {
      asking = null;
      await read();
    });
    return asking;
  };

  return {
    fetch,
    hint: (stored) =>
      void serial(async () => {
        if (!wellFormed(stored)) return;
        const id = idOf(stored);
        if (known.get(stored.seq) === id) return;
        if (stored.seq <= front) startOver();
        else if (stored.seq === front + 1 && (await ports.take(stored, false))) return note(stored.seq, id);
        void fetch();
      }),
    own: (seq, id) =>
      void serial(async () => {
        const there = known.get(seq);
        if (there === id) return;
        if (there !== undefined || seq <= front) startOver();
        else note(seq, id);
        if (seq > front || diverged) void fetch();
      }),
    between: (job) => serial(job),
    clear() {
      known = new Map();
      front = 0;
    },
  };
}
