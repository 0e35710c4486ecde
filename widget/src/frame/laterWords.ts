import { speak } from './speak.ts';

/** What stands around the screens behind the first one, and comes with the steps. */
export const words = {
  'bar.open': 'Chat met het CLB',
  'exit.press2': 'Druk nog 2 keer op Shift om weg te gaan.',
  'exit.press1': 'Druk nog 1 keer op Shift om weg te gaan.',
  'exit.timeout': 'Je bent gebleven. Begin opnieuw om weg te gaan.',
  'conn.waiting': '*Geen verbinding.* We proberen opnieuw. Je plaats blijft even bewaard.',
  'conn.long': '*Het duurt lang.* Controleer je wifi of probeer nu.',
  'conn.try': 'Probeer nu',
  'conn.back': '*Je bent weer verbonden.*',
  'conn.back.sent': '*Je bent weer verbonden.* Je bericht is verstuurd.',
  'conn.peer': '{naam} heeft even geen verbinding. Blijf gerust hier.',
} as const;

export const tl = speak(words);
