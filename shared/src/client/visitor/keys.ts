import { computed, signal } from '@preact/signals-core';
import { agreed } from '../../agreed.ts';
import { fromBase64url, toBase64url } from '../../base64url.ts';
import { wipe } from '../../bytes.ts';
import { linkFor, makeKey } from '../../crypto/epoch.ts';
import { sealKey } from '../../crypto/seal.ts';
import { newMid } from '../../ids.ts';
import type { VisitState } from '../../protocol/visitor.ts';
import { openKeyOffer } from '../../statement/keyOffer.ts';
import { runMachine } from '../machine.ts';
import type { VisitorLink, VisitorPorts } from '../ports.ts';
import type { Conversation } from '../talk/conversation.ts';
import * as timing from '../timing.ts';
import type { Peer } from '../views.ts';
import { begin, sealedTo, step, type Effect, type Event, type Offer, type Person, type State } from './agreement.ts';
import { createHistory } from './history.ts';
import { emptyContents, type Vault } from './vault.ts';

/** What the visitor must answer before a key leaves this page. */
export type Question = { is: 'presence'; peer: Peer } | { is: 'person'; peer: Peer; before: Peer | null };

interface Ports extends Pick<VisitorPorts, 'pins' | 'clock' | 'page'> {
  vault: Vault;
  locked: boolean;
  link: VisitorLink;
  conversation(): Conversation;
  /** what was kept has been read, or opens no more */
  unlocked(opens: boolean): void;
  /** the service's word on the visit is needed */
  refresh(): void;
  /** the first question has become a letter */
  asked(): void;
}

const peerOf = ({ name, site }: Peer): Peer => ({ name, site });

/** The visitor's side of the keys on one page: the machine of agreement.ts with its cryptography, vault and requests. */
// over 80 lines because the effects of one machine stand together
export function createVisitorKeys(ports: Ports) {
  const { vault, link, conversation, pins, clock, page } = ports;
  const { ring } = vault;
  const { visitId, vnonce } = vault.kept;
  const history = createHistory(vault, conversation);
  /** who spoke last, from the frames that came [W14] */
  const announced = signal<Person | null>(null);
  /** epochs in which this page has said its first words */
  const greeted = new Set<number>();
  let share: VisitState['share'];
  let askedMs = -Infinity;
  let touched = false;

  const machine = runMachine<State, Event, Effect>({
    start: begin(ports.locked, { ...vault.contents.agreed, sealedMax: vault.kept.sealedMax }),
    step,
    run,
    changed(state, before) {
      const { phase, kept } = state;
      shown.value = state;
      // whatever is written next says whom a key is being made for
      vault.contents.agreed = phase.is === 'sealing' ? sealedTo(kept, phase.offer) : kept;
      const sub = kept.people.at(-1)?.sub;
      if (sub !== undefined && sub !== before.kept.people.at(-1)?.sub) conversation().person(sub);
      if (phase.is === 'talking') talk(phase.epoch);
      else if (before.phase.is === 'talking') conversation().pause();
    },
  });
  const shown = signal(machine.state);
  const personAt = (epoch: number) => machine.state.kept.people.findLast(({ from }) => from <= epoch);
  const present = () => machine.tell({ is: 'present', present: touched && page.visible() });

  async function run(effect: Effect): Promise<Event | void> {
    switch (effect.do) {
      case 'unlock':
        return unlock();
      case 'read': {
        const whom = { pins, nowMs: clock.nowMs(), skewMsMax: agreed.skewMsMax, visitId, vnonce, epoch: effect.epoch };
        const offer = await openKeyOffer(effect.keyOffer, whom);
        present(); // as it is now: no key leaves a page in a pocket
        if (!offer.ok) return { is: 'read', id: effect.id, offer: offer.why };
        const { sub, name, site, deviceDigest: device } = offer;
        const [pub, digest] = [toBase64url(offer.ephemeralPublic), toBase64url(offer.offerDigest)];
        // whose account it is the service alone says: under another name or place it is another person [K2]
        const who = [sub, name, site].join(`\n`);
        return { is: 'read', id: effect.id, offer: { epoch: effect.epoch, sub: who, name, site, device, pub, digest } };
      }
      case 'seal': {
        const { offer, whom } = effect;
        // in the same turn as the name of whom it is for: a write between must not tell the one without the other [K5]
        Object.assign(vault.contents, history.next(whom, offer.epoch, machine.state.kept));
        history.changed();
        const ck = makeKey();
        await ring.hold(offer.epoch, ck);
        wipe(ck);
        await vault.save({ sealedMax: offer.epoch });
        return { is: 'written', id: effect.id };
      }
      case 'send':
        return { is: 'sent', id: effect.id, ok: await send(effect.offer) };
      case 'ask':
        if (Math.abs(clock.nowMs() - askedMs) < timing.askEveryMs) return;
        askedMs = clock.nowMs();
        await link.request('key:ask', { epoch: effect.epoch });
        return;
      case 'refuse':
        await link.request('key:refuse', { epoch: effect.epoch, why: effect.why });
        return;
      case 'here':
        await link.request('queue:here', {});
        return ports.refresh();
      case 'share': {
        const ack = await link.request('key:share', vault.share);
        return ack.ok ? ports.refresh() : undefined;
      }
      case 'save':
        return vault.save();
      case 'refresh':
        return ports.refresh();
    }
  }

  async function unlock(): Promise<Event> {
    const opens = await vault.unlock(share);
    if (opens) {
      const { people } = vault.contents.agreed;
      conversation().restore(vault.contents.talk);
      const last = people.at(-1);
      if (last) conversation().person(last.sub);
    } else {
      // what was kept opens no more: a share of one's own, so that the next reload finds something
      vault.contents = emptyContents();
      await vault.save();
    }
    history.changed();
    ports.unlocked(opens);
    const kept = { ...vault.contents.agreed, sealedMax: vault.kept.sealedMax };
    return { is: 'unlocked', kept, holds: ring.epochs(), shared: opens };
  }

  /** @returns whether the service took it */
  async function send({ epoch, digest, pub }: Offer): Promise<boolean> {
    // what was confirmed meanwhile decides which epoch this one hangs on
    if (epoch > 1) await conversation().catchUp();
    const ck = ring.secret(epoch);
    const [ephemeralPublic, offerDigest] = [fromBase64url(pub), fromBase64url(digest)];
    if (!ck || !ephemeralPublic || !offerDigest) return false;
    const { confirmed, people } = machine.state.kept;
    const before = [confirmed, ...ring.epochs().reverse()].filter((held) => held < epoch && ring.keys(held));
    // one that this person has: an earlier counsellor's says nothing to her [K6]
    const previous = before.find((held) => held >= (people.at(-1)?.from ?? 0)) ?? before[0];
    const keys = previous === undefined ? undefined : ring.keys(previous);
    const linked = keys ? await linkFor(keys, offerDigest, ck) : null;
    const sealed = await sealKey({ ephemeralPublic, offerDigest, visitId, epoch, ck, link: linked });
    return (await link.request('key:seal', { epoch, sealed })).ok;
  }

  /** The epoch works: history first, or none, then the name, then what waited. */
  function talk(epoch: number) {
    const { gate, epoch: open } = conversation();
    if (gate === 'open' && open === epoch) return;
    conversation().open(epoch, 'control');
    if (!greeted.has(epoch)) greet(epoch);
    conversation().open(epoch, 'open');
  }

  function greet(epoch: number) {
    greeted.add(epoch);
    const { nick, first } = vault.contents;
    const sub = machine.state.kept.people.at(-1)?.sub;
    history.tell(epoch);
    if (nick) void conversation().control({ k: 'name', mid: newMid(), nick });
    // leaves the field and becomes a letter in one and the same write
    vault.contents.first = '';
    if (!first || sub === undefined) return;
    ports.asked();
    conversation().write(first, sub);
  }

  const peer = computed(() => shown.value.kept.people.at(-1) ?? null);
  return {
    question: computed((): Question | null => {
      const { phase, kept } = shown.value;
      if (phase.is !== 'asking') return null;
      const last = kept.people.at(-1);
      if (phase.about === 'presence') return { is: 'presence', peer: peerOf(phase.offer) };
      return { is: 'person', peer: peerOf(phase.offer), before: last ? peerOf(last) : null };
    }),
    /** verified, and sealed to */
    peer: computed(() => (peer.value ? peerOf(peer.value) : null)),
    /** why the last key offer was not believed; null once one is */
    trust: computed(() => shown.value.trust),
    asksHistory: history.asks,
    /** true once this person's epoch was confirmed */
    met: computed(() => peer.value !== null && announced.value?.from === peer.value.from),
    /** the service's word, in the order in which it is believed */
    word(state: VisitState) {
      present();
      const { stage, unanswered, epoch, keyOffer = '', sealedSet } = state;
      share = state.share;
      const [opening, talking] = [stage === 'opening', stage === 'talking'];
      const [atDesk, shared] = [opening || talking, share?.rid === vault.share.rid];
      machine.tell({ is: 'word', word: { atDesk, opening, unanswered, epoch, keyOffer, sealedSet, shared } });
    },
    /** a person touched this page */
    touched() {
      touched = true;
      present();
    },
    /** the page came into view, or went */
    looked: present,
    async choose(choice: 'all' | 'none') {
      touched = true;
      const { phase } = machine.state;
      // for whom the screen asked at the tap: a name that changed under the finger needs a tap of its own [K2]
      if (phase.is === 'asking') return machine.tell({ is: 'answer', sub: phase.offer.sub, choice });
      if (!history.asks.value) return;
      history.answer(choice);
      await vault.save();
      if (choice === 'none') return;
      conversation().system('history_shared');
      if (phase.is === 'talking') history.tell(phase.epoch); // otherwise with the first words in the next epoch
    },
    arrived(epoch: number) {
      const arrived = personAt(epoch);
      const last = announced.value;
      if (!arrived || (last && arrived.from <= last.from)) return;
      announced.value = arrived;
      conversation().system(last?.sub === arrived.sub ? 'same_other_device' : 'joined', arrived.name);
    },
    confirmed: (epoch: number) => machine.tell({ is: 'confirmed', epoch }),
    /** the store was read to its end after the last word */
    caughtUp: () => machine.tell({ is: 'caughtUp' }),
    /** an earlier page's frames were read: whom the store no longer keeps a frame of is known from the vault */
    resumed() {
      const { people, confirmed } = machine.state.kept;
      const last = people.at(-1);
      if (last && confirmed >= last.from) announced.value = last;
    },
    author(epoch: number): 'known' | 'stranger' {
      const [writer, present] = [personAt(epoch), announced.value];
      return writer && present && writer.sub !== present.sub && writer.from < present.from ? 'stranger' : 'known';
    },
    /** the name in the certificate of who has this epoch's key */
    nameAt: (epoch: number) => personAt(epoch)?.name,
    stop: machine.stop,
  };
}
