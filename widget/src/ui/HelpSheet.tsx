import type { Widget } from '../model/widget.ts';
import { ts } from '../words/nlSteps.ts';
import { allNumbers, HelpLines } from './HelpLines.tsx';
import { Sheet } from './Sheet.tsx';

export function HelpSheet({ widget }: { widget: Widget }) {
  const role = widget.intro.role.value;
  const close = () => (widget.help.value = false);
  return (
    <Sheet role="dialog" title={ts('safe.title', { role })} onEscape={close}>
      <HelpLines numbers={allNumbers} role={role} />
      <p class="xs muted">{ts('safe.tip')}</p>
      <button type="button" class="btn g" onClick={close}>
        {ts('safe.close')}
      </button>
    </Sheet>
  );
}
