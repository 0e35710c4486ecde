import type { DeskTalk, Item } from '@clbchat/shared/client/views';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { isHeld } from '../../model/ends.ts';
import { nickOf } from '../../model/naming.ts';
import { nl } from '../../words/nl.ts';
import { useConsole } from '../console.ts';
import { Icon } from '../Icon.tsx';
import { useOnceAFrame } from '../useOnceAFrame.ts';
import { createLines } from './lines.tsx';
import { useOlder } from './useOlder.ts';

/** So near to the end still counts as reading along. */
const NEAR_PX = 60;
/** … and so young is what came while somebody looked on. */
const NEW_MS = 2_000;

/**
 * Where somebody reads: at the end, and then goes on with it, or further back, and then stays there.
 *
 * @param heads lines that stand above all items
 */
function useReading(items: readonly Item[], typing: boolean, heads: number) {
  const { timers } = useConsole();
  const box = useRef<HTMLDivElement>(null);
  const lines = useRef<HTMLOListElement>(null);
  const atEnd = useRef(true);
  const [seen, setSeen] = useState(items.length);
  /** the uppermost line, and where it stood before more came above it */
  const upper = useRef<{ line: Element; top: number } | null>(null);
  const older = useOlder(items, timers, () => {
    const line = lines.current?.children[heads];
    upper.current = line ? { line, top: line.getBoundingClientRect().top } : null;
  });

  const toEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
    if (atEnd.current) return;
    atEnd.current = true;
    setSeen(items.length);
  };
  const last = items.at(-1);
  // who reads back is not pulled down; who writes is
  useLayoutEffect(() => {
    if (last?.is === 'text' && last.from === 'me' && last.state === 'pending') toEnd();
  }, [last?.key]);
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    else if (box.current && upper.current) {
      // some browsers do it by themselves, and then there is nothing left to do
      box.current.scrollTop += upper.current.line.getBoundingClientRect().top - upper.current.top;
    }
    upper.current = null;
  }, [items.length, typing, older]);

  const watch = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement) => {
    const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    if (isAtEnd === atEnd.current) return;
    atEnd.current = isAtEnd;
    setSeen(items.length);
  };
  const unseen = atEnd.current ? 0 : items.slice(seen).filter(({ from }) => from === 'them').length;
  return { box, lines, older, watch, toEnd, unseen };
}

export function Log({ talk }: { talk: DeskTalk }) {
  const nick = nickOf(talk);
  const items = useOnceAFrame(talk.talk.items);
  const { workspace, clock } = useConsole();
  const { desk } = workspace;
  // a reload finds again what was said long ago, by the thousand: nothing of it moves
  const isNew = ({ atMs }: Item) => clock.nowMs() - atMs < NEW_MS;
  const online = desk.connection.value.is === 'online';
  const typing = online && talk.talk.peerTyping.value && talk.stage.value.is === 'talking';
  const held = isHeld(talk);
  const had = useRef(items.length);
  const line = useMemo(createLines, []);
  const { box, lines, older, watch, toEnd, unseen } = useReading(items, typing, held ? 1 : 0);
  return (
    <>
      <div
        class="log"
        role="log"
        aria-live="off"
        aria-label={nl.chat.log(nick)}
        tabIndex={0}
        ref={box}
        onScroll={(event) => watch(event.currentTarget)}
      >
        <ol ref={lines}>
          {held && (
            <li class="system-line">
              <Icon name="lock" size={16} />
              {talk.talk.secure.value ? nl.chat.lock(nick) : nl.chat.opening(nick)}
            </li>
          )}
          {items
            .slice(older)
            .map((item, at) => line(items, older + at, nick, older + at >= had.current && isNew(item)))}
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
      {unseen > 0 && (
        <button type="button" class="fresh" onClick={toEnd}>
          {nl.chat.fresh(unseen)}
          <Icon name="arrow-down" size={16} />
        </button>
      )}
    </>
  );
}
