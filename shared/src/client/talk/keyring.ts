import { fromBase64url, toBase64url } from '../../base64url.ts';
import { wipe, type Bytes } from '../../bytes.ts';
import { deriveEpoch, type EpochKeys } from '../../crypto/epoch.ts';

/** The keys of a visit that this side holds, by epoch. In memory only. */
export function createKeyring(visitId: string) {
  const held = new Map<number, { ck: Bytes; keys: EpochKeys }>();
  let wiped = false;

  /** takes its own copy of the 32 bytes; an epoch's first key stays */
  async function hold(epoch: number, ck: Uint8Array) {
    const own = new Uint8Array(ck);
    const keys = await deriveEpoch(own, visitId, epoch);
    if (wiped || held.has(epoch)) return wipe(own);
    held.set(epoch, { ck: own, keys });
  }

  function forget(epoch: number) {
    const one = held.get(epoch);
    if (one) wipe(one.ck);
    held.delete(epoch);
  }

  return {
    hold,
    keys: (epoch: number) => held.get(epoch)?.keys,
    secret: (epoch: number) => held.get(epoch)?.ck,
    /** epochs that are held, lowest first */
    epochs: () => [...held.keys()].sort((a, b) => a - b),
    /** all that is held, as it is written down and as it is sealed for another person, lowest epoch first */
    texts: () => [...held].sort(([a], [b]) => a - b).map(([epoch, { ck }]): KeyText => [epoch, toBase64url(ck)]),
    /** … and back; what is no key of an epoch is left out */
    async holdTexts(texts: readonly KeyText[]) {
      for (const [epoch, text] of texts) {
        const ck = fromBase64url(text);
        if (!ck) continue;
        await hold(epoch, ck);
        wipe(ck);
      }
    },
    /** this number has another key from now on */
    forget,
    /** these epochs are another person's */
    drop(below: number) {
      for (const epoch of held.keys()) if (epoch < below) forget(epoch);
    },
    wipe() {
      wiped = true;
      for (const { ck } of held.values()) wipe(ck);
      held.clear();
    },
  };
}
export type Keyring = ReturnType<typeof createKeyring>;
/** an epoch and its key in base64url */
export type KeyText = [epoch: number, key: string];
