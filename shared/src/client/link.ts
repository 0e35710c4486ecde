import type { ReadonlySignal } from '@preact/signals-core';
import type { ProblemCode } from '../problem.ts';
import type { Ack, Life } from '../protocol/wire.ts';

/**
 * - `lost`: tries again by itself
 * - `refused`: the server said no to the connection; nothing happens until `reconnect()`. `life` names the store's
 *   life in which it does not know the visit
 */
export type LinkStatus =
  | { is: 'connecting' }
  | { is: 'online' }
  | { is: 'lost' }
  | { is: 'refused'; code: ProblemCode; life?: Life }
  | { is: 'closed' };

/** A connection to the service, as the engine knows it: requests that are answered, and hints that may be lost. */
export interface Link<Inputs extends object, Answers extends { [E in keyof Inputs]: unknown }, Hints extends object> {
  readonly status: ReadonlySignal<LinkStatus>;
  /** Never rejects: no answer in time, or no connection, is `unavailable`. */
  request<E extends keyof Inputs & string>(event: E, input: Inputs[E]): Promise<Ack<Answers[E]>>;
  /** @returns how to stop hearing it */
  hear<E extends keyof Hints & string>(event: E, handler: (hint: Hints[E]) => void): () => void;
  /** the server asked for a sign of life, and has got it; @returns how to stop hearing it */
  onPulse(handler: () => void): () => void;
  /** drops what there is and connects now */
  reconnect(): void;
  /** for good */
  close(): void;
}
