import { speak } from '../frame/speak.ts';

/** What is read when there is no chat: not now, not any more, not in this tab. */
export const words = {
  'nav.retry': 'Probeer opnieuw',
  'err.title': 'Chatten lukt nu niet.',
  'err.down': 'CLBCh@t werkt even niet. Probeer het straks opnieuw.',
  'err.pins': 'We kunnen deze chat niet veilig openen. Vraag op je school een nieuwe link.',
  'err.browser': {
    pupil: 'Je browser is te oud voor een veilige chat. Gebruik een andere browser of bel [102].',
    parent: 'Je browser is te oud voor een veilige chat. Gebruik een andere browser of bel [106].',
  },
  'err.call': 'Je kan wel bellen.',
  'end.status': 'De chat is gestopt',
  'end.title': 'Bedankt om te chatten.',
  'end.broken': 'De chat is afgebroken.',
  'end.stopped': 'Je wacht niet meer.',
  'end.wiped': 'Het gesprek is gewist. Ook wij kunnen het niet meer lezen.',
  'end.gone': 'Je was te lang weg. De chat is gestopt.',
  'end.away': 'De chat is gestopt terwijl je even weg was. Het gesprek is gewist.',
  'end.away.waited': 'De chat is gestopt terwijl je even weg was.',
  'end.closed': 'We zijn nu dicht. Je was nog niet aan de beurt. Dat spijt ons.',
  'end.closed.again': 'We zijn nu dicht. Er is niemand meer om verder te chatten. Dat spijt ons.',
  'end.silence': 'Het was lang stil. Daarom is de chat gestopt.',
  'end.toolong': 'De chat duurde zo lang als het kan. Daarom is hij gestopt.',
  'end.expired': 'Je was hier vier uur. Langer kan een chat niet duren.',
  'end.refused': 'De chat kon niet veilig starten. Daarom is hij gestopt.',
  'end.lost': 'Er ging iets mis bij ons. De chat is gestopt. Dat spijt ons.',
  'end.waited': 'Je mag altijd opnieuw komen.',
  'end.help': 'Heb je nu nog hulp nodig?',
  'end.urgent': {
    pupil: 'Nog hulp nodig? Bel [112] of [102 (Awel)]',
    parent: 'Nog hulp nodig? Bel [112] of [106 (Tele-Onthaal)]',
  },
  'gone.title': 'Alles is weg.',
  'gone.lead': 'Je mag dit venster sluiten.',
  'gone.begin': 'Terug naar het begin',
  'end.close': 'Sluit',
  'end.again': 'Start een nieuwe chat',
  'err.twotabs': 'Je chat staat open in een ander tabblad.',
  'err.twotabs.lead': 'Je kan maar op één plaats chatten.',
  'err.twotabs.btn': 'Ga hier verder',
} as const;

export const te = speak(words);
