import type { HolidayName, Interval } from '@clbchat/shared/protocol/status';
import { capital, dateWords, holidayNames } from '@clbchat/shared/words/calendar';

/** Index as on the wire: Sunday is 0. */
export const dayNames = ['Zondag', 'Maandag', 'Dinsdag', 'Woensdag', 'Donderdag', 'Vrijdag', 'Zaterdag'] as const;
export const shortDays = ['Zo', 'Ma', 'Di', 'Wo', 'Do', 'Vr', 'Za'] as const;

/** As a title: "Herfstvakantie", "Dag van de Arbeid". */
export function holidayTitle(name: HolidayName): string {
  const words = holidayNames[name];
  return capital(words.startsWith(ARTICLE) ? words.slice(ARTICLE.length) : words);
}
const ARTICLE = 'de ';

/** `17:00` is "17", `17:30` is "17.30": the word "uur" follows. */
export const hourWords = (time: string): string => {
  const [hour = '', minute = '00'] = time.split(':');
  return minute === '00' ? String(Number(hour)) : `${Number(hour)}.${minute}`;
};

/** "17–21 uur" */
const spanWords = ({ from, to }: Interval): string => `${hourWords(from)}–${hourWords(to)} uur`;
export const spansWords = (open: readonly Interval[]): string =>
  open.length === 0 ? 'dicht' : open.map(spanWords).join(', ');

/** "21 dec. 2026 – 3 jan. 2027", "2 – 8 nov. 2026", "11 nov. 2026" */
export const rangeWords = ({ from, to }: { from: string; to: string }): string => {
  const year = (date: string) => date.slice(0, 4);
  if (from === to) return `${dateWords(to)} ${year(to)}`;
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8))} – ${dateWords(to)} ${year(to)}`;
  return `${dateWords(from)}${year(from) === year(to) ? '' : ` ${year(from)}`} – ${dateWords(to)} ${year(to)}`;
};

/** "Woensdag: 10–12 uur", or the dates where not every such day has them */
export const withinWords = (one: {
  open: readonly Interval[];
  dates: readonly string[];
  weekdays: readonly number[];
  weekly: boolean;
}): string =>
  `${(one.weekly ? one.weekdays.map((day) => dayNames[day] ?? '') : one.dates.map(dateWords)).join(', ')}: ${spansWords(one.open)}`;

const choices = { closed: 'Dicht', limited: 'Beperkt open', open: 'Gewoon open' } as const;

/** Every word of the page of opening hours. */
export const hours = {
  title: 'Openingsuren',
  loading: 'De uren komen eraan…',
  failed: 'De uren konden niet geladen worden.',
  again: 'Probeer opnieuw',
  choices,
  week: {
    title: 'Gewone schoolweek',
    how: 'Sleep of gebruik pijltjes: ↑ ↓ begint vroeger of later, Shift + ↑ ↓ duurt korter of langer.',
    zone: 'Tijden van België.',
    hour: 'Uur',
    add: 'Blok toevoegen',
    asList: 'Toon als lijst',
    asGrid: 'Toon als rooster',
    none: 'Er zijn nog geen uren. CLBCh@t is altijd dicht.',
    block: (day: number, { from, to }: Interval, nextDay: boolean) =>
      `${dayNames[day] ?? ''} ${hourWords(from)} tot ${hourWords(to)} uur${nextDay ? ', de dag erna' : ''}`,
    short: ({ from, to }: Interval) => `${hourWords(from)} – ${hourWords(to)} u`,
    until: ({ to }: Interval) => `tot ${hourWords(to)} u`,
    change: 'Wijzig',
    remove: 'Verwijder',
    jump: (block: string, date: string) =>
      `${block}: op ${date} springt de klok een uur vooruit. Wat dan niet bestaat, schuift een uur op.`,
  },
  block: {
    add: 'Blok toevoegen',
    change: 'Blok wijzigen',
    day: 'Dag',
    from: 'Van',
    to: 'Tot',
    overNight: 'Loopt door tot de volgende dag',
    ok: 'Klaar',
    cancel: 'Annuleer',
    remove: 'Verwijder',
    removeTitle: (block: string) => `${block} verwijderen?`,
    keep: 'Nee, laat staan',
    removeYes: 'Ja, verwijder',
    overlap: (other: Interval) => `Dit blok overlapt met ${spanWords(other)}.`,
    order: 'Het einde moet na het begin komen.',
    full: 'Op één dag passen acht blokken. Maak er een langer.',
    times: 'Vul twee uren in, zoals 17:00.',
    removed: (block: string) => `${block} is verwijderd.`,
  },
  days: {
    title: 'Sluitingen',
    lead: 'Schoolvakanties van Vlaanderen staan er al in. Bevestig elke vakantie.',
    add: 'Voeg toe',
    addTitle: 'Sluiting of andere uren',
    first: 'Eerste dag',
    last: 'Laatste dag',
    what: 'Wat geldt er dan?',
    weekdays: 'Open op',
    ordinary: 'Zoals de gewone week',
    other: 'Andere uren',
    unconfirmed: 'Te bevestigen',
    confirm: 'Ja, bevestig',
    change: 'Wijzig',
    remove: 'Verwijder',
    others: 'Vakanties die je niet bevestigde',
    banner: (name: string, inDays: number) =>
      inDays === 0 ? `${name} loopt nu.` : `${name} over ${inDays} ${inDays === 1 ? 'dag' : 'dagen'}.`,
    bannerIs: { closed: 'dicht', limited: 'beperkt open', open: 'gewoon open' },
    bannerText: (range: string) => ` (${range}). Klopt dat?`,
    bannerLead: 'CLBCh@t staat dan op ',
    dates: 'Vul twee dagen in.',
    order: 'De laatste dag komt voor de eerste.',
    past: 'Deze dagen zijn al voorbij. Klopt het jaar?',
    far: 'Kies dagen tot vijf jaar ver, en hoogstens een jaar na elkaar.',
    overlap: 'Deze uren overlappen.',
    many: 'De uren zijn niet elke dag dezelfde. Wat je wijzigt, geldt voor alle dagen.',
    noDay: 'Kies minstens één dag.',
    times: 'Vul twee uren in, zoals 17:00.',
    span: 'Het einde moet na het begin komen.',
    noHour: (date: string) => `Op ${date} springt de klok van 2 naar 3 uur. Kies een ander uur.`,
    label: (what: string, range: string) => `${what}, ${range}`,
  },
  preview: {
    button: 'Zo ziet de bezoeker het',
    title: 'Zo ziet de bezoeker het',
    date: 'Dag',
    time: 'Uur',
    when: 'Vul een dag en een uur in.',
    close: 'Sluit',
    open: 'De chat is dan open.',
    openUntil: (time: string) => `De chat is dan open, tot ${hourWords(time)} uur.`,
    closing: 'Wie dan komt, kan niet meer aanschuiven als er al iemand wacht.',
    closed: 'We zijn nu dicht.',
    next: (day: string, time: string) => `We zijn er weer ${day} om ${hourWords(time)} uur.`,
    unknown: 'We weten nog niet wanneer we weer open zijn.',
    why: {
      line: 'Er komt nu niemand meer bij. Wie al wachtte, wordt nog geholpen.',
      technical: 'Vandaag zijn we vroeger dicht: er is een technisch probleem.',
      'force-majeure': 'Vandaag zijn we vroeger dicht, door overmacht.',
    },
    hours: 'Wanneer kan je chatten?',
    holiday: (name: string, from: string, to: string) => `In de ${name} (${from} – ${to}) zijn we dicht.`,
    holidayDay: (name: string, from: string) => `Op ${name} (${from}) zijn we dicht.`,
    notSaved: 'Dit toont ook wat je nog niet bewaarde.',
  },
  rules: {
    title: 'Regels',
    more: 'Meer regels',
    range: (from: number, to: number) => `Van ${from} tot ${to}.`,
    wrong: (from: number, to: number) => `Kies een heel getal van ${from} tot ${to}.`,
    above: (other: string) => `Dit mag niet hoger zijn dan “${other}”.`,
    units: { min: 'min', s: 's', none: '' },
    exitUrl: 'Waar Snel weg naartoe gaat',
    exitHint: 'Een neutrale site. Het adres begint met https://',
    exitProblems: {
      none: 'Vul een adres in dat begint met https://',
      too_long: 'Dat adres is te lang. Neem een korter, van hoogstens 255 tekens',
      elsewhere: 'Laat weg wat voor @ staat. Wie het leest, denkt dat het de site is',
    },
    wrapUp: 'Pauze na elk gesprek',
    wrapUpHint: 'Er komt niemand nieuw tot de medewerker klaar is',
    routing: 'Wie komt bij wie',
    offered: 'De server brengt de langst wachtende',
    picked: 'Medewerkers kiezen zelf uit de wachtrij',
    yes: 'ja',
    no: 'nee',
    names: {
      lastEntryMs: ['Wachtrij sluit vroeger', 'Geen nieuwe wachtenden in de laatste minuten'],
      lengthToldMin: ['Lengte van een gesprek', 'Zo lang mag de bezoeker rekenen'],
      slotsDefault: ['Chats tegelijk per medewerker', 'Waarmee iedereen begint'],
      slotsMax: ['Meest chats tegelijk', 'Meer kan een medewerker niet kiezen'],
      drainAfterMs: ['Wachtrij na sluiting afwerken', 'Wie dan nog wacht, hoort dat het niet lukte'],
      offerRingMs: ['Hoe lang een oproep rinkelt', 'Daarna gaat ze naar een collega'],
      offerMissesMax: ['Gemiste oproepen tot Even weg', 'Na zoveel op een rij'],
      waitingMax: ['Meest wachtenden', 'Daarboven is de wachtrij vol'],
      fullEstimateMs: ['Langste wachttijd', 'Wie langer zou wachten, kan niet aanschuiven'],
      idleAskMs: ['Stilte tot we vragen “Ben je er nog?”', ''],
      silenceMs: ['Stilte tot het gesprek stopt', ''],
      lengthMaxMs: ['Langste gesprek', 'Dan stopt het vanzelf'],
      talkingKeepMs: ['Plaats houden zonder verbinding', 'Zo lang blijft een gesprek van de bezoeker'],
    } as Readonly<Record<string, readonly [name: string, hint: string]>>,
  },
  today: {
    shut: 'Sluit nu',
    shutTitle: 'CLBCh@t nu sluiten?',
    shutLead: 'Niemand kan nog aanschuiven. Wie wacht, leest dat we dicht zijn. Gesprekken gaan door.',
    why: 'Wat leest de bezoeker?',
    reasons: { technical: 'Een technisch probleem', 'force-majeure': 'Overmacht' },
    stay: 'Nee, blijf open',
    isShut: {
      technical: 'CLBCh@t is vandaag gesloten: een technisch probleem.',
      'force-majeure': 'CLBCh@t is vandaag gesloten: overmacht.',
    },
    again: 'Open weer',
    longer: 'Langer open',
    longerTitle: 'Vandaag langer open',
    until: 'Open tot',
    longerYes: 'Blijf langer open',
    busy: 'Even wachten…',
    unsure: {
      shut: 'De server antwoordt niet. Misschien is CLBCh@t nog open. Probeer opnieuw.',
      longer: 'De server antwoordt niet. Misschien blijft CLBCh@t niet langer open. Probeer opnieuw.',
      again: 'De server antwoordt niet. Misschien is CLBCh@t nog gesloten. Probeer opnieuw.',
    },
    not_yours: 'Dit mag je niet meer: er is niets veranderd. Meld opnieuw aan.',
    tooEarly: (end: string) => `Kies een uur na ${hourWords(end)} uur, ten laatste middernacht.`,
  },
  save: {
    changed: 'Nog niet bewaard.',
    save: 'Bewaar',
    saving: 'Even wachten…',
    undo: 'Zet terug',
    saved: 'Bewaard. De nieuwe uren gelden meteen.',
    at_once: 'Nog niet bewaard. Alleen vandaag is al aangepast.',
    today_unsure: 'De server antwoordt niet. Kijk straks of vandaag staat zoals je wou.',
    taken: 'Je ziet nu wat bewaard is.',
    not_yours: 'Je mag dit niet meer bewaren. Meld opnieuw aan.',
    unreachable: 'De server antwoordt niet. Je wijzigingen staan hier nog.',
    given_up: 'Er is niets bewaard. Je wijzigingen staan hier nog.',
    fields: 'Verbeter eerst wat in het rood staat.',
    refused: 'Dit kon niet bewaard worden:',
    problem: (what: string, why: string) => `${what}: ${why}`,
    why: {
      overlap: 'het overlapt met een ander blok.',
      empty: 'het einde moet na het begin komen.',
      order: 'de volgorde klopt niet.',
      no_such_hour: 'dat uur bestaat die dag niet.',
      value: 'dat mag hier niet.',
      unknown: 'dat kent de server niet.',
    } as Readonly<Record<string, string>>,
  },
  clash: {
    title: (by: string | null) => `${by ?? 'Een collega'} bewaarde intussen iets anders.`,
    lead: 'Niets is overschreven. Kies welke versie geldt.',
    what: 'Wat',
    mine: 'Van jou',
    theirs: 'Nu bewaard',
    take: (by: string | null) => `Neem die van ${by ?? 'je collega'}`,
    keep: 'Bewaar de mijne',
    none: 'geen eigen uren',
  },
} as const;
