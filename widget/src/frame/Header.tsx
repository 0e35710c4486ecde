import type { ComponentChildren } from 'preact';
import type { Widget } from '../widget.ts';
import { Exit } from './Exit.tsx';
import { Icon } from './Icon.tsx';
import { chevronDown, lifeBuoy } from './icons.ts';
import { Logo } from './Logo.tsx';
import { t } from './words.ts';

interface Props {
  widget: Widget;
  status: string;
  /** who the visitor talks to, in the place of the name of the service */
  brand: ComponentChildren;
}

export function Header({ widget, status, brand }: Props) {
  const { around, help } = widget;
  return (
    <header class="hd">
      <div class="brand">
        {brand ?? (
          <>
            <Logo />
            <span>
              CLBCh@t<small>{status}</small>
            </span>
          </>
        )}
      </div>
      <Exit widget={widget} />
      <button
        type="button"
        class="ib buoy"
        aria-label={t('header.help')}
        aria-expanded={help.value}
        onClick={() => (help.value = !help.value)}
      >
        <Icon d={lifeBuoy} size="l" />
      </button>
      {around.hasLoader.value && (
        <button type="button" class="ib" aria-label={t('header.minimise')} onClick={around.minimise}>
          <Icon d={chevronDown} size="l" />
        </button>
      )}
    </header>
  );
}
