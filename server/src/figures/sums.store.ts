/** How often each thing was counted in one hour that is over. */
export interface HourSums {
  /** hours since 1970 */
  readonly hour: number;
  /** by the names of counting.rules.ts */
  readonly counts: Readonly<Record<string, number>>;
}

/** Sums of visits that ended, by the hour. Of an hour that may still count something nobody can read anything [F2]. */
export interface SumsStore {
  /**
   * Closes this hour and all before it: whatever ends from now on counts in a later one. The same again gives the same, as long
   * as nothing was dropped [F3].
   *
   * @param hour one that is over
   * @returns what closed hours counted, oldest first
   */
  close(hour: number): Promise<readonly HourSums[]>;
  /** Forgets this hour and all before it: they are in the records. */
  forget(hour: number): Promise<void>;
}
