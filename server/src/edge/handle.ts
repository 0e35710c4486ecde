import type { ProblemCode } from '@clbchat/shared/problem';
import { read, refused, type Ack, type Life } from '@clbchat/shared/protocol/wire';
import type * as v from 'valibot';
import { Problem } from '../kernel/failure.ts';
import type { Log } from '../kernel/log.ts';
import type { Gate } from './gate.ts';

/** One socket, as much of it as is needed to let something of it in. */
interface Sender {
  readonly gate: Gate;
  isOpen(): boolean;
  /** A client of ours never sends what the schema refuses; whoever does is let go. */
  close(): void;
}

/** What answers one event, for every socket of a namespace. */
export interface Door<End> {
  readonly schema: v.GenericSchema;
  readonly run: (input: never, end: End) => Promise<Ack<unknown>>;
}

/** The doors of a namespace by their events. */
export type Table<End> = ReadonlyMap<string, Door<End>>;

type Answer = (ack: Ack<unknown>) => void;

/** Frames that are not stored go without an answer; everything else is only done for who waits for one. */
const UNANSWERED = 'talk:passing';

/**
 * The only way into the domain from a socket: count, check, run, answer. What arrives is unknown until its schema
 * has looked at it. Nothing thrown crosses the wire, and the caller never waits for an answer that does not come.
 */
export async function handle<End extends Sender>(
  table: Table<End>,
  end: End,
  [event, ...args]: [event: string, ...args: unknown[]],
  log: Log,
): Promise<void> {
  if (!end.isOpen()) return; // came in one piece with what closed it
  const door = table.get(event);
  if (!door) return end.close(); // an event that this namespace does not have: no client of ours
  const reply = replyOf(args);
  if (!reply && event !== UNANSWERED) return;
  const answer: Answer = (ack) => reply?.(ack);

  if (!end.gate.spend(event)) return answer(refused('too_fast'));
  const input = read(door.schema, args[0]);
  // valibot takes an array for an object without fields
  if (input === null || args.length > 1 || Array.isArray(args[0])) {
    answer(refused('malformed'));
    return end.close();
  }
  try {
    answer(await end.gate.turn(() => door.run(input as never, end)));
  } catch (err) {
    if (err instanceof Problem) return answer(refused(err.code));
    log.error('a handler failed', { event, err });
    answer(refused('unavailable'));
  }
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
