import { computed, signal, type ReadonlySignal } from '@preact/signals-core';
import { toBase64url } from '../base64url.ts';
import { wipe } from '../bytes.ts';
import { linkFor, makeKey } from '../crypto/epoch.ts';
import { sealKey } from '../crypto/seal.ts';
import { newMid } from '../ids.ts';
import { agreed } from '../agreed.ts';
import type { VisitState } from '../protocol/visitor.ts';
import type { WhyRefused } from '../statement/certificate.ts';
import { openKeyOffer, type OpenedKeyOffer } from '../statement/keyOffer.ts';
import type { VisitorLink, VisitorPorts } from './ports.ts';
import { createSerial } from './serial.ts';
import type { Conversation } from './talkPorts.ts';
import type { Peer } from './views.ts';
import { createHistory, type Whom } from './visitorHistory.ts';
import type { Person, Vault } from './visitorVault.ts';

type Offer = Extract<OpenedKeyOffer, { ok: true }> & { epoch: number };
/** What the visitor must answer before a key leaves this page. */
export type Question = { is: 'awake'; peer: Peer } | { is: 'choice'; peer: Peer; before: Peer | null };

interface Ports extends Pick<VisitorPorts, 'pins' | 'clock' | 'page'> {
  vault: Vault;
  link: VisitorLink;
  conversation(): Conversation;
}

/** The visitor's side of the keys: to whom it seals, when it asks first, and what it never does. */
export interface VisitorKeys {
  readonly question: ReadonlySignal<Question | null>;
  /** verified, and sealed to */
  readonly peer: ReadonlySignal<Peer | null>;
  /** true once this person's epoch was confirmed */
  readonly met: ReadonlySignal<boolean>;
  /** why the last key offer was not believed; null once one is */
  readonly trust: ReadonlySignal<WhyRefused | null>;
  /** the person is at another computer: whether what was said before may be read there is for a tap */
  readonly asksHistory: ReadonlySignal<boolean>;
  /** the state of the visit, with a key offer or without: does what is to be done next */
  follow(state: VisitState): Promise<void>;
  /** a person is at this page */
  awake(): void;
  /** the page came into view */
  seen(): Promise<void>;
  choose(choice: 'all' | 'none'): Promise<void>;
  arrived(epoch: number): void;
  confirmed(epoch: number): void;
  stored(mid: string): void;
  author(epoch: number): 'known' | 'stranger';
  /** the name in the certificate of who has this epoch's key */
  nameAt(epoch: number): string | undefined;
  /** what came back from the vault; before the frames are read again */
  restore(): void;
  /** the store was read: what it no longer keeps is known from the vault */
  looked(): Promise<void>;
}

const peerOf = ({ name, site }: Peer): Peer => ({ name, site });

export function createVisitorKeys({ vault, link, conversation, pins, clock, page }: Ports): VisitorKeys {
  const serial = createSerial();
  const { ring } = vault;
  const question = signal<Question | null>(null);
  const person = signal<Person | null>(null);
  const announced = signal<Person | null>(null);
  const trust = signal<WhyRefused | null>(null);
  const refused = new Set<string>();
  let pending: Offer | null = null;
  let touched = false;
  let opening = false;
  /** the answer to a choice that came after her slot was given away: good for this person alone [K2] */
  let promised: { sub: string; choice: Whom } | null = null;
  let opened = 0;
  /** the service has a counsellor for this visit, in this epoch; 0 = none */
  let current = 0;

  const history = createHistory(vault, conversation);
  const personAt = (epoch: number) => vault.contents.people.findLast(({ from }) => from <= epoch);
  const ask = (next: Question | null, offer: Offer | null) => {
    pending = offer;
    question.value = next;
  };

  async function follow(state: VisitState) {
    const held = state.stage === 'talking' || state.stage === 'opening';
    current = held ? Math.max(1, state.epoch) : 0;
    if (!held) {
      opened = 0;
      conversation().pause();
      if (state.unanswered && question.value?.is === 'choice') return;
      return ask(null, null);
    }
    opening = state.stage === 'opening';
    const { sealedMax, visitId, vnonce } = vault.kept;
    const { epoch, keyOffer, sealedSet } = state;
    if (epoch < Math.max(1, sealedMax) || pending?.epoch === epoch) return;
    if (epoch === sealedMax && ring.secret(epoch)) {
      if (vault.contents.confirmed >= epoch) await open(epoch);
      else if (keyOffer && !sealedSet) await sealAgain(epoch, keyOffer);
      return;
    }
    conversation().pause();
    if (!keyOffer || sealedSet || epoch === sealedMax) {
      // a key is there that this page does not have: only the counsellor can start a new epoch
      await link.request('key:ask', { epoch });
      return;
    }
    const offer = await openOffer(epoch, keyOffer, visitId, vnonce);
    if (offer) await decide(offer);
  }

  async function openOffer(epoch: number, keyOffer: string, visitId: string, vnonce: string): Promise<Offer | null> {
    const whom = { pins, nowMs: clock.nowMs(), skewMsMax: agreed.skewMsMax };
    const offer = await openKeyOffer(keyOffer, { ...whom, visitId, vnonce, epoch });
    trust.value = offer.ok ? null : offer.why;
    if (offer.ok) return { ...offer, epoch };
    if (!refused.has(keyOffer)) {
      refused.add(keyOffer);
      await link.request('key:refuse', { epoch, why: offer.why });
    }
    return null;
  }

  async function decide(offer: Offer) {
    const last = vault.contents.people.at(-1);
    const peer = peerOf(offer);
    // sealed before, and to whom is forgotten: whoever keeps the other half may want to be somebody else now [K2]
    const other = last ? last.sub !== offer.sub : vault.kept.sealedMax > 0;
    const answer = promised?.sub === offer.sub ? promised.choice : null;
    promised = null;
    if (other && answer) return seal(offer, answer);
    if (other) return ask({ is: 'choice', peer, before: last ? peerOf(last) : null }, offer);
    // a page in a pocket would take up a counsellor; one that talks already, and not by the service's word alone, must
    // not stop for it
    if ((opening || !last) && !(touched && page.visible())) return ask({ is: 'awake', peer }, offer);
    await seal(offer, last && last.device !== offer.deviceDigest ? 'moved' : 'known');
  }

  async function seal(offer: Offer, whom: Whom) {
    ask(null, null);
    const { epoch, sub, deviceDigest: device, ephemeralPublic, offerDigest } = offer;
    if (epoch <= vault.kept.sealedMax) return;
    const last = vault.contents.people.at(-1);
    // what was confirmed meanwhile decides which epoch this one hangs on
    if (last) await conversation().look();
    const previous = [vault.contents.confirmed, ...ring.epochs().reverse()].find(
      (held) => held < epoch && ring.keys(held),
    );
    const previousKeys = previous === undefined ? undefined : ring.keys(previous);

    const ck = makeKey();
    const linked = previousKeys ? await linkFor(previousKeys, offerDigest, ck) : null;
    const { visitId } = vault.kept;
    const sealed = await sealKey({ ephemeralPublic, offerDigest, visitId, epoch, ck, link: linked });
    await ring.hold(epoch, ck);
    wipe(ck);

    const { name, site } = offer;
    const same = last?.sub === sub && last.device === device;
    vault.contents = {
      ...vault.contents,
      people: same ? vault.contents.people : [...vault.contents.people, { sub, device, name, site, from: epoch }],
      ...history.next(whom, epoch),
      sealedFor: toBase64url(offerDigest),
    };
    conversation().pause();
    conversation().person(sub);
    person.value = vault.contents.people.at(-1) ?? null;
    history.look();
    await vault.save({ sealedMax: epoch });
    const ack = await link.request('key:seal', { epoch, sealed });
    // her slot went to somebody else in the same moment: the answer still counts
    if (!ack.ok && ack.code === 'stage') await link.request('queue:here', {});
  }

  /** The answer was lost, or the page was loaded again before it left: the same key to the same one-time key [K1]. */
  async function sealAgain(epoch: number, keyOffer: string) {
    const { visitId, vnonce } = vault.kept;
    const offer = await openOffer(epoch, keyOffer, visitId, vnonce);
    const ck = ring.secret(epoch);
    if (!offer || !ck || toBase64url(offer.offerDigest) !== vault.contents.sealedFor) return;
    const previous = ring.epochs().findLast((held) => held < epoch);
    const previousKeys =
      ring.keys(vault.contents.confirmed) ?? (previous === undefined ? undefined : ring.keys(previous));
    const { ephemeralPublic, offerDigest } = offer;
    const linked = previousKeys ? await linkFor(previousKeys, offerDigest, ck) : null;
    const sealed = await sealKey({ ephemeralPublic, offerDigest, visitId, epoch, ck, link: linked });
    await link.request('key:seal', { epoch, sealed });
  }

  /** The epoch works: history first, or none, then the name, then what waited. */
  async function open(epoch: number) {
    if (opened === epoch || epoch !== vault.kept.sealedMax || !ring.keys(epoch)) return;
    // a newer one is being agreed, or nobody is there: what is written now waits for it
    if (current === 0 || current > epoch) return;
    opened = epoch;
    const { contents } = vault;
    const talk = conversation();
    const sub = contents.people.at(-1)?.sub ?? null;
    if (sub !== null) talk.person(sub);
    talk.open(epoch, 'control');
    history.tell(epoch);
    if (contents.nick) talk.control({ k: 'name', mid: newMid(), nick: contents.nick });
    if (contents.first && sub !== null) {
      if (contents.firstFor === null) {
        contents.firstFor = sub;
        await vault.save({});
      }
      // someone else's first question goes back with the other texts; after a reload it is only here
      if (contents.firstFor === sub && !talk.has(contents.firstMid)) talk.write(contents.first, contents.firstMid, sub);
      else if (contents.firstFor !== sub) await forgetFirst(!talk.talk.returned.value.includes(contents.first));
    }
    if (opened === epoch) talk.open(epoch, 'open');
  }

  async function forgetFirst(giveBack: boolean) {
    const { first } = vault.contents;
    vault.contents.first = '';
    if (giveBack) conversation().giveBack(first);
    await vault.save({});
  }

  return {
    question,
    peer: computed(() => (person.value ? peerOf(person.value) : null)),
    trust,
    asksHistory: history.asks,
    met: computed(() => person.value !== null && announced.value === person.value),
    follow: (state) => serial(() => follow(state)),
    awake() {
      touched = true;
    },
    seen: () =>
      serial(async () => {
        if (question.value?.is === 'awake' && pending && touched && page.visible()) await decide(pending);
      }),
    choose(choice) {
      // for whom the screen asked at the tap: a name that changed under the finger needs a tap of its own [K2]
      const meant = (pending ?? person.value)?.sub;
      return serial(async () => {
        touched = true;
        if ((pending ?? person.value)?.sub !== meant) return;
        if (question.value?.is === 'choice' && pending && current > 0) return seal(pending, choice);
        if (question.value?.is === 'choice' && pending) {
          promised = { sub: pending.sub, choice };
          ask(null, null);
          await link.request('queue:here', {});
          return;
        }
        if (!history.asks.value) return;
        history.answer(choice);
        await vault.save({});
        if (choice === 'none') return;
        conversation().system('history_shared');
        if (opened > 0) history.tell(opened); // otherwise as soon as the epoch is open
      });
    },
    arrived(epoch) {
      const arrived = personAt(epoch);
      const { people } = vault.contents;
      const last = announced.value;
      if (!arrived || arrived === last || people.indexOf(arrived) < people.findIndex((other) => other === last)) return;
      announced.value = arrived;
      const otherDevice = last?.sub === arrived.sub;
      conversation().system(otherDevice ? 'same_other_device' : 'joined', arrived.name);
    },
    confirmed(epoch) {
      if (epoch > vault.contents.confirmed) {
        vault.contents.confirmed = epoch;
        void vault.save({});
      }
      void open(epoch);
    },
    stored(mid) {
      const { firstMid, owesKeys } = vault.contents;
      history.stored(mid);
      if (mid === firstMid) vault.contents.first = '';
      if (mid === firstMid || owesKeys !== vault.contents.owesKeys) void vault.save({});
    },
    author(epoch) {
      const [writer, present] = [personAt(epoch), announced.value];
      return writer && present && writer.sub !== present.sub && writer.from < present.from ? 'stranger' : 'known';
    },
    nameAt: (epoch) => personAt(epoch)?.name,
    restore() {
      person.value = vault.contents.people.at(-1) ?? null;
      if (person.value) conversation().person(person.value.sub);
      history.look();
    },
    async looked() {
      const { confirmed, first, firstMid, firstFor } = vault.contents;
      if (person.value && confirmed >= person.value.from) announced.value = person.value;
      if (first && firstFor !== null && opened === 0 && conversation().has(firstMid)) vault.contents.first = '';
      await open(confirmed);
    },
  };
}
