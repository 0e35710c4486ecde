import { Icon } from '../frame/Icon.tsx';
import type { RoomModel } from '../room.ts';
import { info } from '../steps/icons.ts';
import { pencilLine, wind } from './icons.ts';
import { tw } from './words.ts';

const tiles = [
  ['first', 'lake', pencilLine, 'wait.do1', 'wait.do1.sub'],
  ['breathe', 'lilac', wind, 'wait.do2', 'wait.do2.sub'],
  ['how', 'sun', info, 'wait.do3', 'wait.do3.sub'],
] as const;

export const Meanwhile = ({ room }: { room: RoomModel }) => (
  <div class="stack">
    <h2>{tw('wait.meanwhile')}</h2>
    {tiles.map(([aside, colour, icon, name, about]) => (
      <button type="button" class="choice tile" onClick={() => (room.aside.value = aside)}>
        <span class={`pic small ${colour}`}>
          <Icon d={icon} />
        </span>
        <span>
          <b>{tw(name)}</b>
          <small>{tw(about)}</small>
        </span>
      </button>
    ))}
  </div>
);
