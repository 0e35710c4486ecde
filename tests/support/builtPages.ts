import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll } from 'vitest';
import { startService, type TestService } from './service.ts';

export const IMPORT_MAP_HASH = 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

/** As little as the builds of widget and console can leave behind, and what nobody may get. */
const FILES = {
  'index.html': '<!doctype html><p>chat',
  'loader.js': 'void 0',
  'csp.json': JSON.stringify({ inlineHashes: [IMPORT_MAP_HASH] }),
  'assets/app-1234.js': 'export {}',
  'assets/app-1234.js.map': '{}',
  '.secret': 'no',
  'forgotten.html': '<h1>forgotten</h1>',
  'logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
};

/** As `scripts/compress.mjs` leaves them: not every file has both. */
const SQUEEZED = {
  '.br': ['index.html', 'loader.js', 'csp.json', 'assets/app-1234.js'],
  '.gz': ['index.html', 'loader.js', 'csp.json', 'assets/app-1234.js', 'logo.svg'],
};
const compress = { '.br': brotliCompressSync, '.gz': gzipSync };

/** A service with such pages and one school, for the calling test file; it ends with its last test. */
export async function serviceWithPages(): Promise<TestService> {
  const built = mkdtempSync(join(tmpdir(), 'clbchat-built-'));
  mkdirSync(join(built, 'assets'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(built, name), text);
  for (const ending of ['.br', '.gz'] as const)
    for (const name of SQUEEZED[ending])
      writeFileSync(join(built, name + ending), compress[ending](readFileSync(join(built, name))));
  const service = await startService({ widget: built, console: built, schoolOrigins: ['https://www.school.be'] });
  afterAll(async () => {
    await service.stop();
    rmSync(built, { recursive: true });
  });
  return service;
}
