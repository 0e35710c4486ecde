import { speak } from './words.ts';

/** What is read only by who asks for it, or finds the service closed. */
export const nlAside = {
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
  'anon.yes3': 'Je medewerker mag raad vragen aan een collega. Die heeft ook beroepsgeheim.',
  'anon.yes4': 'We tellen hoeveel chats er zijn, over welk onderwerp en hoelang. Zonder naam.',
  'anon.danger':
    '*Ben je in gevaar?* Dan zoekt je medewerker samen met jou hulp. Zonder naam of plaats kunnen wij geen hulp sturen. Bel dan [112].',
  'closed.title': 'We zijn nu dicht.',
  'closed.next': 'We zijn er weer *{dag} om {uur} uur*.',
  'closed.unknown': 'We weten nog niet wanneer we weer open zijn.',
  'closed.hours': 'Wanneer kan je chatten?',
  'closed.now': 'Wil je nu met iemand praten?',
  'closed.holiday': 'In de {vakantie} ({van} – {tot}) zijn we dicht.',
  'closed.holiday.day': 'Op {vakantie} ({van}) zijn we dicht.',
  'exit.history': 'De geschiedenis van je browser blijft staan.',

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

export const ta = speak(nlAside);
