interface Bounds {
  /** how many run at once */
  readonly atOnce: number;
  /** how many wait at most */
  readonly queueMax: number;
  /** which of so many equals gives its place in a full queue away; the last one, where nothing else is said */
  readonly lot?: (equals: number) => number;
}

interface Waiting {
  readonly rank: number;
  turn(mine: boolean): void;
}

/** Dear work, of which only so much is done: whoever else comes is told that it is not done. */
export interface FewAtOnce {
  /**
   * @param rank lower goes first, and one of the highest of a full queue gives its place away; of equals who came first
   * @returns null when it was not done
   */
  run<Value>(rank: number, work: () => Promise<Value>): Promise<{ readonly value: Value } | null>;
}

export function fewAtOnce({ atOnce, queueMax, lot = (equals) => equals - 1 }: Bounds): FewAtOnce {
  let running = 0;
  const queue: Waiting[] = [];
  const myTurn = (rank: number) =>
    new Promise<boolean>((turn) => {
      const after = queue.findIndex((other) => other.rank > rank);
      queue.splice(after < 0 ? queue.length : after, 0, { rank, turn });
      if (queue.length <= queueMax) return;
      const worst = queue.findIndex((other) => other.rank === queue.at(-1)?.rank);
      queue.splice(worst + lot(queue.length - worst), 1)[0]?.turn(false);
    });
  return {
    async run(rank, work) {
      if (running < atOnce) running += 1;
      else if (!(await myTurn(rank))) return null;
      try {
        return { value: await work() };
      } finally {
        const next = queue.shift();
        if (next) next.turn(true);
        else running -= 1;
      }
    },
  };
}

interface Shares extends Bounds {
  /** how many of one key run, or wait for their turn among all, at once */
  readonly ofEach: number;
  /** how many of one key wait behind these */
  readonly queueOfEachMax: number;
}

/** Dear work that strangers ask for: no key has more than its share, whatever it asks for, and waits behind its own. */
export interface FewOfEach {
  /**
   * @param rank among all: lower goes first, as in `FewAtOnce`
   * @returns null when it was not done
   */
  run<Value>(key: string, work: () => Promise<Value>, rank?: number): Promise<{ readonly value: Value } | null>;
}

export function fewOfEach({ atOnce, ofEach, queueMax, queueOfEachMax }: Shares): FewOfEach {
  const all = fewAtOnce({ atOnce, queueMax });
  const lanes = new Map<string, { readonly few: FewAtOnce; inIt: number }>();
  return {
    async run(key, work, rank = 0) {
      const lane = lanes.get(key) ?? { few: fewAtOnce({ atOnce: ofEach, queueMax: queueOfEachMax }), inIt: 0 };
      lanes.set(key, lane);
      lane.inIt += 1;
      try {
        const mine = await lane.few.run(0, () => all.run(rank, work));
        return mine?.value ?? null;
      } finally {
        lane.inIt -= 1;
        if (lane.inIt === 0) lanes.delete(key);
      }
    },
  };
}

/** Work of which each key has one under way at a time. */
export interface OneEach {
  /** @returns null when this key has one under way, and this one is not done */
  run<Value>(key: string, work: () => Promise<Value>): Promise<{ readonly value: Value } | null>;
}

export function oneEach(): OneEach {
  const underWay = new Set<string>();
  return {
    async run(key, work) {
      if (underWay.has(key)) return null;
      underWay.add(key);
      try {
        return { value: await work() };
      } finally {
        underWay.delete(key);
      }
    },
  };
}
