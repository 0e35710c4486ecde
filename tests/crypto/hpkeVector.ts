import { toBase64url } from '@clbchat/shared/base64url';
import { concat } from '@clbchat/shared/bytes';

/**
 * RFC 9180, appendix A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, sequence number 0.
 * The appendix has no vector with AES-256-GCM; its KEM and key schedule are the ones that are used here.
 */
export const RFC9180_A3 = {
  info: '4f6465206f6e2061204772656369616e2055726e',
  skRm: 'f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2',
  pkRm:
    '04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a' +
    '779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0',
  skEm: '4995788ef4b9d6132b249ce59a77281493eb39af373d236a1fe415cb0c2d7beb',
  ikmE: '4270e54ffd08d79d5928020af4686d8f6b7d35dbe470265f1f5aa22816ce860e',
  ikmR: '668b37171f1072f3cf12ea8a236a45df23fc13b82af3609ad1e354f6ef817550',
  enc:
    '04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac985' +
    '36d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4',
  sharedSecret: 'c0d26aeab536609a572b07695d933b589dcf363ff9d93c93adea537aeabb8cb8',
  key: '868c066ef58aae6dc589b6cfdd18f97e',
  baseNonce: '4e0bc5018beba4bf004cca59',
  plaintext: '4265617574792069732074727574682c20747275746820626561757479',
  aad: '436f756e742d30',
  ciphertext: '5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434',
} as const;

export const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

/** A key pair from its published bytes, as WebCrypto holds it. */
export async function pairOf(privateRaw: Uint8Array, publicRaw: Uint8Array): Promise<CryptoKeyPair> {
  const P256 = { name: 'ECDH', namedCurve: 'P-256' };
  const [x = '', y = ''] = [publicRaw.slice(1, 33), publicRaw.slice(33)].map(toBase64url);
  const jwk = { kty: 'EC', crv: 'P-256', d: toBase64url(privateRaw), x, y };
  const privateKey = await crypto.subtle.importKey('jwk', jwk, P256, false, ['deriveBits']);
  return { privateKey, publicKey: await crypto.subtle.importKey('raw', concat(publicRaw), P256, true, []) };
}
