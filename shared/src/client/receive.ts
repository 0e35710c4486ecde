import { openFrame } from '../crypto/frame.ts';
import { FRAME_TYPES, frameId, readHeader, type FrameHeader } from '../protocol/frame.ts';
import type { SealedMessage } from '../protocol/sealed.ts';
import type { StoredFrame } from '../protocol/visitor.ts';
import { createStreams, type Streams } from './streams.ts';
import type { TalkPorts } from './talkPorts.ts';
import type { Place, Timeline } from './timeline.ts';

export interface Arrival {
  header: FrameHeader;
  frame: string;
  atMs: number;
}
export interface ReceivePorts extends Pick<TalkPorts, 'visitId' | 'side' | 'ring' | 'clock' | 'author'> {
  timeline: Timeline;
  /** `history`: it stood closed, and its key came later */
  message(message: SealedMessage, arrival: Arrival, place: Place): Promise<void>;
}

/** From a frame of the store to something that a person sees, or to nothing. */
export interface Receive {
  readonly streams: Streams;
  /** true when the frame with this id has been taken */
  knows(id: string): boolean;
  /** an own frame, before it leaves */
  sent(header: FrameHeader): void;
  take(stored: StoredFrame, asked: boolean): Promise<boolean>;
  openClosed(): Promise<{ opened: number; left: number }>;
  /** closed frames will not be opened any more */
  forget(): void;
}

export function createReceive(ports: ReceivePorts): Receive {
  const { visitId, side, ring, clock, timeline } = ports;
  const streams = createStreams();
  const taken = new Set<string>();
  const spoiled = new Set<string>();
  let closed: Arrival[] = [];

  const spoil = (id: string, atMs: number) => {
    if (spoiled.has(id)) return;
    spoiled.add(id);
    timeline.line({ is: 'unreadable', from: 'them', atMs });
  };

  async function open(arrival: Arrival, earlier: boolean): Promise<void> {
    const { header, frame, atMs } = arrival;
    const id = frameId(header);
    const keys = ring.keys(header.epoch);
    if (!keys) return;
    const opened = await openFrame(keys, header, frame);
    // what cannot be opened does not count: the genuine frame with this number may still come
    if (opened.is === 'unreadable') return spoil(id, atMs);
    taken.add(id);
    const from = header.side === side ? 'me' : 'them';
    const place = earlier ? 'history' : 'end';
    if (streams.take(header)) timeline.line({ is: 'gap', from, atMs }, place);
    if (opened.is === 'newer') return timeline.line({ is: 'newer', from, atMs }, place);
    await ports.message(opened.message, arrival, place);
  }

  return {
    streams,
    knows: (id) => taken.has(id),
    sent(header) {
      taken.add(frameId(header));
      streams.take(header);
    },
    async take({ frame, agoS }, asked) {
      const atMs = clock.nowMs() - agoS * 1_000;
      const header = readHeader(frame);
      if (!header || header.visitId !== visitId || header.type === FRAME_TYPES.passing) {
        spoil(frame, atMs);
        return true;
      }
      const id = frameId(header);
      if (taken.has(id)) return true;
      const author = ports.author(header.side, header.epoch);
      if (author === 'stranger') {
        spoil(id, atMs);
        return true;
      }
      const arrival = { header, frame, atMs };
      if (!ring.keys(header.epoch)) {
        if (!closed.some((other) => frameId(other.header) === id)) closed.push(arrival);
        timeline.closed(closed.length, atMs);
        return true;
      }
      const place = streams.place(header);
      if (place === 'replay') return true;
      if (place === 'ahead' && !asked) return false;
      await open(arrival, false);
      return true;
    },
    async openClosed() {
      const before = closed;
      closed = before.filter(({ header }) => !ring.keys(header.epoch));
      const openable = before.filter(({ header }) => ring.keys(header.epoch));
      for (const arrival of openable) {
        if (streams.place(arrival.header) !== 'replay') await open(arrival, true);
      }
      timeline.closed(closed.length, 0);
      return { opened: openable.length, left: closed.length };
    },
    forget() {
      closed = [];
    },
  };
}
