import { batch, signal } from '@preact/signals-core';
import type { DeskStatus } from '../../ids.ts';
import { EVERYBODY, type Serves } from '../../serves.ts';
import type { CounsellorInput, DeskHours, DeskState, QueueRow, Ring } from '../../protocol/counsellor.ts';

/** More rings than this do not begin and stop while one answer is under way. */
const HEARD_MAX = 64;

/** What the service says of a desk, for screens. `receivedMs` lets waiting times run on by themselves. */
export function createBoard() {
  const status = signal<DeskStatus>('offline');
  const slots = signal(0);
  const slotsMax = signal(1);
  const serves = signal<Serves>(EVERYBODY);
  const rings = signal<readonly (Ring & { receivedMs: number })[]>([]);
  const queue = signal<readonly (QueueRow & { receivedMs: number })[]>([]);
  const colleagues = signal(0);
  const hours = signal<DeskHours | null>(null);
  /** what the service said last of a desk that was not offline: a store that forgot the desk is told the same */
  let last: Pick<CounsellorInput<'desk:enter'>, 'slots' | 'serves' | 'status'> = { status: 'paused' };
  /** rings that began or stopped by a hint lately, each with its number among all that was heard */
  let heard: { number: number; offerNo: number; ring: Ring | null }[] = [];
  let count = 0;
  const note = (offerNo: number, ring: Ring | null) => {
    count += 1;
    heard = [...heard, { number: count, offerNo, ring }].slice(-HEARD_MAX);
  };

  return {
    view: { status, slots, slotsMax, serves, rings, queue, colleagues, hours },
    wish: () => last,
    /** how much was heard when a state is asked for: what is heard after that, it may not know */
    mark: () => count,
    take(state: DeskState, receivedMs: number, mark: number) {
      const ringing = new Map(state.rings.map((ring) => [ring.offerNo, ring]));
      for (const { number, offerNo, ring } of heard) {
        if (number <= mark) continue;
        if (ring) ringing.set(offerNo, ring);
        else ringing.delete(offerNo);
      }
      if (state.status !== 'offline') {
        last = { status: state.status, slots: state.slots, serves: state.serves };
      }
      batch(() => {
        status.value = state.status;
        slots.value = state.slots;
        slotsMax.value = state.slotsMax;
        if (JSON.stringify(serves.peek()) !== JSON.stringify(state.serves)) serves.value = state.serves;
        colleagues.value = state.colleagues;
        if (JSON.stringify(hours.peek()) !== JSON.stringify(state.hours)) hours.value = state.hours;
        rings.value = [...ringing.values()].map((ring) => ({ ...ring, receivedMs }));
        queue.value = state.queue.map((row) => ({ ...row, receivedMs }));
      });
    },
    ring(ring: Ring, receivedMs: number) {
      note(ring.offerNo, ring);
      const others = rings.value.filter(({ offerNo }) => offerNo !== ring.offerNo);
      rings.value = [...others, { ...ring, receivedMs }];
    },
    silence(offerNo: number) {
      note(offerNo, null);
      rings.value = rings.value.filter((ring) => ring.offerNo !== offerNo);
    },
    clear() {
      heard = [];
      rings.value = [];
      queue.value = [];
    },
  };
}
