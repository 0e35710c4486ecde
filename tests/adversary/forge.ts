import { fromBase64url } from '@clbchat/shared/base64url';
import { linkFor, makeKey, type EpochKeys } from '@clbchat/shared/crypto/epoch';
import { sealKey } from '@clbchat/shared/crypto/seal';
import { offerDigestOf } from '@clbchat/shared/statement/keyOffer';
import type { RelayVisit } from '../support/relayVisit.ts';

/** What a hacked relay can do by itself: it seals a key of its own to a counsellor's key offer. */
export async function answersOffer(visit: RelayVisit, previous: EpochKeys | null): Promise<Uint8Array> {
  const keyOffer = visit.keyOffer ?? '';
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
