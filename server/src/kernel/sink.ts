import { fstatSync, write as writeFile } from 'node:fs';

/** Bytes of lines that wait for a disk or a pipe; what comes beyond them is dropped. */
const QUEUED_BYTES_MAX = 262_144;

/** Where lines go. Nobody ever waits for it, and nothing that happens to it reaches who writes. */
export interface Sink {
  write(line: string): void;
  /** @returns how many lines were dropped since the last asking, once lines pass again; 0 until then */
  takeDropped(): number;
  /** Resolves when all is written, or will not be within so long. */
  drained(ms: number): Promise<void>;
}

/** One piece after the other. @param put calls `done` with an error, or with how many bytes were taken */
type Put = (piece: Buffer, done: (error: Error | null, taken: number) => void) => void;

/**
 * Standard output that cannot stop the program: a disk that is full, a reader who stalls and one who is gone cost lines
 * and nothing else. Writing at once, as log libraries like to, would wait for each of them.
 */
export function openSink(fd = 1): Sink {
  const stat = fstatSync(fd);
  const isPipe = fd === 1 && (stat.isFIFO() || stat.isSocket());
  if (!isPipe) return sinkTo((piece, done) => writeFile(fd, piece, done));
  process.stdout.on('error', () => undefined); // the reader is gone; each write says so as well
  return sinkTo((piece, done) => {
    process.stdout.write(piece, (error) => done(error ?? null, piece.length));
  });
}

/** @param put with what the system does */
export function sinkTo(put: Put): Sink {
  const waiting: Buffer[] = [];
  let bytes = 0;
  let writing = false;
  let dropped = 0;
  let passes = true;
  const idle = new Set<() => void>();

  function next(): void {
    const piece = waiting.shift();
    if (!piece) {
      for (const run of idle) run();
      return;
    }
    writing = true;
    put(piece, (error, taken) => {
      writing = false;
      bytes -= error ? piece.length : taken;
      passes = !error;
      if (error) dropped += 1;
      else if (taken < piece.length) waiting.unshift(piece.subarray(taken));
      next();
    });
  }

  return {
    write(line) {
      const piece = Buffer.from(line);
      if (bytes + piece.length > QUEUED_BYTES_MAX) return void (dropped += 1);
      waiting.push(piece);
      bytes += piece.length;
      if (!writing) next();
    },
    takeDropped() {
      if (!passes || writing) return 0;
      const lost = dropped;
      dropped = 0;
      return lost;
    },
    drained: (ms) =>
      new Promise((resolve) => {
        if (!writing && waiting.length === 0) return resolve();
        const late = setTimeout(resolve, ms);
        idle.add(() => {
          clearTimeout(late);
          resolve();
        });
      }),
  };
}
