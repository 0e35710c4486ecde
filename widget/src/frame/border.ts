import { signal, type ReadonlySignal } from '@preact/signals';

const AGAIN_MS = 5_000;

/** A part of the page that comes by the network: an `import()` and what became of it. */
export interface Border<Part> {
  /** null while nobody asked for it, or while it is on its way */
  readonly part: ReadonlySignal<Part | null>;
  /** how many tries have failed since the last that did not */
  readonly lost: ReadonlySignal<number>;
  /** One try, shared by all who ask meanwhile; rejects when it failed. What is here comes at once. */
  ask(): Promise<Part>;
  /** Tries until it is here: the connection may be what is missing. */
  bring(): Promise<Part>;
}

export function createBorder<Part>(fetch: () => Promise<Part>): Border<Part> {
  const part = signal<Part | null>(null);
  const lost = signal(0);
  let trying: Promise<Part> | null = null;
  let brought: Promise<Part> | null = null;

  async function once(): Promise<Part> {
    try {
      const found = await fetch();
      lost.value = 0;
      return (part.value = found);
    } catch (error) {
      lost.value += 1;
      trying = null;
      throw error;
    }
  }
  const ask = () => (trying ??= once());
  async function untilHere(): Promise<Part> {
    for (;;) {
      try {
        return await ask();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  }
  return { part, lost, ask, bring: () => (brought ??= untilHere()) };
}
