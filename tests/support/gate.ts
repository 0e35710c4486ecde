import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judge } from '../../scripts/checks/gates.mjs';

const script = resolve(dirname(fileURLToPath(import.meta.url)), '../../scripts/check.mjs');

interface Judged {
  readonly passed: boolean;
  readonly said: string;
}

/** Runs one gate over a tree made of these files, as scripts/check.mjs does it, in this process: a Node for each costs more. */
export const gateOver = (gate: string, files: Readonly<Record<string, string>>): Judged =>
  overTree(files, (root) => judge(gate, root));

/** The same by `npm run check`'s own program, whose code at the end says whether it passed. */
export const checkOver = (gate: string, files: Readonly<Record<string, string>>): Judged =>
  overTree(files, (root) => {
    const { status, stdout } = spawnSync(process.execPath, [script, gate, `--root=${root}`], { encoding: 'utf8' });
    return { passed: status === 0, said: stdout };
  });

function overTree(files: Readonly<Record<string, string>>, look: (root: string) => Judged): Judged {
  const root = mkdtempSync(join(tmpdir(), 'clbchat-gate-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, dirname(path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return look(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
