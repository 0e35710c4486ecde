import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, rmSync, writeFileSync } from 'node:fs';
import { KEY_BYTES } from './accounts/secrets.rules.ts';
import { startOf, StartProblem } from './environment.ts';

/** What the key file beside the records holds. @throws StartProblem for a file that is not one of `bootstrap` */
export function recordsKeyIn(path: string | null): Uint8Array | null {
  if (path === null) return null;
  const bytes = startOf(path, 'RECORDS_KEY_FILE');
  if (bytes.length === KEY_BYTES) return bytes;
  throw new StartProblem(
    `RECORDS_KEY_FILE names a file that has not exactly ${KEY_BYTES} bytes, as "bootstrap" makes them.`,
  );
}

/**
 * Makes the key beside the records where it is missing.
 *
 * @returns whether it did; false where it is there already, or nobody named one
 * @throws StartProblem
 */
export function makeRecordsKey(path: string | null): boolean {
  if (path === null) return false;
  if (existsSync(path)) {
    recordsKeyIn(path); // also where its folder takes nothing, as that of a secret which is given
    return false;
  }
  const unfinished = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    // its name comes once it is whole and on the disk: half a key would keep everything from starting for good
    writeFileSync(unfinished, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600, flush: true });
    linkSync(unfinished, path);
    return true;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    if (code !== 'EEXIST') throw new StartProblem(`RECORDS_KEY_FILE names a file that cannot be made (${code}).`);
    recordsKeyIn(path);
    return false;
  } finally {
    rmSync(unfinished, { force: true });
  }
}
