/** What pages, authenticators and apps of people who work here would send, made here from nothing but what the wire says. */
import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { request } from './wire.mjs';

/** Headers of a page of ours. */
export const oursOf = ({ origin }) => ({
  ...{ origin, 'sec-fetch-site': 'same-origin', 'x-clb': '1', 'content-type': 'application/json' },
});

/** The cookie that an answer sets, by the end of its name. */
const setBy = ({ headers }) => headers['set-cookie']?.map((one) => one.split(';')[0]).join('; ');

/**
 * @param by whom a proxy names
 * @returns the answer, with what it says and the cookie that it sets
 */
export async function asOurs(target, route, { body = {}, cookie, by, headers = {}, ...how } = {}) {
  const [method, path] = route.split(' ');
  const answer = await request(target, path, {
    ...how,
    method,
    headers: { ...oursOf(target), ...(cookie && { cookie }), ...(by && { 'x-forwarded-for': by }), ...headers },
    ...(method !== 'GET' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  let said = null;
  try {
    said = JSON.parse(answer.body);
  } catch {
    // says nothing
  }
  return { ...answer, said, cookie: setBy(answer) };
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const base64url = (bytes) => bytes.toString('base64url');
const cborText = (text) => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)]);
const cborBytes = (bytes) => Buffer.concat([Buffer.from([0x59, bytes.length >> 8, bytes.length & 0xff]), bytes]);

/** An authenticator with one passkey, in a browser on this origin. */
export function passkeyOf({ origin }) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let user = '';
  const clientData = (type, challenge) => Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const head = (flags) => Buffer.concat([sha256('localhost'), Buffer.from([flags, 0, 0, 0, 0])]);
  return {
    make(options) {
      user = options.user.id;
      const { x, y } = publicKey.export({ format: 'jwk' });
      const cose = [Buffer.from('a5010203262001215820', 'hex'), Buffer.from(x, 'base64url')];
      cose.push(Buffer.from('225820', 'hex'), Buffer.from(y, 'base64url'));
      const data = Buffer.concat([head(0b100_0101), Buffer.alloc(16), Buffer.from([0, id.length]), id, ...cose]);
      const parts = [cborText('fmt'), cborText('none'), cborText('attStmt'), Buffer.from([0xa0])];
      const attestation = Buffer.concat([Buffer.from([0xa3]), ...parts, cborText('authData'), cborBytes(data)]);
      const said = clientData('webauthn.create', options.challenge);
      const shown = { id: base64url(id), clientData: base64url(said), attestation: base64url(attestation) };
      return { ...shown, transports: ['internal'] };
    },
    show({ challenge }) {
      const said = clientData('webauthn.get', challenge);
      const data = head(0b101);
      const signature = sign('sha256', Buffer.concat([data, sha256(said)]), privateKey);
      const shown = { id: base64url(id), clientData: base64url(said), authenticator: base64url(data) };
      return { ...shown, signature: base64url(signature), user };
    },
  };
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

/** The six digits that an app shows for this secret. @param aside steps from now */
export function codeOf(secret, aside = 0) {
  const bits = [...secret].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeUInt32BE(Math.floor(Date.now() / STEP_MS) + aside, 4);
  const digest = createHmac('sha1', key).update(counter).digest();
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** Gives somebody who is signed in a passkey. @returns its authenticator */
export async function givePasskey(target, { cookie }) {
  const one = passkeyOf(target);
  const begun = await asOurs(target, 'POST /api/passkeys/begin', { cookie });
  const added = await asOurs(target, 'POST /api/passkeys/add', { cookie, body: one.make(begun.said) });
  if (added.status !== 200) throw new Error(`a passkey: ${begun.status}, ${added.status}`);
  return one;
}

export const PASSWORD = 'een zin die niemand raadt';

/** Gives somebody who is signed in a password. @returns the secret of its codes, of which the one of now is used */
export async function givePassword(target, { cookie }, login) {
  const begun = await asOurs(target, 'POST /api/password/begin', { cookie, body: { login, password: PASSWORD } });
  const { secret } = begun.said;
  const made = await asOurs(target, 'POST /api/password/confirm', { cookie, body: { code: codeOf(secret, -1) } });
  if (made.status !== 200) throw new Error(`a password: ${begun.status}, ${made.status}`);
  return secret;
}

/** A sign-in by passkey from the beginning. @returns the answer */
export async function byPasskey(target, passkey, how = {}) {
  const begun = await asOurs(target, 'POST /api/sign-in/begin', how);
  if (begun.status !== 200) return begun;
  return asOurs(target, 'POST /api/sign-in/passkey', { ...how, cookie: begun.cookie, body: passkey.show(begun.said) });
}
