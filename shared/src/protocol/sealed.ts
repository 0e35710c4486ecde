import { agreed } from '../agreed.ts';
import { bytes, fields, list, maybe, oneOf, opaque, pair, table, text, whole, type ValueOf } from '../shape.ts';
import { COUNTER_MAX } from './wire.ts';

/**
 * What travels inside a frame, where the server cannot look: one closed union, tagged `k`; here is for each tag what
 * stands beside it. An unknown `k` is shown as "een nieuwer soort bericht", never dropped in silence. `mid` (16 random
 * bytes) names a message of type 1 or 3 for ever: one mid is shown once, whatever was repeated, restored or sealed
 * again [C4].
 */
const mid = bytes(16);
const counter = whole(COUNTER_MAX);
/** Up to which number of which of the other side's streams everything has come. */
const marks = list(pair(bytes(8), counter), 8);
const line = maybe(text(80));

export const sealedShapes = {
  text: fields({ mid, m: text(agreed.textUnitsMax, /[^]/) }),
  name: fields({ mid, nick: text(agreed.nickUnitsMax) }),
  card: fields({ mid, id: opaque(32), lang: text(5) }),
  plan: fields({
    mid,
    rev: counter,
    steps: list(fields({ what: text(160), who: line, where: line, howLong: line }), 3),
  }),
  ask: fields({
    mid,
    id: mid,
    about: oneOf('handover', 'advice', 'person', 'known'),
    facts: maybe(table(text(32), text(200))),
  }),
  answer: fields({ mid, id: mid, choice: text(32) }),
  safety: fields({ mid }),
  notice: fields({ mid, code: text(64) }),
  confirm: fields({ mid }),
  /** Keys of earlier epochs for the new holder, or none; always in the 2,048 bucket, so that nothing tells which [P4]. */
  keys: fields({ mid, keys: list(pair(counter, bytes(32)), 38) }),
  read: fields({ seen: marks }),
  ack: fields({ seen: marks }),
  typing: fields({}),
} as const;

export type SealedKind = keyof typeof sealedShapes;
export type SealedMessage = { [K in SealedKind]: { k: K } & ValueOf<(typeof sealedShapes)[K]> }[SealedKind];
export type Marks = ValueOf<typeof marks>;
