/** That the session ends, and how it goes on. */
export const stay = {
  at: (time: string) => `Om ${time} word je afgemeld.`,
  due: 'Je tijd is om. Na je gesprek word je afgemeld.',
  stay: 'Blijf aangemeld',
  stays: 'Je blijft aangemeld.',
  failed: 'Dat lukte niet. Probeer het opnieuw.',
};

/** Where she is signed in. */
export const sessions = {
  title: 'Waar je aangemeld bent',
  here: 'Deze computer',
  other: 'Een andere computer',
  since: (day: string) => `sinds ${day}`,
  end: 'Meld daar af',
  over: 'Je aanmelding hier is afgelopen.',
  endOthers: 'Meld overal elders af',
  newer: 'Daar is later aangemeld dan hier. Toon eerst opnieuw dat jij het bent.',
  ended: 'Je bent daar afgemeld.',
  failed: 'Dat lukte niet. Probeer het opnieuw.',
  lost: 'De server antwoordt niet. Misschien ben je daar al afgemeld. Kijk opnieuw.',
  late: (says: string) => `Waar je aangemeld bent: ${says}`,
  busy: 'Even wachten…',
  close: 'Sluit',
};

/** The certificate of the computer at which she works. */
export const certificate = {
  own: 'Je passkeys en computers',
  ends: (days: number) =>
    `De inschrijving van deze computer loopt nog ${days} dagen. Vraag een coördinator om haar console te openen.`,
  endsAt: (isToday: boolean, time: string) =>
    `De inschrijving van deze computer loopt ${isToday ? 'vandaag' : 'morgen'} af, om ${time}. Vraag een coördinator om haar console te openen.`,
  ended: (holds: boolean) =>
    holds
      ? 'De inschrijving van deze computer is afgelopen. Je gesprek gaat door, er komt niemand bij.'
      : 'De inschrijving van deze computer is afgelopen. Je krijgt hier niemand meer.',
  again: 'Naar de aanvraag van deze computer',
  unheard: 'De server antwoordt niet. Probeer het straks opnieuw.',
};
