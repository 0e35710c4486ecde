import type { RoomModel } from '../../model/room.ts';
import { tc } from '../../words/nlChat.ts';
import { Icon } from '../Icon.tsx';
import { volume2 } from '../iconsChat.ts';
import { unlockSound } from './sound.ts';

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
      {tc('wait.sound')}
      <span class="sw" />
    </button>
  </div>
);
