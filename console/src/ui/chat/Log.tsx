import type { DeskTalk } from '@clbchat/shared/client/views';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isHeld } from '../../model/ends.ts';
import { nickOf } from '../../model/naming.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Icon } from '../Icon.tsx';
import { Line } from './Line.tsx';

/** So near to the end still counts as reading along. */
const NEAR_PX = 60;

export function Log({ talk }: { talk: DeskTalk }) {
  const nick = nickOf(talk);
  const items = talk.talk.items.value;
  const { desk } = useConsole().workspace;
  const online = desk.connection.value.is === 'online';
  const typing = online && talk.talk.peerTyping.value && talk.stage.value.is === 'talking';
  const had = useRef(items.length);
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [seen, setSeen] = useState(items.length);
  const toEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
    setSeen(items.length);
  };
  // who reads back is not pulled down; who writes is
  useLayoutEffect(() => {
    if (atEnd.current || items.at(-1)?.from === 'me') toEnd();
  }, [items.length, typing]);
  const watch = () => {
    const log = box.current;
    if (!log) return;
    atEnd.current = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX;
    if (atEnd.current) setSeen(items.length);
  };
  const fresh = items.slice(seen).filter((item) => item.from === 'them').length;
  return (
    <>
      <div
        class="log"
        role="log"
        aria-live="off"
        aria-label={nl.chat.log(nick)}
        tabIndex={0}
        ref={box}
        onScroll={watch}
      >
        <ol>
          {isHeld(talk) && (
            <li class="system-line">
              <Icon name="lock" size={16} />
              {talk.talk.secure.value ? nl.chat.lock(nick) : nl.chat.opening(nick)}
            </li>
          )}
          {items.map((item, at) => (
            <Line
              key={item.key}
              item={item}
              before={items[at - 1]}
              after={items[at + 1]}
              nick={nick}
              fresh={at >= had.current}
            />
          ))}
          {typing && (
            <li class="message them first" aria-hidden="true">
              <span class="sender">{nl.chat.typing(nick)}</span>
              <div class="bubble typing">
                <i />
                <i />
                <i />
              </div>
            </li>
          )}
        </ol>
      </div>
      {fresh > 0 && (
        <button type="button" class="fresh" onClick={toEnd}>
          {nl.chat.fresh(fresh)}
          <Icon name="arrow-down" size={16} />
        </button>
      )}
    </>
  );
}
