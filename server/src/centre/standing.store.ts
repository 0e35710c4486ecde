import type { Rules } from '../kernel/needs.ts';
import type { CentreSettings } from './centre.rules.ts';
import type { CentreStore, StandingCentre } from './centre.store.ts';

/** The settings that this process works by. */
export interface Standing {
  now(): CentreSettings;
  /**
   * Takes over what stands in the records, and what is not there changes nothing. Rejects, and everything stays as it was,
   * when they do not answer or hold what no centre could have.
   */
  reread(): Promise<void>;
}

/**
 * @param first what stood at the start
 * @param scaled rules that whoever started the program set otherwise, whatever the centre chose
 */
export function standingOf(
  store: Pick<CentreStore, 'get'>,
  first: StandingCentre,
  scaled: Partial<Rules> = {},
): Standing {
  const withScaled = (centre: CentreSettings): CentreSettings => ({ ...centre, rules: { ...centre.rules, ...scaled } });
  let asked = 0;
  let answered = 0;
  let centre = withScaled(first.centre);
  return {
    now: () => centre,
    async reread() {
      asked += 1;
      const mine = asked;
      const found = await store.get();
      // by the order of the questions: an import puts back what has a lower rev than what was lost
      if (!found || mine < answered) return; // overtaken
      answered = mine;
      centre = withScaled(found.centre);
    },
  };
}
