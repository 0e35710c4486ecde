/** What a centre needs before it is open, and what to do while fewer than two coordinators can sign. */
export const readiness = {
  title: 'Zo gaat je centrum open',
  count: (done: number, all: number) => `${done} van ${all} klaar`,
  steps: {
    keys: 'Maak de sleutels',
    hours: 'Kies wanneer je open bent',
    school: 'Voeg de eerste school toe, met het stukje code',
    second: 'Zorg voor een tweede coördinator die kan tekenen',
  },
  done: 'klaar:',
  open: 'nog te doen:',
  warning: {
    nobody: 'Er kan nog niemand computers tekenen: maak eerst een handtekening.',
    invite: 'Er kan nog maar één coördinator tekenen: nodig een tweede uit.',
    colleague: 'Er kan nog maar één coördinator tekenen: laat een collega ook een handtekening maken.',
    yourself: 'Er kan nog maar één coördinator tekenen: maak zelf ook een handtekening.',
  },
  now: 'Doe het nu',
} as const;
