/** Always beside a word, or inside a button that has a name: so never read aloud. */
export const Icon = ({ d, size }: { d: string; size?: 's' | 'l' }) => (
  <svg class={size ? `ic ic-${size}` : 'ic'} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={d} />
  </svg>
);
