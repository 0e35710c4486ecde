import { useSignal, type ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import * as timing from '@clbchat/shared/client/timing';
import type { Widget } from '../widget.ts';

/** Whether what appeared, with the panel or on it, has been in sight for long enough to be meant. */
function useSettled({ around }: Widget): ReadonlySignal<boolean> {
  const settled = useSignal(false);
  const minimised = around.minimised.value;
  useEffect(() => {
    settled.value = false;
    if (minimised) return;
    const timer = setTimeout(() => (settled.value = true), timing.secondTapMs);
    return () => clearTimeout(timer);
  }, [minimised]);
  return settled;
}

interface Props {
  widget: Widget;
  class: string;
  onClick: () => unknown;
  children: ComponentChildren;
}

/**
 * A button that ends, leaves, refuses, accepts or wipes. It is deaf until it has been in sight for a while: the second tap of
 * a nervous finger lands where the first one did, on whatever has come there.
 */
export function Firm({ widget, onClick, ...rest }: Props) {
  const settled = useSettled(widget);
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={!settled.value}
      onClick={({ isTrusted, detail }) => {
        // a key counts at once: who presses one has gone to this button with it
        if (settled.peek() || (isTrusted && detail === 0)) onClick();
      }}
    />
  );
}
