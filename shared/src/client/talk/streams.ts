import { agreed } from '../../agreed.ts';
import type { FrameHeader, Side } from '../../protocol/frame.ts';
import type { Marks } from '../../protocol/sealed.ts';

/** The store's word on order is not believed: each stream counts for itself. */
type Turn =
  | 'next'
  /** earlier ones have not come */
  | 'ahead'
  /** one that was missing */
  | 'late'
  | 'replay';

type Stream = { side: Side; name: string; next: number; missing: Set<number> };

/** What of a stream may have gone with time: nothing, what an earlier page has had of it, or anything. */
export type Gone = 'nothing' | 'had' | 'anything';
/** Up to where each stream had come, by side, epoch and name. */
export type UpTo = readonly (readonly [stream: string, n: number])[];

/** of one sealed mark */
export const MARKS_MAX = 8;
export const streamOf = ({ side, epoch, stream }: FrameHeader) => `${side}${epoch}:${stream}`;

export function createStreams() {
  /** the one that moved last stands last */
  const streams = new Map<string, Stream>();
  /** up to where an earlier page had come */
  let had = new Map<string, number>();
  const complete = ({ next, missing }: Stream) => (missing.size > 0 ? Math.min(...missing) : next) - 1;

  return {
    turn(header: FrameHeader): Turn {
      const stream = streams.get(streamOf(header));
      const next = stream?.next ?? 1;
      if (header.n === next) return 'next';
      if (header.n > next) return 'ahead';
      return stream?.missing.has(header.n) ? 'late' : 'replay';
    },
    /**
     * Counts a frame that was opened.
     *
     * @param gone what of its stream may have gone with time before the first frame that this page has of it
     * @returns what is missing before it
     */
    take(header: FrameHeader, gone: Gone): 'nothing' | 'gap' | 'trimmed' {
      const key = streamOf(header);
      const { side, stream: name } = header;
      const begun = streams.get(key);
      const stream = begun ?? { side, name, next: 1, missing: new Set<number>() };
      const hole = header.n > stream.next;
      stream.missing.delete(header.n);
      const goneTo = begun ? 0 : { nothing: 0, had: had.get(key) ?? 0, anything: header.n }[gone];
      const from = Math.max(stream.next, goneTo + 1);
      const to = Math.min(header.n, from + agreed.framesPerVisitMax);
      for (let n = from; n < to; n += 1) stream.missing.add(n);
      stream.next = Math.max(stream.next, header.n + 1);
      streams.delete(key);
      streams.set(key, stream);
      if (!hole) return 'nothing';
      return from < header.n ? 'gap' : 'trimmed';
    },
    /** what an earlier page kept of `upTo` */
    restore: (kept: UpTo) => void (had = new Map(kept)),
    /** up to where everything has come, to this page or an earlier one */
    upTo(): UpTo {
      const here = [...streams].map(([key, stream]) => [key, Math.max(complete(stream), had.get(key) ?? 0)] as const);
      return [...new Map([...had, ...here])];
    },
    /** up to where everything of this side has come, for the streams that moved last */
    marks: (side: Side): Marks =>
      [...streams.values()]
        .filter((stream) => stream.side === side && complete(stream) > 0)
        .slice(-MARKS_MAX)
        .map((stream): Marks[number] => [stream.name, complete(stream)]),
  };
}
