import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { toBase64url } from '@clbchat/shared/base64url';
import { utf8 } from '@clbchat/shared/bytes';
import { exportPublic, importPublic, makeSigningPair } from '@clbchat/shared/statement/signingKey';
import { sign, signBytes, verify, type Tag } from '@clbchat/shared/statement/statement';

const TAGS: Tag[] = ['issuer', 'issuer request', 'device', 'offer', 'socket'];
const anything = v.looseObject({});

/** A payload signed as it stands, without the care that `sign` takes. */
async function signRaw(key: Parameters<typeof sign>[0], tag: string, payload: string) {
  const bytes = utf8(payload);
  return `${toBase64url(bytes)}.${await signBytes(key, tag, bytes)}`;
}

describe('statements', () => {
  it('[E1] a statement is read as its own kind, and as no other', async () => {
    const { privateKey, publicKey } = await makeSigningPair();
    for (const made of TAGS) {
      const text = await sign(privateKey, made, { about: 'x' });
      for (const read of TAGS) {
        const seen = await verify(publicKey, read, text, anything);
        expect(seen, `${made} read as ${read}`).toEqual(read === made ? { about: 'x' } : null);
      }
    }
  });

  it('[E1] a tag in the signature and another in the payload is refused, and so is another version', async () => {
    const { privateKey, publicKey } = await makeSigningPair();
    const read = async (label: string, payload: string) =>
      verify(publicKey, 'device', await signRaw(privateKey, label, payload), anything);
    expect(await read('device', '{"v":1,"t":"device"}')).not.toBeNull();
    expect(await read('device', '{"v":1,"t":"issuer"}')).toBeNull();
    expect(await read('issuer', '{"v":1,"t":"device"}')).toBeNull();
    expect(await read('device', '{"v":2,"t":"device"}')).toBeNull();
    expect(await read('device', '["device"]')).toBeNull();
    expect(await read('device', 'null')).toBeNull();
    expect(await read('device', 'no json')).toBeNull();
  });

  it('[E1] a payload cannot choose its own tag or version', async () => {
    const { privateKey, publicKey } = await makeSigningPair();
    const text = await sign(privateKey, 'offer', { t: 'device', v: 9 });
    expect(await verify(publicKey, 'offer', text, anything)).toEqual({});
  });

  it('[E1] every changed character, a missing part or an added one is refused without throwing', async () => {
    const { privateKey, publicKey } = await makeSigningPair();
    const text = await sign(privateKey, 'offer', { a: 1 });
    for (let at = 0; at < text.length; at += 1) {
      const other = text[at] === 'A' ? 'B' : 'A';
      expect(
        await verify(publicKey, 'offer', text.slice(0, at) + other + text.slice(at + 1), anything),
        `at ${at}`,
      ).toBeNull();
    }
    for (const broken of ['', '.', text.split('.')[0] ?? '', `${text}.`, `${text}.AA`, text.replace('.', '')]) {
      expect(await verify(publicKey, 'offer', broken, anything)).toBeNull();
    }
  });

  it('[E1] the bytes are checked as they came: white space is signed too', async () => {
    const { privateKey, publicKey } = await makeSigningPair();
    const spaced = await signRaw(privateKey, 'offer', '{ "v": 1, "t": "offer" }');
    expect(await verify(publicKey, 'offer', spaced, anything)).not.toBeNull();
    const tight = `${toBase64url(utf8('{"v":1,"t":"offer"}'))}.${spaced.split('.')[1]}`;
    expect(await verify(publicKey, 'offer', tight, anything)).toBeNull();
  });

  it('[E2] a public key is a point on the curve, or it is nothing', async () => {
    const { publicKey } = await makeSigningPair();
    const text = await exportPublic(publicKey);
    expect(await importPublic(text)).not.toBeNull();
    expect(await importPublic(toBase64url(new Uint8Array(65).fill(4)))).toBeNull();
    expect(await importPublic(text.slice(0, -2))).toBeNull();
    expect(await importPublic('~')).toBeNull();
  });

  it('[E2] a device key that was not asked to be extractable cannot be exported', async () => {
    const { privateKey } = await makeSigningPair();
    await expect(crypto.subtle.exportKey('pkcs8', privateKey)).rejects.toThrow();
  });
});
