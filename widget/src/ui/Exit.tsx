import type { Widget } from '../model/widget.ts';
import { t } from '../words/nl.ts';
import { Icon } from './Icon.tsx';
import { doorOpen } from './icons.ts';

/** Always the first stop of the keyboard, never disabled, never asks. A real link, so that it works before any script. */
export function Exit({ widget }: { widget: Widget }) {
  const pressed = widget.shift.pressed.value;
  return (
    <a
      class="exit"
      href={widget.exitUrl.value}
      target="_top"
      rel="noreferrer nofollow"
      aria-label={t('exit.aria')}
      onClick={(event) => {
        event.preventDefault();
        widget.leave();
      }}
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
    </a>
  );
}
