const counted = (n: number) => (n === 1 ? '1 antwoord' : `${n} antwoorden`);

/** Canned answers, as a counsellor meets them in her conversations. */
export const answers = {
  /** as the centre writes them in a text */
  places: { nick: '{schuilnaam}', name: '{naam}' },
  /** where there are keys: on a phone the button says it */
  placeholder: 'Typ een bericht of / voor een antwoord',
  open: 'Antwoorden',
  list: 'Standaardantwoorden',
  shortcut: 'Open de standaardantwoorden',
  slash: 'Zoek een antwoord, aan het begin van een regel',
  found: (n: number) => (n === 0 ? 'Geen antwoord gevonden.' : `${counted(n)}.`),
  none: 'Je centrum heeft nog geen standaardantwoorden.',
  notYet: 'De standaardantwoorden zijn nog niet geladen.',
  noMatch: 'Geen antwoord gevonden. Enter sluit deze lijst.',
  choose: 'kiezen',
  insert: 'invoegen, nog niet versturen',
  close: 'sluiten',
  unfilled: (place: string) => `Vul ${place} in of haal het weg. Dan kan je versturen.`,
  /** aloud, where no text is ever said */
  unfilledAloud: 'Niet verstuurd. Vul in wat geselecteerd is.',
};
