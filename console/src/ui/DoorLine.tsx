import type { DeskHours } from '@clbchat/shared/protocol/counsellor';
import type { DoorSwitch } from '../model/door.ts';
import { door as words } from '../words/door.ts';
import { Firm } from './Firm.tsx';
import { Icon } from './Icon.tsx';

/** That nobody new comes in, and the way back; and when the centre opens, where it is closed. Nobody is named. */
export function DoorLine({ hours, door }: { hours: DeskHours | null; door: DoorSwitch }) {
  const is = hours?.is ?? 'open';
  return (
    <div role="status" class="door-line">
      {is !== 'open' && (
        <div class="notice">
          <Icon name={is === 'shut' ? 'lock' : 'clock'} />
          <span>{is === 'shut' ? words.isShut(hours?.until ?? null) : words.isClosed(hours?.until ?? null)}</span>
          {is === 'shut' && (
            <Firm
              class="button button-plain button-small"
              onClick={() => {
                document.getElementById('page-title')?.focus(); // on a page the button goes, and nothing else has the focus [D38]
                void door.set(false);
              }}
            >
              {words.open}
            </Firm>
          )}
        </div>
      )}
      {door.problem.value && (
        <div class="notice">
          <Icon name="circle-alert" />
          <span>{words.problem}</span>
        </div>
      )}
    </div>
  );
}
