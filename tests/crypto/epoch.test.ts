import { createHmac, hkdfSync, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { concat, utf8, wipe } from '@clbchat/shared/bytes';
import { epochBytes } from '@clbchat/shared/crypto/context';
import { deriveEpoch, linkFor, makeKey, verifyLink } from '@clbchat/shared/crypto/epoch';
import { openFrame, sealFrame } from '@clbchat/shared/crypto/frame';
import { unwrap, wrap } from '@clbchat/shared/crypto/split';
import { randomToken } from '@clbchat/shared/digest';
import { readHeader, type FrameHeader } from '@clbchat/shared/protocol/frame';

describe('the keys of an epoch', () => {
  it('[E5] are never exportable', async () => {
    const keys = await deriveEpoch(makeKey(), randomToken(16), 1);
    for (const key of Object.values(keys)) {
      expect(key.extractable).toBe(false);
      await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
    }
  });

  it('[E5] the link is what an independent derivation gives', async () => {
    const [ck, next, offerDigest, visitId] = [makeKey(), makeKey(), makeKey(), randomToken(16)];
    const salt = createHash('sha256')
      .update(concat(utf8('clbchat/1'), epochBytes(visitId, 3)))
      .digest();
    const secret = hkdfSync('sha256', ck, salt, utf8('clbchat/1 link'), 32);
    const expected = createHmac('sha256', Buffer.from(secret)).update(concat(offerDigest, next)).digest();
    const link = await linkFor(await deriveEpoch(ck, visitId, 3), offerDigest, next);
    expect(Buffer.from(link).equals(expected)).toBe(true);
  });

  it('[E5] a link convinces who holds the previous key, and is missed when it is missing', async () => {
    const [ck, next, offerDigest, visitId] = [makeKey(), makeKey(), makeKey(), randomToken(16)];
    const [visitor, counsellor] = await Promise.all([deriveEpoch(ck, visitId, 1), deriveEpoch(ck, visitId, 1)]);
    const link = await linkFor(visitor, offerDigest, next);
    expect(await verifyLink(counsellor.link, offerDigest, next, link)).toBe(true);
    expect(await verifyLink(counsellor.link, offerDigest, next, null)).toBe(false);
    expect(await verifyLink(counsellor.link, offerDigest, next, link.slice(1))).toBe(false);
  });

  it('[E5] a link made without that key, for another offer, key, visit or epoch convinces nobody', async () => {
    const [ck, next, offerDigest, visitId] = [makeKey(), makeKey(), makeKey(), randomToken(16)];
    const counsellor = await deriveEpoch(ck, visitId, 1);
    const rightly = await linkFor(counsellor, offerDigest, next);
    expect(await verifyLink(counsellor.link, makeKey(), next, rightly)).toBe(false);
    expect(await verifyLink(counsellor.link, offerDigest, makeKey(), rightly)).toBe(false);
    for (const stranger of [
      deriveEpoch(makeKey(), visitId, 1),
      deriveEpoch(ck, randomToken(16), 1),
      deriveEpoch(ck, visitId, 2),
    ]) {
      const link = await linkFor(await stranger, offerDigest, next);
      expect(await verifyLink(counsellor.link, offerDigest, next, link)).toBe(false);
    }
  });

  it('[E5] wiping the bytes afterwards leaves the derived keys working', async () => {
    const [ck, visitId] = [makeKey(), randomToken(16)];
    const copy = ck.slice();
    const before = await deriveEpoch(ck, visitId, 1);
    wipe(ck);
    expect(ck.every((byte) => byte === 0)).toBe(true);
    const header: FrameHeader = { type: 2, visitId, epoch: 1, side: 'v', stream: randomToken(8), n: 1 };
    const frame = await sealFrame(before, header, { k: 'typing' });
    const read = readHeader(frame);
    expect(read && (await openFrame(await deriveEpoch(copy, visitId, 1), read, frame))).toEqual({
      is: 'message',
      message: { k: 'typing' },
    });
  });

  it('[E5] a key of another length or a malformed visit is refused', async () => {
    await expect(deriveEpoch(new Uint8Array(16), randomToken(16), 1)).rejects.toThrow(RangeError);
    await expect(deriveEpoch(makeKey(), 'x', 1)).rejects.toThrow(RangeError);
    await expect(deriveEpoch(makeKey(), randomToken(16), 65_536)).rejects.toThrow(RangeError);
  });
});

describe('the split key', () => {
  it('[E9] opens with both halves only', async () => {
    const [R, visitId, plain] = [randomToken(32), randomToken(16), makeKey()];
    const wrapped = await wrap(R, visitId, plain);
    expect(await unwrap(R, visitId, wrapped)).toEqual(plain);
    expect(await unwrap(randomToken(32), visitId, wrapped)).toBeNull();
    expect(await unwrap(R, randomToken(16), wrapped)).toBeNull();
    for (const broken of ['', '~', 'AAAA', wrapped.slice(0, -4), `${wrapped}AAAA`])
      expect(await unwrap(R, visitId, broken)).toBeNull();
    for (const half of ['', '~', R.slice(4)]) expect(await unwrap(half, visitId, wrapped)).toBeNull();
  });

  it('[E9] never gives the same wrap twice, and refuses one of another version', async () => {
    const [R, visitId, plain] = [randomToken(32), randomToken(16), utf8('what a page keeps')];
    const [one, two] = await Promise.all([wrap(R, visitId, plain), wrap(R, visitId, plain)]);
    expect(one).not.toBe(two);
    expect(await unwrap(R, visitId, `Ag${one.slice(2)}`)).toBeNull();
    await expect(wrap('short', visitId, plain)).rejects.toThrow(RangeError);
  });
});
