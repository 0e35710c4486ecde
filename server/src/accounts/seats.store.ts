import type { AccountId, Digest } from '@clbchat/shared/ids';
import { issuerPartOf, wordsIn } from '@clbchat/shared/statement/chain';
import { pinOf } from '@clbchat/shared/statement/signingKey';
import type { Device, DevicesStore } from './devices.store.ts';

interface Needs {
  readonly devices: Pick<DevicesStore, 'wouldBeOf'>;
  /** fingerprints of the roots whose issuers sign devices here */
  readonly pins: readonly string[];
  /** whether this device holds a conversation now. Rejects when nobody can say */
  readonly holds: (of: { account: AccountId; dev: Digest }) => Promise<boolean>;
  readonly nowMs: () => number;
}

interface Seats {
  /** the one whose certificate ended while it holds somebody: an end is no revocation, and it is good for that conversation still [O38 O45] */
  readonly holding: Digest | null;
  /** those that no seat takes though no time of theirs is over, as what signed them was revoked [O67]: what ended with its issuer is none of them */
  readonly waits: Digest[];
  /** the same of what was signed under roots that are none of the pins any more */
  readonly otherPins: Digest[];
}

/** Whether the root is one of the pins. @param part an issuer's, or that of one in a chain */
export const isUnder = async (pins: readonly string[], part: string): Promise<boolean> =>
  pins.includes(await pinOf(part.split('.', 1)[0]!)); // at most CHAIN_CHARS_MAX

/** What becomes of the computers of one account where somebody sits down at them. */
export function seatsOf({ devices, pins, holds, nowMs }: Needs): { of(own: readonly Device[]): Promise<Seats> } {
  async function holding(own: readonly Device[]) {
    for (const { id: dev, account, chain } of own) {
      const endS = (chain === undefined ? null : await wordsIn(chain))?.device.exp ?? Infinity;
      if (endS * 1_000 <= nowMs() && (await holds({ account, dev }))) return dev;
    }
    return null;
  }
  return {
    async of(own) {
      const [waits, otherPins]: [Digest[], Digest[]] = [[], []];
      for (const { id, account, chain } of own) {
        if (chain === undefined) continue; // the demonstration signs it by itself
        if (!(await isUnder(pins, issuerPartOf(chain)))) otherPins.push(id);
        else if (!(await devices.wouldBeOf(id, account, chain))) waits.push(id);
      }
      return { holding: await holding(own), waits, otherPins };
    },
  };
}
