import { networksOf, widestOf } from './networks.ts';
import { forgetOver, type Forgetful } from './rate.ts';
import { waitAfter, type Waits, type WrongTries } from './wrongTries.ts';

/** How many cost an address no wait, its /56, its /48: there others get something wrong as well. */
const FREE = [1, 4, 8];
/** For so many of the longest waits a wrong one counts: guessers who are many then wait for each other about as long as one does. */
const COUNTS_FOR_WAITS = 10;
/** Widest networks of which something is remembered at once. */
const KEPT_MAX = 50_000;

interface From {
  /** by whom of it had more than what is free */
  readonly guessers: number;
  readonly others: number;
}

interface Try {
  /** from the narrowest on */
  readonly networks: readonly string[];
  readonly countsUntilMs: number;
  /** from when on the next one of each of them may be made */
  readonly fromMs: From[];
  /** false where nobody looked: what has to be waited for it stays */
  counts: boolean;
}

const freeAt = (at: number): number => FREE[at] ?? 1;
const hers = (tries: readonly Try[], tag: string) => tries.filter(({ networks }) => networks[0] === networksOf(tag)[0]);

/** Wrong ones of the network at this place, as they count for neighbours: of each narrower one no more than its free ones. */
function fairly(at: number, tries: readonly Try[]): number {
  if (at === 0) return tries.length;
  const narrower = new Set(tries.map(({ networks }) => networks[at - 1]));
  return [...narrower].reduce((sum, network) => {
    const some = tries.filter(({ networks }) => networks[at - 1] === network);
    return sum + Math.min(freeAt(at - 1), fairly(at - 1, some));
  }, 0);
}

/** What was tried, by the widest network; as much of it as there is room for. */
function remember(counts: (one: Try) => boolean, keptMax: number) {
  /** By how many they are, and then by the widest network, in the order of the last try of each. */
  const kept = new Map<number, Map<string, Try[]>>();
  let count = 0;

  function forget(network: string): void {
    for (const alike of kept.values()) if (alike.delete(network)) count -= 1;
  }
  function keep(network: string, tries: Try[]): void {
    forget(network);
    if (tries.length === 0) return;
    makeRoom();
    const alike = kept.get(tries.length) ?? new Map<string, Try[]>();
    kept.set(tries.length, alike.set(network, tries));
    count += 1;
  }
  const triesOf = (network: string): Try[] => {
    for (const alike of kept.values()) {
      const found = alike.get(network);
      if (found) return found;
    }
    return [];
  };

  /** What counts no more; each of these is in the order of that. */
  function forgetSome(): number {
    for (const alike of kept.values()) {
      const before = alike.size;
      count -= before - forgetOver(alike, (tries) => !tries.some(counts));
    }
    return count;
  }
  /** For one more: what is over, or of those that tried least often the one that tried least lately [G92]. */
  function makeRoom(): void {
    if (forgetSome() < keptMax) return;
    const there = [...kept].filter(([, { size }]) => size > 0).map(([many]) => many);
    const [least] = kept.get(Math.min(...there))?.keys() ?? [];
    if (least !== undefined) forget(least);
  }

  return { of: triesOf, keep, forget: forgetSome };
}

/**
 * Wrong ones by tag, of which each network waits [G8 G18 N76]. Whoever had more than the free ones of her own network waits, in
 * each wider one, for every try that was made in it: guessers who are many guess no faster than one. Whoever had not waits
 * for no more of each of the others than its free ones: who guesses from one household keeps no neighbour from a try.
 */
export function addressTries(waits: Waits, nowMs: () => number, keptMax = KEPT_MAX): WrongTries & Forgetful {
  const countsForMs = COUNTS_FOR_WAITS * waits.mostMs;
  /** It counts still, or has to be waited for; of a clock that was set back nothing is. */
  function matters({ countsUntilMs, counts, fromMs }: Try): boolean {
    const now = nowMs();
    return (
      countsUntilMs > now &&
      countsUntilMs <= now + countsForMs &&
      (counts || fromMs.some(({ guessers }) => guessers > now))
    );
  }
  const remembered = remember(matters, keptMax);
  const inNetworkOf = (tag: string): Try[] => remembered.of(widestOf(tag).network).filter(matters);
  /** Those of these that are in the network of this tag at this place, and count there. */
  const inIt = (tag: string, at: number, tries: readonly Try[]): Try[] =>
    tries.filter(({ networks, counts }) => counts && networks[at] === networksOf(tag)[at]);
  /** Whether more was wrong in a narrower network of this tag than is free there. */
  const isGuessers = (tag: string, at: number, tries: readonly Try[]): boolean =>
    at === 0 || FREE.slice(0, at).some((free, narrower) => fairly(narrower, inIt(tag, narrower, tries)) > free);

  function waitMs(tag: string): number {
    const [now, tries] = [nowMs(), inNetworkOf(tag)];
    const waitsOf = (network: string, at: number) => {
      const whose = isGuessers(tag, at, tries) ? 'guessers' : 'others';
      return tries.filter(({ networks }) => networks[at] === network).map(({ fromMs }) => fromMs[at]![whose] - now);
    };
    return Math.max(0, ...networksOf(tag).flatMap(waitsOf));
  }

  return {
    waitMs,
    forget: remembered.forget,
    tryNow(tag) {
      const wait = waitMs(tag);
      if (wait > 0) return wait;
      const now = nowMs();
      const networks = networksOf(tag);
      const one: Try = { networks, countsUntilMs: now + countsForMs, fromMs: [], counts: true };
      const tries = [...inNetworkOf(tag), one];
      for (const at of networks.keys()) {
        const some = inIt(tag, at, tries);
        const from = (wrong: number) => now + waitAfter(wrong - freeAt(at), waits);
        one.fromMs.push({ guessers: from(some.length), others: from(fairly(at, some)) });
      }
      remembered.keep(widestOf(tag).network, tries);
      return 0;
    },
    // past what is free of each, so that who shares a network with others goes before its guessers
    wrong(tag) {
      const tries = inNetworkOf(tag);
      return 1 + Math.max(...networksOf(tag).map((_, at) => fairly(at, inIt(tag, at, tries)) - freeAt(at)));
    },
    unlooked(tag) {
      const one = hers(inNetworkOf(tag), tag).findLast(({ counts }) => counts);
      if (one) one.counts = false;
      return waitMs(tag);
    },
    // as if it had not been: nobody reads from the waits that she came, and no guesser has a try back for hers
    right(tag) {
      const tries = inNetworkOf(tag);
      const one = hers(tries, tag).findLast(({ counts }) => counts);
      remembered.keep(
        widestOf(tag).network,
        tries.filter((other) => other !== one),
      );
    },
  };
}
