import type { Person } from '../../model/team/team.ts';
import { team as words } from '../../words/team.ts';
import { TeamIcon } from './TeamIcon.tsx';

/** @param of null for an invitation */
export function State({ of }: { of: Pick<Person, 'disabled'> | null }) {
  const is = of === null ? 'waiting' : of.disabled ? 'blocked' : 'active';
  return (
    <span class={`chip chip-state chip-${is}`}>
      <TeamIcon name={is} />
      {words.states[is]}
    </span>
  );
}
