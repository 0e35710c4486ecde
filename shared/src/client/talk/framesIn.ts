import { agreed } from '../../agreed.ts';
import { openFrame } from '../../crypto/frame.ts';
import { FRAME_TYPES, frameId, readHeader, type FrameHeader } from '../../protocol/frame.ts';
import type { SealedMessage } from '../../protocol/sealed.ts';
import type { Since, StoredFrame } from '../../protocol/visitor.ts';
import { createSerial } from '../serial.ts';
import type { TalkPorts } from './ports.ts';
import { createStreams, type Gone } from './streams.ts';
import type { Place, Timeline } from './timeline.ts';

export type Arrival = { header: FrameHeader; frame: string; atMs: number };
interface Ports extends Pick<TalkPorts, 'visitId' | 'side' | 'ring' | 'clock' | 'author' | 'unlocked' | 'sinceMs'> {
  wire: Pick<TalkPorts['wire'], 'since' | 'restore'>;
  refused: TalkPorts['events']['refused'];
  timeline: Timeline;
  /** `history`: it stood closed, and its key came later */
  message(message: SealedMessage, arrival: Arrival, place: Place): Promise<void>;
}

const ROUNDS_MAX = agreed.framesPerVisitMax;

/** A number that a log can have; counting on from any other never ends. */
const isSeq = (seq: number) => Number.isInteger(seq) && seq >= 0 && seq <= agreed.framesPerVisitMax;
const wellFormed = ({ seq, frame, agoS }: StoredFrame) =>
  isSeq(seq) && seq > 0 && typeof frame === 'string' && Number.isFinite(agoS);

/**
 * The store's log as this side has read it, and what became of its frames. A hint is taken only when it is the very
 * next; everything else is asked for, and when the store tells another story it is read from the start, merged by frame
 * id, and given this side's own frames back. Nothing is taken before what was kept is unlocked.
 */
// over 80 lines because the log and what stands closed in it share their state
export function createFramesIn(ports: Ports) {
  const { visitId, side, ring, clock, timeline, wire } = ports;
  const serial = createSerial(ports.unlocked);
  const streams = createStreams();
  /** frames that were shown or were this side's, by id */
  const taken = new Set<string>();
  const spoiled = new Set<string>();
  /** own frames of this visit, for a store that lost them, and the number that each had there; 0 = none is known */
  const own = new Map<string, { frame: string; seq: number }>();
  /** the first number that the store keeps: what was before it has gone with its age */
  let keptFrom = 1;
  let closed: Arrival[] = [];
  /** which frame the store has under which number, as far as it was read */
  let known = new Map<number, string>();
  /** everything up to here was read */
  let front = 0;
  let reading: Promise<boolean> | null = null;
  let diverged = false;
  /** the store has said that it dropped what is old */
  let dropped = false;

  const note = (seq: number, id: string) => {
    if (!isSeq(seq)) return;
    known.set(seq, id);
    const mine = own.get(id);
    if (mine) mine.seq = seq;
    while (known.has(front + 1)) front += 1;
  };
  const startOver = () => {
    known = new Map();
    front = 0;
    diverged = true;
  };
  const spoil = (id: string, atMs: number) => {
    if (spoiled.has(id)) return;
    spoiled.add(id);
    timeline.line({ is: 'unreadable', from: 'them', atMs });
  };

  /**
   * What the store may have dropped of an epoch: of a colleague's, anything; of an own one, what an earlier page has
   * had, once the conversation is old enough. Everything else was withheld.
   */
  function goneOf(epoch: number): Gone {
    if (!dropped) return 'nothing';
    if (ports.author('c', epoch) === 'colleague') return 'anything';
    return clock.nowMs() - ports.sinceMs() >= agreed.frameMs ? 'had' : 'nothing';
  }

  async function open({ header, frame, atMs }: Arrival, place: Place) {
    const keys = ring.keys(header.epoch);
    if (!keys) return;
    const opened = await openFrame(keys, header, frame);
    // what cannot be opened does not count: the genuine frame with this number may still come
    if (opened.is === 'unreadable') return spoil(frameId(header), atMs);
    taken.add(frameId(header));
    const from = header.side === side ? 'me' : 'them';
    const missing = streams.take(header, goneOf(header.epoch));
    if (missing !== 'nothing') timeline.line({ is: missing, from, atMs }, place);
    if (opened.is === 'newer') return timeline.line({ is: 'newer', from, atMs }, place);
    await ports.message(opened.message, { header, frame, atMs }, place);
  }

  /**
   * @param asked the store itself was asked and has nothing between
   * @returns false when something before it is missing, and then nothing was taken
   */
  async function take({ frame, agoS }: StoredFrame, asked: boolean): Promise<boolean> {
    const atMs = clock.nowMs() - agoS * 1_000;
    const header = readHeader(frame);
    if (!header || header.visitId !== visitId || header.type === FRAME_TYPES.passing) {
      spoil(frame, atMs);
      return true;
    }
    const id = frameId(header);
    if (taken.has(id)) return true;
    const arrival = { header, frame, atMs };
    if (ports.author(header.side, header.epoch) === 'stranger') spoil(id, atMs);
    else if (!ring.keys(header.epoch)) {
      if (!closed.some((other) => frameId(other.header) === id)) closed.push(arrival);
      timeline.closed(closed.length, atMs);
    } else {
      const turn = streams.turn(header);
      if (turn === 'ahead' && !asked) return false;
      if (turn !== 'replay') await open(arrival, 'end');
    }
    return true;
  }

  /** @returns whether it was read to its end */
  async function read(): Promise<boolean> {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const asked = front;
      const ack = await wire.since(asked, known.get(asked) || undefined);
      if (!ack.ok) return refused(ack.code, ack.life);
      // anything at all may stand there
      const said = Object(ack.value) as Since;
      if ('diverged' in said) {
        if (asked === 0) break;
        startOver();
        continue;
      }
      const { frames, from, more } = said;
      // no answer at all: the next one is asked for again
      if (!Array.isArray(frames) || !isSeq(from - 1)) return false;
      dropped ||= from > front + 1;
      keptFrom = from;
      if (frames.length > 0 && from > front + 1) front = from - 1;
      for (const stored of frames) {
        if (!wellFormed(stored) || stored.seq <= asked) continue;
        await take(stored, true);
        note(stored.seq, idOf(stored));
        front = Math.max(front, stored.seq);
      }
      if (!more || front === asked) break;
    }
    return diverged ? restore() : true;
  }

  /** Each side gives the store its own frames back, as many as fit into one packet, and nobody the other's. */
  async function restore(): Promise<boolean> {
    const there = new Set(known.values());
    const isGone = (seq: number) => seq > 0 && seq < keptFrom;
    let missing = [...own].filter(([id, { seq }]) => !there.has(id) && !isGone(seq));
    let anew = false;
    while (missing.length > 0) {
      const part = missing.splice(0, fitting(missing.map(([, { frame }]) => frame)));
      const ack = await wire.restore(part.map(([, { frame }]) => frame));
      if (!ack.ok && ack.code === 'out_of_order' && !anew && missing.length + part.length < own.size) {
        // it lost count of a stream as well: from its first frame on, and what it knows it passes over
        missing = [...own];
        anew = true;
        continue;
      }
      if (!ack.ok) return refused(ack.code, ack.life);
      for (const [index, [id]] of part.entries()) {
        const seq = ack.value.seqs[index];
        // without a number: it was there once, and has gone
        if (seq === 0) own.delete(id);
        else if (seq !== undefined) note(seq, id);
      }
    }
    diverged = false;
    return true;
  }

  function refused(...why: Parameters<Ports['refused']>): false {
    ports.refused(...why);
    return false;
  }

  const catchUp = () =>
    (reading ??= serial(() => {
      reading = null;
      return read();
    }));

  return {
    /** reads what is new; resolves when it was taken: true when the store was read to its end */
    catchUp,
    hint: (hinted: Pick<StoredFrame, 'seq' | 'frame'>) =>
      void serial(async () => {
        const stored = { ...hinted, agoS: 0 };
        if (!wellFormed(stored)) return;
        const id = idOf(stored);
        if (known.get(stored.seq) === id) return;
        if (stored.seq <= front) startOver();
        else if (stored.seq === front + 1 && (await take(stored, false))) return note(stored.seq, id);
        void catchUp();
      }),
    /** an own frame is about to leave */
    leaving(header: FrameHeader, frame: string) {
      own.set(frameId(header), { frame, seq: 0 });
      taken.add(frameId(header));
      streams.take(header, 'nothing');
    },
    /** its writer has taken this one back: a store that never had it is not given it [C5] */
    takenBack(header: FrameHeader) {
      const id = frameId(header);
      if (![...known.values()].includes(id)) own.delete(id);
    },
    /** the store lacks frames that it had: it is read anew, and given this side's own back */
    behind: () =>
      void serial(() => {
        startOver();
        void catchUp();
      }),
    /** an own frame has this number in the store */
    stored: (seq: number, header: FrameHeader) =>
      void serial(async () => {
        if (!isSeq(seq)) return;
        const id = frameId(header);
        const there = known.get(seq);
        if (there === id) return;
        if (there !== undefined || seq <= front) startOver();
        else note(seq, id);
        if (seq > front || diverged) void catchUp();
      }),
    /** an own frame of an earlier page, read in the log: it can be given back as well */
    remember: (header: FrameHeader, frame: string) => void own.set(frameId(header), { frame, seq: 0 }),
    /** only from `message`: opens what stood closed; resolves to how many frames were opened, and how many stay closed */
    async openClosed() {
      const before = closed;
      closed = before.filter(({ header }) => !ring.keys(header.epoch));
      const openable = before.filter(({ header }) => ring.keys(header.epoch));
      for (const arrival of openable) {
        if (streams.turn(arrival.header) !== 'replay') await open(arrival, 'history');
      }
      timeline.closed(closed.length, 0);
      return { opened: openable.length, left: closed.length };
    },
    /** closed frames will not be opened any more */
    forgetClosed() {
      closed = [];
    },
    marks: streams.marks,
    upTo: streams.upTo,
    restore: streams.restore,
    clear() {
      closed = [];
      known = new Map();
      front = 0;
      own.clear();
    },
  };
}

function idOf({ frame }: StoredFrame): string {
  const header = readHeader(frame);
  return header ? frameId(header) : '';
}

/** @returns how many of these frames one packet takes, at least one */
function fitting(frames: readonly string[]): number {
  let chars = 0;
  let count = 0;
  for (const frame of frames.slice(0, agreed.restoreFramesMax)) {
    chars += frame.length;
    if (count > 0 && chars > agreed.listCharsMax) break;
    count += 1;
  }
  return count;
}
