const wait = 'Even wachten. Probeer opnieuw over enkele seconden.';
const silent = 'De server antwoordt niet. Probeer het straks opnieuw.';

/** Signing in with an account elsewhere. */
export const provider = {
  signIn: (name: string) => `Meld aan met ${name}`,
  busy: 'Even wachten…',
  /** at the sign-in */
  came: {
    in: null,
    linked: null,
    stale: null,
    gone: null,
    passkey: () => 'Je bent er bijna. Toon nu ook je passkey.',
    refused: (name: string) => `Aanmelden met ${name} lukte niet. Meld aan met je passkey en kijk je koppeling na.`,
    unavailable: (name: string) => `Aanmelden met ${name} lukt nu niet. Meld aan met je passkey.`,
    full: () => wait,
    silent: () => silent,
    stopped: (name: string) => `Je stopte bij ${name}. Je bent niet aangemeld.`,
  },
  /** where her own keys are */
  linking: {
    in: null,
    passkey: null,
    linked: () => 'Je account is gekoppeld. Vraag een coördinator om het te bevestigen.',
    refused: () => 'Koppelen lukte niet. Begin opnieuw, of neem een ander account.',
    unavailable: (name: string) => `Dat lukt nu niet met ${name}. Probeer het straks opnieuw.`,
    full: () => wait,
    silent: () => silent,
    stopped: (name: string) => `Je stopte bij ${name}. Er is niets gekoppeld.`,
    stale: () => 'Een collega was je voor. Kijk na wat er nu staat.',
    gone: () => 'Dit bestaat niet meer. De lijst is vernieuwd.',
  },
  /** where the service does not say how it is called */
  unnamed: 'de aanbieder',
  title: (name: string) => `Aanmelden met ${name}`,
  none: (name: string) => `Je kunt ook aanmelden met je account bij ${name}.`,
  waits: (name: string) => `Je account bij ${name} wacht op een coördinator.`,
  confirmed: (name: string) => `Je account bij ${name} is bevestigd.`,
  onlyHere: (name: string) => `Afmelden doe je hier alleen voor CLBCh@t, niet bij ${name}.`,
  link: (name: string) => `Koppel je account bij ${name}`,
  unlink: 'Maak de koppeling los',
  unlinkAsk: (name: string) => `Maak je de koppeling los? Je meldt dan niet meer aan met ${name}.`,
  unlinkLost: 'De server antwoordt niet. Misschien is je koppeling al los. Probeer opnieuw.',
  unlinkYes: 'Ja, maak los',
  others: 'Gekoppelde accounts van collega’s',
  former: 'Vroegere collega',
  since: (day: string, confirmed: boolean) => `${confirmed ? 'bevestigd' : 'wacht'}, gekoppeld op ${day}`,
  which: (account: string, host: string) => `Account: ${account} (${host})`,
  confirm: 'Bevestig',
  confirmLost: 'De server antwoordt niet. Misschien is dat account al bevestigd. Probeer opnieuw.',
  confirmOf: (name: string) => `Bevestig het account van ${name}`,
  remove: 'Verwijder',
  removeOf: (name: string) => `Verwijder het account van ${name}`,
  removeAsk: (name: string) => `Verwijder je het account van ${name}? Wie het heeft, meldt er niet meer mee aan.`,
  removeLost: 'De server antwoordt niet. Misschien is dat account al weg. Probeer opnieuw.',
  removeYes: 'Ja, verwijder',
};
