import { useEffect } from 'preact/hooks';
import type { DoorSwitch } from '../../model/door.ts';
import { door as words } from '../../words/door.ts';
import { DoorLine } from '../DoorLine.tsx';
import { useHours } from './hours.ts';

/** What others press reaches a desk by its socket; this page has none, so it looks as long as somebody sees it. */
const LOOK_EVERY_MS = 5_000;

/** The shared switch, where a coordinator looks at today. */
export function DoorToday({ door }: { door: DoorSwitch }) {
  const { page } = useHours();
  const standing = page.version.value;
  useEffect(() => {
    const look = () => void (document.visibilityState === 'visible' && door.look());
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [door, standing]);
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
