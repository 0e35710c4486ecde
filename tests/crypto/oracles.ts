import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { concat, POINT_BYTES, type Bytes } from '@clbchat/shared/bytes';

/** Another implementation of RFC 9180, which judges the seal: enc ‖ ciphertext. */
const core = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

export async function judgeSeals(to: Uint8Array, plain: Bytes, info: Bytes, aad: Bytes): Promise<Bytes> {
  const recipientPublicKey = await core.kem.deserializePublicKey(concat(to));
  const made = await core.seal({ recipientPublicKey, info }, plain, aad);
  return concat(new Uint8Array(made.enc), new Uint8Array(made.ct));
}

export async function judgeOpens(recipientKey: CryptoKeyPair, sealed: Bytes, info: Bytes, aad: Bytes): Promise<Bytes> {
  const [enc, ciphertext] = [sealed.slice(0, POINT_BYTES), sealed.slice(POINT_BYTES)];
  return new Uint8Array(await core.open({ recipientKey, enc, info }, ciphertext, aad));
}
