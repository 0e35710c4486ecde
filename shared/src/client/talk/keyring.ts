import { wipe, type Bytes } from '../../bytes.ts';
import { deriveEpoch, type EpochKeys } from '../../crypto/epoch.ts';

/** The keys of a visit that this side holds, by epoch. In memory only. */
export interface Keyring {
  /** takes its own copy of the 32 bytes; an epoch's first key stays */
  hold(epoch: number, ck: Uint8Array): Promise<void>;
  keys(epoch: number): EpochKeys | undefined;
  secret(epoch: number): Bytes | undefined;
  /** epochs that are held, lowest first */
  epochs(): number[];
  /** this number has another key from now on */
  forget(epoch: number): void;
  /** these epochs are another person's */
  drop(below: number): void;
  wipe(): void;
}

export function createKeyring(visitId: string): Keyring {
  const held = new Map<number, { ck: Bytes; keys: EpochKeys }>();
  let wiped = false;
  return {
    async hold(epoch, ck) {
      const own = new Uint8Array(ck);
      const keys = await deriveEpoch(own, visitId, epoch);
      if (wiped || held.has(epoch)) return wipe(own);
      held.set(epoch, { ck: own, keys });
    },
    keys: (epoch) => held.get(epoch)?.keys,
    secret: (epoch) => held.get(epoch)?.ck,
    epochs: () => [...held.keys()].sort((a, b) => a - b),
    forget(epoch) {
      const one = held.get(epoch);
      if (one) wipe(one.ck);
      held.delete(epoch);
    },
    drop(below) {
      for (const [epoch, { ck }] of held) {
        if (epoch >= below) continue;
        wipe(ck);
        held.delete(epoch);
      }
    },
    wipe() {
      wiped = true;
      for (const { ck } of held.values()) wipe(ck);
      held.clear();
    },
  };
}
