import { useSignal } from '@preact/signals';
import type { ButtonHTMLAttributes } from 'preact';
import { useEffect } from 'preact/hooks';
import * as timing from '@clbchat/shared/client/timing';

/**
 * A button that ends, leaves, refuses, accepts or wipes. It is deaf until it has been there for a while: who taps twice, or
 * was about to press something else, meant what stood there before.
 */
export function Firm({ onClick, ...rest }: Omit<ButtonHTMLAttributes, 'onClick'> & { onClick(): unknown }) {
  const settled = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => (settled.value = true), timing.secondTapMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={rest['aria-disabled'] === true || !settled.value}
      onClick={({ isTrusted, detail }) => {
        // a key counts at once: who presses one has gone to this button with it
        if (settled.peek() || (isTrusted && detail === 0)) onClick();
      }}
    />
  );
}
