export interface Latest {
  /** @returns whether the answer to what is asked now counts, to be asked where it is shown: not after what was asked later, or is known since */
  ask(): () => boolean;
  /** Something was changed, and is known: what was asked before that says nothing any more. */
  known(): void;
}

/** Keeps what is known from being taken back by an answer from before it, on a line where one answer overtakes another [U80]. */
export function latest(): Latest {
  let [asked, heard] = [0, 0];
  return {
    ask() {
      const mine = (asked += 1);
      return () => {
        if (mine <= heard) return false;
        heard = mine;
        return true;
      };
    },
    known() {
      heard = asked;
    },
  };
}
