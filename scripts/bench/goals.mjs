/**
 * Which figure is good enough, and what becomes of a run: a table, the same as one line of JSON, and its part of
 * docs/performance.md. Far from a goal is more than 15 %; that ends with 1 unless the page names the profile that says why.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadNow, machineSays } from './machine.mjs';

const PAGE = join(resolve(import.meta.dirname, '../..'), 'docs/performance.md');
const FAR = 0.15;

/**
 * @typedef {{ goal: string, what: string, value: number | null, least?: number, most?: number, unit: string, why?: string, isPart?: boolean }} Row
 *   `value`: null where nothing could be measured, and `why` says so · `isPart`: measured with less than the goal says, so never met
 */
function judged(/** @type {Row} */ row) {
  const { value, least, most } = row;
  if (value === null || !Number.isFinite(value)) return { ...row, value: null, is: 'short', isFar: true };
  const isMet = (least === undefined || value >= least) && (most === undefined || value <= most);
  const isFar = (least !== undefined && value < least * (1 - FAR)) || (most !== undefined && value > most * (1 + FAR));
  return { ...row, is: isMet && !row.isPart ? 'met' : 'short', isFar: isFar || row.isPart === true };
}

const number = (value) =>
  value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0 });
const shownGoal = ({ least, most, unit }) => (least === undefined ? `≤ ${number(most)}` : `≥ ${number(least)}`) + unit;
const shownValue = ({ value, unit }) => (value === null ? '–' : `${number(value)}${unit}`);
const cells = (row) => [row.goal, row.what, shownGoal(row), shownValue(row), row.is, row.why ?? ''];
const line = (all) => `| ${all.join(' | ')} |`;

/** Lines of a table in Markdown. */
export const table = (head, rows) => [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row))];

/** The goals that docs/performance.md explains: a line of the list that begins with the goal and names a profile. */
const explained = (page) =>
  new Set([...page.matchAll(/^- \*\*(.+?)\*\*.*profile/gm)].flatMap(([, goals]) => goals.split(', '))); // ours: a page of the project

/**
 * @param run `doubts`: why nothing of it is to be believed; none is how it should be · `more`: lines of Markdown below the goals
 */
export function report({ part, rows, doubts = [], more = [], raw = {} }) {
  const all = rows.map(judged);
  const load = loadNow();
  const head = `${new Date().toISOString().slice(0, 10)}, load ${load}. ${machineSays()}.`;
  const doubted = doubts.map((why) => `**Not to be believed**: ${why}.`);
  const goals = table(['goal', 'what', 'at', 'measured', '', 'why'], all.map(cells));
  const lines = [head, ...doubted, '', ...goals, ...(more.length > 0 ? ['', ...more] : [])];
  console.log(`\n${lines.join('\n')}\n`);
  console.log(JSON.stringify({ bench: part, load, machine: machineSays(), doubts, goals: all, ...raw }));

  const page = readFileSync(PAGE, 'utf8');
  write(page, part, lines);
  const known = explained(page);
  const open = all.filter(({ isFar, goal }) => isFar && !known.has(goal));
  if (open.length === 0) return;
  const names = [...new Set(open.map(({ goal }) => goal))].join(', ');
  console.error(`Further than 15 % from its goal, and no line of docs/performance.md names the profile: ${names}.`);
  process.exitCode = 1;
}

function write(page, part, lines) {
  const [begin, end] = [`<!-- ${part}: written by npm run bench -- ${part} -->`, `<!-- end of ${part} -->`];
  const [before, rest] = page.split(begin);
  if (rest === undefined) throw new Error(`docs/performance.md has no place for ${part}`);
  writeFileSync(PAGE, `${before}${begin}\n${lines.join('\n')}\n${end}${rest.split(end)[1]}`);
}
