import { isDeepStrictEqual } from 'node:util';
import type { StoreNeeds } from '@clbchat/server/kernel/needs';
import { emptyLive, type LiveState } from '@clbchat/server/live/record';
import { memoryStore, type LiveStore } from '@clbchat/server/store.memory';
import { claim } from './invariants/claim.ts';
import { checkConversations } from './invariants/conversations.ts';
import { checkFences } from './invariants/fences.ts';
import { checkFields } from './invariants/fields.ts';
import { checkPlaces } from './invariants/places.ts';
import { checkRouting } from './invariants/routing.ts';
import { checkTime } from './invariants/time.ts';
import { emptyLedger, type Answer, type Ledger, type Step } from './invariants/step.ts';

type Slices = Record<string, Record<string, (input?: unknown) => Promise<Answer>>>;

/** Each command made twice is one socket or one console more: what grows then is only its number. */
const NEW_EACH_TIME = new Set(['join', 'attach', 'reissue', 'enter']);
const ONLY_READ = new Set(['state', 'desk', 'facts', 'places', 'rows', 'passing', 'since']);
/** What repeating may answer instead of the first word: that it has been done. */
const DONE_BEFORE: Record<string, readonly string[]> = {
  declined: ['gone'],
  asked: ['too_fast'],
  refused: ['stage', 'lost'],
  exhausted: ['lost'],
  dropped: ['stale'],
  signed_out: ['replaced'],
  released: ['not_yours'],
  attached: ['token_used'],
};
const DONE = new Set(
  'joined here attached dropped noted state ended entered desk set left signed_out released accepted declined taken_over offered exhausted sealed kept asked refused opened stored since restored'.split(
    ' ',
  ),
);

/** The memory store, with every rule of SPEC.md that a store can keep checked around every single command. */
export function watched(needs: StoreNeeds, live: LiveState = emptyLive()): LiveStore {
  const ledger = emptyLedger();
  let line: Promise<unknown> = Promise.resolve();
  let copy = structuredClone(live); // what the store held after the last command
  const store = memoryStore(needs, live);
  const slices = Object.entries(store as unknown as Slices).map(([slice, methods]) => {
    const around = Object.entries(methods).map(([name, method]) => [name, watch(name, method)]);
    return [slice, Object.fromEntries(around)];
  });
  return Object.fromEntries(slices) as LiveStore;

  function watch(name: string, method: (input?: unknown) => Promise<Answer>) {
    const once = async (input?: unknown): Promise<Answer> => {
      const before = copy;
      const answer = await method(input);
      const step: Step = { name, input, answer, before, after: live, now: needs.clock.nowMs(), needs };
      const wrote = checkWrites(step);
      check(step, ledger);
      copy = wrote ? structuredClone(live) : before;
      const same = await checkRepeating(step, copy);
      if (!same) copy = structuredClone(live);
      return answer;
    };
    // one after the other, so that before and after are of one command, also where a test asks two things at once
    return (input?: unknown): Promise<Answer> => {
      const turn = line.then(() => once(input));
      line = turn.catch(() => undefined);
      return turn;
    };
  }
}

function check(step: Step, ledger: Ledger): void {
  checkFences(step);
  checkPlaces(step, ledger);
  checkRouting(step, ledger);
  checkConversations(step, ledger);
  checkTime(step);
  checkFields(step);
}

/** @returns whether the command may have written */
function checkWrites({ name, answer, before, after }: Step): boolean {
  const refused = answer?.is !== undefined && !DONE.has(answer.is);
  if (!refused && !ONLY_READ.has(name)) return true;
  claim(isDeepStrictEqual(after, before), `[V8] ${name} answered ${answer?.is} and wrote`).toBe(true);
  return false;
}

/**
 * On a copy, so that the history goes on as if nothing had been repeated.
 *
 * @returns whether the copy is still one
 */
async function checkRepeating({ name, input, answer, after, needs }: Step, copy: LiveState): Promise<boolean> {
  if (answer?.more) return true; // it asked to be repeated
  const method = Object.values(memoryStore(needs, copy) as unknown as Slices).find((slice) => name in slice)![name]!;
  const again = await method(input);
  const numbered = NEW_EACH_TIME.has(name);
  const plain = numbered ? withoutNumbers : (value: unknown) => value;
  claim(isDeepStrictEqual(plain(copy), plain(after)), `[V7] ${name} repeated changes something`).toBe(true);
  if (name === 'match') claim(again?.offers, '[V7] match repeated').toBe(0);
  else if (name === 'restore') claim(again?.is, '[V7] restore repeated').toBe(answer?.is);
  else if (!DONE_BEFORE[answer?.is ?? '']?.includes(again?.is ?? '')) {
    claim(plain(word(again)), `[V7] ${name} repeated`).toEqual(plain(word(answer)));
  }
  return !numbered;
}

function word(answer: Answer): unknown {
  if (!answer) return answer;
  const { hints: _hints, freed: _freed, ...rest } = answer;
  return rest;
}

/** Without the numbers of sockets and consoles, at whatever depth. */
function withoutNumbers(value: unknown): unknown {
  if (value instanceof Map) return new Map([...value].map(([key, inner]) => [key, withoutNumbers(inner)]));
  if (value instanceof Set) return value;
  if (Array.isArray(value)) return value.map(withoutNumbers);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'conn' && key !== 'seat');
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutNumbers(inner)]));
}
