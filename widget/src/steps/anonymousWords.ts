import { speak } from '../frame/speak.ts';

/** What anonymous means, and what it does not. */
export const words = {
  'anon.no': 'Wat wij niet weten',
  'anon.no1': 'Wie je bent. We vragen geen naam, school of adres.',
  'anon.no2': {
    pupil: 'Wat er in je CLB-dossier staat. We kunnen het niet inkijken.',
    parent: 'Wat er in het CLB-dossier van je kind staat. We kunnen het niet inkijken.',
  },
  'anon.no3': 'Wat je schreef, als de chat voorbij is. We bewaren het gesprek niet.',
  'anon.yes': 'Wat wel zichtbaar is',
  'anon.yes1': 'Wie naast je zit, kan meelezen op je scherm.',
  'anon.yes2': 'Het netwerk van je school of thuis kan zien dát je CLBCh@t opende. Niet wat je typt.',
  'anon.yes3': 'De medewerker mag raad vragen aan een collega. Die heeft ook beroepsgeheim.',
  'anon.yes4': 'We tellen hoeveel chats er zijn, over welk onderwerp en hoelang. Zonder naam.',
  'anon.danger':
    '*Ben je in gevaar?* Dan zoekt de medewerker samen met jou hulp. Zonder naam of plaats kunnen wij geen hulp sturen. Bel dan [112].',
  'exit.history': 'De geschiedenis van je browser blijft staan.',
} as const;

export const ta = speak(words);
