import { fromUtf8, utf8, wipe } from '../../bytes.ts';
import { unwrap, wrap } from '../../crypto/split.ts';
import { digestOf, randomToken, visitIdOf } from '../../digest.ts';
import type { Role } from '../../ids.ts';
import type { Share } from '../../protocol/wire.ts';
import type { Keep, KeptVisit } from '../ports.ts';
import { createSerial } from '../serial.ts';
import { createKeyring, type KeyText } from '../talk/keyring.ts';
import { emptyTalk, type KeptTalk } from '../talk/ports.ts';
import { NOTHING_AGREED, type Agreed } from './agreement.ts';

/** What a tab knows of its visit and keeps only wrapped. */
export interface VaultContents {
  /** sealed as well: browsers keep old values of a tab's storage on the disk, also after it was cleared [B19] */
  role: Role;
  nick: string;
  /** a question written while nobody is there; leaves as the first words in the next epoch */
  first: string;
  talk: KeptTalk;
  agreed: Agreed;
  /** the present person may have the keys from this epoch on */
  readsFrom: number;
  /** … and at another computer from this one on, should the visitor say so; 0 = there is nothing to ask */
  mayReadFrom: number;
  owesKeys: boolean;
}

export const emptyContents = (): VaultContents => ({
  role: 'pupil',
  nick: '',
  first: '',
  talk: emptyTalk(),
  agreed: NOTHING_AGREED,
  readsFrom: 1,
  mayReadFrom: 0,
  owesKeys: false,
});

/** What stands beside the wrapped part and may change. */
type Outside = Partial<Pick<KeptVisit, 'sealedMax' | 'life' | 'alive' | 'goneMs'>>;

type Stored = VaultContents & { cks: KeyText[] };

const makeShare = (): Share => ({ rid: randomToken(8), R: randomToken(32) });

// over 80 lines because what is wrapped and what stands beside it are one record
async function createVault(keep: Keep, start: KeptVisit, share: Share, contents: VaultContents) {
  const serial = createSerial();
  const ring = createKeyring(start.visitId);
  let cleared = false;
  let stopped = false;

  const write = (change: Partial<KeptVisit>) => {
    if (cleared) return;
    vault.kept = { ...vault.kept, ...change };
    keep.write(vault.kept);
  };

  const vault = {
    kept: start,
    ring,
    contents,
    share,
    nextDigest: await digestOf(start.next),
    /** wraps contents and keys, as they are now, and writes them, with what else changed, in one piece */
    save(change: Outside = {}): Promise<void> {
      if (cleared || stopped) return Promise.resolve();
      const stored: Stored = { ...vault.contents, cks: ring.texts() };
      const plain = utf8(JSON.stringify(stored));
      const { rid, R } = vault.share;
      return serial(async () => {
        const w = await wrap(R, start.visitId, plain);
        wipe(plain);
        write({ ...change, vault: { rid, w } });
      });
    },
    /** the page lets go of its keys: what is being written is finished, and nothing else is written */
    stop: () => void (stopped = true),
    /** writes what is not wrapped */
    note: (change: Outside) => write(change),
    /** the next token has become the present one: makes and keeps another */
    async turn() {
      const token = vault.kept.next;
      const next = randomToken(32);
      const digest = await digestOf(next);
      if (vault.kept.next !== token) return;
      vault.nextDigest = digest;
      write({ token, next });
    },
    /** another next token, for a CONNECT that is not to be taken for the last one again */
    async renew() {
      const next = randomToken(32);
      vault.nextDigest = await digestOf(next);
      write({ next });
    },
    /** @returns false when this share opens nothing; then the vault starts anew under a share of its own */
    unlock: (given: Share | undefined) =>
      serial(async () => {
        if (given?.rid === vault.share.rid && given.R === vault.share.R) return true;
        const { rid, w } = vault.kept.vault;
        const plain = given?.rid === rid ? await unwrap(given.R, start.visitId, w) : null;
        if (!given || !plain) return false;
        const { cks, ...rest } = JSON.parse(fromUtf8(plain) ?? '{}') as Stored;
        wipe(plain);
        await ring.holdTexts(cks);
        vault.share = given;
        vault.contents = { ...emptyContents(), ...rest };
        return true;
      }),
    /** from now on nothing is written */
    clear() {
      cleared = true;
      ring.wipe();
      vault.contents = emptyContents();
      keep.clear();
    },
  };
  return vault;
}
export type Vault = Awaited<ReturnType<typeof createVault>>;

/** A visit that does not exist yet: everything is on this device before the service hears of it. */
export async function newVault(
  keep: Keep,
  visit: { role: Role; nick: string; first: string; nowMs: number },
): Promise<Vault> {
  const proof = randomToken(32);
  const share = makeShare();
  const kept: KeptVisit = {
    visitId: await visitIdOf(proof),
    proof,
    token: randomToken(32),
    next: randomToken(32),
    vnonce: randomToken(32),
    vault: { rid: share.rid, w: '' },
    sealedMax: 0,
    sinceMs: visit.nowMs,
    life: '',
    alive: { atMs: visit.nowMs, talking: false },
  };
  const { role, nick, first } = visit;
  const vault = await createVault(keep, kept, share, { ...emptyContents(), role, nick, first });
  await vault.save();
  return vault;
}

/** The visit of a tab that was loaded again; closed until the service gives the share back. */
export const keptVault = (keep: Keep, kept: KeptVisit): Promise<Vault> =>
  createVault(keep, kept, makeShare(), emptyContents());
