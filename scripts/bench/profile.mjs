/** Where a server's processor goes: a profile of V8, told by function. */
import { readFileSync } from 'node:fs';
import { table } from './goals.mjs';

const SHOWN = 15;

/** What the profiler itself and waiting are, which is no work. */
const NOTHING = new Set(['(root)', '(idle)', '(program)']);
/** The last three parts of a path are enough to find it. */
const placeOf = ({ url, lineNumber }) =>
  url === '' ? 'node' : `${url.split('/').slice(-2).join('/')}:${lineNumber + 1}`;

/** @returns lines of a table: part of the processor's time that a function itself takes, the largest first */
export function profileTable(file) {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8'));
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const spent = new Map();
  let all = 0;
  for (const [at, id] of samples.entries()) {
    const frame = byId.get(id);
    if (NOTHING.has(frame.functionName)) continue;
    const name = `${frame.functionName || '(anonymous)'} | ${placeOf(frame)}`;
    spent.set(name, (spent.get(name) ?? 0) + timeDeltas[at]);
    all += timeDeltas[at];
  }
  const largest = [...spent].toSorted(([, a], [, b]) => b - a).slice(0, SHOWN);
  return table(
    ['itself, %', 'function', 'where'],
    largest.map(([name, us]) => [((us * 100) / all).toFixed(1), ...name.split(' | ')]),
  );
}
