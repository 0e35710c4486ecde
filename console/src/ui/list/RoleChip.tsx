import type { Role } from '@clbchat/shared/ids';
import { nl } from '../../words/nl.ts';
import { Icon } from '../Icon.tsx';

export function RoleChip({ role }: { role: Role }) {
  return (
    <span class={`chip chip-${role}`}>
      <Icon name={role === 'pupil' ? 'backpack' : 'users'} size={16} />
      {nl.roles[role]}
    </span>
  );
}
