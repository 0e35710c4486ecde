import { Icon } from '../frame/Icon.tsx';
import type { RoomModel } from '../room.ts';
import { volume2 } from './icons.ts';
import { unlockSound } from './sound.ts';
import { tw } from './words.ts';

export const SoundSwitch = ({ room: { sound } }: { room: RoomModel }) => (
  <div class="card switch">
    <button
      type="button"
      class="toggle"
      role="switch"
      aria-checked={sound.value}
      onClick={() => {
        sound.value = !sound.value;
        if (sound.value) unlockSound();
      }}
    >
      <Icon d={volume2} />
      {tw('wait.sound')}
      <span class="sw" />
    </button>
  </div>
);
