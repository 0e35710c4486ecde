import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import recheck from 'recheck';
import { lineAt, readModule, sourceFiles } from './source.mjs';

/**
 * Every pattern says, at the end of its line or of the one above, what it looks at: `// at most NAME`, the bound that was
 * checked before, or `// ours: …`, text that nobody else writes. A static checker judges it linear, or the line goes on
 * with `; linear enough: …` and a reason: then the bound alone has to hold. None looks behind or has the flag `v`: a
 * browser that does not know these reads nothing at all of the file they stand in.
 */
const SAYS = /\/\/ (?:at most (?<bound>\w+)|ours: .+?)(?<reason>; linear enough: .+)?$/;
const TIMEOUT_MS = 20_000;
const boundFiles = ['shared/src/agreed.ts', 'shared/src/limits.ts'];

export function patterns(root) {
  const bounds = boundFiles.map((path) => readIf(root, path)).join('\n');
  const problems = [];
  let count = 0;
  for (const path of sourceFiles(root)) {
    const { text, nodes } = readModule(root, path);
    const lines = text.split('\n');
    for (const node of nodes) {
      if (node.type !== 'Literal' || !node.regex) continue;
      count += 1;
      const { pattern, flags } = node.regex;
      const line = lineAt(text, node.start);
      const at = `${path}:${line}`;
      if (pattern.includes('(?<=') || pattern.includes('(?<!')) problems.push(`${at}: looks behind`);
      if (flags.includes('v')) problems.push(`${at}: has the flag v`);
      const said = SAYS.exec(lines[line - 1]) ?? SAYS.exec(lines[line - 2] ?? '');
      if (!said) {
        problems.push(`${at}: does not say which bound comes before this pattern, or that the text is ours`);
        continue;
      }
      const { bound, reason } = said.groups;
      const isNamed =
        !bound || new RegExp(`\\b${bound}\\b`).test(bounds) || text.split(new RegExp(`\\b${bound}\\b`)).length > 2;
      if (!isNamed) problems.push(`${at}: there is no bound ${bound}`);
      if (reason) continue;
      const { status } = recheck.checkSync(pattern, flags, { timeout: TIMEOUT_MS });
      if (status !== 'safe') problems.push(`${at}: is not judged linear (${status}), and no reason stands beside it`);
    }
  }
  return { looked: `${count} patterns`, count, problems };
}

function readIf(root, path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return '';
  }
}
