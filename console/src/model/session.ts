import { signal, type ReadonlySignal } from '@preact/signals';
import type { Desk } from '@clbchat/shared/client/views';
import { limits } from '@clbchat/shared/limits';
import { nl } from '../words/nl.ts';

export type Who = 'lien' | 'samir' | 'noor';
export const DEMO_STAFF: readonly { who: Who; name: string }[] = [
  { who: 'lien', name: 'Lien' },
  { who: 'samir', name: 'Samir' },
  { who: 'noor', name: 'Noor' },
];

export type Role = 'counsellor' | 'coordinator';

/** A person at this computer, ready to work. */
export interface Person {
  /** under which name this browser profile keeps her: one of the demonstration's, or an account's id */
  who: string;
  deviceKey: CryptoKey;
  account: string;
  name: string;
  site: string;
  chain: string;
  binding: string;
  /** what she may do, as the service last said */
  roles: readonly Role[];
  /** the session's absolute end by this computer's clock; null where nobody said */
  endsMs: number | null;
  /** when this computer's certificate ends; missing where the demonstration signs it anew at each sign-in */
  certEndsMs?: number | null;
}

export type Door =
  | { is: 'starting' }
  | { is: 'sign_in'; problem: string | null; busy: Who | null }
  /** another tab of this browser profile works as this person */
  | { is: 'other_tab' }
  | { is: 'desk'; desk: Desk }
  /** a coordinator who is no counsellor: her pages, and no desk [U15] */
  | { is: 'pages' }
  /** another tab took over from this one */
  | { is: 'taken' };

/** What is another after a renewal: the session, and its end by this computer's clock. */
type Renewed = Pick<Person, 'binding' | 'endsMs'>;

/** Who works here, as her own console shows her. */
export type Me = Pick<Person, 'name' | 'site' | 'roles'>;

/** One place where she is signed in. */
export interface OwnSession {
  readonly id: string;
  /** `YYYY-MM-DD` */
  readonly made: string;
  /** this very browser */
  readonly here: boolean;
}

/** Her own sessions. Null when the service did not answer, or knows her no more. */
export interface OwnSessions {
  list(): Promise<readonly OwnSession[] | null>;
  /**
   * @returns those that are left; `over` where her own ended before that, `step_up` where one is newer than hers and nothing was
   *   done, null where nobody answered
   */
  end(which: { id: string } | 'others'): Promise<readonly OwnSession[] | 'over' | 'step_up' | null>;
}

/** Ends what is newer than hers, too, once she has shown that it is she [A13]. @param shows false or null when she gave up */
export const endsByShowing = (own: OwnSessions, shows: () => Promise<boolean | null>): OwnSessions => ({
  list: own.list,
  async end(which) {
    const left = await own.end(which);
    return left === 'step_up' && (await shows()) ? own.end(which) : left;
  },
});

type SignInFailure = 'refused' | 'unreachable' | 'no_key';

export interface SessionPorts {
  /** the person whom this browser's session and storage both know, or null */
  remembered(): Promise<Person | null>;
  signIn(who: Who): Promise<{ ok: true; person: Person } | { ok: false; why: SignInFailure }>;
  /** a new session in the place of this one, or null. Rejects when it could not be kept */
  renew(person: Person): Promise<Person | null>;
  /** where a click does not renew: asks her to show again that it is she, and what comes of it is told by `goOn`. @returns false when she gave up */
  stay?(): Promise<boolean>;
  /** what the session's account may do now; null where it is over. Rejects when the service does not answer */
  roles(): Promise<readonly Role[] | null>;
  /** @returns `still_in` where it did not come about: then she is still in */
  signOut(): Promise<'still_in' | undefined>;
  /**
   * One working tab per person. `steal` takes it from the tab that has it.
   * @returns false when another tab has it; `onStolen` runs once, when another tab takes it
   */
  lock(who: string, options: { steal: boolean; onStolen: () => void }): Promise<boolean>;
  /** @param chain the certificate as it is at that moment */
  openDesk(person: Person, chain: () => string): Desk;
}

export interface Session {
  readonly door: ReadonlySignal<Door>;
  readonly me: ReadonlySignal<Me | null>;
  /** when it is over, by this computer's clock; null while nobody knows */
  readonly endsMs: ReadonlySignal<number | null>;
  readonly certEndsMs: ReadonlySignal<number | null>;
  /** Her computer was signed until later: the desk goes on with that. */
  certified(chain: string, certEndsMs: number): Promise<void>;
  /** @param problem what the page before had left to say, where nobody is signed in */
  start(problem?: string | null): Promise<void>;
  signIn(who: Who): Promise<void>;
  /**
   * The tab in which she showed that it is she, or that had the desk, may have renewed the session: what this one knows of it is then of
   * before. @returns the binding under which hers goes on by now; null where it is the same, or none of hers
   */
  movedOn(): Promise<string | null>;
  /** "Ga hier verder" after another tab was found, or took over */
  workHere(): Promise<void>;
  /** goes on for as long again at the same desk [A12]. @returns false when that could not be had, null when she gave it up herself */
  renew(): Promise<boolean | null>;
  /** Another session is being asked for in the place of hers: her desk goes on under it, whoever needed it [G39]. @returns false where hers stays */
  goOn(asked: Promise<Renewed | null>): Promise<boolean>;
  /** Where no socket keeps the session and says that it is over: asks, which is a sign of life, too [A14 U15]. */
  look(): Promise<void>;
  /** @returns `still_in` where it did not come about: then all is as it was */
  signOut(): Promise<'still_in' | undefined>;
  /** the engine says that the session is over. @param awayMs how long this computer was asleep or without the service by then */
  expired(awayMs: number): void;
}

const sentences: Record<SignInFailure, string> = {
  refused: nl.signIn.failed,
  unreachable: nl.signIn.unreachable,
  no_key: nl.signIn.noKey,
};

/** From an empty page to a desk: who works here, and whether this tab may. */
// over 80 lines because what may become of one sign-in stands together
export function createSession(ports: SessionPorts): Session {
  const door = signal<Door>({ is: 'starting' });
  const endsMs = signal<number | null>(null);
  const certEndsMs = signal<number | null>(null);
  const me = signal<Me | null>(null);
  let person: Person | null = null;
  const become = (next: Person | null) => {
    person = next;
    me.value = next;
    endsMs.value = next?.endsMs ?? null;
    certEndsMs.value = next?.certEndsMs ?? null;
  };
  const asks = (problem: string | null) => void (door.value = { is: 'sign_in', problem, busy: null });
  let desk: Desk | null = null;
  /** whose lock this tab has */
  let locked: string | null = null;

  const work = async ({ steal = false, ready = false }) => {
    if (!person) return;
    const { who, roles } = person;
    if (!roles.includes('counsellor')) {
      door.value = { is: 'pages' };
      return;
    }
    const onStolen = () => {
      locked = null;
      door.value = { is: 'taken' };
    };
    if (locked !== who && !(await ports.lock(who, { steal, onStolen }))) {
      door.value = { is: 'other_tab' };
      return;
    }
    locked = who;
    const again = desk !== null;
    const { chain } = person;
    desk ??= ports.openDesk(person, () => person?.chain ?? chain);
    door.value = { is: 'desk', desk };
    await desk.enter(again ? { takeOver: true } : {});
    // who signs in by a click comes to work; who reloads stays what she was
    if (ready && desk.view.value.is === 'here' && desk.status.value === 'paused') await desk.setStatus('available');
  };
  const movedOn = async () => {
    const known = await ports.remembered();
    if (!person || known?.who !== person.who || known.binding === person.binding) return null;
    become(known);
    return known.binding;
  };
  const workHere = async () => {
    const binding = await movedOn();
    if (binding !== null) await desk?.renew(Promise.resolve(binding));
    await work({ steal: true });
  };
  async function goOn(renewing: Promise<Renewed | null>) {
    const asked = renewing.catch(() => null);
    await desk?.renew(asked.then((renewed) => renewed?.binding ?? null));
    const renewed = await asked;
    if (renewed && person) become({ ...person, ...renewed });
    return renewed !== null;
  }
  return {
    door,
    me,
    endsMs,
    certEndsMs,
    async certified(chain, untilMs) {
      if (!person || person.chain === chain) return;
      become({ ...person, chain, certEndsMs: untilMs });
      await desk?.renew(Promise.resolve(person.binding));
    },
    async start(problem = null) {
      become(await ports.remembered());
      if (person) await work({});
      else asks(problem);
    },
    async signIn(who) {
      if (door.value.is !== 'sign_in' || door.value.busy) return;
      door.value = { is: 'sign_in', problem: null, busy: who };
      const answer = await ports.signIn(who);
      if (!answer.ok) return asks(sentences[answer.why]);
      become(answer.person);
      await work({ ready: true });
    },
    movedOn,
    workHere,
    async renew() {
      if (!person || (!desk && door.peek().is !== 'pages')) return false;
      return ports.stay ? (await ports.stay()) || null : goOn(ports.renew(person));
    },
    goOn,
    async look() {
      if (door.peek().is !== 'pages' || !person) return;
      const roles = await ports.roles().catch(() => person?.roles ?? null);
      if (door.peek().is !== 'pages' || !person) return;
      if (roles) become({ ...person, roles });
      else door.value = { is: 'sign_in', problem: nl.signIn.expired, busy: null };
    },
    async signOut() {
      if ((await ports.signOut()) === 'still_in') return 'still_in';
      become(null);
      asks(null);
      return undefined;
    },
    expired(awayMs) {
      desk = null;
      endsMs.value = null;
      asks(nl.signIn[awayMs < limits.sessionIdleMs ? 'expired' : 'idle']);
    },
  };
}
