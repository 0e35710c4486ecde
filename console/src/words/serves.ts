/** Where she chooses for whom she is rung. */
export const serves = {
  title: 'Voor wie ben je er?',
  lead: 'Je krijgt wie hierbij past. Wie drie minuten wacht, krijg je ook, en wie bij niemand past die nu werkt. Zelf iemand nemen kan altijd.',
  groups: { roles: 'Wie', topics: 'Onderwerp', langs: 'Taal' },
  everybody: 'Voor iedereen',
  some: 'Niet voor iedereen',
  leftOut: 'Je bent er nu niet voor iedereen.',
  change: 'Kies opnieuw',
  atLeast: {
    roles: 'Kies minstens één: leerlingen of ouders.',
    topics: 'Kies minstens één onderwerp.',
    langs: 'Kies minstens één taal.',
  },
  save: 'Bewaar',
  all: 'Kies alles',
  close: 'Annuleer',
};
