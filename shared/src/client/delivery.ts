import type { FrameHeader } from '../protocol/frame.ts';
import type { Marks } from '../protocol/sealed.ts';
import type { TextItem } from './timeline.ts';

type State = TextItem['state'];
type Frame = Pick<FrameHeader, 'stream' | 'n'>;

/**
 * How far this side's texts have come. Ticks come from the other browser's sealed marks and from nowhere else:
 * a relay that withholds the end of a conversation cannot make it look delivered.
 */
export interface Delivery {
  /** a text of this side in a frame; @returns its state now */
  add(mid: string, frame: Frame): State;
  /** @returns what has changed, by message id */
  marks(kind: 'sent' | 'read', marks: Marks): Map<string, State>;
  clear(): void;
}

const RANK: Record<State, number> = { pending: 0, sent: 1, read: 2 };

export function createDelivery(): Delivery {
  const frames: (Frame & { mid: string })[] = [];
  const states = new Map<string, State>();
  const upTo = { sent: new Map<string, number>(), read: new Map<string, number>() };

  const stateOf = ({ stream, n }: Frame): State => {
    if (n <= (upTo.read.get(stream) ?? 0)) return 'read';
    return n <= (upTo.sent.get(stream) ?? 0) ? 'sent' : 'pending';
  };
  const raise = (mid: string, state: State) => {
    if (RANK[state] <= RANK[states.get(mid) ?? 'pending']) return false;
    states.set(mid, state);
    return true;
  };

  return {
    add(mid, { stream, n }) {
      frames.push({ mid, stream, n });
      raise(mid, stateOf({ stream, n }));
      return states.get(mid) ?? 'pending';
    },
    marks(kind, marks) {
      for (const [stream, n] of marks) upTo[kind].set(stream, Math.max(n, upTo[kind].get(stream) ?? 0));
      const changed = new Map<string, State>();
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
