/** What is done for the whole centre, again and again, whichever process does it. */
export type Round = 'tick';

/** Who does this round of it: one of all processes, and another one as soon as that stops [N73]. */
export interface RoundsStore {
  /**
   * @param forMs for how long nobody else gets the next one; shorter than the time between two
   * @returns false when another process has it: then nothing is written
   */
  claim(round: Round, forMs: number): Promise<boolean>;
  /** Whether another process of the centre is there at this moment, where people may go on [M7]. */
  hasOthers(): Promise<boolean>;
}
