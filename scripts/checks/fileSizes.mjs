import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, lineAt, readModule, sourceFiles } from './source.mjs';

const linesMax = 300;
const functionLinesMax = 80;
const reason = /^\s*(\/\/|\/\*|--)\s*over 300 lines because \S/m;
const functionReason = /^\s*\/\/ over 80 lines because \S/;

/**
 * Files and functions that fit a head and a screen: no file over 300 lines, no function over 80 (with those inside it),
 * unless a line says why.
 */
export function fileSizes(root) {
  const files = sourceFiles(root, ['.ts', '.tsx', '.lua']).map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, lines: text.replace(/\n$/, '').split('\n').length, excused: reason.test(text) };
  });
  if (files.length === 0) return { looked: 'no files', count: 0, problems: [] };
  const functions = [...sourceFiles(root), ...filesUnder(root, 'scripts', ['.mjs'])].flatMap((path) =>
    functionsOf(root, path),
  );

  const longest = files.toSorted((a, b) => b.lines - a.lines)[0];
  const longestFunction = functions.toSorted((a, b) => b.lines - a.lines)[0];
  return {
    looked: [
      `${files.length} files, longest ${longest.lines} (${longest.path})`,
      `${functions.length} functions, longest ${longestFunction?.lines ?? 0} (${longestFunction?.place ?? 'none'})`,
    ].join('; '),
    count: files.length,
    problems: [
      ...files
        .filter(({ lines, excused }) => lines > linesMax && !excused)
        .map(({ path, lines }) => `${path}: ${lines} lines, more than ${linesMax}`),
      ...functions
        .filter(({ lines, excused }) => lines > functionLinesMax && !excused)
        .map(({ place, lines }) => `${place}: a function of ${lines} lines, more than ${functionLinesMax}`),
    ],
  };
}

const isFunction = ({ type }) => /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type);

/** @returns {{ place: string, lines: number, excused: boolean }[]} */
function functionsOf(root, path) {
  const { text, nodes } = readModule(root, path);
  const lines = text.split('\n');
  return nodes.filter(isFunction).map(({ start, end }) => {
    const [from, to] = [lineAt(text, start), lineAt(text, end)];
    return { place: `${path}:${from}`, lines: to - from + 1, excused: functionReason.test(lines[from - 2] ?? '') };
  });
}
