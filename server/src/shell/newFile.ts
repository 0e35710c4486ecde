import { randomBytes } from 'node:crypto';
import { access, constants, lstat, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf, Refusal } from './refusal.ts';

/** Looks beforehand whether a new file can be made there. @throws Refusal */
export async function mayMake(path: string): Promise<void> {
  const there = await lstat(path).then(
    () => true,
    () => false,
  );
  if (there) throw taken(path);
  await access(dirname(resolve(path)), constants.W_OK | constants.X_OK).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
}

/**
 * Makes a file for its owner alone. It has its name once it is whole and on the disk; what stands under that name already
 * stays as it is.
 *
 * @throws Refusal
 */
export async function makeFile(path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}.part`;
  try {
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await (await open(path, 'wx', 0o600)).close(); // a rename would replace what somebody put there meanwhile
    await rename(unfinished, path).catch(async (cause: unknown) => {
      await rm(path, { force: true }); // it was ours, and empty
      throw cause;
    });
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw codeOf(cause) === 'EEXIST' ? taken(path) : unwritable(path, cause);
  }
  await syncFolder(dirname(resolve(path)));
}

/** So that the name outlives a loss of power, too. Some file systems know no such thing; the file is on the disk anyway. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path).catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

const taken = (path: string) => new Refusal(`${path} exists already, and nothing is ever written over another file.`);
const unwritable = (path: string, cause: unknown) =>
  new Refusal(`${path} cannot be written (${codeOf(cause)}).`, { cause });
