import type { DeskKeep, DeskRow, Keep, KeptVisit, TabLock, Timers } from '@clbchat/shared/client/ports';
import type { Item, Talk } from '@clbchat/shared/client/views';
import { SAMIRA, type Authority } from '../crypto/authority.ts';

export const LIEN = { sub: 'lien', name: 'Lien', site: 'CLB Zuid' };
export { SAMIRA };
export const JOIN = { role: 'pupil', topic: 'wellbeing', lang: 'nl', nick: 'Noor', first: '' } as const;

/** A tab of the visitor: its storage outlives its pages. */
export interface Tab {
  kept: KeptVisit | null;
  /** all that was ever written, as a disk may keep it */
  written: KeptVisit[];
  beacons: string[];
}
export const newTab = (): Tab => ({ kept: null, written: [], beacons: [] });

/** A computer of a counsellor. */
export interface Computer {
  authority: Authority;
  rows: DeskRow[];
  written: DeskRow[];
  who: typeof SAMIRA;
}

/** A page that is gone from one instant to the next writes nothing more. */
type Gone = () => boolean;

export const keepOf = (tab: Tab, kind: Keep['kind'], gone: Gone): Keep => ({
  kind,
  read: () => structuredClone(tab.kept),
  write(value) {
    if (gone()) return;
    tab.kept = structuredClone(value);
    tab.written.push(structuredClone(value));
  },
  clear() {
    if (!gone()) tab.kept = null;
  },
});

export const deskKeepOf = (from: Computer, gone: Gone): DeskKeep => ({
  rows: () => Promise.resolve(structuredClone(from.rows)),
  write(row) {
    if (gone()) return Promise.reject(new Error('this page is gone'));
    from.rows = [...from.rows.filter(({ visitId }) => visitId !== row.visitId), structuredClone(row)];
    from.written.push(structuredClone(row));
    return Promise.resolve();
  },
  remove(visitId) {
    if (gone()) return Promise.reject(new Error('this page is gone'));
    from.rows = from.rows.filter((row) => row.visitId !== visitId);
    return Promise.resolve();
  },
});

/** The locks of one browser: a page has them until it lets go, is gone, or another one takes them. */
export function browserLocks() {
  const held = new Map<string, object>();
  return {
    lock(name: string, how: 'ask' | 'take', page: object): TabLock | null {
      if (how === 'ask' && held.has(name)) return null;
      held.set(name, page);
      const mine = () => held.get(name) === page;
      return { mine, release: () => void (mine() && held.delete(name)) };
    },
    gone(page: object) {
      for (const [name, holder] of held) if (holder === page) held.delete(name);
    },
  };
}

/** Timers of one page, which end with it. */
export function timersOf(timers: Timers): Timers & { stop(): void } {
  const running = new Set<() => void>();
  let gone = false;
  const keep = (cancel: () => void) => {
    if (gone) cancel();
    else running.add(cancel);
    return () => {
      running.delete(cancel);
      cancel();
    };
  };
  return {
    after: (ms, run) => keep(timers.after(ms, run)),
    every: (ms, run) => keep(timers.every(ms, run)),
    stop() {
      gone = true;
      for (const cancel of running) cancel();
    },
  };
}

/** What a person reads, one line per item. */
export const lines = (talk: Talk): string[] => talk.items.value.map(line);
function line(item: Item): string {
  if (item.is === 'text') return `${item.colleague ? 'colleague' : item.from}: ${item.text}`;
  if (item.is === 'system') return item.name === undefined ? `(${item.code})` : `(${item.code} ${item.name})`;
  return `[${item.is}]`;
}
export const states = (talk: Talk): string[] =>
  talk.items.value.flatMap((item) => (item.is === 'text' && item.from === 'me' ? [`${item.text} ${item.state}`] : []));
