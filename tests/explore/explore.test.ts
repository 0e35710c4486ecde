import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { caseOf, play, type Case } from './cases.ts';
import known from './cases.json';
import { explore, type Explored } from './explore.ts';
import { PLANTED } from './planted.ts';
import { STARTS } from './starts.ts';
import { stroll } from './stroll.ts';
import { walk } from './walk.ts';
import { ALL, type World } from './world.ts';

/** `npm run explore -- 100000` looks at more. */
const MORE = Number(process.env['EXPLORE_STATES'] ?? 0);
const STATES = MORE || 5_000;
const SEEDS = MORE ? Math.ceil(MORE / 20) : 400;
const TO_FIND = 3_000;
const HANG = 3_600_000;

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** How far the world was used. */
const reached = { epoch: 0, visitorPages: 0, deskPages: 0, faults: new Set<string>() };
function see({ store, left }: World): void {
  reached.epoch = Math.max(reached.epoch, store.epoch);
  reached.visitorPages = Math.max(reached.visitorPages, ALL.visitorReloads - left.visitorReloads);
  reached.deskPages = Math.max(reached.deskPages, ALL.deskReloads - left.deskReloads);
  for (const name of Object.keys(ALL) as (keyof World['left'])[]) if (left[name] < ALL[name]) reached.faults.add(name);
}
/** branch → what led to it, shortest first */
const branches = new Map<string, (readonly string[])[]>();
function branch(name: string, trace: () => readonly string[]) {
  const traces = branches.get(name) ?? [];
  if (traces.length < 4) branches.set(name, [...traces, trace()]);
}
const said = (name: string, { states, transitions, depth, deviations, violations }: Explored) =>
  `${name}: ${states} states, ${transitions} transitions, depth ${depth}, up to ${deviations} deviations, ${violations.length} violations`;

describe('[K1 K2 K3 K4 K5 K8 C4 C5 W14] whatever happens to the key agreement, no rule is broken and nobody waits for ever', () => {
  test.each(Object.entries(STARTS))('from where %s', { timeout: HANG }, (name, before) => {
    const explored = explore({ statesMax: STATES, start: walk(before), see, branch });
    say(said(name, explored));
    expect(explored.violations).toEqual([]);
    expect(explored.states).toBe(STATES);
    expect(explored.deviations).toBeGreaterThanOrEqual(0);
  });

  test('far from the usual course', { timeout: HANG }, () => {
    for (let seed = 1; seed <= SEEDS; seed += 1)
      expect({ seed, wrong: stroll({ seed, see }) }).toEqual({ seed, wrong: null });
    say(`${SEEDS} ways of at most 160 steps, 0 violations`);
  });

  test('in a world of at least three epochs, in which every fault has happened', () => {
    expect(reached.epoch).toBeGreaterThanOrEqual(3);
    expect(reached).toMatchObject({ visitorPages: 2, deskPages: 2 });
    expect([...reached.faults].sort()).toEqual(Object.keys(ALL).sort());
  });
});

test.each(Object.entries(PLANTED))('[K1 K2 K3 K5 K8 W14] planted, and found: %s', { timeout: HANG }, (_, kind) => {
  const { violations } = explore({ kind, start: walk(kind.after, kind), statesMax: TO_FIND, until: kind.breaks });
  expect(violations.map(({ what }) => what.slice(0, kind.breaks.length))).toContain(kind.breaks);
});

describe('the cases for the real service', () => {
  const taken = new Set<string>();
  if (process.env['EXPLORE_CASES']) {
    test('are written anew', { timeout: HANG }, () => {
      writeFileSync(new URL('cases.json', import.meta.url), `${JSON.stringify(chosen(), null, 2)}\n`);
    });
    return;
  }
  test.each(known as Case[])('[K4] $name', (one) => {
    for (const each of play(one)) taken.add(each);
  });

  test('[K4] take every branch of both machines that was explored', () => {
    expect([...branches.keys()].filter((each) => !taken.has(each))).toEqual([]);
  });
});

/** Few cases that take every branch together. */
function chosen(): Case[] {
  const cases: Case[] = [];
  const taken = new Set<string>();
  const missed: string[] = [];
  for (const [name, traces] of branches) {
    if (taken.has(name)) continue;
    const one = traces.map((trace) => caseOf(name, trace)).find((each) => takes(each).has(name));
    if (!one) missed.push(name);
    else {
      cases.push(one);
      for (const each of takes(one)) taken.add(each);
    }
  }
  say(`${cases.length} cases take ${taken.size} branches; no case takes\n${missed.join('\n')}`);
  return cases;
}

function takes(one: Case): Set<string> {
  try {
    return play(one);
  } catch {
    return new Set();
  }
}
