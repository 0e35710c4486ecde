import { readFile, stat } from 'node:fs/promises';
import { codeOf, Refusal } from './refusal.ts';

/** The bytes of a file that is there, has some, and at most so many. @throws Refusal */
export async function readWhole(path: string, bytesMax: number): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Refusal(`${path} is not a file.`);
    if (found.size > bytesMax) throw new Refusal(`${path} is too large: it has more than ${bytesMax} bytes.`);
    const bytes = await readFile(path);
    if (bytes.length === 0) throw new Refusal(`${path} is empty.`);
    return bytes;
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    if (codeOf(cause) === 'ENOENT') throw new Refusal(`${path} does not exist.`, { cause });
    throw new Refusal(`${path} cannot be read (${codeOf(cause)}).`, { cause });
  }
}
