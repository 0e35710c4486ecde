/** Visitors and counsellors of a load, as their pages would make them, and a conversation between two. */
import { FRAME_OVERHEAD_BYTES, FRAME_TYPES, HEADER_BYTES, VERSION } from '../../shared/dist/protocol/frame.js';
import { SEALED_BYTES } from '../../shared/dist/protocol/wire.js';
import { labelled, newKey, sign, signIn, sized } from '../attack/desk.mjs';
import { asOurs, passkeyOf } from '../attack/ours.mjs';
import { joinInput, newSecrets, random } from '../attack/wire.mjs';
import { openWire } from './wire.mjs';

const BUCKET_BYTES = 256;
const STREAM_BYTES = 8;

/** Somebody who waits in the line. @param visitors by the id of their visit: a counsellor may have it before the answer is here */
export async function comes({ port }, { from, visitors } = {}) {
  const secrets = newSecrets();
  const one = await openWire({ port, namespace: '/visitor', from }).ready;
  one.visitId = secrets.visitId;
  visitors?.set(one.visitId, one);
  one.joined = await one.good('visit:join', joinInput(secrets));
  return one;
}

async function done(asked, what) {
  const answer = await asked;
  if (answer.status !== 200) throw new Error(`${what} was answered ${answer.status} ${answer.body.slice(0, 80)}`);
  return answer;
}

/** Invited by Noor, with a passkey and a signed computer: the demonstration itself has two counsellors only. */
async function enrolled(target, noor, name) {
  const invitation = { cookie: noor.cookie, body: { roles: ['counsellor'], name } };
  const { token } = (await done(asOurs(target, 'POST /api/team/invite', invitation), 'an invitation')).said;
  const begun = await done(asOurs(target, 'POST /api/begin/passkey', { body: { token, name } }), 'a beginning');
  const made = { token, name, passkeys: [passkeyOf(target).make(begun.said)], codes: true };
  const { said: her, cookie } = await done(asOurs(target, 'POST /api/begin/finish', { body: made }), 'an account');

  const { key, pub } = await newKey();
  const facts = Buffer.concat([pub, her.account, her.binding].map(sized));
  const proof = await sign(key, labelled('holder device', facts));
  const asked = await done(asOurs(target, 'POST /api/devices/ask', { cookie, body: { pub, proof } }), 'a computer');
  const wish = { id: asked.said.asks[0], name, site: 'CLB De Horizon' };
  const { chain } = (
    await done(asOurs(target, 'POST /api/demo/sign-device', { cookie: noor.cookie, body: wish }), 'a signature')
  ).said;
  await done(asOurs(target, 'POST /api/devices/sign', { cookie: noor.cookie, body: { chain } }), 'a signed computer');
  return { ...her, cookie, key, chain };
}

/** So many counsellors of one server, one after the other, and none of them sits down yet. */
export async function counsellors(target, count) {
  const noor = await signIn(target, 'noor');
  const all = [await signIn(target, 'lien'), await signIn(target, 'samir')];
  while (all.length < count) all.push(await enrolled(target, noor, `Bench ${all.length}`));
  return all.slice(0, count);
}

/** She sits down, at any server of her centre. */
export async function sitsDown({ port, origin }, { cookie, key, chain, binding }, how = {}) {
  const one = await openWire({ port, namespace: '/counsellor', cookie }).ready;
  const { nonce } = await one.hint('desk:challenge');
  const said = labelled('sock', Buffer.concat([nonce, binding, origin].map(sized)));
  await one.good('desk:prove', { sig: await sign(key, said), cert: chain });
  await one.good('desk:enter', { slots: 1, status: 'available', takeOver: true, ...how });
  return one;
}

export const requestId = () => random(16).slice(0, 21);

/** A frame that is right outside, with bytes that nobody opens inside. */
export function frameOf({ visitId, side, n, epoch = 1, type = FRAME_TYPES.message }) {
  const bytes = Buffer.alloc(BUCKET_BYTES + FRAME_OVERHEAD_BYTES, 0x5a);
  bytes[0] = VERSION;
  bytes[1] = type;
  Buffer.from(visitId, 'base64url').copy(bytes, 2);
  bytes.writeUInt16BE(epoch, 18);
  bytes[20] = side.charCodeAt(0);
  Buffer.alloc(STREAM_BYTES, side).copy(bytes, 21);
  bytes.writeUInt32BE(n, HEADER_BYTES - 4);
  return bytes.toString('base64url');
}

/** From the ring to the first key that both have. @param visitors by the id of their visit */
export async function talks(desk, visitors) {
  const { offerNo } = await desk.hint('offer:ring');
  const held = await desk.good('offer:accept', { offerNo, requestId: requestId() });
  const { visitId, hold, epochNext: epoch } = held;
  const on = { visitId, hold };
  const visitor = visitors.get(visitId);
  await desk.good('key:offer', { ...on, epoch, keyOffer: 'an.offer.that.nobody.here.reads' });
  await visitor.hint('key:offered');
  await visitor.good('key:seal', { epoch, sealed: random(SEALED_BYTES) });
  await desk.hint('key:sealed');
  await desk.good('key:share', { ...on, rid: random(8), R: random(32) });
  const control = frameOf({ visitId, side: 'c', n: 1, epoch, type: FRAME_TYPES.control });
  await desk.good('talk:append', { ...on, frame: control });
  await desk.good('key:opened', { ...on, epoch });
  await visitor.hint('key:opened');
  return { desk, visitor, on, epoch };
}
