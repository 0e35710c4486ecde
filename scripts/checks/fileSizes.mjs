import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from './source.mjs';

const linesMax = 300;
const medianMax = 60;
const reason = /^\s*(\/\/|\/\*|--)\s*over 300 lines because \S/m;

/** Small files: none over 300 lines without a written reason, half of them at 60 or below. */
export function fileSizes(root) {
  const files = sourceFiles(root, ['.ts', '.tsx', '.lua']).map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, lines: text.replace(/\n$/, '').split('\n').length, excused: reason.test(text) };
  });
  if (files.length === 0) return { looked: 'no files', count: 0, problems: [] };

  const sorted = files.toSorted((a, b) => a.lines - b.lines);
  const median = sorted[Math.floor((sorted.length - 1) / 2)].lines;
  const longest = sorted.at(-1);
  const problems = files
    .filter(({ lines, excused }) => lines > linesMax && !excused)
    .map(({ path, lines }) => `${path}: ${lines} lines, more than ${linesMax}`);
  if (median > medianMax) problems.push(`the median source file has ${median} lines, more than ${medianMax}`);
  return {
    looked: `${files.length} files, median ${median} lines, longest ${longest.lines} (${longest.path})`,
    count: files.length,
    problems,
  };
}
