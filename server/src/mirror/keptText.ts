import { closeSync, constants, openSync, readSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** One text in one file, which is there whole or not at all. */
export interface KeptText {
  /** null when there is none, or none that can be read, or one that is longer than it may be */
  read(): string | null;
  /** Rejects when the disk would not take it; then what was there is there. */
  write(text: string): Promise<void>;
}

/** @param bytesMax what may stand there */
export function keptText(path: string, bytesMax: number): KeptText {
  return {
    read() {
      try {
        const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK); // a pipe that nobody writes to is empty
        try {
          const bytes = Buffer.alloc(bytesMax + 1);
          const length = readSync(file, bytes);
          return length > bytesMax ? null : bytes.toString('utf8', 0, length);
        } finally {
          closeSync(file);
        }
      } catch {
        return null;
      }
    },
    async write(text) {
      const fresh = besideOf(path);
      try {
        const file = await open(fresh, 'w', 0o600);
        try {
          await file.writeFile(text);
          await file.sync(); // or a machine that loses power could be left with a name and nothing in it
        } finally {
          await file.close();
        }
        await rename(fresh, path);
      } catch (error) {
        await rm(fresh, { force: true });
        throw error;
      }
    },
  };
}

/** Found by writing beside it: rights alone say too little of a folder. @returns why nothing can be kept there, or null */
export async function cannotKeep(path: string): Promise<string | null> {
  try {
    const there = await stat(path).catch(() => null);
    if (there && !there.isFile()) return 'what has that name is no file';
    const fresh = besideOf(path);
    await (await open(fresh, 'w', 0o600)).close();
    await rm(fresh);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown reason';
  }
}

/** The name under which a text is written before it takes the place of the one before. */
const besideOf = (path: string) => join(dirname(path), `.${basename(path)}.${process.pid}`);
