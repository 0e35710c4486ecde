import { speak } from '../frame/speak.ts';

/** What is read on the steps before the queue. */
export const words = {
  'nav.back': 'Terug',
  step: 'Stap {n} van {t}',
  'anon.title': 'Wat betekent anoniem?',
  'topic.title': { pupil: 'Waarover wil je praten?', parent: 'Waarover gaat je vraag?' },
  'topic.sub': 'Je mag later over iets anders praten.',
  'topic.learning': 'Leren en studeren',
  'topic.learning.sub': {
    pupil: 'huiswerk, toetsen, concentreren',
    parent: 'studeren, faalangst, concentreren',
  },
  'topic.wellbeing': { pupil: 'Hoe ik me voel', parent: 'Hoe mijn kind zich voelt' },
  'topic.wellbeing.sub': {
    pupil: 'pesten, stress, thuis, vrienden',
    parent: 'gedrag, pesten, niet naar school willen',
  },
  'topic.school-career': { pupil: 'Mijn schoolkeuze', parent: 'Schoolkeuze' },
  'topic.school-career.sub': {
    pupil: 'richting, school, later',
    parent: 'overstap, richting, buitengewoon onderwijs',
  },
  'topic.health': { pupil: 'Mijn gezondheid', parent: 'Gezondheid' },
  'topic.health.sub': { pupil: 'lichaam, vaccins, onderzoek', parent: 'groei, vaccins, medisch onderzoek' },
  'topic.other': 'Iets anders',
  'topic.other.sub': 'of ik weet het nog niet',
  'topic.about-clb': 'Over het CLB',
  'topic.about-clb.sub': {
    pupil: 'hoe werkt het, een klacht',
    parent: 'hoe werkt het, wat is verplicht, een klacht',
  },
  'name.title': { pupil: 'Hoe mogen we je noemen?', parent: 'Bijna klaar.' },
  'name.label': 'Schuilnaam',
  'name.optional': '(mag leeg blijven)',
  'name.hint': {
    pupil: 'Gebruik niet je echte naam. Zo blijf je anoniem.',
    parent: 'Gebruik niet je echte naam of die van je kind.',
  },
  'name.shuffle': 'Geef mij een andere schuilnaam',
  'name.err.email': 'Dit lijkt een e-mailadres. Kies een schuilnaam.',
  'name.err.phone': 'Dit lijkt een telefoonnummer. Kies een schuilnaam.',
  'name.err.long': 'Die naam is te lang. Gebruik hoogstens 20 tekens.',
  'name.err.capitals': 'Is dit je echte naam? Kies liever een schuilnaam.',
  'first.label': 'Je eerste vraag',
  'first.optional': '(mag ook straks)',
  'first.hint': 'Dit blijft op jouw scherm. We sturen het pas als er een medewerker is.',
  'first.ph': { pupil: 'Bv. Ik durf niet meer naar school.', parent: 'Bv. Mijn zoon wil niet meer naar school.' },
  'first.toolong': 'Je vraag is {n} tekens te lang.',
  'parent.note':
    '*Goed om te weten:* je chat anoniem. De medewerker kan het dossier van je kind *niet* inkijken. Je krijgt uitleg en advies over de volgende stap.',
  'trust.clock': 'De klok van dit toestel staat verkeerd. Zet datum en uur juist, en probeer opnieuw.',
  'memory.note': '*Laat deze pagina open.* Je browser bewaart niets. Herladen of sluiten stopt de chat.',
  'start.btn': 'Ga naar de wachtrij',
  'start.busy': 'Het is nu druk. Wachten kan wat langer duren.',
  'start.unknown': 'Daarna zie je hoelang je wacht.',
  'start.calm': 'Nu is het rustig. Meestal ben je snel aan de beurt.',
  'start.closing': 'We sluiten zo. Nieuwe chats starten niet meer.',
  'start.soon': 'We sluiten om {uur} uur. Misschien lukt het vandaag niet meer.',
  'start.err': 'Dat lukte niet. Controleer je internet en probeer opnieuw.',
  'start.full': 'De wachtrij is vol. Probeer het straks opnieuw.',
  'start.wait': 'Dat gaat even niet. Probeer het over een minuut opnieuw.',
  'start.closed': 'We zijn net dicht. Nieuwe chats starten niet meer.',
} as const;

export const ts = speak(words);
