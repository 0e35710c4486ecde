/** Outlines of lucide (ISC licence), 24 × 24, stroke 2, one path each: what an end shows. */
export const calendar =
  'M8 2v4M16 2v4M5 4h14a2 2 0 0 1 2 2v14a2 2 0 0 1 -2 2h-14a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2M3 10h18';
