/** What is done for the whole centre, again and again, whichever process does it. */
export type Round = 'tick' | 'figures';

/** Who does this round of it: one of all processes, and another one as soon as that stops [N73]. */
export interface RoundsStore {
  /**
   * @param forMs for how long nobody else gets the next one; shorter than the time between two
   * @returns false when another process has it: then nothing is written
   */
  claim(round: Round, forMs: number): Promise<boolean>;
  /**
   * This process leaves. Whether another one of the centre is there at this moment that does not, where people may go on [M7].
   *
   * @param forMs for how long it may take
   */
  leave(forMs: number): Promise<boolean>;
}
