import { Sheet } from './Sheet.tsx';
import type { Inside } from '../inside.ts';

/** Before a visit is stopped by the person itself. The safe answer comes first and has the focus. */
export function SureSheet({ visitor, room, say }: Inside & { say: (part: 'q' | 'body' | 'no' | 'yes') => string }) {
  const stay = () => (room.sheet.value = 'none');
  return (
    <Sheet role="alertdialog" title={say('q')} onEscape={stay}>
      <p>{say('body')}</p>
      <button type="button" class="btn p" onClick={stay}>
        {say('no')}
      </button>
      <button type="button" class="btn g" onClick={() => void visitor.end()}>
        {say('yes')}
      </button>
    </Sheet>
  );
}
