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
  let rev = first.rev;
  let centre = withScaled(first.centre);
  return {
    now: () => centre,
    async reread() {
      const found = await store.get();
      if (!found || found.rev <= rev) return; // an answer that was overtaken, too
      rev = found.rev;
      centre = withScaled(found.centre);
    },
  };
}
