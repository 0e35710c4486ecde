import type { ComponentChildren } from 'preact';
import { Icon } from '../frame/Icon.tsx';
import { circleAlert } from './icons.ts';

interface Props {
  id?: string;
  role?: 'alert' | 'status';
  /** a hint, and no mistake */
  soft?: boolean;
  children: ComponentChildren;
}

/** What is wrong with a field or with a press. */
export const Msg = ({ id, role, soft = false, children }: Props) => (
  <p class={soft ? 'msg soft sm' : 'msg sm'} id={id} role={role}>
    <Icon d={circleAlert} size="s" />
    {children}
  </p>
);
