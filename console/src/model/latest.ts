/**
 * Whether an answer counts, to be asked where it is shown, after the last wait: not after what was asked later, or is known since.
 *
 * @param heard false where there was no answer: that throws none away that was asked for before
 */
export type Counts = (heard?: boolean) => boolean;

export interface Latest {
  /** Numbers what is asked now. */
  ask(): Counts;
  /** Something was changed, and is known: what was asked before that says nothing any more. */
  known(): void;
}

/** Keeps what is known from being taken back by an answer from before it, on a line where one answer overtakes another [U80]. */
export function latest(): Latest {
  let [asked, heard] = [0, 0];
  return {
    ask() {
      const mine = (asked += 1);
      return (isHeard = true) => {
        if (mine <= heard) return false;
        if (isHeard) heard = mine;
        return true;
      };
    },
    known() {
      heard = asked;
    },
  };
}
