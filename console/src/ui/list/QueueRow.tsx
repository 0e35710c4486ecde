import type { Desk } from '@clbchat/shared/client/views';
import { asClock } from '../../model/times.ts';
import { LATE_IN_QUEUE_MS, waitedNow } from '../../model/waiting.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Icon } from '../Icon.tsx';
import { RoleChip } from './RoleChip.tsx';

export function QueueRow({ row }: { row: Desk['queue']['value'][number] }) {
  const { workspace } = useConsole();
  const waitedMs = waitedNow(row, workspace.nowMs.value);
  const time = asClock(waitedMs);
  const late = waitedMs >= LATE_IN_QUEUE_MS;
  const owes = row.unanswered ? nl.queue.unanswered : null;
  const state = row.ringing ? nl.queue.ringing : row.away ? nl.queue.away : owes;
  return (
    <li class="queue-row">
      <span class="facts-row">
        <RoleChip role={row.role} />
        <span class="tiny muted">{row.lang.toUpperCase()}</span>
      </span>
      <span class={late ? 'waited late' : 'waited'}>
        {late && <Icon name="clock-alert" size={16} />}
        {time}
        {late && <span class="hidden-text"> {nl.queue.late}</span>}
      </span>
      <span>
        {nl.topics[row.topic]}
        {state && <span class="tiny muted row-state">{state}</span>}
      </span>
      <button
        type="button"
        class="button button-secondary button-tiny"
        aria-label={nl.queue.takeThis(nl.roles[row.role], nl.topics[row.topic], time)}
        onClick={() => void workspace.take(row.ticket)}
      >
        {nl.queue.take}
      </button>
    </li>
  );
}
