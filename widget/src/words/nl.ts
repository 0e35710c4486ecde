import { speak } from './words.ts';

/** What the first screen says. Simple Dutch (B1), no sentence over fifteen words, never "u". */
export const nl = {
  loading: 'Even geduld…',
  'header.open': 'Nu open',
  'header.openUntil': 'Open tot {uur} uur',
  'header.busy': 'Nu erg druk',
  'header.busyUntil': 'Druk · sluit om {uur} uur',
  'header.closed': 'Nu gesloten',
  'header.minimise': 'Maak klein',
  'header.help': 'Nu hulp nodig? Bel een nummer',
  'help.early': 'Bel [112], [1813], [102], [1712] of [106].',
  'bar.open': 'Chat met het CLB',
  'exit.label': 'Snel weg',
  'exit.shift': 'Of druk 3 keer op Shift.',
  'exit.aria': 'Snel weg: sluit deze chat meteen',
  'welcome.title': 'Dag! Fijn dat je er bent.',
  'welcome.lead': 'Chat gratis met een medewerker van het CLB. Over school, thuis of hoe je je voelt.',
  'welcome.fact1': '*Anoniem.* Wij vragen je naam niet.',
  'welcome.fact2': '*Geheim.* Alleen jij en je medewerker lezen mee. Niemand op school of thuis.',
  'welcome.fact3': '*Jij beslist.* Stoppen mag altijd. Met *Snel weg* is de chat meteen verdwenen.',
  'welcome.more': 'Wat betekent anoniem precies?',
  'welcome.role': 'Wie ben je?',
  'role.pupil': 'Ik ben leerling',
  'role.parent': 'Ik ben ouder',
} as const;

export const t = speak(nl);
