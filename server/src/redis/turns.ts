import { Bug, Problem } from '../kernel/failure.ts';

/** What one call carries, how many are under way, and what may wait for them: beyond that the store is too slow. */
const BOUNDS = { eachMax: 64, charsMax: 65_536, callsMax: 2, waitingCharsMax: 4_194_304 };

interface Waiting {
  readonly args: readonly string[];
  readonly chars: number;
  readonly answered: (reply: unknown) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * One call to the store for all that a turn of the event loop asks of it: a call costs more than most of what it carries.
 * While as many are under way as may be, the next ones gather. The order is that of asking; only when the store has just
 * lost its scripts may one call overtake the other, so nobody asks before the answer on which the order depends.
 *
 * @param call answers with a list, one reply for each in the same order; when it fails, it fails for all of them
 */
export function inTurns(
  call: (args: readonly string[]) => Promise<unknown>,
  bounds = BOUNDS,
): (args: readonly string[]) => Promise<unknown> {
  const waiting: Waiting[] = [];
  let waitingChars = 0;
  let underWay = 0;
  let asked = false;

  function send(): void {
    asked = false;
    while (waiting.length > 0 && underWay < bounds.callsMax) {
      const some = waiting.splice(0, fitting());
      for (const { chars } of some) waitingChars -= chars;
      underWay += 1;
      call(some.flatMap(({ args }) => args)).then(
        (replies) => {
          over();
          if (Array.isArray(replies) && replies.length === some.length)
            for (const [index, { answered }] of some.entries()) answered(replies[index]);
          else for (const { failed } of some) failed(new Bug('a script did not answer one for each'));
        },
        (error: unknown) => {
          over();
          for (const { failed } of some) failed(error);
        },
      );
    }
  }
  /** How many of those who wait the next call carries: at least one, however long it is. */
  function fitting(): number {
    let count = 0;
    let chars = 0;
    for (const each of waiting) {
      chars += each.chars;
      if (count === bounds.eachMax || (count > 0 && chars > bounds.charsMax)) break;
      count += 1;
    }
    return count;
  }
  function over(): void {
    underWay -= 1;
    if (!asked) send();
  }

  return (args) =>
    new Promise((answered, failed) => {
      let chars = 0;
      for (const arg of args) chars += arg.length;
      if (waitingChars + chars > bounds.waitingCharsMax) return failed(new Problem('unavailable'));
      waitingChars += chars;
      waiting.push({ args, chars, answered, failed });
      if (asked) return;
      asked = true;
      setImmediate(send);
    });
}
