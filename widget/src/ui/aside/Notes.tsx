import type { At } from '../room/inside.ts';
import { HistoryNote } from './HistoryNote.tsx';
import { IdleNote } from './IdleNote.tsx';

/** What a running conversation asks above the composer. */
export function Notes(props: At<'talking'>) {
  const { visitor, room, view } = props;
  const leftMs = visitor.idleLeftMs.value;
  return (
    <>
      {leftMs !== null && leftMs !== room.answeredMs.value && <IdleNote {...props} leftMs={leftMs} />}
      {view.asksHistory && <HistoryNote {...props} />}
    </>
  );
}
