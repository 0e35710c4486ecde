/** The @ as a bubble with the sun in its heart. */
export const Logo = () => (
  <svg class="logo" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <circle cx="12" cy="12" r="4" />
    <path d="M16 8v5a3 3 0 0 0 6 0v-1a10 10 0 1 0-19 4.4L2.2 21.8l5.4-.8a10 10 0 0 0 9.4-.34" />
  </svg>
);
