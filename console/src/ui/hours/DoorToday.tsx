import { useEffect } from 'preact/hooks';
import type { DoorSwitch } from '../../model/door.ts';
import { door as words } from '../../words/door.ts';
import { DoorLine } from '../DoorLine.tsx';
import { useHours } from './hours.ts';

/** The shared switch, where a coordinator looks at today. What others press is seen within the minute. */
export function DoorToday({ door }: { door: DoorSwitch }) {
  const { page } = useHours();
  const minute = page.time.value;
  const standing = page.version.value;
  useEffect(() => void door.look(), [door, minute, standing]);
  return <DoorLine hours={door.heard.value?.is === 'closed' ? null : door.heard.value} door={door} />;
}

export function DoorButton({ door }: { door: DoorSwitch }) {
  if (door.heard.value?.is !== 'open') return null;
  return (
    <button
      type="button"
      class="button button-plain button-small"
      title={words.shutHint}
      onClick={() => {
        document.getElementById('page-title')?.focus(); // the button goes
        void door.set(true);
      }}
    >
      {words.shut}
    </button>
  );
}
