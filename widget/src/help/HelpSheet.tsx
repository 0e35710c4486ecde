import { Sheet } from '../frame/Sheet.tsx';
import type { Widget } from '../widget.ts';
import { allNumbers, HelpLines } from './HelpLines.tsx';
import { th } from './words.ts';

export function HelpSheet({ widget }: { widget: Widget }) {
  const role = widget.start.role.value;
  const close = () => (widget.help.value = false);
  return (
    <Sheet role="dialog" title={th('safe.title', { role })} onEscape={close}>
      <HelpLines numbers={allNumbers} role={role} />
      <p class="xs muted">{th('safe.tip')}</p>
      <button type="button" class="btn g" onClick={close}>
        {th('safe.close')}
      </button>
    </Sheet>
  );
}
