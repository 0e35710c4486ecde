import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Rules } from '@clbchat/server/kernel/needs';
import type { Limits } from '@clbchat/shared/limits';

interface Scaled {
  readonly limits: Partial<Limits>;
  readonly rules: object;
}

const scaled = JSON.parse(readFileSync(fileURLToPath(new URL('scaled.json', import.meta.url)), 'utf8')) as Scaled;

/** @returns the path of a file with the times of the tests and these limits and rules beside or instead of them */
export function limitsFile(limits: Partial<Limits>, rules: Partial<Rules> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-limits-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'limits.json');
  writeFileSync(
    path,
    JSON.stringify({ limits: { ...scaled.limits, ...limits }, rules: { ...scaled.rules, ...rules } }),
  );
  return path;
}
