/** A counsellor of the demonstration, as her console signs in and sits down. */
import { webcrypto } from 'node:crypto';
import { enter } from './wire.mjs';
import { asOurs } from './ours.mjs';

const { subtle } = webcrypto;
export const sized = (text) => Buffer.concat([Buffer.from([text.length >> 8, text.length & 255]), Buffer.from(text)]);
export const labelled = (label, content) => {
  const name = `clbchat/1 ${label}`;
  return Buffer.concat([Buffer.from([0, name.length]), Buffer.from(name), content]);
};
export const sign = async (key, bytes) =>
  Buffer.from(await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes)).toString('base64url');

export async function newKey() {
  const keys = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const pub = Buffer.from(await subtle.exportKey('raw', keys.publicKey));
  return { key: keys.privateKey, bytes: pub, pub: pub.toString('base64url') };
}

/** One of the demonstration's people, by one click. */
export async function signIn(target, who) {
  const { key, bytes, pub } = await newKey();
  const proof = await sign(key, Buffer.concat([Buffer.from('clbchat/1 demo-sign-in'), bytes]));
  const answer = await asOurs(target, 'POST /api/demo/sign-in', { body: { who, devicePub: pub, proof } });
  if (answer.status !== 200) throw new Error(`signing in answered ${answer.status}`);
  return { ...answer.said, key, cookie: answer.cookie };
}

/** @returns her socket, seated; `me` is what she needs to come again */
export async function sitDown(target, { me, slots = 3, from } = {}) {
  const who = me ?? (await signIn(target, 'lien'));
  const one = await enter(target, { namespace: '/counsellor', headers: { cookie: who.cookie }, from });
  if (one.refused) return Object.assign(one, { me: who });
  const { nonce } = await one.hint('desk:challenge');
  const said = labelled('sock', Buffer.concat([nonce, who.binding, target.origin].map(sized)));
  await one.ask('desk:prove', { sig: await sign(who.key, said), cert: who.chain });
  one.seated = await one.ask('desk:enter', { slots, status: 'available', takeOver: true });
  return Object.assign(one, { me: who });
}
