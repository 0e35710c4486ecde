import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What starts a program whose clock is so many seconds off; null where `faketime` is not installed. */
export const throughClock = (offS: number): readonly string[] | null =>
  spawnSync('faketime', ['--version']).status === 0 ? ['faketime', '-f', `${offS > 0 ? '+' : ''}${offS}s`] : null;

/** A disk of a few megabytes. */
export interface SmallDisk {
  readonly folder: string;
  /** not one byte more goes onto it */
  fill(): void;
  /** what filled it is gone */
  empty(): void;
  close(): void;
}
const PIECE = Buffer.alloc(4_096, 1);

/** @returns null where this machine gives no right to mount one */
export function smallDisk(megabytes: number): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-disk-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
  const stuffing = join(folder, 'stuffing');
  process.once('exit', () => spawnSync('umount', [folder]));
  return {
    folder,
    fill() {
      const file = openSync(stuffing, 'a');
      try {
        for (;;) writeSync(file, PIECE);
      } catch (error) {
        if ((error as { code?: string }).code !== 'ENOSPC') throw error;
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(stuffing, { force: true }),
    close() {
      spawnSync('umount', [folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
