import { fromBase64url, toBase64url } from '../base64url.ts';
import { fromUtf8, utf8, wipe } from '../bytes.ts';
import { unwrap, wrap } from '../crypto/split.ts';
import { digestOf, randomToken, visitIdOf } from '../digest.ts';
import { newMid, type Digest, type Role, type Topic } from '../ids.ts';
import type { Life, Share } from '../protocol/wire.ts';
import { createKeyring, type Keyring } from './keyring.ts';
import type { Keep, KeptVisit } from './ports.ts';
import { createSerial } from './serial.ts';

/** Somebody who was sealed to, from this epoch on. */
export interface Person {
  sub: string;
  /** digest of the device's public key */
  device: string;
  name: string;
  site: string;
  from: number;
}

/** What a tab knows of its visit and keeps only wrapped. */
export interface VaultContents {
  nick: string;
  first: string;
  firstMid: string;
  /** the person that the first question was sent to; null = nobody yet */
  firstFor: string | null;
  people: Person[];
  /** the present person may have the keys from this epoch on */
  readsFrom: number;
  /** … and at another computer from this one on, should the visitor say so; 0 = there is nothing to ask */
  mayReadFrom: number;
  owesKeys: boolean;
  /** digest of the key offer of the highest sealed epoch: only that one is sealed to again [K1] */
  sealedFor: string;
  /** highest epoch that the counsellor confirmed */
  confirmed: number;
}

export const emptyContents = (): VaultContents => ({
  nick: '',
  first: '',
  firstMid: newMid(),
  firstFor: null,
  people: [],
  readsFrom: 1,
  mayReadFrom: 0,
  owesKeys: false,
  sealedFor: '',
  confirmed: 0,
});

export interface Vault {
  readonly kept: KeptVisit;
  readonly nextDigest: Digest;
  readonly ring: Keyring;
  readonly share: Share;
  contents: VaultContents;
  /** wraps contents and keys and writes them, with what else changed, in one piece */
  save(change?: Partial<Pick<KeptVisit, 'sealedMax'>>): Promise<void>;
  /** the next token has become the present one: makes and keeps another */
  turn(): Promise<void>;
  /** another `next` for the present token: whoever made the last one known is somebody else, or was late [L4] */
  renew(): Promise<void>;
  /** the store knows the visit in this life */
  lives(life: Life): void;
  /** @returns false when this share opens nothing; then the vault starts anew under a share of its own */
  unlock(share: Share | undefined): Promise<boolean>;
  /** from now on nothing is written */
  clear(): void;
}

type Stored = VaultContents & { cks: [number, string][] };

const makeShare = (): Share => ({ rid: randomToken(8), R: randomToken(32) });

async function createVault(keep: Keep, start: KeptVisit, firstShare: Share, contents: VaultContents): Promise<Vault> {
  const serial = createSerial();
  const ring = createKeyring(start.visitId);
  let cleared = false;
  let nextDigest = await digestOf(start.next);
  let share = firstShare;

  const write = (change: Partial<KeptVisit>) => {
    if (cleared) return;
    vault.kept = { ...vault.kept, ...change };
    keep.write(vault.kept);
  };

  const vault = {
    kept: start,
    ring,
    contents,
    get share() {
      return share;
    },
    get nextDigest() {
      return nextDigest;
    },
    save: (change: Partial<Pick<KeptVisit, 'sealedMax'>> = {}) =>
      serial(async () => {
        const cks = ring.epochs().flatMap((epoch): [number, string][] => {
          const secret = ring.secret(epoch);
          return secret ? [[epoch, toBase64url(secret)]] : [];
        });
        const stored: Stored = { ...vault.contents, cks };
        const plain = utf8(JSON.stringify(stored));
        const w = await wrap(share.R, start.visitId, plain);
        wipe(plain);
        write({ ...change, vault: { rid: share.rid, w } });
      }),
    async turn() {
      const token = vault.kept.next;
      const next = randomToken(32);
      const digest = await digestOf(next);
      if (vault.kept.next !== token) return;
      nextDigest = digest;
      write({ token, next });
    },
    async renew() {
      const next = randomToken(32);
      nextDigest = await digestOf(next);
      write({ next });
    },
    lives(life: Life) {
      if (life !== vault.kept.life) write({ life });
    },
    unlock: (given: Share | undefined) =>
      serial(async () => {
        if (given?.rid === share.rid && given.R === share.R) return true;
        const { rid, w } = vault.kept.vault;
        const plain = given?.rid === rid ? await unwrap(given.R, start.visitId, w) : null;
        if (!given || !plain) return false;
        const { cks, ...rest } = JSON.parse(fromUtf8(plain) ?? '{}') as Stored;
        wipe(plain);
        for (const [epoch, ck] of cks) {
          const secret = fromBase64url(ck);
          if (secret) await ring.hold(epoch, secret);
        }
        share = given;
        vault.contents = rest;
        return true;
      }),
    clear() {
      cleared = true;
      ring.wipe();
      vault.contents = emptyContents();
      keep.clear();
    },
  };
  return vault;
}

/** A visit that does not exist yet: everything is on this device before the service hears of it. */
export async function newVault(
  keep: Keep,
  visit: { role: Role; topic: Topic; nick: string; first: string },
): Promise<Vault> {
  const proof = randomToken(32);
  const share = makeShare();
  const kept: KeptVisit = {
    visitId: await visitIdOf(proof),
    proof,
    token: randomToken(32),
    next: randomToken(32),
    vnonce: randomToken(32),
    role: visit.role,
    topic: visit.topic,
    vault: { rid: share.rid, w: '' },
    sealedMax: 0,
  };
  const vault = await createVault(keep, kept, share, { ...emptyContents(), nick: visit.nick, first: visit.first });
  await vault.save();
  return vault;
}

/** The visit of a tab that was loaded again; closed until the service gives the share back. */
export const keptVault = (keep: Keep, kept: KeptVisit): Promise<Vault> =>
  createVault(keep, kept, makeShare(), emptyContents());
