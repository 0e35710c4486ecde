import { speak } from '../frame/speak.ts';

/** What the first screen says. */
export const words = {
  'welcome.title': 'Dag! Fijn dat je er bent.',
  'welcome.lead': 'Chat gratis met een medewerker van het CLB. Over school, thuis of hoe je je voelt.',
  'welcome.clb': 'Het CLB helpt leerlingen en ouders. Het is geen deel van je school.',
  'welcome.fact1': '*Anoniem.* Wij vragen je naam niet.',
  'welcome.fact2': '*Geheim.* Alleen jij en de medewerker kunnen dit lezen. Niemand op school of thuis.',
  'welcome.fact3': '*Jij beslist.* Stoppen mag altijd. Met *Snel weg* is de chat meteen verdwenen.',
  'welcome.more': 'Wat betekent anoniem precies?',
  'welcome.role': 'Wie ben je?',
  'role.pupil': 'Ik ben leerling',
  'role.parent': 'Ik ben ouder',
} as const;

export const twelcome = speak(words);
