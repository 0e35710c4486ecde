/**
 * One conversation of the bench, in a process of its own: whoever sends the load is late by itself, and would measure that.
 * Told how many ms to talk, it answers with how long each message took from one side to the other.
 */
import { once } from 'node:events';
import { FRAME_OVERHEAD_BYTES, FRAME_TYPES, HEADER_BYTES, VERSION } from '../../shared/dist/protocol/frame.js';
import { SEALED_BYTES } from '../../shared/dist/protocol/wire.js';
import { sitDown } from '../attack/desk.mjs';
import { pause, random, visitor } from '../attack/wire.mjs';

const BUCKET_BYTES = 256;
const STREAM_BYTES = 8;
/** Each side says at most so many a second as a person may. */
const SAY_EVERY_MS = 125;

/** A frame that is right outside, with bytes that nobody opens inside. */
function frameOf({ visitId, side, n, type = FRAME_TYPES.message }) {
  const bytes = Buffer.alloc(BUCKET_BYTES + FRAME_OVERHEAD_BYTES, n % 256);
  bytes[0] = VERSION;
  bytes[1] = type;
  Buffer.from(visitId, 'base64url').copy(bytes, 2);
  bytes.writeUInt16BE(1, 18);
  bytes[20] = side.charCodeAt(0);
  Buffer.alloc(STREAM_BYTES, side).copy(bytes, 21);
  bytes.writeUInt32BE(n, HEADER_BYTES - 4);
  return bytes.toString('base64url');
}

async function good(asked) {
  const answer = await asked;
  if (!answer?.ok) throw new Error(`answered ${JSON.stringify(answer)}`);
  return answer.value;
}

/** @returns how long one message takes from the one who says it to the other */
async function opens(target) {
  const desk = await sitDown(target, { slots: 1 });
  const pupil = await visitor(target, { headers: { 'x-forwarded-for': '198.51.100.250' } });
  const { offerNo } = await desk.hint('offer:ring', 15_000);
  const held = await good(desk.ask('offer:accept', { offerNo, requestId: random(16).slice(0, 21) }));
  const { visitId, hold, epochNext: epoch } = held;
  const on = { visitId, hold };
  await good(desk.ask('key:offer', { ...on, epoch, keyOffer: 'an.offer.that.nobody.here.reads' }));
  await pupil.hint('key:offered');
  await good(pupil.ask('key:seal', { epoch, sealed: random(SEALED_BYTES) }));
  await desk.hint('key:sealed');
  await good(desk.ask('key:share', { ...on, rid: random(8), R: random(32) }));
  const control = { visitId, side: 'c', n: 1, type: FRAME_TYPES.control };
  await good(desk.ask('talk:append', { ...on, frame: frameOf(control) }));
  await good(desk.ask('key:opened', { ...on, epoch }));
  await pupil.hint('key:opened');
  await pupil.hint('talk:frame');

  const count = { c: 1, v: 0 };
  return async (side) => {
    const [from, to, where] = side === 'c' ? [desk, pupil, on] : [pupil, desk, {}];
    const frame = frameOf({ visitId, side, n: (count[side] += 1) });
    const began = performance.now();
    const [, heard] = await Promise.all([from.ask('talk:append', { ...where, frame }), to.hint('talk:frame')]);
    if (!heard) throw new Error('a message did not arrive');
    return performance.now() - began;
  };
}

async function talk(say, forMs) {
  const took = [];
  const end = performance.now() + forMs;
  for (let each = 0; performance.now() < end; each += 1) {
    took.push(await say(each % 2 === 0 ? 'v' : 'c'));
    await pause(SAY_EVERY_MS);
  }
  process.send(took);
}

const [target] = await once(process, 'message');
const say = await opens(target);
process.on('message', (forMs) => void talk(say, forMs));
process.send('talks');
