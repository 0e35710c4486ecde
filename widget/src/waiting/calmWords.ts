import { speak } from '../frame/speak.ts';

/** What somebody may do or read while waiting. */
export const words = {
  'breathe.title': 'Adem rustig mee.',
  'breathe.in': 'Adem in',
  'breathe.out': 'Adem uit',
  'breathe.how': 'In door je neus. Uit door je mond.',
  'breathe.place': 'Je plaats in de wachtrij blijft.',
  'how.title': 'Zo gaat een chat.',
  'how.1': 'Een medewerker van het CLB leest jouw vraag. Dat is een mens, geen computer.',
  'how.2': 'Jij vertelt wat je wil. Je hoeft niet op alles te antwoorden.',
  'how.3': 'We vragen nooit je naam, school of adres.',
  'how.4': 'Samen zoeken jullie een volgende stap.',
  'how.5': 'Een chat duurt hoogstens {n} minuten. Stoppen mag altijd.',
} as const;

export const tcalm = speak(words);
