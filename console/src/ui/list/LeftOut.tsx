import { isEverybody } from '@clbchat/shared/serves';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Icon } from '../Icon.tsx';

/** Says that somebody may wait here who does not ring for her, by her own choice [R13]; nothing while she is there for all. */
export function LeftOut() {
  const { workspace } = useConsole();
  const { status, serves } = workspace.desk;
  if (status.value === 'offline' || isEverybody(serves.value)) return null;
  return (
    <p class="empty left-out">
      <Icon name="users" size={16} /> {nl.serves.leftOut}{' '}
      <button
        type="button"
        class="button button-plain button-small"
        onClick={() => (workspace.dialog.value = 'serves')}
      >
        {nl.serves.change}
      </button>
    </p>
  );
}
