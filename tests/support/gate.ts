import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = resolve(dirname(fileURLToPath(import.meta.url)), '../../scripts/check.mjs');

/** Runs one gate of scripts/check.mjs over a tree made of these files, the way `npm run check` does. */
export function gateOver(gate: string, files: Readonly<Record<string, string>>): { passed: boolean; said: string } {
  const root = mkdtempSync(join(tmpdir(), 'clbchat-gate-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const { status, stdout } = spawnSync(process.execPath, [script, gate, `--root=${root}`], { encoding: 'utf8' });
    return { passed: status === 0, said: stdout };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
