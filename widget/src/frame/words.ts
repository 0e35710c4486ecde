import { speak } from './speak.ts';

/** What stands around every screen: the header, the way out, the small bar, the connection. Simple Dutch (B1), no sentence over fifteen words, never "u". */
export const words = {
  loading: 'Even geduld…',
  'header.open': 'Nu open',
  'header.openUntil': 'Open tot {uur} uur',
  'header.busy': 'Nu erg druk',
  'header.busyUntil': 'Druk · sluit om {uur} uur',
  'header.closed': 'Nu gesloten',
  'header.minimise': 'Maak klein',
  'header.help': 'Nu hulp nodig? Bel een nummer',
  'bar.open': 'Chat met het CLB',
  'exit.label': 'Snel weg',
  'exit.shift': 'Of druk 3 keer op Shift.',
  'exit.aria': 'Snel weg: sluit deze chat meteen',
  'exit.press2': 'Druk nog 2 keer op Shift om weg te gaan.',
  'exit.press1': 'Druk nog 1 keer op Shift om weg te gaan.',
  'exit.timeout': 'Je bent gebleven. Begin opnieuw om weg te gaan.',
  'conn.lost': '*Geen verbinding.* We proberen opnieuw. Je chat is niet weg.',
  'conn.waiting': '*Geen verbinding.* We proberen opnieuw. Je plaats blijft even bewaard.',
  'conn.long': '*Het duurt lang.* Controleer je wifi of probeer nu.',
  'conn.try': 'Probeer nu',
  'conn.back': '*Je bent weer verbonden.*',
  'conn.back.sent': '*Je bent weer verbonden.* Je bericht is verstuurd.',
  'conn.peer': '{naam} heeft even geen verbinding. Blijf gerust hier.',
} as const;

export const t = speak(words);
