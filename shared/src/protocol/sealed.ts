import * as v from 'valibot';
import { agreed } from '../agreed.ts';
import { bytes, counter, name as mid, opaque } from './wire.ts';

/**
 * What travels inside a frame, where the server cannot look: one closed union, tagged `k`; here is for each tag what
 * stands beside it. An unknown `k` is shown as "een nieuwer soort bericht", never dropped in silence. `mid` names
 * a message of type 1 or 3 for ever: one mid is shown once, whatever was repeated, restored or sealed again [C4].
 */
const text = (unitsMax: number) => v.pipe(v.string(), v.maxLength(unitsMax));
/** Up to which number of which of the other side's streams everything has come. */
const marks = v.pipe(v.array(v.strictTuple([bytes(8), counter])), v.maxLength(8));
const line = v.exactOptional(text(80));
const step = v.strictObject({ what: text(160), who: line, where: line, howLong: line });
const facts = v.pipe(
  v.unknown(),
  v.check((value) => !Array.isArray(value)), // valibot takes a list for a record
  v.record(text(32), text(200)),
);

export const sealedSchemas = {
  text: v.strictObject({ mid, m: v.pipe(text(agreed.textUnitsMax), v.minLength(1)) }),
  name: v.strictObject({ mid, nick: text(agreed.nickUnitsMax) }),
  card: v.strictObject({ mid, id: opaque(32), lang: text(5) }),
  plan: v.strictObject({ mid, rev: counter, steps: v.pipe(v.array(step), v.maxLength(3)) }),
  ask: v.strictObject({
    mid,
    id: mid,
    about: v.picklist(['handover', 'advice', 'person', 'known']),
    facts: v.exactOptional(facts),
  }),
  answer: v.strictObject({ mid, id: mid, choice: text(32) }),
  safety: v.strictObject({ mid }),
  notice: v.strictObject({ mid, code: text(64) }),
  confirm: v.strictObject({ mid }),
  /** Keys of earlier epochs for the new holder, or none; always in the 2,048 bucket, so that nothing tells which [P4]. */
  keys: v.strictObject({ mid, keys: v.pipe(v.array(v.strictTuple([counter, bytes(32)])), v.maxLength(38)) }),
  read: v.strictObject({ seen: marks }),
  ack: v.strictObject({ seen: marks }),
  typing: v.strictObject({}),
} as const;

export type SealedKind = keyof typeof sealedSchemas;
export type SealedMessage = { [K in SealedKind]: { k: K } & v.InferOutput<(typeof sealedSchemas)[K]> }[SealedKind];
export type Marks = v.InferOutput<typeof marks>;
