/**
 * Writes `.br` and `.gz` beside what browsers fetch of widget and console, so that the service sends it small without
 * working for it: node scripts/compress.mjs, after the builds. A file that does not become smaller has none.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const WRITTEN = /\.(br|gz)$/;
/** Nobody fetches these; the service sends none of them. */
const NOT_SENT = /(\.map|(^|\/)csp\.json)$/;

const ways = {
  br: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  gz: (bytes) => gzipSync(bytes, { level: 9 }),
};

for (const folder of ['widget/dist', 'console/dist']) {
  const dist = join(root, folder);
  const files = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  // one that its file has outgrown would be sent instead of it
  for (const file of files.filter((name) => WRITTEN.test(name))) rmSync(file);
  for (const file of files.filter((name) => !WRITTEN.test(name) && !NOT_SENT.test(name))) {
    const bytes = readFileSync(file);
    for (const [ending, compress] of Object.entries(ways)) {
      const small = compress(bytes);
      if (small.length < bytes.length) writeFileSync(`${file}.${ending}`, small);
    }
  }
}
