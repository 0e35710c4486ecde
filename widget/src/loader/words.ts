/** All that a school's page ever shows of the chat. */
export const words = {
  open: 'Chat met het CLB',
  anonymous: 'Anoniem · nu open',
  busy: 'Anoniem · nu erg druk',
  closed: 'Nu dicht',
  opens: (when: string) => `Nu dicht · open ${when} uur`,
  newTab: 'Open de chat in een nieuw tabblad',
  nothing: 'Zie je hier geen chat?',
  close: 'Sluit',
  panel: 'CLBCh@t',
  frame: 'CLBCh@t: chat met het CLB',
  days: ['zondag', 'maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag'],
  months: ['jan.', 'feb.', 'maart', 'april', 'mei', 'juni', 'juli', 'aug.', 'sep.', 'okt.', 'nov.', 'dec.'],
};
