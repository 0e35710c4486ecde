import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const WRITTEN = /\.(br|gz)$/;
/** Nobody fetches these; the service sends none of them. */
const NOT_SENT = /(\.map|(^|\/)csp\.json)$/;

const ways = {
  br: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  gz: (bytes) => gzipSync(bytes, { level: 9 }),
};

/** Writes `.br` and `.gz` beside every file of a build that browsers fetch and that becomes smaller by it. */
export function compress(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  // one that its file has outgrown would be sent instead of it
  for (const file of files.filter((name) => WRITTEN.test(name))) rmSync(file);
  for (const file of files.filter((name) => !WRITTEN.test(name) && !NOT_SENT.test(name))) {
    const bytes = readFileSync(file);
    for (const [ending, way] of Object.entries(ways)) {
      const small = way(bytes);
      if (small.length < bytes.length) writeFileSync(`${file}.${ending}`, small);
    }
  }
}
