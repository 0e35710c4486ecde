import { isLost } from '../../model/devices.ts';
import type { DevicesPage, DevicesPress } from '../../model/team/devices.ts';
import type { DevicesShown } from '../../model/team/devicesShown.ts';
import { devices as words } from '../../words/devices.ts';

/** A part of the page of computers. */
export interface Part {
  page: DevicesPage;
  shown: DevicesShown;
}

/**
 * What went wrong with the last press, where it was one of these, for beside its button.
 *
 * @param lost what it means that nobody answered: what she pressed may have come about
 */
export function troubleOf({ problem }: DevicesPage, lost: Partial<Record<DevicesPress, string | null>>): string | null {
  const { value } = problem;
  const unheard = value && lost[value.at as DevicesPress];
  if (!value || unheard === undefined) return null;
  return (isLost({ ok: false, why: value.why }) && unheard) || words.problemOf(value.why);
}
