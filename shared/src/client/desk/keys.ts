import { wipe, type Bytes } from '../../bytes.ts';
import { verifyLink } from '../../crypto/epoch.ts';
import { makeEphemeral, openKey } from '../../crypto/seal.ts';
import { newMid } from '../../ids.ts';
import { limits } from '../../limits.ts';
import type { ProblemCode } from '../../problem.ts';
import type { HeldVisit } from '../../protocol/counsellor.ts';
import type { Ack } from '../../protocol/wire.ts';
import { makeKeyOffer, offerDigestOf } from '../../statement/keyOffer.ts';
import { runMachine } from '../machine.ts';
import type { Cancel, CounsellorLink, DeskPorts } from '../ports.ts';
import type { Conversation } from '../talk/conversation.ts';
import type { Keyring } from '../talk/keyring.ts';
import * as timing from '../timing.ts';
import { begin, step, type Effect, type Event, type State } from './agreement.ts';
import type { DeskRowKeeper } from './row.ts';

interface OneTime {
  epoch: number;
  keyPair: CryptoKeyPair;
  text: string;
  digest: Bytes;
  expires: Cancel;
}

interface Ports extends Pick<DeskPorts, 'device' | 'timers' | 'clock'> {
  visitId: HeldVisit['visitId'];
  hold: number;
  vnonce: string;
  ring: Keyring;
  row: DeskRowKeeper;
  link: CounsellorLink;
  conversation(): Conversation;
  /** what an earlier page kept was read, or there was nothing that opens */
  unlocked(opens: boolean): void;
  /** earlier epochs are not this visitor's, as far as can be known [K6] */
  unlinked(): void;
  /** what would show who the visitor is was lost on this side: nothing of before is known, and the next may be anybody */
  unknown(): void;
  /** the epoch works: both sides may write, and nobody else says so to a desk */
  talking(): void;
  /** this computer could not keep the key, and the service has the visit back */
  letGo(): void;
  /** a request was refused, for more than itself */
  refused(code: ProblemCode, life?: string): void;
  /** the service's word on this visit is needed */
  refresh(): void;
}

const STALE = new Set<ProblemCode>(['stale_epoch', 'no_key']);

/** The counsellor's side of the keys for one visit: the machine of agreement.ts with its cryptography, row and requests. */
// over 80 lines because the effects of one machine stand together
export function createDeskKeys(ports: Ports) {
  const { device, clock, timers, ring, row, link, conversation, visitId, hold, vnonce } = ports;
  const fence = { visitId, hold };
  let oneTime: OneTime | null = null;
  let share: HeldVisit['share'];
  let offeredMs = -Infinity;

  const machine = runMachine<State, Event, Effect>({
    start: begin(),
    step,
    run,
    changed({ phase, oneTime: waits }) {
      if (oneTime && oneTime.epoch !== waits) drop();
      const { is } = phase;
      if (is === 'talking') talk(phase.epoch);
      else if (is === 'confirming' || is === 'declaring') conversation().open(phase.epoch, 'control');
      else if (conversation().gate !== 'closed') conversation().pause();
    },
  });

  function drop() {
    oneTime?.expires();
    oneTime = null;
  }

  /** @returns false when the storage refuses */
  const saved = (epoch: number) =>
    row.save(hold, epoch).then(
      () => true,
      () => false,
    );

  function talk(epoch: number) {
    const { gate, epoch: open } = conversation();
    if (gate === 'open' && open === epoch) return;
    ports.talking();
    conversation().open(epoch, 'open');
    if (row.met) return;
    row.met = true;
    void saved(epoch);
  }

  const answerOf = (ack: Ack<unknown>): 'ok' | 'stale' | 'no' => {
    if (ack.ok) return 'ok';
    if (STALE.has(ack.code)) return 'stale';
    ports.refused(ack.code, ack.life);
    return 'no';
  };

  async function run(effect: Effect): Promise<Event | void> {
    const { id } = effect;
    switch (effect.do) {
      case 'unlock':
        return unlock();
      case 'offer':
        return { is: 'offered', id, answer: await offer(effect.epoch) };
      case 'open':
        return { is: 'opened', id, holds: await open(effect.epoch, effect.sealed) };
      case 'keep':
        return { is: 'kept', id, ok: await saved(effect.epoch) };
      case 'share': {
        const ack = await link.request('key:share', { ...fence, ...row.share });
        return { is: 'shared', id, ok: answerOf(ack) === 'ok' };
      }
      case 'confirm': {
        const stored = await conversation().control({ k: 'confirm', mid: newMid() });
        return stored ? { is: 'confirmed', epoch: effect.epoch } : undefined;
      }
      case 'declare': {
        const ack = await link.request('key:opened', { ...fence, epoch: effect.epoch });
        return { is: 'declared', id, answer: answerOf(ack) };
      }
      case 'release': {
        const ack = await link.request('desk:release', { ...fence, why: 'unkept' });
        if (ack.ok) ports.letGo();
        else ports.refused(ack.code, ack.life);
        return;
      }
      case 'refresh':
        return ports.refresh();
    }
  }

  async function unlock(): Promise<Event> {
    const shared = await row.unlock(share).catch(() => false);
    if (shared) conversation().restore(row.talk);
    ports.unlocked(shared);
    return { is: 'unlocked', holds: ring.epochs(), shared };
  }

  async function offer(epoch: number): Promise<'ok' | 'stale' | 'no'> {
    if (oneTime?.epoch !== epoch) {
      drop();
      // a device's clock may be put back
      const earlyMs = Math.min(timing.offerEveryMs, offeredMs + timing.offerEveryMs - clock.nowMs());
      offeredMs = clock.nowMs() + Math.max(0, earlyMs);
      if (earlyMs > 0) await new Promise<void>((resolve) => void timers.after(earlyMs, resolve));
      if (ring.keys(epoch)) await forget(epoch);
      const { keyPair, publicBytes } = await makeEphemeral();
      const text = await makeKeyOffer({ visitId, vnonce, epoch, ...device, ephemeralPublic: publicBytes });
      const digest = await offerDigestOf(text);
      if (machine.state.oneTime !== epoch) return 'no';
      const expires = timers.after(limits.keyOfferMs, () => machine.tell({ is: 'expired', epoch }));
      oneTime = { epoch, keyPair, text, digest, expires };
    }
    return answerOf(await link.request('key:offer', { ...fence, epoch, keyOffer: oneTime.text }));
  }

  /** A store that went back hands a number out again: the key kept under it must not pass for the new one's after a reload. */
  function forget(epoch: number): Promise<void> {
    ring.forget(epoch);
    // a disk that refuses will refuse the new key, too, and then the visit is let go
    return row.save(hold, epoch).catch(() => undefined);
  }

  /** @returns the epochs whose keys are here now; null when nobody sealed this to us */
  async function open(epoch: number, sealed: string): Promise<number[] | null> {
    const one = oneTime;
    if (one?.epoch !== epoch) return null;
    const opened = await openKey({ keyPair: one.keyPair, offerDigest: one.digest, visitId, epoch, sealed });
    if (!opened) return null;
    // keys that came as history were a colleague's, too: they prove nobody [K6]
    const earlier = row.links;
    const linked = await Promise.all(earlier.map((link) => verifyLink(link, one.digest, opened.ck, opened.link)));
    if (earlier.length > 0 && !linked.includes(true)) {
      row.links = [];
      ring.drop(epoch);
      ports.unlinked();
    } else if (earlier.length === 0 && row.lost) ports.unknown();
    await ring.hold(epoch, opened.ck);
    wipe(opened.ck);
    row.own(epoch);
    return ring.epochs();
  }

  return {
    /** the service's word, in the order in which it is believed */
    word({ stage, epoch, epochNext, keyWanted, sealed = '', share: given }: HeldVisit) {
      share = given;
      const wanted = keyWanted === epoch && epoch > 0;
      const shared = given?.rid === row.share.rid;
      machine.tell({ is: 'word', word: { talking: stage === 'talking', epoch, epochNext, wanted, sealed, shared } });
    },
    sealed: (epoch: number, sealed: string) => machine.tell({ is: 'sealed', epoch, sealed }),
    /** a confirm of this side was found in the store */
    confirmed: (epoch: number) => machine.tell({ is: 'confirmed', epoch }),
    stop() {
      machine.stop();
      drop();
    },
  };
}
