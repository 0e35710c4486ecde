import type { Bytes } from '../bytes.ts';
import { wipe } from '../bytes.ts';
import { verifyLink } from '../crypto/epoch.ts';
import { makeEphemeral, openKey } from '../crypto/seal.ts';
import { newMid } from '../ids.ts';
import { limits } from '../limits.ts';
import type { HeldVisit } from '../protocol/counsellor.ts';
import { makeKeyOffer, offerDigestOf } from '../statement/keyOffer.ts';
import type { DeskRowKeeper } from './deskRow.ts';
import type { Keyring } from './keyring.ts';
import type { Cancel, CounsellorLink, DeskPorts } from './ports.ts';
import { createSerial } from './serial.ts';
import type { Conversation } from './talkPorts.ts';

interface OneTime {
  epoch: number;
  keyPair: CryptoKeyPair;
  text: string;
  digest: Bytes;
  late: Cancel;
}

interface Ports extends Pick<DeskPorts, 'device' | 'timers'> {
  ring: Keyring;
  row: DeskRowKeeper;
  link: CounsellorLink;
  conversation(): Conversation;
  /** earlier epochs are not this visitor's, as far as can be known [K6] */
  unlinked(): void;
  /** what would show who the visitor is was lost on this side: nothing of before is known, and the next may be anybody */
  unknown(): void;
  /** the key could not be written down on this computer */
  unkept(): void;
  /** the service took the epoch as opened: both sides may write, and nobody else says so to a desk */
  talking(): void;
  /** the service's word on this visit is needed */
  look(): void;
}

/** The counsellor's side of the keys. Every step can be repeated; whatever breaks, the next state goes on from it. */
export interface DeskKeys {
  follow(held: HeldVisit): Promise<void>;
  stored(mid: string): void;
  confirmed(epoch: number): void;
  close(): void;
}

export function createDeskKeys({
  device,
  timers,
  ring,
  row,
  link,
  conversation,
  unlinked,
  unknown,
  unkept,
  talking,
  look,
}: Ports): DeskKeys {
  const serial = createSerial();
  /** epochs in which a confirm of this side is in the store */
  const confirmed = new Set<number>();
  let oneTime: OneTime | null = null;
  let visit: HeldVisit | null = null;
  let kept = 0;
  let confirm = { epoch: 0, mid: '' };
  let ready = 0;
  /** the highest epoch that the service took an offer for; what it said before that is old */
  let offered = 0;
  let closed = false;

  const drop = () => {
    oneTime?.late();
    oneTime = null;
  };

  async function follow(held: HeldVisit) {
    if (closed || held.epoch < offered) return;
    visit = held;
    const { epoch, keyWanted, sealed } = held;
    const wanted = keyWanted === epoch && epoch > 0;
    if (ring.keys(epoch) && !wanted) {
      // without a sealed key in the store a talking visit's epoch was opened before
      if (held.stage === 'talking' && !sealed && row.put) return open(epoch);
      return settle(epoch);
    }
    if (oneTime?.epoch === epoch && !(wanted && ring.keys(epoch))) {
      if (sealed) await unseal(sealed, held);
      return;
    }
    await offer(held);
  }

  async function offer({ visitId, hold, vnonce, epochNext }: HeldVisit) {
    conversation().pause();
    if (oneTime?.epoch !== epochNext) {
      drop();
      const { keyPair, publicBytes } = await makeEphemeral();
      const occasion = { visitId, vnonce, epoch: epochNext };
      const text = await makeKeyOffer({ ...occasion, ...device, ephemeralPublic: publicBytes });
      const digest = await offerDigestOf(text);
      if (closed) return;
      oneTime = { epoch: epochNext, keyPair, text, digest, late: timers.after(limits.keyOfferMs, drop) };
    }
    const ack = await link.request('key:offer', { visitId, hold, epoch: epochNext, keyOffer: oneTime.text });
    if (ack.ok) offered = epochNext;
    else if (ack.code === 'stale_epoch') {
      drop();
      look();
    }
  }

  async function unseal(sealed: string, { visitId, epoch }: HeldVisit) {
    const one = oneTime;
    if (!one) return;
    const opened = await openKey({ keyPair: one.keyPair, offerDigest: one.digest, visitId, epoch, sealed });
    if (!opened) {
      // nobody sealed this to us; the store takes no second one for this epoch
      drop();
      if (visit) await offer(visit);
      return;
    }
    // keys that came as history were a colleague's, too: they prove nobody [K6]
    const earlier = [...row.mine].flatMap((held) => (held < epoch ? (ring.keys(held) ?? []) : []));
    const linked = await Promise.all(earlier.map((keys) => verifyLink(keys, one.digest, opened.ck, opened.link)));
    if (earlier.length > 0 && !linked.includes(true)) {
      ring.drop(epoch);
      unlinked();
    } else if (earlier.length === 0 && row.lost) unknown();
    await ring.hold(epoch, opened.ck);
    wipe(opened.ck);
    row.own(epoch);
    await settle(epoch);
  }

  /** wrap kept → share put → confirm stored → opened. Each only after the one before, so nobody writes too early [K3]. */
  async function settle(epoch: number) {
    if (!visit || closed || visit.epoch !== epoch) return;
    const { visitId, hold } = visit;
    if (kept !== epoch) {
      try {
        await row.save(hold, epoch);
        kept = epoch;
      } catch {
        return unkept();
      }
    }
    if (!row.put) {
      const ack = await link.request('key:share', { visitId, hold, ...row.share });
      if (!ack.ok || closed) return;
      row.put = true;
    }
    if (!confirmed.has(epoch)) return sendConfirm(epoch);
    const ack = await link.request('key:opened', { visitId, hold, epoch });
    if (ack.ok) {
      talking();
      return open(epoch);
    }
    if (ack.code === 'stale_epoch' || ack.code === 'no_key') look();
  }

  function sendConfirm(epoch: number) {
    if (confirm.epoch === epoch) return conversation().open(epoch, 'control');
    confirm = { epoch, mid: newMid() };
    conversation().open(epoch, 'control');
    conversation().control({ k: 'confirm', mid: confirm.mid });
  }

  function open(epoch: number) {
    if (oneTime && oneTime.epoch <= epoch) drop();
    if (ready === epoch && conversation().gate === 'open' && conversation().epoch === epoch) return;
    ready = epoch;
    conversation().open(epoch, 'open');
    if (row.met || !visit) return;
    row.met = true;
    void row.save(visit.hold, epoch).catch(() => undefined);
  }

  return {
    follow: (held) => serial(() => follow(held)),
    stored(mid) {
      if (mid !== confirm.mid) return;
      const { epoch } = confirm;
      confirmed.add(epoch);
      void serial(() => settle(epoch));
    },
    confirmed: (epoch) => void confirmed.add(epoch),
    close() {
      closed = true;
      drop();
    },
  };
}
