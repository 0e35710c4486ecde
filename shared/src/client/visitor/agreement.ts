import type { WhyRefused } from '../../statement/certificate.ts';
import type { Step as MachineStep } from '../machine.ts';

/**
 * The visitor's side of the key agreement, whole: what it waits for, to whom it seals, when it asks a person first, and
 * when it may speak. Pure: storage, sockets and cryptography are effects, and what became of them comes back as an
 * event with the same id. ARCHITECTURE.md draws it; `npm run explore` walks through all of it together with the
 * counsellor's side (../desk/agreement.ts).
 */

/** Somebody who was sealed to, from this epoch on. */
export interface Person {
  /** whose account it is, with name and place: under another of these it is another person [K2] */
  sub: string;
  /** digest of the device's public key */
  device: string;
  name: string;
  site: string;
  from: number;
}

/** A key offer that was verified. All texts base64url but `sub`, `name` and `site`, which are the certificate's. */
export interface Offer extends Omit<Person, 'from'> {
  epoch: number;
  /** digest of the whole key offer */
  digest: string;
  /** the one-time public key */
  pub: string;
}

/** To whom an epoch is sealed: the same person here or at another computer, or another one who may read all or nothing. */
export type Whom = 'known' | 'moved' | 'all' | 'none';

/** What the vault keeps of the agreement. Written before anything that rests on it leaves this page [K1 K3]. */
export interface Agreed {
  /** the highest epoch that a key was sealed for */
  readonly sealedMax: number;
  /** digest of the key offer it was sealed to: only that one is sealed to again */
  readonly sealedFor: string;
  /** the highest epoch that the counsellor confirmed */
  readonly confirmed: number;
  readonly people: readonly Person[];
}

/** The service's word on the visit. `opening`: accepted, and no key has worked with this counsellor yet. */
export interface Word {
  readonly atDesk: boolean;
  readonly opening: boolean;
  /** offered to nobody until this visitor has answered */
  readonly unanswered: boolean;
  readonly epoch: number;
  /** '' = there is none, or it was opened */
  readonly keyOffer: string;
  readonly sealedSet: boolean;
  /** the service has the other half of what this page keeps */
  readonly shared: boolean;
}

export type Phase =
  /** what was kept is still closed: nothing is judged */
  | { readonly is: 'locked' }
  /** no counsellor */
  | { readonly is: 'free' }
  /** a counsellor, and no key offer that can be answered */
  | { readonly is: 'expecting' }
  /** a key offer is being verified */
  | { readonly is: 'reading'; readonly keyOffer: string }
  /** a person must say something first: that there is one (`presence`), or yes to this name (`person`) [K2] */
  | { readonly is: 'asking'; readonly offer: Offer; readonly about: 'presence' | 'person' }
  /** the key is made and being written down */
  | { readonly is: 'sealing'; readonly offer: Offer; readonly whom: Whom }
  /** the key is with the counsellor, or on its way; she has not confirmed it */
  | { readonly is: 'sealed'; readonly epoch: number }
  | { readonly is: 'talking'; readonly epoch: number };

export interface State {
  readonly phase: Phase;
  readonly kept: Agreed;
  /** epochs whose key this page has */
  readonly holds: readonly number[];
  readonly word: Word | null;
  /** a person has touched this page and has it in view */
  readonly present: boolean;
  /** given while nobody was there to seal to: good for this person alone, also when somebody else comes first */
  readonly answered: { readonly sub: string; readonly choice: 'all' | 'none' } | null;
  /** why the last key offer was not believed */
  readonly trust: WhyRefused | null;
}

export type Event =
  | { readonly is: 'word'; readonly word: Word }
  | { readonly is: 'unlocked'; readonly kept: Agreed; readonly holds: readonly number[]; readonly shared: boolean }
  | { readonly is: 'present'; readonly present: boolean }
  | { readonly is: 'read'; readonly id: string; readonly offer: Offer | WhyRefused }
  | { readonly is: 'written'; readonly id: string }
  /** the service's answer to `send` */
  | { readonly is: 'sent'; readonly id: string; readonly ok: boolean }
  | { readonly is: 'answer'; readonly sub: string; readonly choice: 'all' | 'none' }
  | { readonly is: 'confirmed'; readonly epoch: number }
  /** the store's frames were read to their end after the last word */
  | { readonly is: 'caughtUp' };

export type Effect = { readonly id: string } & (
  | { readonly do: 'unlock' }
  | { readonly do: 'read'; readonly epoch: number; readonly keyOffer: string }
  /** make a key, and write it down with whom it is for and which history that person may read; `written` follows */
  | { readonly do: 'seal'; readonly offer: Offer; readonly whom: Whom }
  /** seal the key that is written down to this offer, and give it to the service; `sent` follows */
  | { readonly do: 'send'; readonly offer: Offer }
  /** only a counsellor can begin an epoch: ask for one */
  | { readonly do: 'ask'; readonly epoch: number }
  | { readonly do: 'refuse'; readonly epoch: number; readonly why: WhyRefused }
  /** the half without which what is kept opens nothing: nobody writes before the service has it [K3] */
  | { readonly do: 'share' }
  /** the visitor has answered: the visit may be offered again */
  | { readonly do: 'here' }
  | { readonly do: 'save' }
  | { readonly do: 'refresh' }
);
export type Step = MachineStep<State, Effect>;

export const NOTHING_AGREED: Agreed = { sealedMax: 0, sealedFor: '', confirmed: 0, people: [] };

export const begin = (locked: boolean, kept: Agreed = NOTHING_AGREED): State => ({
  phase: { is: locked ? 'locked' : 'free' },
  kept,
  holds: [],
  word: null,
  present: false,
  answered: null,
  trust: null,
});

const stay = (state: State, ...effects: Effect[]): Step => ({ state, effects });
const go = (state: State, phase: Phase, ...effects: Effect[]): Step => ({ state: { ...state, phase }, effects });

const readId = (epoch: number, keyOffer: string) => `read ${epoch} ${keyOffer}`;
const sealId = ({ epoch, digest }: Offer) => `seal ${epoch} ${digest}`;
const ask = (epoch: number): Effect => ({ do: 'ask', id: `ask ${epoch}`, epoch });
const send = (offer: Offer): Effect => ({ do: 'send', id: `send ${offer.epoch} ${offer.digest}`, offer });
const REFRESH: Effect = { do: 'refresh', id: 'refresh' };
const SHARE: Effect = { do: 'share', id: 'share' };
const HERE: Effect = { do: 'here', id: 'here' };

export function step(state: State, event: Event): Step {
  const { phase } = state;
  switch (event.is) {
    case 'word': {
      const next = { ...state, word: event.word };
      return phase.is === 'locked' ? stay(next, { do: 'unlock', id: 'unlock' }) : follow(next);
    }
    case 'unlocked': {
      if (phase.is !== 'locked' || !state.word) return stay(state);
      const word = { ...state.word, shared: event.shared };
      return follow({ ...state, kept: event.kept, holds: event.holds, word, phase: { is: 'free' } });
    }
    case 'present': {
      const next = { ...state, present: event.present };
      return phase.is === 'asking' && phase.about === 'presence' ? decide(next, phase.offer) : stay(next);
    }
    case 'read':
      if (phase.is !== 'reading' || event.id !== readId(state.word?.epoch ?? 0, phase.keyOffer)) return stay(state);
      return typeof event.offer === 'string' ? distrust(state, event.offer) : believe(state, event.offer);
    case 'answer':
      return answer(state, event.sub, event.choice);
    case 'written':
      if (phase.is !== 'sealing' || event.id !== sealId(phase.offer)) return stay(state);
      return written(state, phase.offer);
    case 'sent':
      return event.ok ? stay(state) : stay(state, REFRESH);
    case 'confirmed':
      return confirmed(state, event.epoch);
    case 'caughtUp':
      return caughtUp(state);
  }
}

/** The service's word, as it stands: what is to be done next. */
function follow(state: State): Step {
  const { phase, word } = state;
  if (!word || phase.is === 'locked') return stay(state);
  const next = phase.is === 'sealing' ? stay(state) : judge(state, word);
  return word.atDesk && !word.shared ? { ...next, effects: [...next.effects, SHARE] } : next;
}

function judge(state: State, word: Word): Step {
  const { kept, holds } = state;
  if (!word.atDesk) return leave(state, word);
  const { epoch, keyOffer, sealedSet } = word;
  const asked = keyOffer !== '' && !sealedSet;
  // accepted, and she has not said anything yet
  if (epoch === 0 || (word.opening && keyOffer === '')) return go(state, { is: 'expecting' });
  if (asked && epoch >= kept.sealedMax) return read(state, epoch, keyOffer);
  if (epoch !== kept.sealedMax || !holds.includes(epoch)) return go(state, { is: 'expecting' }, ask(epoch));
  return go(state, { is: works(state, epoch) ? 'talking' : 'sealed', epoch });
}

const works = ({ kept, word }: State, epoch: number): boolean => kept.confirmed >= epoch && word?.shared === true;

/** No counsellor any more. A question that the service still waits for stays: it has no clock for the visitor [W14]. */
function leave(state: State, word: Word): Step {
  const { is } = state.phase;
  if (!word.unanswered) return go(state, { is: 'free' });
  if (is === 'asking') return stay(state);
  // it has answered, and the counsellor was gone by then
  return is === 'sealed' ? go(state, { is: 'free' }, HERE) : go(state, { is: 'free' });
}

function read(state: State, epoch: number, keyOffer: string): Step {
  const { phase } = state;
  if (phase.is === 'asking' && phase.offer.epoch === epoch) return stay(state);
  return go(state, { is: 'reading', keyOffer }, { do: 'read', id: readId(epoch, keyOffer), epoch, keyOffer });
}

function distrust(state: State, why: WhyRefused): Step {
  const next = { ...state, trust: why };
  if (!state.word) return go(next, { is: 'expecting' });
  const { epoch, keyOffer } = state.word;
  // said for as long as the service goes on with this one: a refusal that nobody heard keeps a counsellor and a visitor
  return go(next, { is: 'expecting' }, { do: 'refuse', id: `refuse ${keyOffer}`, epoch, why });
}

function believe(state: State, offer: Offer): Step {
  const { kept, holds } = state;
  const next = { ...state, trust: null };
  if (offer.epoch > kept.sealedMax) return decide(next, offer);
  // sealed before: the same key to the same one-time key, or nothing [K1]
  if (offer.digest !== kept.sealedFor || !holds.includes(offer.epoch))
    return go(next, { is: 'expecting' }, ask(offer.epoch));
  return go(next, { is: works(next, offer.epoch) ? 'talking' : 'sealed', epoch: offer.epoch }, send(offer));
}

function decide(state: State, offer: Offer): Step {
  const { kept, word, present, answered } = state;
  if (!word?.atDesk) return present ? go(state, { is: 'free' }, HERE) : stay(state);
  const last = kept.people.at(-1);
  // sealed before, and to whom is forgotten: whoever keeps the other half may want to be somebody else now [K2]
  const other = last ? last.sub !== offer.sub : kept.sealedMax > 0;
  if (other) {
    if (answered?.sub === offer.sub) return seal(state, offer, answered.choice);
    return go(state, { is: 'asking', offer, about: 'person' });
  }
  // a page in a pocket would take up a counsellor; one that talks already, and not by the service's word alone, must not
  // stop for it
  if ((word.opening || !last) && !present) return go(state, { is: 'asking', offer, about: 'presence' });
  return seal(state, offer, last && last.device !== offer.device ? 'moved' : 'known');
}

function answer(state: State, sub: string, choice: 'all' | 'none'): Step {
  const { phase, word } = state;
  if (phase.is !== 'asking' || phase.about !== 'person' || phase.offer.sub !== sub) return stay(state);
  if (word?.atDesk && word.epoch === phase.offer.epoch) return seal(state, phase.offer, choice);
  return go({ ...state, answered: { sub, choice } }, { is: 'free' }, HERE);
}

const seal = (state: State, offer: Offer, whom: Whom): Step =>
  go({ ...state, answered: null }, { is: 'sealing', offer, whom }, { do: 'seal', id: sealId(offer), offer, whom });

/** What is written down with the key that is sealed to this offer. */
export function sealedTo(kept: Agreed, { epoch, digest, sub, device, name, site }: Offer): Agreed {
  const last = kept.people.at(-1);
  const same = last?.sub === sub && last.device === device;
  const people = same ? kept.people : [...kept.people, { sub, device, name, site, from: epoch }];
  return { ...kept, sealedMax: epoch, sealedFor: digest, people };
}

function written(state: State, offer: Offer): Step {
  const { word } = state;
  const { epoch } = offer;
  const next = { ...state, kept: sealedTo(state.kept, offer), holds: [...state.holds, epoch] };
  if (!word?.atDesk || word.epoch !== epoch) return follow({ ...next, phase: { is: 'sealed', epoch } });
  // what the service says next knows of it; until then this page does
  return go({ ...next, word: { ...word, sealedSet: true } }, { is: 'sealed', epoch }, send(offer));
}

function confirmed(state: State, epoch: number): Step {
  const { kept, phase } = state;
  if (epoch <= kept.confirmed) return stay(state);
  const next = { ...state, kept: { ...kept, confirmed: epoch } };
  const save: Effect = { do: 'save', id: `save ${epoch}` };
  const talks = phase.is === 'sealed' && phase.epoch === epoch && works(next, epoch);
  return talks ? go(next, { is: 'talking', epoch }, save) : stay(next, save);
}

/** She says that the key works, and her sign of it is nowhere: only another epoch helps. */
function caughtUp(state: State): Step {
  const { phase, word, kept } = state;
  if (
    phase.is !== 'sealed' ||
    kept.confirmed >= phase.epoch ||
    !word?.atDesk ||
    word.epoch !== phase.epoch ||
    word.keyOffer !== ''
  )
    return stay(state);
  return go(state, { is: 'expecting' }, ask(word.epoch));
}
