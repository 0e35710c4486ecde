/** All that a school's page ever shows of the chat. */
export const words = {
  open: 'Chat met het CLB',
  anonymous: 'Anoniem · nu open',
  busy: 'Anoniem · nu erg druk',
  closed: 'Nu dicht',
  opens: (when: string) => `Nu dicht · open ${when} uur`,
  newTab: 'Open de chat in een nieuw tabblad',
  panel: 'CLBCh@t',
  frame: 'CLBCh@t: chat met het CLB',
  days: ['zondag', 'maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag'],
};
