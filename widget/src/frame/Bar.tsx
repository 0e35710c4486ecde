import type { ComponentChildren } from 'preact';
import { Icon } from './Icon.tsx';
import { Rich } from './Rich.tsx';

interface Props {
  look: 'ok' | 'warn';
  icon: string;
  text: string;
  children?: ComponentChildren;
}

/** The bar under the header, which speaks of the connection. */
export const Bar = ({ look, icon, text, children }: Props) => (
  <div class={`ban ${look} sm`} role="status">
    <Icon d={icon} />
    <span>
      <Rich text={text} />
    </span>
    {children}
  </div>
);
