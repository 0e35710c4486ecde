import { Sheet } from '../frame/Sheet.tsx';
import type { Inside } from '../inside.ts';
import { tc } from './words.ts';

/** The safe answer comes first and has the focus. */
export function StopSheet({ visitor, room }: Inside) {
  const stay = () => (room.sheet.value = 'none');
  return (
    <Sheet role="alertdialog" title={tc('stop.q')} onEscape={stay}>
      <p>{tc('stop.body')}</p>
      <button type="button" class="btn p" onClick={stay}>
        {tc('stop.no')}
      </button>
      <button type="button" class="btn g" onClick={() => void visitor.end()}>
        {tc('stop.yes')}
      </button>
    </Sheet>
  );
}
