import { Aes256Gcm, CipherSuite as CoreSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, KEM_DHKEM_P256_HKDF_SHA256 } from 'hpke';
import { concat, type Bytes } from '@clbchat/shared/bytes';

/** Two other people's HPKE, in the shape of ours: enc ‖ ciphertext. */
export type Seal = (to: Uint8Array, plain: Bytes, info: Bytes, aad: Bytes) => Promise<Bytes>;
export type Open = (pair: CryptoKeyPair, sealed: Bytes, info: Bytes, aad: Bytes) => Promise<Bytes>;

const ENC_BYTES = 65;
const suite = new CipherSuite(KEM_DHKEM_P256_HKDF_SHA256, KDF_HKDF_SHA256, AEAD_AES_256_GCM);
const core = new CoreSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

export const sealers: [name: string, Seal][] = [
  [
    'hpke',
    async (to, plain, info, aad) => {
      const made = await suite.Seal(await suite.DeserializePublicKey(to), plain, { info, aad });
      return concat(made.encapsulatedSecret, made.ciphertext);
    },
  ],
  [
    '@hpke/core',
    async (to, plain, info, aad) => {
      const recipientPublicKey = await core.kem.deserializePublicKey(concat(to));
      const made = await core.seal({ recipientPublicKey, info }, plain, aad);
      return concat(new Uint8Array(made.enc), new Uint8Array(made.ct));
    },
  ],
];

export const openers: [name: string, Open][] = [
  [
    'hpke',
    async (pair, sealed, info, aad) =>
      concat(await suite.Open(pair, sealed.slice(0, ENC_BYTES), sealed.slice(ENC_BYTES), { info, aad })),
  ],
  [
    '@hpke/core',
    async (recipientKey, sealed, info, aad) => {
      const enc = sealed.slice(0, ENC_BYTES);
      return new Uint8Array(await core.open({ recipientKey, enc, info }, sealed.slice(ENC_BYTES), aad));
    },
  ],
];
