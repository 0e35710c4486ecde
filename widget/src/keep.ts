import type { Keep, KeptVisit } from '@clbchat/shared/client/ports';

/** The only home of the browser's storage: one value, of this tab, as long as the visit lives. */
const KEY = 'visit';

const memory = (): Keep => {
  let kept: KeptVisit | null = null;
  return {
    kind: 'memory',
    read: () => kept,
    write: (value) => (kept = value),
    clear: () => (kept = null),
  };
};

/** A value that another version left behind counts as none. */
const isKept = (value: unknown): value is KeptVisit =>
  typeof value === 'object' && value !== null && 'visitId' in value && 'vault' in value;

const session = (storage: Storage): Keep => ({
  kind: 'session',
  read() {
    try {
      const value: unknown = JSON.parse(storage.getItem(KEY) ?? 'null');
      return isKept(value) ? value : null;
    } catch {
      return null;
    }
  },
  write(value) {
    try {
      storage.setItem(KEY, JSON.stringify(value));
    } catch {
      // full or taken away in the middle: the visit goes on, a reload finds the value before
    }
  },
  clear() {
    try {
      storage.clear();
    } catch {
      // nothing can be read either
    }
  },
});

/**
 * sessionStorage where the browser allows it, this page's memory where it throws: a frame of another site in
 * Chromium, a sandbox without an origin, cookies switched off. The visitor is told before it matters.
 */
export function openKeep(): Keep {
  try {
    const storage = window.sessionStorage;
    storage.setItem('probe', '1');
    storage.removeItem('probe');
    return session(storage);
  } catch {
    return memory();
  }
}
