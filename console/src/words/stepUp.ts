/** Showing again that it is she. */
export const stepUp = {
  title: 'Toon nog eens dat jij het bent',
  lead: {
    passkey: 'Dit vraagt nog eens je passkey. Wat je invulde, blijft staan.',
    click: 'In het echt toon je hier je passkey. In de demo volstaat een klik.',
  },
  show: { passkey: 'Toon je passkey', click: 'Ja, ik ben het' },
  busy: 'Even wachten…',
  cancel: 'Niet nu',
  problems: {
    refused: 'Dat klopt niet. Neem een passkey van jezelf.',
    stopped: 'Je passkey kwam er niet. Probeer het opnieuw.',
    unreachable: 'De server antwoordt niet. Probeer het straks opnieuw.',
    over: 'Je aanmelding is afgelopen. Meld opnieuw aan.',
  },
};
