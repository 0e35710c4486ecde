/** A counsellor of the demonstration, as her console signs in and sits down. */
import { webcrypto } from 'node:crypto';
import { enter, request } from './wire.mjs';

const { subtle } = webcrypto;
const sized = (text) => Buffer.concat([Buffer.from([text.length >> 8, text.length & 255]), Buffer.from(text)]);
const labelled = (label, content) => {
  const name = `clbchat/1 ${label}`;
  return Buffer.concat([Buffer.from([0, name.length]), Buffer.from(name), content]);
};
const sign = async (key, bytes) =>
  Buffer.from(await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes)).toString('base64url');

async function signIn(target, who) {
  const keys = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const device = Buffer.from(await subtle.exportKey('raw', keys.publicKey));
  const proof = await sign(keys.privateKey, Buffer.concat([Buffer.from('clbchat/1 demo-sign-in'), device]));
  const headers = {
    origin: target.origin,
    'sec-fetch-site': 'same-origin',
    'x-clb': '1',
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ who, devicePub: device.toString('base64url'), proof });
  const answer = await request(target, '/api/demo/sign-in', { method: 'POST', headers, body });
  if (answer.status !== 200) throw new Error(`signing in answered ${answer.status}`);
  return { ...JSON.parse(answer.body), key: keys.privateKey, cookie: answer.headers['set-cookie'][0].split(';')[0] };
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
