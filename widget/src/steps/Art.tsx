/** Two bubbles in the sun. */
export const Art = () => (
  <svg class="art" viewBox="0 0 96 64" aria-hidden="true" focusable="false">
    <circle class="sunny" cx="70" cy="22" r="18" />
    <path
      class="ours"
      d="M12 24c0-8.8 8-16 18-16h18c10 0 18 7.2 18 16s-8 16-18 16H34l-12 10 1.5-11.600C16.7 35.8 12 30.4 12 24Z"
    />
    <path
      class="yours"
      d="M86 44c0 5.5-5 10-11.5 10H72l-7 5 .8-5.800C62 51.6 59.5 48 59.5 44c0-5.5 5-10 11.5-10h3.500C81 34 86 38.5 86 44Z"
    />
    <path class="words" d="M30 24h.01M39.5 24h.01M49 24h.01" />
    <path class="smile" d="M68.5 44.500c1.8 2.4 6.7 2.4 8.5 0" />
  </svg>
);
