/** The page of who did what. */
export const audit = {
  title: 'Logboek',
  lead: 'Wie gaf rechten, of wijzigde wat bezoekers zien. Elke regel blijft een jaar. Er staat niets in over chats.',
  loading: 'Het logboek komt eraan…',
  failed: 'Het logboek kon niet geladen worden.',
  again: 'Probeer opnieuw',
  empty: 'Er staat nog niets in het logboek.',
  caption: 'Wie deed wat, het nieuwste eerst',
  when: 'Wanneer',
  who: 'Wie',
  what: 'Wat',
  more: 'Toon meer',
  earlier: (count: number) =>
    `Nog ${count} oudere ${count === 1 ? 'regel staat' : 'regels staan'} niet op deze pagina.`,
  unreadable: 'Deze regel kan niet gelezen worden.',
  broken: {
    changed: 'Het logboek werd veranderd. De regels sluiten niet meer op elkaar aan. Verwittig wie de server beheert.',
    gone: 'Het logboek werd herschreven. Wat deze browser eerder zag, staat er niet meer in. Verwittig wie de server beheert.',
  },
  shell: 'Iemand op de server',
  demo: 'De demonstratie',
  former: (id: string) => `Vroegere collega (${id})`,
  acts: {
    settings_changed: () => 'wijzigde de uren of de regels',
    account_made: (about: string) => `maakte een account voor ${about}`,
    address_made: () => 'maakte een eenmalig adres',
    passkey_added: () => 'maakte een passkey',
    passkey_removed: () => 'verwijderde een passkey',
    codes_made: () => 'maakte nieuwe herstelcodes',
    device_signed: () => 'schreef een computer in',
    records_exported: () => 'maakte een reservekopie',
    records_imported: () => 'zette een reservekopie terug',
    records_brought_up: () => 'bracht de gegevens naar een nieuwe versie',
  } satisfies Record<string, (about: string) => string>,
  /** of a later release */
  other: (act: string) => `deed iets wat deze versie niet kent (${act})`,
};
