import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder, lineAt } from './source.mjs';

const rule = /^\s*(?:[-*]\s+)?\*\*([A-Z]\d+)\*\*(\s*\(later\))?/gm;
const taggedTitle = /['"`]\[([A-Z]\d+(?: [A-Z]\d+)*)\]/g;
const notRun = /\b(?:test|it|describe|suite)(?:\.\w+)*\.(?:skip|skipIf|runIf|todo|only|fails)\b/g;

/** Every rule of SPEC.md has a test whose title starts with its number, and every number in a title is a rule. */
export function specTags(root) {
  const spec = join(root, 'SPEC.md');
  if (!existsSync(spec))
    return { looked: 'no SPEC.md', count: 0, problems: ['SPEC.md is missing: write the rules first'] };
  const { rules, problems } = readRules(readFileSync(spec, 'utf8'));

  const places = new Map();
  const files = filesUnder(root, 'tests', ['.ts', '.tsx']);
  for (const path of files) {
    const text = readFileSync(join(root, path), 'utf8');
    const at = (match) => `${path}:${lineAt(text, match.index)}`;
    for (const match of text.matchAll(taggedTitle)) {
      for (const number of match[1].split(' ')) places.set(number, [...(places.get(number) ?? []), at(match)]);
    }
    for (const match of text.matchAll(notRun)) {
      problems.push(`${at(match)}: ${match[0]}: a test that is not run says nothing`);
    }
  }
  for (const [number, [first, ...others]] of places) {
    const more = others.length > 0 ? ` (and ${others.length} more)` : '';
    if (!rules.has(number)) problems.push(`${first}${more}: [${number}] is no rule of SPEC.md`);
    if (rules.get(number) === 'later')
      problems.push(`${first}${more}: [${number}] is a rule for later and has a test now`);
  }
  for (const [number, when] of rules) {
    if (when === 'now' && !places.has(number)) problems.push(`SPEC.md: rule ${number} has no test`);
  }
  const now = [...rules.values()].filter((when) => when === 'now').length;
  return {
    looked: `${now} rules, ${rules.size - now} for later, ${files.length} test files`,
    count: Math.min(now, files.length),
    problems,
  };
}

/** @returns {{ rules: Map<string, "now" | "later">, problems: string[] }} */
export function readRules(text) {
  const rules = new Map();
  const problems = [];
  for (const [, number, later] of text.matchAll(rule)) {
    if (rules.has(number)) problems.push(`SPEC.md: rule ${number} stands there twice`);
    rules.set(number, later ? 'later' : 'now');
  }
  return { rules, problems };
}
