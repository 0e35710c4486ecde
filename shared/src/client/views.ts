import type { ReadonlySignal } from '@preact/signals-core';
import type { DeskStatus, Language, Release, Role, Topic, VisitEnd, VisitId } from '../ids.ts';
import type { ProblemCode } from '../problem.ts';
import type { DeskHours, HeldVisit, QueueRow, Ring } from '../protocol/counsellor.ts';
import type { Serves } from '../serves.ts';
import type { Ack, Range } from '../protocol/wire.ts';
import type { WhyRefused } from '../statement/certificate.ts';

/**
 * What the client's engine shows to screens, and what screens may ask of it. Screens read signals and call
 * methods; they know neither sockets nor keys. Both applications stand on this page.
 */

/** The socket, as a person feels it. `lost.sinceMs` is on the client's own clock. */
export type Connection = { is: 'connecting' } | { is: 'online' } | { is: 'lost'; sinceMs: number };

/** One line of a conversation. `key` never changes and items never move once shown [C6]. */
export type Item = {
  key: string;
  from: 'me' | 'them';
  atMs: number;
  /** on the counsellor's side of an opened history: written by the counsellor before this one */
  colleague?: true;
  /** on the visitor's side: who wrote it, from the certificate of then; the one who is there now may be another */
  by?: string;
} & (
  | { is: 'text'; text: string; state: 'pending' | 'sent' | 'read' }
  /** sealed by a newer version of this software: "een nieuwer soort bericht" */
  | { is: 'newer' }
  /** arrived, but cannot be opened */
  | { is: 'unreadable' }
  /** the relay withheld or lost something between two messages */
  | { is: 'gap' }
  /** what stood here was kept for as long as the service keeps anything */
  | { is: 'trimmed' }
  /** from an epoch whose key this side may not have: earlier text, closed */
  | { is: 'sealed_off' }
  | { is: 'system'; code: SystemLine; name?: string }
);
export type SystemLine =
  | 'joined' //           {name} is er
  | 'same_other_device' // same counsellor, other device
  | 'unlinked' //         possibly another person (counsellor's side) [K6]
  | 'resumed' //          after a reload
  | 'history_shared'
  | 'history_kept';

export interface Talk {
  readonly items: ReadonlySignal<readonly Item[]>;
  /** true for at most 10 s after the last sign */
  readonly peerTyping: ReadonlySignal<boolean>;
  /** the other side's socket or pulse is silent (told after 20 s; for the counsellor: the visitor is away) */
  readonly peerSilent: ReadonlySignal<boolean>;
  /** text that was written for another person or could not be sent; the composer shows it, nobody sends it by itself [C5] */
  readonly returned: ReadonlySignal<string>;
  /** number of items of the other side after the last markRead() */
  readonly unread: ReadonlySignal<number>;
  /** true once the epoch is confirmed: what is written now can be sent */
  readonly secure: ReadonlySignal<boolean>;
  /**
   * Normalises and queues a message. Never throws; nothing is lost when the connection is.
   * @returns why it was refused, and then the text stays in the composer
   */
  send(text: string): { ok: true } | { ok: false; why: 'empty' | 'too_long' | 'surrogate' };
  /** a key was pressed in the composer: at most one sign per 4 s leaves, never the text */
  typed(): void;
  /** everything shown now has been seen */
  markRead(): void;
  clearReturned(): void;
  /** the field was emptied by its writer: nothing that came back waits in it any more */
  emptied(): void;
}

/** Who the visitor talks to: from the certificate, never from the server. */
export interface Peer {
  name: string;
  site: string;
}

export type VisitView =
  | { is: 'none' }
  | { is: 'joining' }
  | {
      is: 'waiting';
      ahead: number;
      range: Range;
      waitedMs: number;
      staffed: boolean;
      /** why it stands at the front again */
      front: Release | null;
      /** its place was not kept: who came later goes first */
      passed?: true;
      /** it was asked whether it is there, and is offered to nobody before it says so */
      unanswered: boolean;
      ringing: boolean;
      /** why the counsellor's key was not believed; no key has left this page */
      trust?: WhyRefused;
    }
  /** a counsellor accepted, the key is being agreed; `ask` when this page was not touched since joining: "Ben je er nog?" */
  | { is: 'opening'; peer: Peer | null; ask: boolean }
  /** another counsellor than before: nobody reads back without a tap [K2] */
  | { is: 'choosing'; peer: Peer; before: Peer | null }
  /** `asksHistory`: the same person, at another computer: reads back there only after a tap */
  | { is: 'talking'; peer: Peer; asksHistory?: true }
  | { is: 'ended'; reason: VisitEnd; talked: boolean; trust?: WhyRefused }
  /** open in another tab of this browser, or taken over from there */
  | { is: 'elsewhere' }
  /** this tab keeps a visit, and nobody has said yet that it is theirs: nothing of it is shown, nor ended */
  | { is: 'unclaimed' };

/** How a page came to be: loaded again; gone back to, or restored with its tab; or in any other way. */
export type Arrival = 'reload' | 'back' | 'other';

export interface JoinInput {
  role: Role;
  topic: Topic;
  lang: Language;
  nick: string;
  first: string;
}

export interface Visitor {
  readonly view: ReadonlySignal<VisitView>;
  readonly connection: ReadonlySignal<Connection>;
  /** that of the running visit, or of the one that has just ended */
  readonly talk: Talk;
  /** 'session': survives a reload. 'memory': a reload ends the chat, and the visitor is told before it. */
  readonly kept: 'session' | 'memory';
  readonly idleLeftMs: ReadonlySignal<number | null>;
  readonly role: ReadonlySignal<Role>;
  readonly nick: ReadonlySignal<string>;
  /** a question written while waiting, kept like the nickname; '' once it has become the first message */
  readonly first: ReadonlySignal<string>;
  writeFirst(text: string): void;
  join(input: JoinInput): Promise<Ack<null>>;
  /**
   * Takes up a visit of this tab, when there is one. Only a reload goes on by itself: who went back ends it, and
   * anybody else is asked, as in a second tab. `reload` unless said.
   *
   * @returns false when there is nothing to resume, or nothing any more
   */
  resume(arrived?: Arrival): Promise<boolean>;
  /** "Ga hier verder" of a second tab, and of who was asked whether a visit is theirs */
  resumeHere(): Promise<void>;
  /** the person touched this page: keys may be agreed without asking */
  touched(): void;
  /** answers "Ben je er nog?", and puts a sleeping visit back in its line */
  here(): Promise<Ack<null>>;
  /** the answer while choosing, or while talking when history is asked for */
  choose(choice: 'all' | 'none' | 'stop'): Promise<void>;
  end(): Promise<void>;
  /** synchronous: from here on nothing on this device can resume [A22] */
  quickExit(): void;
  /** reconnect at once */
  tryNow(): void;
  /** forgets an ended visit, back to `none` */
  reset(): void;
}

/** One conversation of a counsellor, as the console shows it. */
export interface DeskTalk extends Readonly<Pick<HeldVisit, 'visitId' | 'role' | 'topic' | 'lang' | 'waitedMs'>> {
  readonly startedMs: number;
  readonly nick: ReadonlySignal<string>;
  readonly talk: Talk;
  /** how many messages of the visitor came that no earlier page of this device had [D44] */
  readonly news: ReadonlySignal<number>;
  readonly stage: ReadonlySignal<
    | { is: 'opening' }
    | { is: 'talking' }
    /** back in the queue, text wiped; null: it has been at others since, and only they were told why */
    | { is: 'released'; why: Release | null }
    | { is: 'ended'; reason: VisitEnd }
  >;
  /** nobody wrote for long: the conversation ends after so many milliseconds more */
  readonly idleLeftMs: ReadonlySignal<number | null>;
  end(why: 'done' | 'block'): Promise<Ack<null>>;
  /** its visitor is away and no key is agreed on: somebody else is to come [R12] */
  putBack(): Promise<Ack<null>>;
}

export type DeskView =
  | { is: 'signed_out' }
  /** the service believes this computer no more, whoever is signed in */
  | { is: 'refused' }
  | { is: 'entering' }
  /** the same person works at another device: take over knowingly */
  | { is: 'elsewhere' }
  | { is: 'here' }
  /** this window was taken over */
  | { is: 'replaced' };

export interface Desk {
  readonly view: ReadonlySignal<DeskView>;
  readonly connection: ReadonlySignal<Connection>;
  readonly me: ReadonlySignal<{ name: string; site: string; demo: boolean } | null>;
  readonly status: ReadonlySignal<DeskStatus>;
  readonly slots: ReadonlySignal<number>;
  readonly slotsMax: ReadonlySignal<number>;
  /** whom she is rung for */
  readonly serves: ReadonlySignal<Serves>;
  readonly rings: ReadonlySignal<readonly (Ring & { receivedMs: number })[]>;
  /** rows with `receivedMs` so that waiting times run on by themselves */
  readonly queue: ReadonlySignal<readonly (QueueRow & { receivedMs: number })[]>;
  readonly colleagues: ReadonlySignal<number>;
  /** whether visitors may come in; null until the service said so */
  readonly hours: ReadonlySignal<DeskHours | null>;
  readonly talks: ReadonlySignal<readonly DeskTalk[]>;
  readonly problem: ReadonlySignal<ProblemCode | null>;
  enter(options?: { takeOver?: boolean }): Promise<void>;
  setStatus(status: 'available' | 'paused'): Promise<Ack<null>>;
  setSlots(slots: number): Promise<Ack<null>>;
  setServes(serves: Serves): Promise<Ack<null>>;
  accept(offerNo: number): Promise<Ack<VisitId>>;
  decline(offerNo: number): Promise<void>;
  take(ticket: number | 'next'): Promise<Ack<VisitId>>;
  /** removes an ended or released conversation from the list and wipes it */
  dismiss(visitId: VisitId): void;
  /** goes offline; refused with has_conversations while one is held */
  leave(): Promise<Ack<null>>;
  /**
   * The session gets another binding, null when it does not: the console comes back by it to the seat that it has. Until
   * the answer nothing is proved, and no refusal is believed: it may be of the one before. The promise must not reject.
   */
  renew(binding: Promise<string | null>): Promise<void>;
  tryNow(): void;
}
