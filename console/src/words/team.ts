import { audit } from './audit.ts';

type Role = 'counsellor' | 'coordinator';
export const ROLE_CHOICES = ['counsellor', 'coordinator', 'both'] as const;
export type RoleChoice = (typeof ROLE_CHOICES)[number];

/** The page of who works here. */
export const team = {
  title: 'Team',
  loading: 'Het team komt eraan…',
  failed: 'Het team kon niet geladen worden.',
  again: 'Probeer opnieuw',
  busy: 'Even wachten…',
  caption: 'Wie hier werkt, en wat die mag doen',
  name: 'Naam',
  role: 'Rol',
  account: 'Account',
  last: 'Laatst aangemeld',
  actions: 'Wat je kan doen',
  you: 'jij',
  manage: 'Beheer',
  manageOf: (name: string) => `Beheer ${name}`,
  note: 'Je ziet nooit gesprekken van collega’s. Wie je blokkeert, wordt meteen afgemeld.',
  roles: { counsellor: 'Medewerker', coordinator: 'Coördinator', both: 'Medewerker en coördinator' },
  roleHelp: {
    counsellor: 'Chat met leerlingen en ouders.',
    coordinator: 'Beheert uren, team en logboek. Leest geen gesprekken.',
    both: 'Chat en beheert.',
  },
  states: { active: 'Actief', waiting: 'Wacht op activatie', blocked: 'Geblokkeerd' },
  lastIn: { today: 'vandaag', week: 'deze week', longer: 'langer geleden of nooit', never: 'nog niet' },
  invitationFor: (name: string) => (name === '' ? 'Uitnodiging' : name),
  invitedBy: (name: string, until: string) => `Uitgenodigd door ${name}, tot ${until}`,
  cancel: 'Annuleer',
  close: 'Sluit',
  invite: {
    title: 'Nodig iemand uit',
    lead: 'Je krijgt een link. Die geef je zelf door.',
    roles: 'Wat mag die persoon doen?',
    who: 'Voor wie?',
    whoHelp: 'Hoeft niet. Zo herken je de uitnodiging. Alleen coördinatoren zien het.',
    make: 'Maak de link',
    unseen: 'De link is gemaakt, maar niemand zag ze. Trek deze uitnodiging in en maak een nieuwe.',
  },
  link: {
    title: 'De link is klaar',
    lead: (until: string) => `Geef deze link zelf door. Ze werkt één keer, tot ${until}.`,
    once: 'Je ziet de link nu voor het laatst. Geef ze aan niemand anders.',
    next: 'Wie ze opent, schrijft een naam en maakt een passkey.',
    label: 'Link',
    copy: 'Kopieer de link',
    copied: 'Gekopieerd.',
    notCopied: 'Kopiëren lukte niet. Selecteer de link en kopieer ze zelf.',
    done: 'Klaar',
  },
  person: {
    now: 'Nu:',
    roles: (name: string) => `Wat mag ${name} doen?`,
    own: 'Je blijft zelf coördinator. Alleen een andere coördinator kan dat veranderen of je blokkeren.',
    save: 'Bewaar',
    block: 'Blokkeer',
    blockTitle: (name: string) => `${name} blokkeren?`,
    blockLead: (name: string) => `${name} wordt meteen afgemeld en kan niet meer binnen.`,
    blockYes: 'Ja, blokkeer',
    blocked: 'Deze persoon kan niet binnen. De passkeys blijven bewaard.',
    enable: 'Laat opnieuw toe',
  },
  invitation: {
    title: (name: string) => (name === '' ? 'Een uitnodiging' : `Uitnodiging voor ${name}`),
    says: (by: string, role: string) => `${by} nodigde iemand uit als ${role.toLowerCase()}.`,
    until: (until: string) => `De link werkt één keer, tot ${until}.`,
    withdraw: 'Trek in',
  },
  done: {
    roles: (name: string, role: string) => `Bewaard. ${name} is nu ${role.toLowerCase()}.`,
    blocked: (name: string) => `${name} is geblokkeerd en afgemeld.`,
    enabled: (name: string) => `${name} mag opnieuw aanmelden.`,
    withdrawn: 'De uitnodiging is ingetrokken. De link werkt niet meer.',
  },
  late: (of: string, why: string) => `${of}: ${why}`,
  problems: {
    stale: 'Een collega was je voor. Kijk na wat er nu staat.',
    own: 'Dit kan je niet bij jezelf doen.',
    gone: 'Dit bestaat niet meer. De lijst is vernieuwd.',
    full: 'Er zijn te veel accounts of open uitnodigingen. Trek er eerst een in.',
    not_yours: 'Je bent geen coördinator meer. Er is niets veranderd.',
    signed_out: 'Je aanmelding is afgelopen. Meld opnieuw aan.',
    name_unread: 'Deze naam kan niet. Neem letters of cijfers, en geen tekens boven elkaar.',
    name_long: 'Deze naam is te lang. Neem een kortere.',
    too_fast: 'Dat ging te snel. Wacht even en probeer opnieuw.',
    unreachable: 'De server antwoordt niet. Kijk straks na wat er staat.',
    given_up: 'Er is niets veranderd. Toon eerst dat jij het bent.',
  },
  news: {
    title: 'Nieuw in het team',
    lead: 'Dit deden anderen. Klopt er iets niet? Bel die collega.',
    seen: 'Gezien',
    more: (count: number) => `Nog ${count} in het logboek.`,
    /** a sentence of the log, as its page has it */
    says(
      item: { readonly by: string; readonly act: string; readonly about: string },
      names: Readonly<Record<string, string>>,
    ) {
      const nameOf = (id: string) => (Object.hasOwn(names, id) ? names[id]! : audit.former(id));
      const who = { '@shell': audit.shell, '@demo': audit.demo }[item.by] ?? nameOf(item.by);
      const acts: Readonly<Record<string, (about: string) => string>> = audit.acts;
      const act = Object.hasOwn(acts, item.act) ? acts[item.act]!(nameOf(item.about)) : audit.other(item.act);
      return `${who} ${act}.`;
    },
  },
};

const moment = new Intl.DateTimeFormat('nl-BE', { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });
/** By the clock of this computer: `3 december om 18:00`. */
export const asMoment = (atMs: number): string => moment.format(atMs);

export const choiceOf = (roles: readonly Role[]): RoleChoice =>
  roles.length > 1 ? 'both' : (roles[0] ?? 'counsellor');
export const rolesOf = (choice: RoleChoice): readonly Role[] =>
  choice === 'both' ? ['counsellor', 'coordinator'] : [choice];
export const roleName = (roles: readonly Role[]): string => team.roles[choiceOf(roles)];
