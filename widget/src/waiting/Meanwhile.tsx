import { Icon } from '../frame/Icon.tsx';
import type { RoomModel } from '../room.ts';
import { info } from '../steps/icons.ts';
import { check, pencilLine, wind } from './icons.ts';
import { tw } from './words.ts';

const tiles = [
  ['first', 'lake', pencilLine, 'wait.do1', 'wait.do1.sub'],
  ['breathe', 'lilac', wind, 'wait.do2', 'wait.do2.sub'],
  ['how', 'sun', info, 'wait.do3', 'wait.do3.sub'],
] as const;

/** @param written the first question is kept on this screen */
export const Meanwhile = ({ room, written }: { room: RoomModel; written: boolean }) => (
  <div class="stack">
    <h2>{tw('wait.meanwhile')}</h2>
    {tiles.map(([aside, colour, icon, name, about]) => {
      const done = written && aside === 'first';
      return (
        <button type="button" class="choice tile" onClick={() => (room.aside.value = aside)}>
          <span class={`pic small ${done ? 'green' : colour}`}>
            <Icon d={done ? check : icon} />
          </span>
          <span>
            <b>{done ? tw('wait.done1') : tw(name)}</b>
            <small>{done ? tw('wait.done1.sub') : tw(about)}</small>
          </span>
        </button>
      );
    })}
  </div>
);
