import type { RoomModel } from '../../model/room.ts';
import { tc } from '../../words/nlChat.ts';
import { Icon } from '../Icon.tsx';
import { info } from '../iconsSteps.ts';
import { pencilLine, wind } from '../iconsChat.ts';

const tiles = [
  ['first', 'lake', pencilLine, 'wait.do1', 'wait.do1.sub'],
  ['breathe', 'lilac', wind, 'wait.do2', 'wait.do2.sub'],
  ['how', 'sun', info, 'wait.do3', 'wait.do3.sub'],
] as const;

export const Meanwhile = ({ room }: { room: RoomModel }) => (
  <div class="stack">
    <h2>{tc('wait.meanwhile')}</h2>
    {tiles.map(([aside, colour, icon, name, about]) => (
      <button type="button" class="tile" onClick={() => (room.aside.value = aside)}>
        <span class={`pic small ${colour}`}>
          <Icon d={icon} />
        </span>
        <span>
          <b>{tc(name)}</b>
          <small>{tc(about)}</small>
        </span>
      </button>
    ))}
  </div>
);
