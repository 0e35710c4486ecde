import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { randomToken } from '@clbchat/shared/digest';
import { makeEphemeral } from '@clbchat/shared/crypto/seal';
import { keyOffer as keyOfferSchema } from '@clbchat/shared/protocol/wire';
import { makeKeyOffer, offerDigestOf, openKeyOffer } from '@clbchat/shared/statement/keyOffer';
import { makeSigningPair } from '@clbchat/shared/statement/signingKey';
import { proveSocket, verifySocketProof } from '@clbchat/shared/statement/socketProof';
import { NOW_MS, SAMIRA, makeAuthority, occasion } from './authority.ts';

async function offered() {
  const { device, chain, trust } = await makeAuthority();
  const here = occasion();
  const { publicBytes } = await makeEphemeral();
  const text = await makeKeyOffer({ deviceKey: device.privateKey, chain, ephemeralPublic: publicBytes, ...here });
  return { text, here, trust, chain, publicBytes };
}
const refused = { ok: false, why: 'chain' };

describe('key offers', () => {
  it('[E3] tells who offers, from the certificate, and the key that was made', async () => {
    const { text, here, trust, publicBytes } = await offered();
    const opened = await openKeyOffer(text, { ...trust, ...here });
    expect(opened).toMatchObject({
      ok: true,
      ...SAMIRA,
      ephemeralPublic: publicBytes,
      offerDigest: await offerDigestOf(text),
    });
    expect(v.is(keyOfferSchema, text)).toBe(true);
  });

  it('[E3] for another visit, another nonce or another epoch it is refused', async () => {
    const { text, here, trust } = await offered();
    for (const other of [{ visitId: randomToken(16) }, { vnonce: randomToken(32) }, { epoch: 2 }]) {
      expect(await openKeyOffer(text, { ...trust, ...here, ...other })).toEqual(refused);
    }
  });

  it('[E3] an offer by another device than the one certified is refused', async () => {
    const { here, trust, chain, publicBytes } = await offered();
    const { privateKey } = await makeSigningPair();
    const text = await makeKeyOffer({ deviceKey: privateKey, chain, ephemeralPublic: publicBytes, ...here });
    expect(await openKeyOffer(text, { ...trust, ...here })).toEqual(refused);
  });

  it('[E3] the certificate of a colleague before the same offer is refused', async () => {
    const [mine, theirs] = await Promise.all([offered(), offered()]);
    const mixed = [...theirs.text.split('.').slice(0, 6), ...mine.text.split('.').slice(6)].join('.');
    const trust = { ...mine.trust, pins: [...mine.trust.pins, ...theirs.trust.pins] };
    expect(await openKeyOffer(mixed, { ...trust, ...mine.here })).toEqual(refused);
  });

  it('[E2 E3] an offer under the root in reserve is believed as one under the first, and under a third is not', async () => {
    const [first, reserve, third] = await Promise.all([offered(), offered(), offered()]);
    const pins = [...first.trust.pins, ...reserve.trust.pins];
    for (const { text, here, trust } of [first, reserve])
      expect(await openKeyOffer(text, { ...trust, ...here, pins })).toMatchObject({ ok: true, ...SAMIRA });
    expect(await openKeyOffer(third.text, { ...third.trust, ...third.here, pins })).toEqual(refused);
  });

  it('[E3] a wrong clock and a later version are told as such; broken text never throws', async () => {
    const { text, here, trust } = await offered();
    const later = { ...trust, ...here, nowMs: NOW_MS + 40 * 86_400_000 };
    expect(await openKeyOffer(text, later)).toEqual({ ok: false, why: 'clock' });
    expect(await openKeyOffer(`2${text.slice(1)}`, { ...trust, ...here })).toEqual({ ok: false, why: 'version' });
    for (const broken of ['', '.......', text.slice(0, -1), `${text}.`, text.split('.').slice(0, 6).join('.')]) {
      expect(await openKeyOffer(broken, { ...trust, ...here })).toEqual(refused);
    }
  });
});

describe('proof of a socket', () => {
  it('[E11] is good for one nonce, one session and one origin, by one device', async () => {
    const [device, other] = await Promise.all([makeSigningPair(), makeSigningPair()]);
    const socket = { nonce: randomToken(32), binding: randomToken(32), origin: 'https://chat.example' };
    const signature = await proveSocket(device.privateKey, socket);
    expect(signature).toHaveLength(86);
    expect(await verifySocketProof(device.publicKey, signature, socket)).toBe(true);
    expect(await verifySocketProof(other.publicKey, signature, socket)).toBe(false);
    for (const changed of [
      { nonce: randomToken(32) },
      { binding: randomToken(32) },
      { origin: 'https://evil.example' },
    ]) {
      expect(await verifySocketProof(device.publicKey, signature, { ...socket, ...changed })).toBe(false);
    }
    for (const broken of ['', 'AA', `${signature}A`, 'x'.repeat(86)]) {
      expect(await verifySocketProof(device.publicKey, broken, socket)).toBe(false);
    }
  });

  it('[E11] moving a character from one field to the next is another proof', async () => {
    const { privateKey, publicKey } = await makeSigningPair();
    const signature = await proveSocket(privateKey, { nonce: 'ab', binding: 'c', origin: 'd' });
    expect(await verifySocketProof(publicKey, signature, { nonce: 'a', binding: 'bc', origin: 'd' })).toBe(false);
  });
});
