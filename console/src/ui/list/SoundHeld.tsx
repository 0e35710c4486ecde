import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Icon } from '../Icon.tsx';

/** Whether a ring is heard here: the browser may hold every sound back until somebody has pressed something. */
export function useSound(): 'on' | 'off' | 'locked' {
  const { bell, prefs } = useConsole();
  if (!prefs.soundVisitor.value) return 'off';
  return bell.unlocked.value ? 'on' : 'locked';
}

/** Says that nothing will be heard, and why, with a button; nothing while it will. */
export function SoundHeld({ class: look }: { class: string }) {
  const { bell, prefs } = useConsole();
  const sound = useSound();
  if (sound === 'on') return null;
  const start = () => {
    prefs.soundVisitor.value = true;
    bell.unlock();
    bell.ring();
  };
  return (
    <p class={`${look} sound-held`} role="status">
      <Icon name="bell-off" size={16} /> {nl.sound.held[sound]}{' '}
      <button type="button" class="button button-plain button-small" onClick={start}>
        {nl.sound.start}
      </button>
    </p>
  );
}
