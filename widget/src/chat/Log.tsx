import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { Icon } from '../frame/Icon.tsx';
import type { Inside } from '../inside.ts';
import { arrowDown } from './icons.ts';
import { Line } from './Line.tsx';
import { rowsOf } from './rows.ts';
import { tc } from './words.ts';

/** Who read within this distance of the end goes on with it. */
const NEAR_PX = 128;

/** Goes along with the end of the list while somebody reads there, and counts what is in sight as read. */
function useEnd({ widget, visitor: { talk }, room }: Inside, typing: boolean) {
  const box = useRef<HTMLDivElement>(null);
  const near = useRef(true);
  const items = talk.items.value;
  const mine = items.filter(({ from }) => from === 'me').length;

  const toEnd = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  const seen = () => {
    if (near.current && !widget.around.minimised.peek() && document.visibilityState !== 'hidden') talk.markRead();
  };

  useLayoutEffect(() => {
    near.current = true;
    toEnd();
  }, [mine]);
  useLayoutEffect(() => {
    if (near.current) toEnd();
    seen();
  }, [items.length, typing, talk.peerSilent.value, room.slow.value, widget.around.minimised.value]);
  useLayoutEffect(() => {
    document.addEventListener('visibilitychange', seen);
    const resized = new ResizeObserver(() => near.current && toEnd());
    if (box.current) resized.observe(box.current);
    return () => {
      document.removeEventListener('visibilitychange', seen);
      resized.disconnect();
    };
  }, []);

  return {
    box,
    near,
    scrolled({ scrollHeight, scrollTop, clientHeight }: HTMLElement) {
      near.current = scrollHeight - scrollTop - clientHeight <= NEAR_PX;
      seen();
    },
    goThere() {
      near.current = true;
      toEnd();
      seen();
    },
  };
}

/** The list of messages. It never reads itself aloud: the announcer does that, one message at a time. */
export function Log(props: Inside & { peer: string }) {
  const { widget, visitor, room, peer } = props;
  const { talk, connection } = visitor;
  const items = talk.items.value;
  const centre = widget.facts.centre.value;
  const typing = talk.peerTyping.value && connection.value.is !== 'lost';
  const end = useEnd(props, typing);
  const had = useRef(items.length);
  // a long conversation is painted only when it changed
  const lines = useMemo(
    () =>
      rowsOf(items).map((row, at) => (
        <Line key={row.item.key} row={row} peer={peer} centre={centre} fresh={at >= had.current} />
      )),
    [items, peer, centre],
  );

  const waiting = talk.unread.value;
  return (
    <div class="rest">
      <div
        class="rest log"
        role="log"
        aria-live="off"
        aria-label={tc('chat.log')}
        tabIndex={0}
        ref={end.box}
        onScroll={(event) => end.scrolled(event.currentTarget)}
      >
        <ol>
          {lines}
          {room.slow.value && <li class="sys xs muted">{tc('chat.slow', { naam: peer })}</li>}
          {typing && (
            <li class="m them first" aria-hidden="true">
              <span class="who xs muted">{tc('chat.typing', { naam: peer })}</span>
              <div class="b typing">
                <i />
                <i />
                <i />
              </div>
            </li>
          )}
        </ol>
      </div>
      {waiting > 0 && !end.near.current && (
        <button type="button" class="new" onClick={end.goThere}>
          {tc('chat.new', { n: waiting })}
          <Icon d={arrowDown} size="s" />
        </button>
      )}
    </div>
  );
}
