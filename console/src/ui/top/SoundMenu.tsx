import type { Signal } from '@preact/signals';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Icon } from '../Icon.tsx';
import { useSound } from '../list/SoundHeld.tsx';
import { usePopover } from '../usePopover.ts';

function Check({ value, label }: { value: Signal<boolean>; label: string }) {
  return (
    <label class="check">
      <input type="checkbox" checked={value.value} onChange={(event) => (value.value = event.currentTarget.checked)} />
      {label}
    </label>
  );
}

export function SoundMenu() {
  const { bell, prefs } = useConsole();
  const { open, setOpen, root } = usePopover();
  const state = useSound();
  return (
    <div class="popover-root" ref={root}>
      <button
        type="button"
        class={`icon-button bell-${state}`}
        aria-label={nl.top.sound[state]}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name={state === 'on' ? 'bell-ring' : 'bell-off'} />
      </button>
      {open && (
        <div class="popover panel" role="group" aria-label={nl.sound.title}>
          <h2>{nl.sound.title}</h2>
          <Check value={prefs.soundVisitor} label={nl.sound.visitor} />
          <Check value={prefs.soundMessage} label={nl.sound.message} />
          <button type="button" class="button button-secondary button-small" onClick={() => bell.ring()}>
            <Icon name="volume-2" size={16} />
            {nl.sound.test}
          </button>
          {!bell.unlocked.value && <p class="small muted">{nl.sound.locked}</p>}
          <p class="small muted">{nl.sound.privacy}</p>
        </div>
      )}
    </div>
  );
}
