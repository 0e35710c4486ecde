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
  'exit.label': 'Snel weg',
  'exit.shift': 'Of druk 3 keer op Shift.',
  'exit.aria': 'Snel weg: sluit deze chat meteen',
  'conn.lost': '*Geen verbinding.* We proberen opnieuw. Je chat is niet weg.',
} as const;

export const t = speak(words);
