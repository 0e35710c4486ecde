import type { VisitRecord } from '@clbchat/server/live/record';
import { fromBase64url } from '@clbchat/shared/base64url';
import { fromUtf8 } from '@clbchat/shared/bytes';
import { deriveEpoch, linkFor, makeKey, type EpochKeys } from '@clbchat/shared/crypto/epoch';
import { sealFrame } from '@clbchat/shared/crypto/frame';
import { sealKey } from '@clbchat/shared/crypto/seal';
import { unwrap } from '@clbchat/shared/crypto/split';
import { randomToken } from '@clbchat/shared/digest';
import { FRAME_TYPES, type FrameType, type Side } from '@clbchat/shared/protocol/frame';
import type { SealedMessage } from '@clbchat/shared/protocol/sealed';
import { offerDigestOf } from '@clbchat/shared/statement/keyOffer';
import { addToLog } from '../evil-relay/lies.ts';
import type { createPair } from '../support/realScene.ts';

/** What a hacked relay can do by itself: it seals a key of its own to a counsellor's key offer. */
export async function answersOffer(visit: VisitRecord, previous: EpochKeys | null): Promise<Uint8Array> {
  const { keyOffer } = visit;
  const said = Buffer.from(keyOffer.split('.')[6] ?? '', 'base64url').toString();
  const ephemeralPublic = fromBase64url((JSON.parse(said) as { pub: string }).pub);
  if (!ephemeralPublic) throw new Error('no key in the offer');
  const ck = makeKey();
  const offerDigest = await offerDigestOf(keyOffer);
  const link = previous ? await linkFor(previous, offerDigest, ck) : null;
  const { visitId, epoch } = visit;
  visit.sealed = await sealKey({ ephemeralPublic, offerDigest, visitId, epoch, ck, link });
  return ck;
}

type Pair = Pick<Awaited<ReturnType<typeof createPair>>, 'theVisit' | 'tab'>;

/** The keys of an epoch, out of what the visitor's tab keeps: so the test can do what somebody who once had them can. */
export async function keysOf({ theVisit, tab }: Pair, epoch: number): Promise<EpochKeys> {
  const { visitId, shareV } = theVisit();
  const plain = await unwrap(shareV.R, visitId, tab.kept?.vault.w ?? '');
  const { cks } = JSON.parse(fromUtf8(plain ?? new Uint8Array(0)) ?? '') as { cks: [number, string][] };
  const ck = fromBase64url(cks.find(([held]) => held === epoch)?.[1] ?? '');
  if (!ck) throw new Error('the tab has no such key');
  return deriveEpoch(ck, visitId, epoch);
}

/** One side that says what no screen of ours can say, in a stream of its own, as fast as it likes. */
export function hostile(keys: EpochKeys, visit: VisitRecord, side: Side) {
  const stream = randomToken(8);
  let n = 0;
  return async (message: object, type: FrameType = FRAME_TYPES.control): Promise<string> => {
    n += 1;
    const { visitId, epoch } = visit;
    const frame = await sealFrame(keys, { type, visitId, epoch, side, stream, n }, message as SealedMessage);
    addToLog(visit, frame, `${side}${epoch}:${stream}:${n}`);
    return frame;
  };
}
