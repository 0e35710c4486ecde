import type { Since } from '@clbchat/shared/protocol/visitor';
import type { Share } from '@clbchat/shared/protocol/wire';
import type { Changed, Hint } from '../live/hint.ts';
import type { SealedFrame } from './conversation.rules.ts';
import type { DeskFence, Fence, Fenced, VisitorFence } from '../live/fences.ts';

export type Refusal<Code extends string> = { is: Code } | Fenced;

/** Keys and messages of a visit, all of them opaque. */
export interface ConversationStore {
  /**
   * A counsellor's signed one-time key for `epochNext`, which it makes current and raises [K1 row 18]. After the last
   * epoch that a visit may have it ends: nobody could agree on a key any more [V12].
   */
  keyOffer(
    input: DeskFence & { epoch: number; keyOffer: string },
  ): Promise<
    ({ is: 'offered' } & Changed) | ({ is: 'exhausted' } & Changed) | Refusal<'stale_epoch' | 'stage' | 'no_cert'>
  >;
  /** The visitor's sealed key for the current offer; the first one stays [row 19]. */
  keySeal(
    input: VisitorFence & { epoch: number; sealed: string },
  ): Promise<({ is: 'sealed' } & Changed) | Refusal<'stale_epoch' | 'no_key' | 'stage'>>;
  /** Replaces this side's half of its split key [row 20]. */
  keyShare(input: Fence & { share: Share }): Promise<{ is: 'kept' } | Refusal<'stage'>>;
  /** The visitor lost this epoch's key: the counsellor offers a new one. Once per `keyAskEveryMs` [row 24]. */
  keyAsk(
    input: VisitorFence & { epoch: number },
  ): Promise<({ is: 'asked' } & Changed) | Refusal<'too_fast' | 'stale_epoch' | 'stage'>>;
  /** The visitor does not trust the key offer: back to the front, not to this counsellor; twice ends the visit [row 25]. */
  keyRefuse(
    input: VisitorFence & { epoch: number },
  ): Promise<({ is: 'refused'; ended: boolean } & Changed) | Refusal<'stale_epoch' | 'stage'>>;
  /** The counsellor opened the key and has kept it: now both may write [rows 22, 23]. */
  keyOpened(
    input: DeskFence & { epoch: number },
  ): Promise<({ is: 'opened' } & Changed) | Refusal<'stale_epoch' | 'no_key' | 'stage'>>;

  /**
   * Stores one frame. Order of checks [A12]: visit known → fence → repetition → stage → epoch → order → limits.
   *
   * @returns `stored` with its `seq`; repeating the last frame of a stream gives its first `seq` and no hint; an older
   *   one, whose number is no longer remembered, `seq` 0.
   *   `stale_epoch`, `out_of_order` and `stage` mean that the frame was never stored [C3].
   */
  append(
    input: Fence & SealedFrame,
  ): Promise<
    | { is: 'stored'; seq: number; hints: Hint[] }
    | Refusal<'stage' | 'stale_epoch' | 'out_of_order' | 'streams_full' | 'log_full' | 'no_key'>
  >;
  /** Whom a frame that is not stored goes to; nobody when epoch or fence do not fit. Never writes. */
  passing(input: Fence & SealedFrame): Promise<{ hints: Hint[] }>;
  /** Frames after `seq`; `diverged` when the frame at `seq` is another one than the client names [A9]. */
  since(input: Fence & { seq: number; id?: string }): Promise<{ is: 'since'; since: Since } | Refusal<'stage'>>;
  /** Frames that the store has lost, of this side only, in stream order. Already known ones are passed over with seq 0. */
  restore(
    input: Fence & { frames: readonly SealedFrame[] },
  ): Promise<
    | { is: 'restored'; seqs: number[]; hints: Hint[] }
    | Refusal<'stage' | 'stale_epoch' | 'out_of_order' | 'streams_full' | 'log_full' | 'no_key'>
  >;
}
