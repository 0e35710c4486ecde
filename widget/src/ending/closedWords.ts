import { speak } from '../frame/speak.ts';

/** What is read when the service is closed. */
export const words = {
  'closed.title': 'We zijn nu dicht.',
  'closed.next': 'We zijn er weer *{dag} om {uur} uur*.',
  'closed.unknown': 'We weten nog niet wanneer we weer open zijn.',
  'closed.hours': 'Wanneer kan je chatten?',
  'closed.technical': 'Vandaag zijn we vroeger dicht: er is een technisch probleem.',
  'closed.force-majeure': 'Vandaag zijn we vroeger dicht, door overmacht.',
  'closed.line': 'Er komt nu niemand meer bij. Wie al wachtte, wordt nog geholpen.',
  'closed.call': 'Wil je nu met iemand praten? Bel [102], [106] of [112].',
  'closed.now': 'Wil je nu met iemand praten?',
  'closed.holiday': 'In de {vakantie} ({van} – {tot}) zijn we dicht.',
  'closed.holiday.day': 'Op {vakantie} ({van}) zijn we dicht.',
  'later.tomorrow': 'Kom morgen terug',
  'later.day': 'Kom {dag} terug',
  'later.hours': '{dag}, meestal van {uren}',
  'later.span': '{van} tot {tot} uur',
} as const;

export const tclosed = speak(words);
