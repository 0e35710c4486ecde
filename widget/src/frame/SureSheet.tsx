import { Firm } from './Firm.tsx';
import { Sheet } from './Sheet.tsx';
import type { Inside } from '../inside.ts';

/** Before a visit is stopped by the person itself. The safe answer stands lowest, where the finger was, and has the focus. */
export function SureSheet({
  widget,
  visitor,
  room,
  say,
}: Inside & { say: (part: 'q' | 'body' | 'no' | 'yes') => string }) {
  const stay = () => (room.sheet.value = 'none');
  return (
    <Sheet role="alertdialog" title={say('q')} onEscape={stay}>
      <p>{say('body')}</p>
      <Firm widget={widget} class="btn g" onClick={visitor.end}>
        {say('yes')}
      </Firm>
      <button type="button" class="btn p" onClick={stay}>
        {say('no')}
      </button>
    </Sheet>
  );
}
