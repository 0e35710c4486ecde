import type { AccountId, Digest } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import { CHAIN_CHARS_MAX, isSameButTimes, wordsIn } from '@clbchat/shared/statement/chain';
import * as v from 'valibot';
import { Bug, Problem } from '../kernel/failure.ts';
import { act, turnOf } from '../records/acts.store.ts';
import type { Change, RecordsStore, Row } from '../records/records.store.ts';
import { accountId } from './accounts.store.ts';
import type { AsksStore } from './asks.store.ts';
import { dayOf } from './days.rules.ts';
import { bySession } from './sessionsEnded.store.ts';
import { asItStands, type IssuersStore } from './issuers.store.ts';

/** By less than this nothing is renewed: each renewal is an act, and a second more would be one a second. */
const RENEWED_BY_S_MIN = 86_400;
/** Base64url of a SHA-256. */
const DIGEST_CHARS = 43;
export const deviceId = v.pipe(v.string(), v.length(DIGEST_CHARS), v.regex(/^[\w-]+$/)); // at most DIGEST_CHARS
const chain = v.pipe(v.string(), v.maxLength(CHAIN_CHARS_MAX));

/** What is stored of a device. Of one that the demonstration signs by itself it is the account alone. */
export const deviceDocument = v.strictObject({
  account: accountId,
  /** its certificate, with all that makes it one */
  chain: v.optional(chain),
  /** the one before, until that ends by itself: whoever did not fetch the new one yet goes on */
  before: v.optional(chain),
  /** the day on which it was first signed */
  made: v.optional(v.pipe(v.string(), v.maxLength(10), v.isoDate())),
});
type Document = v.InferOutput<typeof deviceDocument>;

/** A device as it stands on record. */
export interface Device extends Document {
  readonly id: Digest;
  readonly rev: number;
}

/** What a coordinator signed, as the relay read it in a chain that it verified. */
interface Signing {
  readonly device: Digest;
  readonly account: AccountId;
  readonly chain: string;
  readonly certEndMs: number;
  /** id of the account that signed */
  readonly by: string;
  /** binding of the session in which she did: Problem `no_cert` when it ended meanwhile [G81] */
  readonly session?: string;
}

/**
 * gone: nobody asked for it, any more · taken: it is another account's · full: this account has as many as one may ·
 * early: it has long to go · late: it ended too long ago · changed: another certificate than the one on record, by more than its times ·
 * step_up: its issuer stands no more, and who signs it anew did not just show that it is she [O60] · issuer: what signs it was revoked
 */
export type WhyUnsigned = 'issuer' | 'gone' | 'taken' | 'full' | 'early' | 'late' | 'changed' | 'step_up';
type Done = { readonly is: 'signed' } | { readonly is: 'refused'; readonly why: WhyUnsigned };

/** Browsers whose certificate this centre signed. A certificate that is nowhere written down seats nobody [A15]. */
export interface DevicesStore {
  /**
   * Writes down that the demonstration signed a device, or signed it again until later.
   *
   * @param device digest of its public key, as its certificate's chain gives it
   * @param certEndMs when the certificate ends
   * @param by id of the account that signed
   * @returns false when the device is another account's: it stays that one's, and this certificate seats nobody
   */
  signed(device: Digest, account: AccountId, certEndMs: number, by: string): Promise<boolean>;
  /** The first signing of a device that asked for it, in one step with the end of what it asked. The same once more is no news. */
  first(signing: Signing): Promise<Done>;
  /** The same certificate until later: everything but its times is as on record [O23]. */
  renewed(signing: Signing & { readonly hasSteppedUp: boolean }): Promise<Done>;
  /**
   * With what it asks for anew, in one step [G83]. By the session of this binding: rejects with Problem `no_cert` when it ended meanwhile.
   *
   * @param of only where it is this account's. @returns false when there is none
   */
  remove(device: Digest, by: string, of?: AccountId, session?: string): Promise<boolean>;
  list(): Promise<Device[]>;
  /**
   * Whether this very certificate of this device is on record as the account's, and the issuer that signed it was not revoked.
   * While the records do not answer, what this process knew last counts; of a device that it never met it knows nothing, and
   * rejects with Problem `unavailable`.
   */
  isOf(device: Digest, account: AccountId, chain: string): Promise<boolean>;
  /** The same of a chain that nobody showed: what this process knew of the one that was shown stays [N16]. Rejects with Problem. */
  wouldBeOf(device: Digest, account: AccountId, chain: string): Promise<boolean>;
  /** What this process knew of a device counts no more: somebody changed it. Null: of any. */
  forget(device: Digest | null): void;
}

interface Needs {
  readonly records: RecordsStore;
  readonly asks: Pick<AsksStore, 'rowOf'>;
  readonly issuers: Pick<IssuersStore, 'get'>;
  readonly nowMs: () => number;
  readonly limits: Pick<Limits, 'deviceRenewMs' | 'deviceLateMs' | 'devicesMax'>;
}

// over 80 lines because what may become of one row stands together
export function devicesOf({ records, asks, issuers, nowMs, limits }: Needs): DevicesStore {
  /** chains of devices that were let in here, by device */
  const met = new Map<Digest, { readonly account: AccountId; readonly chain: string }>();

  const owned = async (id: Digest) => {
    const row = await records.get({ kind: 'device', id });
    return row && readStored(row);
  };
  const rowOf = (id: Digest, rev: number, document: Document, endMs: number): Change => ({
    ...{ kind: 'device', id, rev, endMs },
    text: JSON.stringify(document),
  });
  /** What this computer asks for beside what stands of it, taken away. */
  const askOf = async (id: Digest, account: AccountId): Promise<Change[]> => {
    const asked = await asks.rowOf(id);
    return asked?.account === account ? [{ kind: 'ask', id, rev: asked.rev, text: null }] : [];
  };
  const refuse = (why: WhyUnsigned) => ({ is: 'refused', why }) as const;
  const readChain = async (certificate: string) => {
    const words = await wordsIn(certificate);
    return words && { words, signer: await issuers.get(words.issuer) };
  };
  const signerOf = async (certificate: string) => (await readChain(certificate))?.signer ?? null;
  /** The row of an issuer goes at its end, which no certificate of its outlives: what ended with it was not revoked [O28 O38]. */
  const isStanding = async (certificate: string) => {
    const said = await readChain(certificate);
    return said?.signer ? !said.signer.revoked : said !== null && said.words.device.exp * 1_000 <= nowMs();
  };

  async function known(device: Digest, account: AccountId, shown: string): Promise<boolean> {
    const found = await owned(device);
    if (found?.account !== account) return false;
    if (found.chain === undefined) return true;
    return (shown === found.chain || shown === found.before) && (await isStanding(shown));
  }

  return {
    async signed(device, account, certEndMs, by) {
      for (;;) {
        const found = await owned(device);
        if (found && (found.account !== account || found.chain !== undefined)) return false;
        const row = rowOf(device, found?.rev ?? 0, { account }, certEndMs);
        // signed again is no news of who may do what
        const { is } = found
          ? await records.write([row], null)
          : await act(records, nowMs(), [row], { by, act: 'device_signed', about: device });
        if (is === 'written') return true;
      }
    },
    async first({ device, account, chain: certificate, certEndMs, by, session }) {
      for (;;) {
        const turn = await turnOf(records);
        const [found, asked] = [await owned(device), await asks.rowOf(device)];
        if (found && found.account !== account) return refuse('taken');
        if (found?.chain === certificate) return { is: 'signed' };
        if (asked?.account !== account) return refuse('gone');
        const mine = (await records.list('device')).map(readStored).filter((one) => one.account === account);
        if (!found && mine.length >= limits.devicesMax) return refuse('full');
        const signer = await signerOf(certificate);
        if (signer?.revoked) return refuse('issuer');
        const row = { account, chain: certificate, made: found?.made ?? dayOf(nowMs()) };
        const { is } = await act(
          records,
          nowMs(),
          [
            rowOf(device, found?.rev ?? 0, row, certEndMs + limits.deviceLateMs),
            { kind: 'ask', id: device, rev: asked.rev, text: null },
            ...(found ? [] : [turn]),
            ...(signer ? [asItStands(signer)] : []),
            ...(await bySession(records, session)),
          ],
          { by, act: 'device_signed', about: device },
        );
        if (is === 'written') return { is: 'signed' };
      }
    },
    async renewed({ device, account, chain: certificate, certEndMs, by, session, hasSteppedUp }) {
      for (;;) {
        const found = await owned(device);
        if (found?.account !== account || found.chain === undefined) return refuse('gone');
        if (found.chain === certificate) return { is: 'signed' };
        const [before, next] = [await wordsIn(found.chain), await wordsIn(certificate)];
        if (!before || !next || !isSameButTimes(before.device, next.device)) return refuse('changed');
        const [earlier, signer] = [await signerOf(found.chain), await signerOf(certificate)];
        if (signer?.revoked) return refuse('issuer');
        const stands = earlier?.revoked === false;
        if (!stands && !hasSteppedUp) return refuse('step_up');
        const leftMs = before.device.exp * 1_000 - nowMs();
        if (leftMs < -limits.deviceLateMs) return refuse('late');
        if (stands && (leftMs >= limits.deviceRenewMs || next.device.exp < before.device.exp + RENEWED_BY_S_MIN))
          return refuse('early');
        const document = { ...(found.made !== undefined && { made: found.made }), account, chain: certificate };
        const goesOn = stands && leftMs > 0 ? { before: found.chain } : {};
        const row = rowOf(device, found.rev, { ...document, ...goesOn }, certEndMs + limits.deviceLateMs);
        // both as they stand: what is revoked meanwhile is looked at anew
        const looked = [earlier, signer?.id === earlier?.id ? null : signer].filter((one) => one !== null);
        const changes = [
          ...[row, ...(await askOf(device, account)), ...looked.map(asItStands)],
          ...(await bySession(records, session)),
        ];
        const { is } = await act(records, nowMs(), changes, { by, act: 'device_renewed', about: device });
        if (is === 'written') return { is: 'signed' };
      }
    },
    async remove(device, by, of, session) {
      for (;;) {
        const found = await owned(device);
        if (!found || (of !== undefined && found.account !== of)) return false;
        const row: Change = { kind: 'device', id: device, rev: found.rev, text: null };
        const changes = [row, ...(await askOf(device, found.account)), ...(await bySession(records, session))];
        const what = found.account === by ? 'device_removed' : 'device_removed_of_another';
        const { is } = await act(records, nowMs(), changes, { by, act: what, about: device });
        if (is !== 'written') continue;
        met.delete(device);
        return true;
      }
    },
    list: async () => (await records.list('device')).map(readStored),
    wouldBeOf: known,
    async isOf(device, account, shown) {
      const is = await known(device, account, shown).catch((error: unknown) => {
        const last = met.get(device);
        if (error instanceof Problem && last) return last.account === account && last.chain === shown;
        throw error;
      });
      if (is) met.set(device, { account, chain: shown });
      else met.delete(device);
      return is;
    },
    forget(device) {
      if (device) met.delete(device);
      else met.clear();
    },
  };
}

function readStored({ id, rev, text }: Row): Device {
  const read = v.safeParse(deviceDocument, JSON.parse(text));
  if (!read.success) throw new Bug('what is stored of a device is none');
  return { ...read.output, id: id as Digest, rev };
}
