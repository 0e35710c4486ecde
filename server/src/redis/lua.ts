import { readFileSync } from 'node:fs';
import { Bug } from '../kernel/failure.ts';

/** Every store of a process reads the same files. */
const read = new Map<string, string>();

/**
 * A script with all that it includes, and of that only what it uses: Redis makes every function of a text anew each time
 * it runs it. Comments stay here.
 */
export function readLua(url: URL): string {
  const known = read.get(url.href) ?? onlyUsed(withIncluded(url, new Set()));
  read.set(url.href, known);
  return known;
}

/** A line `-- @include live/base` stands for that file under server/src, once per script. */
function withIncluded(url: URL, seen: Set<string>): string {
  if (seen.has(url.href)) return '';
  seen.add(url.href);
  // ours: scripts of the program
  return readFileSync(url, 'utf8').replaceAll(/^-- @include (\S+)$/gm, (_line, name: string) =>
    withIncluded(new URL(`../${name}.lua`, import.meta.url), seen),
  );
}

/** At the margin, until the next `end` or `}` at the margin: what only matters to whoever names it further below. */
const DEFINITION = /^local (?:function (\w+)|(\w+) = (?:\{|cjson\.decode))/; // ours: scripts of the program

function onlyUsed(text: string): string {
  const named = new Set<string>();
  const kept: string[] = [];
  for (const part of partsOf(text).toReversed()) {
    const [, made, held] = DEFINITION.exec(part) ?? [];
    const name = made ?? held;
    if (name !== undefined && !named.has(name)) continue;
    for (const [word] of part.matchAll(/\w+/g)) named.add(word); // ours: scripts of the program
    kept.push(part);
  }
  return kept.toReversed().join('\n');
}

/** Definitions of several lines whole, everything else line by line. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let open = false;
  for (const line of text.split('\n')) {
    if (/^\s*(--|$)/.test(line)) continue; // ours: scripts of the program
    if (open) parts.push(`${parts.pop()}\n${line}`);
    else parts.push(line);
    if (open) open = line !== 'end' && line !== '}';
    else open = /^local (function .*|\w+ = \{)$/.test(line) && !line.endsWith(' end'); // ours: scripts of the program
  }
  return parts;
}

/** `cfg.name` stands for the limit or the rule of that name. */
const NUMBER = /\bcfg\.(\w+)/g; // ours: scripts of the program

export function withNumbers(text: string, numbers: Readonly<Record<string, unknown>>): string {
  return text.replaceAll(NUMBER, (_all, name: string) => {
    const value = numbers[name];
    if (!['number', 'boolean', 'string'].includes(typeof value)) throw new Bug(`a script asks for ${name}`);
    return JSON.stringify(value);
  });
}
