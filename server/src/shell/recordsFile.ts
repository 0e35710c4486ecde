import * as v from 'valibot';
import { centreId } from '../centre/centre.rules.ts';
import { brokenAt } from '../records/audit.rules.ts';
import { DOCUMENT_CHARS_MAX, ID_CHARS_MAX, KINDS, type Dump, type Kind } from '../records/records.store.ts';
import { VERSION } from '../records/versions.rules.ts';
import { Refusal } from './refusal.ts';

/** Bytes of an export, sealed or not: many times what a centre keeps, and what a machine reads in one go. */
export const EXPORT_BYTES_MAX = 64 * 1_024 * 1_024;

const FORMAT = 'clbchat-records';

/**
 * Whether an export has the rows of a kind: every kind is decided upon here, or this does not compile. What opens a door to
 * whoever holds it is not for taking along [A8]: sessions, and invitations once there are any.
 */
const EXPORTED = { settings: true, account: true, device: true, session: false } as const satisfies Record<
  Kind,
  boolean
>;
const exportedKinds = KINDS.filter((kind) => EXPORTED[kind]);

/** Far above what steps come to, far below where the store's numbers are no longer exact. */
const REV_MAX = 1_000_000_000_000;
const ENTRY_CHARS_MAX = 512;
const DIGEST_CHARS_MAX = 43;

const HALF_CHARACTER = /\p{Surrogate}/u; // at most EXPORT_BYTES_MAX
const words = (charsMax: number) =>
  v.pipe(
    v.string(),
    v.maxLength(charsMax),
    v.check((text) => !HALF_CHARACTER.test(text)), // which the store cannot read
  );
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const row = v.strictObject({
  kind: v.picklist(exportedKinds),
  id: v.pipe(words(ID_CHARS_MAX), v.minLength(1)),
  rev: v.pipe(whole, v.minValue(1), v.maxValue(REV_MAX)),
  text: v.pipe(words(DOCUMENT_CHARS_MAX), v.check(isJson)),
  endMs: whole,
});
/** What any version of the file says of itself. */
const beginning = v.object({ format: v.literal(FORMAT), version: whole, centre: centreId });
const whatItHolds = v.strictObject({
  ...beginning.entries,
  rows: v.array(row),
  log: v.strictObject({
    anchor: words(DIGEST_CHARS_MAX),
    entries: v.array(words(ENTRY_CHARS_MAX)),
    head: words(DIGEST_CHARS_MAX),
  }),
});

/**
 * What an export says inside its seal: `{format, version, centre, rows, log}` as JSON.
 *
 * @throws Refusal when it would be larger than an import reads
 */
export function textOf({ rows, log }: Dump, centre: string): string {
  const exported = rows.filter(({ kind }) => EXPORTED[kind]);
  const text = JSON.stringify({ format: FORMAT, version: VERSION, centre, rows: exported, log });
  // the seal adds less than a thousandth
  if (Buffer.byteLength(text) * 1.001 > EXPORT_BYTES_MAX)
    throw new Refusal(`There is more than an export may hold, which is ${EXPORT_BYTES_MAX} bytes.`);
  return text;
}

/** @throws Refusal for what is no export of this version and of this centre, whole and with its audit log as it was written */
export function dumpIn(text: string, centre: string): Dump {
  const json = parsed(text);
  const says = v.safeParse(beginning, json);
  if (!says.success) throw new Refusal('What is inside is no export of clbchat.');
  const { version, centre: from } = says.output;
  if (version < VERSION)
    throw new Refusal(
      `An earlier release made this export, with records of version ${version} where this one has ${VERSION}: import it with that release, and this one brings the records up to date when it starts.`,
    );
  if (version > VERSION)
    throw new Refusal(
      `A later release made this export, with records of version ${version} where this one knows ${VERSION} at most: import it with that release.`,
    );
  if (from !== centre)
    throw new Refusal(`This is an export of the centre "${from}", and CENTRE says that this one is "${centre}".`);

  const held = v.safeParse(whatItHolds, json, { abortEarly: true });
  if (!held.success) {
    const place = held.issues[0].path?.map(({ key }) => String(key)).join('.') ?? 'the whole';
    throw new Refusal(`The export holds what no release wrote, at ${JSON.stringify(place.slice(0, 80))}.`);
  }
  const { rows, log } = held.output;
  if (new Set(rows.map(({ kind, id }) => `${kind} ${id}`)).size < rows.length)
    throw new Refusal('The export holds a row twice.');
  const broken = brokenAt(log);
  if (broken !== null)
    throw new Refusal(`The audit log was changed by other hands: its chain breaks at entry ${broken + 1}.`);
  return { rows, log };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  return parsed(text) !== undefined;
}
