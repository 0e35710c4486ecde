import type { Aside, RoomModel } from '../../model/room.ts';
import { tc } from '../../words/nlChat.ts';
import { Icon } from '../Icon.tsx';
import { info } from '../iconsSteps.ts';
import { pencilLine, wind } from '../iconsChat.ts';

const tiles: readonly [Aside, string, string, 'wait.do1' | 'wait.do2' | 'wait.do3'][] = [
  ['first', 'lake', pencilLine, 'wait.do1'],
  ['breathe', 'lilac', wind, 'wait.do2'],
  ['how', 'sun', info, 'wait.do3'],
];

export const Meanwhile = ({ room }: { room: RoomModel }) => (
  <div class="stack">
    <h2>{tc('wait.meanwhile')}</h2>
    {tiles.map(([aside, colour, icon, words]) => (
      <button type="button" class="tile" onClick={() => (room.aside.value = aside)}>
        <span class={`pic small ${colour}`}>
          <Icon d={icon} />
        </span>
        <span>
          <b>{tc(words)}</b>
          <small>{tc(`${words}.sub`)}</small>
        </span>
      </button>
    ))}
  </div>
);
