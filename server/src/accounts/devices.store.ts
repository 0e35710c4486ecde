import type { AccountId, Digest } from '@clbchat/shared/ids';
import * as v from 'valibot';
import { Bug, Problem } from '../kernel/failure.ts';
import { act } from '../records/acts.store.ts';
import type { Change, RecordsStore } from '../records/records.store.ts';
import { accountId } from './accounts.store.ts';

/** Base64url of a SHA-256. */
const DIGEST_CHARS = 43;
export const deviceId = v.pipe(v.string(), v.length(DIGEST_CHARS), v.regex(/^[\w-]+$/)); // at most DIGEST_CHARS

/** What is stored of a device. */
export const deviceDocument = v.strictObject({ account: accountId });

/** Browsers whose certificate this centre signed. A certificate that is nowhere written down seats nobody [A15]. */
export interface DevicesStore {
  /**
   * Writes down that a device was signed, or signed again until later.
   *
   * @param device digest of its public key, as its certificate's chain gives it
   * @param certEndMs when the certificate ends
   * @param by id of the account that signed
   * @returns false when the device is another account's: it stays that one's, and this certificate seats nobody
   */
  signed(device: Digest, account: AccountId, certEndMs: number, by: string): Promise<boolean>;
  /**
   * While the records do not answer, what this process knew last counts; of a device that it never met it knows nothing, and
   * rejects with Problem `unavailable`.
   */
  isOf(device: Digest, account: AccountId): Promise<boolean>;
}

export function devicesOf(records: RecordsStore, nowMs: () => number): DevicesStore {
  const met = new Map<Digest, AccountId>();

  async function owned(device: Digest): Promise<{ rev: number; account: AccountId } | null> {
    const row = await records.get({ kind: 'device', id: device });
    if (!row) return null;
    const read = v.safeParse(deviceDocument, JSON.parse(row.text));
    if (!read.success) throw new Bug('what is stored of a device is none');
    return { rev: row.rev, account: read.output.account };
  }

  return {
    async signed(device, account, certEndMs, by) {
      for (;;) {
        const known = await owned(device);
        if (known && known.account !== account) return false;
        const text = JSON.stringify({ account });
        const row: Change = { kind: 'device', id: device, rev: known?.rev ?? 0, text, endMs: certEndMs };
        // signed again is no news of who may do what
        const { is } = known
          ? await records.write([row], null)
          : await act(records, nowMs(), [row], { by, act: 'device_signed', about: device });
        if (is === 'written') return true;
      }
    },
    async isOf(device, account) {
      const owner = await owned(device)
        .then((known) => known?.account)
        .catch((error: unknown) => {
          if (error instanceof Problem && met.has(device)) return met.get(device);
          throw error;
        });
      if (owner) met.set(device, owner);
      else met.delete(device);
      return owner === account;
    },
  };
}
