import { execFile } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { buildServer } from '../support/served.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

test('[N34] every known attack on the built program is survived: the short form of npm run attack', async () => {
  buildServer();
  const { code, said } = await new Promise<{ code: number | null; said: string }>((done) => {
    const child = execFile(
      process.execPath,
      [join(root, 'scripts/attack.mjs'), '--short'],
      { maxBuffer: 10_000_000 },
      (_error, out) => done({ code: child.exitCode, said: out }),
    );
  });
  expect(said.match(/^FAILED.*$/gm) ?? []).toEqual([]);
  expect(said).toMatch(/^(\d+) tried, \1 survived, 0 failed$/m);
  expect(code).toBe(0);
}, 300_000);
