import type { Widget } from '../widget.ts';
import { Icon } from './Icon.tsx';
import { doorOpen } from './icons.ts';
import { t } from './words.ts';

/** Always the first stop of the keyboard, never disabled, never asks. Before any script it is a link, in `index.html`. */
export function Exit({ widget }: { widget: Widget }) {
  const pressed = widget.shift.pressed.value;
  return (
    <button
      type="button"
      class="exit"
      aria-label={t('exit.aria')}
      aria-description={t('exit.shift')}
      onClick={widget.leave}
    >
      <Icon d={doorOpen} />
      <span>{t('exit.label')}</span>
      {pressed > 0 && (
        <span class="lights" aria-hidden="true">
          {[1, 2, 3].map((light) => (
            <i class={light <= pressed ? 'on' : ''} />
          ))}
        </span>
      )}
    </button>
  );
}
