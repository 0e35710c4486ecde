import type { Digest } from '@clbchat/shared/ids';

/**
 * What was begun and waits for its answer, such as a sign-in for its passkey, in the live store: so that it may be ended at
 * another process than the one where it began, and once.
 */
export interface PendingStore {
  /**
   * @param id digest of what only who began it has; what lay there before is gone
   * @param text what the answer has to fit
   * @param forMs from when on nobody finds it
   */
  keep(id: Digest, text: string, forMs: number): Promise<void>;
  /** The same where nothing lies there, or nothing any more; what does stays [A31]. @returns what lies there then; of two at once, both hear the same */
  keepFirst(id: Digest, text: string, forMs: number): Promise<string>;
  /** Null for what is past its end, was taken, or was never begun. Of two who ask at once, one gets it [G5]. */
  take(id: Digest): Promise<string | null>;
}
