/** Showing again that it is she. */
export const stepUp = {
  title: 'Toon nog eens dat jij het bent',
  lead: {
    passkey: 'Dit vraagt nog eens je passkey. Wat je invulde, blijft staan.',
    password: 'Dit vraagt nog eens je wachtwoord en een code. Wat je invulde, blijft staan.',
    click: 'In het echt toon je hier je passkey. In de demo volstaat een klik.',
  },
  show: { passkey: 'Toon je passkey', password: 'Ga verder', click: 'Ja, ik ben het' },
  other: { passkey: 'Neem je passkey', password: 'Neem je wachtwoord', click: '' },
  password: 'Wachtwoord',
  code: 'Code uit je app',
  codeHelp: 'Zes cijfers. Elke code werkt één keer.',
  busy: 'Even wachten…',
  again: 'Probeer opnieuw',
  cancel: 'Niet nu',
  /** who signed in elsewhere, and has nothing here that counts */
  none: [
    'Je account heeft hier geen passkey en geen wachtwoord.',
    'Meld af. Meld je dan aan met een herstelcode en maak een passkey.',
    'Geen herstelcode meer? Vraag een coördinator om een nieuw account.',
  ],
  problems: {
    refused: 'Dat klopt niet. Neem een passkey van jezelf.',
    wrong: 'Dat klopt niet. Kijk je wachtwoord en je code na.',
    stopped: 'Je passkey kwam er niet. Probeer het opnieuw.',
    no_passkeys: 'Deze browser kent geen passkeys. Neem een andere browser.',
    unreachable: 'De server antwoordt niet. Probeer het straks opnieuw.',
    over: 'Je aanmelding is afgelopen. Meld opnieuw aan.',
  },
  tooFast: (seconds: number) =>
    seconds < 100
      ? `Even wachten. Probeer opnieuw over ${seconds} s.`
      : `Even wachten. Probeer opnieuw over ${Math.ceil(seconds / 60)} minuten.`,
};
