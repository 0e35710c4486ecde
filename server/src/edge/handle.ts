import type { ProblemCode } from '@clbchat/shared/problem';
import { read, refused, type Ack, type Life } from '@clbchat/shared/protocol/wire';
import type * as v from 'valibot';
import { Problem } from '../kernel/failure.ts';
import type { Log } from '../kernel/log.ts';

/** What one socket may still do. */
export interface Gate {
  readonly log: Log;
  /** @returns false when it asked too much lately */
  spend(event: string): boolean;
  /** One after the other: a join that is under way is over before the next event of the same socket begins. */
  turn<T>(run: () => Promise<T>): Promise<T>;
  /** A client of ours never sends what the schema refuses; whoever does is let go. */
  close(): void;
}

type Schema = v.GenericSchema;
type Answer = (ack: Ack<unknown>) => void;

/** Frames that are not stored go without an answer; everything else is only done for who waits for one. */
const UNANSWERED = 'talk:passing';

/**
 * The only way into the domain from a socket: count, check, run, answer. What arrives is unknown until its schema
 * has looked at it. Nothing thrown crosses the wire, and the caller never waits for an answer that does not come.
 */
export function handle<S extends Schema, Value>(
  gate: Gate,
  event: string,
  schema: S,
  run: (input: v.InferOutput<S>) => Promise<Ack<Value>>,
): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    const reply = replyOf(args);
    if (!reply && event !== UNANSWERED) return;
    const answer: Answer = (ack) => reply?.(ack);

    if (!gate.spend(event)) return answer(refused('too_fast'));
    const input = read(schema, args[0]);
    // valibot takes an array for an object without fields
    if (input === null || args.length > 1 || Array.isArray(args[0])) {
      answer(refused('malformed'));
      return gate.close();
    }
    try {
      answer(await gate.turn(() => run(input)));
    } catch (err) {
      if (err instanceof Problem) return answer(refused(err.code));
      gate.log.error('a handler failed', { event, err });
      answer(refused('unavailable'));
    }
  };
}

function replyOf(args: unknown[]): Answer | undefined {
  const last = args.at(-1);
  if (typeof last !== 'function') return undefined;
  args.pop();
  return (ack) => void Reflect.apply(last, undefined, [ack]);
}

type Refusal = { readonly is: Exclude<ProblemCode, 'lost'> } | { readonly is: 'lost'; readonly life: Life };

/** A word of the store that is no success, as a refusal: every such word is a code of problem.ts. */
export const refusedAs = (word: Refusal): Ack<never> => refused(word.is, 'life' in word ? word.life : undefined);
