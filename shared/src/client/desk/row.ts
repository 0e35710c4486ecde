import { fromUtf8, utf8, wipe } from '../../bytes.ts';
import { unwrap, wrap } from '../../crypto/split.ts';
import { randomToken } from '../../digest.ts';
import type { VisitId } from '../../ids.ts';
import type { Share } from '../../protocol/wire.ts';
import type { DeskKeep } from '../ports.ts';
import { createSerial } from '../serial.ts';
import type { Keyring, KeyText } from '../talk/keyring.ts';
import { emptyTalk, type KeptTalk } from '../talk/ports.ts';

/** What a console keeps of one visit, wrapped under a share that only the service holds while the visit is held. */
interface Stored {
  cks: KeyText[];
  /** epochs whose key was sealed to this device */
  mine: number[];
  nick: string;
  talk: KeptTalk;
}

/** What is left of a row when its keys are gone. */
export const shredded = { rid: '', wrap: '', epoch: 0 } as const;
/** of one visit: it seldom has more than two epochs */
const LINKS_MAX = 16;

export function createDeskRow(keep: DeskKeep, visitId: VisitId, ring: Keyring, nowMs: number) {
  const mine = new Set<number>();
  const serial = createSerial();
  let removed = false;
  let stopped = false;

  const row = {
    mine: mine as ReadonlySet<number>,
    /** the share in use */
    share: { rid: randomToken(8), R: randomToken(32) } as Share,
    nick: '',
    talk: emptyTalk(),
    /** when this console got the visit first, on this device's clock */
    sinceMs: nowMs,
    /** an epoch of this visit has worked on this device */
    met: false,
    /** it has, and what was kept of it opens no more */
    lost: false,
    /** of every epoch that this visitor sealed to this computer, also of those whose key is gone */
    links: [] as readonly CryptoKey[],
    /** @returns true when the row of an earlier page was read */
    async unlock(given: Share | undefined) {
      const kept = (await keep.rows()).find((other) => other.visitId === visitId);
      const plain = given && kept?.rid === given.rid ? await unwrap(given.R, visitId, kept.wrap) : null;
      row.met = kept?.met === true;
      row.sinceMs = kept?.sinceMs ?? nowMs;
      row.lost = row.met && !plain;
      row.links = kept?.links ?? [];
      if (!given || !plain) return false;
      const stored = JSON.parse(fromUtf8(plain) ?? '{}') as Stored;
      wipe(plain);
      await ring.holdTexts(stored.cks);
      for (const epoch of stored.mine) mine.add(epoch);
      row.nick = stored.nick;
      row.talk = stored.talk;
      row.share = given;
      return true;
    },
    own(epoch: number) {
      mine.add(epoch);
      const link = ring.keys(epoch)?.link;
      if (link) row.links = [...row.links, link].slice(-LINKS_MAX);
    },
    /** as it is now; one after another, as they are asked for; @throws when the storage refuses */
    save(hold: number, epoch: number): Promise<void> {
      if (stopped) return Promise.resolve();
      const { nick, talk, met, sinceMs, share, links } = row;
      const stored: Stored = { cks: ring.texts(), mine: [...mine], nick, talk };
      const plain = utf8(JSON.stringify(stored));
      return serial(async () => {
        const wrapped = await wrap(share.R, visitId, plain);
        wipe(plain);
        if (!removed) await keep.write({ visitId, rid: share.rid, wrap: wrapped, hold, epoch, met, sinceMs, links });
      });
    },
    /** the page lets go of its keys: what is being written is finished, and nothing else is written */
    stop: () => void (stopped = true),
    async remove() {
      removed = true;
      await keep.remove(visitId);
    },
    /** nothing of it opens any more, and who comes back is still known [K6] */
    async shred(hold: number) {
      removed = true;
      const { met, sinceMs, links } = row;
      if (met) await serial(() => keep.write({ ...shredded, visitId, hold, met, sinceMs, links }));
      else await keep.remove(visitId);
    },
  };
  return row;
}
export type DeskRowKeeper = ReturnType<typeof createDeskRow>;
