import type { ComponentChildren } from 'preact';
import { Icon } from '../frame/Icon.tsx';
import { circleAlert, info } from './icons.ts';

interface Props {
  tone: 'info' | 'warn';
  icon?: string;
  role?: 'alert' | 'status';
  children: ComponentChildren;
}

/** Something to know before going on. */
export const Note = ({ tone, icon = tone === 'info' ? info : circleAlert, role, children }: Props) => (
  <div class={`note ${tone} sm`} role={role}>
    <Icon d={icon} />
    <div>{children}</div>
  </div>
);
