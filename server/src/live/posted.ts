import { END_REASONS, RELEASES, STAGES, type AccountId } from '@clbchat/shared/ids';
import type { CounsellorHints } from '@clbchat/shared/protocol/counsellor';
import { frame, type VisitorHints } from '@clbchat/shared/protocol/visitor';
import { counter, keyOffer, language, read, role, sealed, topic, visitId } from '@clbchat/shared/protocol/wire';
import * as v from 'valibot';
import type { Hint } from './hint.ts';

/**
 * What one process posts to another: the hints of one command for sockets that the other has [N70]. Whoever may write to
 * Redis may write here, so nothing is believed that has not its shape [N71].
 */

/** Numbers of sockets and consoles begin with a time. */
const fence = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const ACCOUNT_CHARS_MAX = 64;
const account = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(ACCOUNT_CHARS_MAX),
  v.transform((text) => text as AccountId),
);
const none = v.null();
const of = <Entries extends v.ObjectEntries>(entries: Entries) => v.strictObject(entries);
const on = { visitId };
const told = { rev: counter };
const stage = {
  ...told,
  stage: v.picklist([...STAGES, 'ended']),
  hold: counter,
  reason: v.optional(v.picklist(END_REASONS)),
};

/** Those that a command makes; what a process says by itself it says to its own pages. */
const toVisitor = {
  'visit:stage': of(stage),
  'visit:replaced': none,
  'key:offered': of({ ...told, epoch: counter, keyOffer }),
  'key:opened': of({ epoch: counter }),
  'talk:frame': of({ seq: counter, frame, epoch: counter }),
  'talk:passing': of({ frame }),
  'talk:idle': of({ leftMs: counter }),
  'peer:silent': of(told),
  'peer:back': of(told),
} satisfies { [E in keyof VisitorHints]?: v.GenericSchema };

const toDesk = {
  'desk:replaced': none,
  'desk:changed': of({ why: v.picklist(['status', 'missed']) }),
  'offer:ring': of({ offerNo: counter, role, topic, lang: language, waitedMs: counter, leftMs: counter }),
  'offer:off': of({ offerNo: counter, why: v.picklist(['left', 'away', 'missed', 'withdrawn', 'taken']) }),
  'visit:stage': of({ ...on, ...stage, released: v.optional(v.picklist(RELEASES)) }),
  'key:sealed': of({ ...on, ...told, epoch: counter, sealed }),
  'key:wanted': of({ ...on, ...told, epoch: counter }),
  'talk:frame': of({ ...on, seq: counter, frame, epoch: counter }),
  'talk:passing': of({ ...on, frame }),
  'talk:idle': of({ ...on, leftMs: counter }),
  'peer:silent': of({ ...on, ...told }),
  'peer:back': of({ ...on, ...told }),
} satisfies { [E in keyof CounsellorHints]?: v.GenericSchema };

const addresses = v.variant('to', [
  v.strictObject({ to: v.literal('visitor'), visitId, conn: fence, event: v.string(), hint: v.unknown() }),
  v.strictObject({ to: v.literal('desk'), account, seat: fence, event: v.string(), hint: v.unknown() }),
]);

function hintIn(value: unknown): Hint | null {
  const said = read(addresses, value);
  if (!said) return null;
  const schemas: Readonly<Record<string, v.GenericSchema>> = said.to === 'visitor' ? toVisitor : toDesk;
  const schema = Object.hasOwn(schemas, said.event) ? schemas[said.event] : undefined;
  return schema && v.is(schema, said.hint) ? (said as Hint) : null;
}

/** Hears what other processes post here; null: something may have been missed. @returns what ends that */
export type Posted = (hears: (hints: readonly Hint[] | null) => void) => () => void;

/** @returns the hints of a parcel that have their shape; nobody waits for the others. Never throws */
export function hintsIn(parcel: string): Hint[] {
  let values: unknown;
  try {
    values = JSON.parse(parcel);
  } catch {
    return [];
  }
  return Array.isArray(values) ? values.map(hintIn).filter((hint) => hint !== null) : [];
}
