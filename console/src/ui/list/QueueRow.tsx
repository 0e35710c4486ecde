import type { Desk } from '@clbchat/shared/client/views';
import { asClock } from '../../model/times.ts';
import { LATE_IN_QUEUE_MS, waitedNow } from '../../model/waiting.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Firm } from '../Firm.tsx';
import { Icon } from '../Icon.tsx';
import { RoleChip } from './RoleChip.tsx';

/** A ring names no ticket; who asks the same thing and has waited as long is the one who rings. */
const SAME_WAIT_MS = 1_500;
const isSame = (ring: Desk['rings']['value'][number], row: Props['row']): boolean =>
  ring.role === row.role &&
  ring.topic === row.topic &&
  ring.lang === row.lang &&
  Math.abs(ring.receivedMs - ring.waitedMs - (row.receivedMs - row.waitedMs)) < SAME_WAIT_MS;

interface Props {
  row: Desk['queue']['value'][number];
  full: boolean;
}

export function QueueRow({ row, full }: Props) {
  const { workspace, certEnded } = useConsole();
  const waitedMs = waitedNow(row, workspace.nowMs.value);
  const time = asClock(waitedMs);
  const late = waitedMs >= LATE_IN_QUEUE_MS;
  const owes = row.unanswered ? nl.queue.unanswered : null;
  const here = row.ringing && workspace.desk.rings.value.some((ring) => isSame(ring, row));
  const ringing = here ? nl.queue.ringingHere : nl.queue.ringing;
  const state = row.ringing ? ringing : row.away ? nl.queue.away : owes;
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
      {!here && !certEnded.value && (
        <Firm
          class={`button ${full ? 'button-plain' : 'button-secondary'} button-tiny`}
          aria-label={nl.queue.takeThis(nl.roles[row.role], nl.topics[row.topic], time)}
          onClick={() => workspace.take(row.ticket)}
        >
          {nl.queue.take}
        </Firm>
      )}
    </li>
  );
}
