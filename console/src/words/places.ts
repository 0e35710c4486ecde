/** Where the rail leads, and what stands in a page's place until it is there. */
export const places = {
  rail: {
    chat: 'Gesprekken',
    hours: 'Uren',
    sites: 'Scholen',
    team: 'Team',
    devices: 'Toestellen',
    figures: 'Cijfers',
    audit: 'Logboek',
  },
  fresh: 'iets nieuws',
  unsaved: 'nog niet bewaard',
  pages: {
    loading: 'De pagina komt eraan…',
    failed: 'De pagina kon niet geladen worden.',
    again: 'Probeer opnieuw',
    renewed: 'CLBCh@t is intussen vernieuwd. Laad de console opnieuw, dan kan je verder.',
    anew: 'Laad opnieuw',
  },
} as const;
