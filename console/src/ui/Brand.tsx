import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { nl } from '../words/nl.ts';

/** Whether what stands here is the demonstration. */
export const Demonstration = createContext(true);

export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle class="logo-sun" cx="12" cy="12" r="4" />
      <path d="M16 8v5a3 3 0 0 0 6 0v-1a10 10 0 1 0-19 4.4L2.2 21.8l5.4-.8a10 10 0 0 0 9.4-.34" />
    </svg>
  );
}

/** The demonstration says on every screen that it is one. */
export function Brand({ sub, demo }: { sub?: string; demo?: boolean }) {
  const isDemo = useContext(Demonstration);
  return (
    <div class="brand">
      <Logo />
      <span>
        {nl.brand}
        {sub && <small>{sub}</small>}
      </span>
      {(demo ?? isDemo) && <span class="chip chip-demo">{nl.demo}</span>}
    </div>
  );
}
