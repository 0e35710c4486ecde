import { LEFT_MIN, TALK_MIN, WAIT_MIN, type Total } from '@clbchat/shared/figures/told';
import { capital, dateWords, dayNames } from '@clbchat/shared/words/calendar';
import { nl } from './nl.ts';

/** The page of how many came. */
export const figures = {
  title: 'Cijfers',
  loading: 'De cijfers komen eraan…',
  failed: 'De cijfers konden niet geladen worden.',
  again: 'Probeer opnieuw',
  empty: 'Er is nog geen week voorbij waarvan we cijfers kunnen tonen.',
  period: 'Periode',
  choices: { week: 'Laatste week', block: 'Vier weken', year: 'Dit schooljaar', own: 'Kies periode' },
  from: 'Van week',
  to: 'Tot en met week',
  running: 'loopt nog',
  tooEarly: 'Die week loopt nog. Cijfers tonen we pas als een week voorbij is.',
  backwards: 'De laatste week komt vóór de eerste. Kies een latere.',
  tooFew: 'In deze periode kwamen te weinig chats. Cijfers over één bezoeker tonen we nooit.',
  save: 'CSV',
  saveLong: 'Bewaar als CSV',
  print: 'Druk af',
  madeUp: 'Dit zijn verzonnen cijfers, voor de demonstratie. Niemand chatte echt.',
  madeUpShort: 'verzonnen',
  asTable: 'Toon als tabel',
  chats: 'Chats',
  weeks: (count: number) => (count === 1 ? 'in één week' : `in ${count} weken`),
  waitHalf: 'Helft aan de beurt',
  talkHalf: 'Helft van de gesprekken',
  nine: (text: string) => `9 op de 10 ${text}`,
  within: (minutes: number) => `binnen ${minutes} min`,
  longer: (minutes: number) => `soms langer dan ${minutes} min`,
  unknown: 'te weinig om te tonen',
  left: 'Niet aan de beurt',
  leftText: 'stopten met wachten',
  heat: {
    title: 'Wanneer komen chats binnen?',
    lead: 'Aantal chats per dag en uur, per vier weken samen.',
    says: (when: string, count: string) => `Het drukst was ${when}: ${count} chats.`,
    none: 'Voor deze periode is er nog geen tabel per uur: die komt er per vier weken.',
    hour: (hour: number) => `${hour} u`,
    day: 'Dag',
  },
  wait: {
    title: 'Hoelang wachten bezoekers?',
    lead: 'Per week: binnen hoeveel minuten ze aan de beurt waren.',
    says: (week: string, half: string, nine: string) =>
      `In ${week} was de helft ${half} aan de beurt, en 9 op de 10 ${nine}.`,
    none: 'Er is geen week met genoeg chats.',
    half: 'helft',
    nine: '9 op de 10',
    week: 'Week',
  },
  bars: {
    topic: { title: 'Waarover?', lead: 'Wat bezoekers kozen voor ze begonnen.' },
    left: { title: 'Wie stopte met wachten?', lead: 'Na hoeveel minuten.' },
    talk: { title: 'Hoelang duurt een gesprek?', lead: 'Van het eerste woord tot het einde.' },
    role: { title: 'Wie chat er?', lead: 'Wat bezoekers van zichzelf zeiden.' },
    lang: { title: 'In welke taal?', lead: 'De taal van de chat, per vier weken samen.' },
  },
  most: (what: string, count: string) => `Het meest: ${what}, ${count} chats.`,
  noBars: 'Te weinig chats om dit te tonen.',
  what: 'Wat',
  count: 'Aantal',
  anonymous: 'Zo blijft het anoniem.',
  anonymousText:
    'Groepen kleiner dan 5 tonen we als ‘<5’. Kan je zo’n groep uit de rest berekenen, dan tonen we ook een andere niet helemaal: ‘12+’ is 12 of meer. We tonen nooit cijfers per school of per bezoeker, en pas als een week voorbij is.',
  little: 'weinig',
  cells: { few: '<5', hidden: '5 of meer', closed: 'gesloten' },
  csv: ['periode', 'tabel', 'wat', 'aantal', 'opmerking'],
  tables: {
    visits: 'chats',
    role: 'wie',
    topic: 'onderwerp',
    wait: 'wachttijd',
    talk: 'duur',
    at: 'uur',
    lang: 'taal',
    left: 'gestopt met wachten',
  } as Readonly<Record<string, string>>,
} as const;

/** "2 – 5 min". */
function stepName(step: number, ends: readonly number[]): string {
  if (step >= ends.length) return `langer dan ${ends.at(-1)!} min`;
  return `${step === 0 ? 0 : ends[step - 1]!} – ${ends[step]!} min`;
}

/** What a cell of a table counts. */
export function cellName(table: string, cell: string): string {
  const roles: Readonly<Record<string, string>> = nl.roles;
  const topics: Readonly<Record<string, string>> = nl.topics;
  const languages: Readonly<Record<string, string>> = nl.languages;
  if (cell === 'left') return figures.left.toLowerCase();
  if (table === 'wait') return stepName(Number(cell), WAIT_MIN);
  if (table === 'talk') return stepName(Number(cell), TALK_MIN);
  if (table === 'left') return stepName(Number(cell), LEFT_MIN);
  if (table === 'at') {
    const [day = '0', hour = '0'] = cell.split('.');
    return `${dayNames[Number(day)] ?? ''} ${figures.heat.hour(Number(hour))}`;
  }
  if (table === 'visits') return 'alle';
  return { role: roles, topic: topics, lang: languages }[table]?.[cell] ?? cell;
}

/** "<5", "12", "12+"; a dot where nobody could come, and a word where each part of it is few. */
export function totalText({ least, exact, few, closed }: Total): string {
  if (closed) return '·';
  if (few) return figures.cells.few;
  if (exact) return String(least);
  return least === 0 ? figures.little : `${least}+`;
}

/** "week 46 (9 nov. – 15 nov.)". */
export const weekText = (name: string, monday: string, sunday: string): string =>
  `week ${Number(name.slice(6))} (${dateWords(monday)} – ${dateWords(sunday)})`;
export const weekShort = (name: string): string => `w${Number(name.slice(6))}`;
export const dayText = (day: number): string => capital((dayNames[day] ?? '').slice(0, 2));
