import * as v from 'valibot';
import { agreed } from '../agreed.ts';
import { bytes, counter, opaque } from './wire.ts';

/**
 * What travels inside a frame, where the server cannot look: one closed union, tagged `k`. An unknown `k` is
 * shown as "een nieuwer soort bericht", never dropped in silence. `mid` (16 random bytes) names a message of
 * type 1 or 3 for ever: one mid is shown once, whatever was repeated, restored or sealed again [C4].
 */
const mid = bytes(16);
const line = (unitsMax: number) => v.pipe(v.string(), v.maxLength(unitsMax));
/** Up to which number of which of the other side's streams everything has come. */
const marks = v.pipe(v.array(v.strictTuple([bytes(8), counter])), v.maxLength(8));

export const sealedMessage = v.variant('k', [
  v.strictObject({
    k: v.literal('text'),
    mid,
    m: v.pipe(v.string(), v.minLength(1), v.maxLength(agreed.textUnitsMax)),
  }),
  v.strictObject({ k: v.literal('name'), mid, nick: line(agreed.nickUnitsMax) }),
  v.strictObject({ k: v.literal('card'), mid, id: opaque(32), lang: line(5) }),
  v.strictObject({
    k: v.literal('plan'),
    mid,
    rev: counter,
    steps: v.pipe(
      v.array(
        v.strictObject({
          what: line(160),
          who: v.optional(line(80)),
          where: v.optional(line(80)),
          howLong: v.optional(line(80)),
        }),
      ),
      v.maxLength(3),
    ),
  }),
  v.strictObject({
    k: v.literal('ask'),
    mid,
    id: mid,
    about: v.picklist(['handover', 'advice', 'person', 'known']),
    facts: v.optional(v.record(v.pipe(v.string(), v.maxLength(32)), line(200))),
  }),
  v.strictObject({ k: v.literal('answer'), mid, id: mid, choice: line(32) }),
  v.strictObject({ k: v.literal('safety'), mid }),
  v.strictObject({ k: v.literal('notice'), mid, code: line(64) }),
  v.strictObject({ k: v.literal('confirm'), mid }),
  /** Keys of earlier epochs for the new holder, or none; always in the 2,048 bucket, so that nothing tells which [P4]. */
  v.strictObject({
    k: v.literal('keys'),
    mid,
    keys: v.pipe(v.array(v.strictTuple([counter, bytes(32)])), v.maxLength(38)),
  }),
  v.strictObject({ k: v.literal('read'), seen: marks }),
  v.strictObject({ k: v.literal('ack'), seen: marks }),
  v.strictObject({ k: v.literal('typing') }),
]);

export type SealedMessage = v.InferOutput<typeof sealedMessage>;
export type SealedKind = SealedMessage['k'];
export type Marks = v.InferOutput<typeof marks>;
