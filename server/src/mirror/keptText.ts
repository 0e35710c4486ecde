import { closeSync, constants, openSync, readSync } from 'node:fs';
import { access, open, rename, rm } from 'node:fs/promises';
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
      const fresh = join(dirname(path), `.${basename(path)}.${process.pid}`);
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

/** @returns the system's constant for why nothing can be kept there, or null */
export const cannotKeep = (path: string): Promise<string | null> =>
  access(dirname(path), constants.W_OK | constants.X_OK).then(
    () => null,
    (error: NodeJS.ErrnoException) => error.code ?? 'unknown reason',
  );
