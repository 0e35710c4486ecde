import { WEEK_NAME, WEEK_NAME_CHARS } from '@clbchat/shared/figures/weeks';
import * as v from 'valibot';
import { account, accountId } from '../accounts/accounts.store.ts';
import { loginName } from '../accounts/password.rules.ts';
import { loginDocument } from '../accounts/passwords.store.ts';
import { credentials } from '../accounts/credentials.store.ts';
import { deviceDocument, deviceId } from '../accounts/devices.store.ts';
import { issuerDocument } from '../accounts/issuers.store.ts';
import { IDENTITY_CHARS, identityDocument } from '../accounts/identities.store.ts';
import { centreId, parseCentre } from '../centre/centre.rules.ts';
import { ALL } from '../centre/answers.store.ts';
import { parseAnswers } from '../centre/answers.rules.ts';
import { SIGNED, signedList, THE } from '../centre/centre.store.ts';
import { throughDocument, THROUGH, weekDocument } from '../figures/figures.store.ts';
import { brokenAt } from '../records/audit.rules.ts';
import { DOCUMENT_CHARS_MAX, ID_CHARS_MAX, KINDS, type Dump, type Kind, type Row } from '../records/records.store.ts';
import { VERSION } from '../records/versions.rules.ts';
import { Refusal } from './refusal.ts';

/** Bytes of an export, sealed or not: many times what a centre keeps, and what a machine reads in one go. */
export const EXPORT_BYTES_MAX = 64 * 1_024 * 1_024;

const FORMAT = 'clbchat-records';

/** @returns where a row holds what no release writes there, such as `text.name`; null when it is one of its kind */
type Judge = (row: Row, document: unknown, centre: string) => string | null;

/**
 * What the rows of a kind are like that an export has, or false where it has none: every kind is decided upon here, or this
 * does not compile. What opens a door to whoever holds it is not for taking along [A8]: sessions, one-time addresses and invitations.
 */
const EXPORTED: Readonly<Record<Kind, Judge | false>> = {
  settings({ id, endMs }, document, centre) {
    if (id !== THE.id) return 'id';
    if (endMs !== 0) return 'endMs';
    const parsed = parseCentre(document);
    if (!parsed.ok) return ['text', parsed.problems[0]?.path].filter(Boolean).join('.');
    return parsed.centre.id === centre ? null : 'text.id';
  },
  account: ({ id, endMs }, document) =>
    strangeIn(accountId, id, 'id') ?? (endMs === 0 ? null : 'endMs') ?? strangeIn(account, document, 'text'),
  credential: ({ id, endMs }, document) =>
    strangeIn(accountId, id, 'id') ?? (endMs === 0 ? null : 'endMs') ?? strangeIn(credentials, document, 'text'),
  device: ({ id }, document) => strangeIn(deviceId, id, 'id') ?? strangeIn(deviceDocument, document, 'text'),
  issuer: ({ id }, document) => strangeIn(deviceId, id, 'id') ?? strangeIn(issuerDocument, document, 'text'),
  session: false,
  token: false,
  ask: false,
  sites({ id, endMs }, document) {
    if (id !== SIGNED.id) return 'id';
    return (endMs === 0 ? null : 'endMs') ?? strangeIn(signedList, document, 'text');
  },
  invitation: false,
  // a day that means nothing a week later, and a row that only numbers the steps of one store
  signIn: false,
  team: false,
  identity: ({ id, endMs }, document) =>
    strangeIn(identityId, id, 'id') ?? (endMs === 0 ? null : 'endMs') ?? strangeIn(identityDocument, document, 'text'),
  figures({ id, endMs }, document) {
    if (id === THROUGH.id) return (endMs === 0 ? null : 'endMs') ?? strangeIn(throughDocument, document, 'text');
    return strangeIn(weekId, id, 'id') ?? strangeIn(weekDocument, document, 'text');
  },
  login: ({ id, endMs }, document) =>
    strangeIn(loginName, id, 'id') ?? (endMs === 0 ? null : 'endMs') ?? strangeIn(loginDocument, document, 'text'),
  answers({ id, endMs }, document) {
    if (id !== ALL.id) return 'id';
    if (endMs !== 0) return 'endMs';
    const { answers, ...rest } = Object(document) as { answers?: unknown };
    const parsed = parseAnswers(answers);
    if (!parsed.ok) return `text.${parsed.problems[0]?.path}`;
    return Object.keys(rest).length > 0 ? 'text' : null;
  },
};
const weekId = v.pipe(v.string(), v.maxLength(WEEK_NAME_CHARS), v.regex(WEEK_NAME));
const identityId = v.pipe(v.string(), v.length(IDENTITY_CHARS));
const exportedKinds = KINDS.filter((kind) => EXPORTED[kind]);

/** What every object of JSON seems to have, so that a schema overlooks it: `constructor`. */
const inherits = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && Object.keys(json).some((key) => key in Object.prototype);
const own = v.check((json: unknown) => !inherits(json));

function strangeIn(schema: v.GenericSchema, value: unknown, place: string): string | null {
  const read = v.safeParse(schema, value, { abortEarly: true });
  return read.success ? null : [place, ...pathOf(read.issues[0])].join('.');
}
const pathOf = ({ path }: v.BaseIssue<unknown>) => (path ?? []).map(({ key }) => String(key));

/** Far above what steps come to, far below where the store's numbers are no longer exact. */
const REV_MAX = 1_000_000_000_000;
const ENTRY_CHARS_MAX = 512;
/** Of what a sentence tells of a file. */
const PLACE_CHARS_MAX = 80;
const DIGEST_CHARS_MAX = 43;

const HALF_CHARACTER = /\p{Surrogate}/u; // at most EXPORT_BYTES_MAX
const words = (charsMax: number) =>
  v.pipe(
    v.string(),
    v.maxLength(charsMax),
    v.check((text) => !HALF_CHARACTER.test(text)), // which the store cannot read
  );
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const row = v.pipe(
  v.unknown(),
  own,
  v.strictObject({
    kind: v.picklist(exportedKinds),
    id: v.pipe(words(ID_CHARS_MAX), v.minLength(1)),
    rev: v.pipe(whole, v.minValue(1), v.maxValue(REV_MAX)),
    text: words(DOCUMENT_CHARS_MAX),
    endMs: whole,
  }),
);
/** What any version of the file says of itself. */
const beginning = v.object({ format: v.literal(FORMAT), version: whole, centre: centreId });
const whatItHolds = v.pipe(
  v.unknown(),
  own,
  v.strictObject({
    ...beginning.entries,
    rows: v.array(row),
    log: v.pipe(
      v.unknown(),
      own,
      v.strictObject({
        anchor: words(DIGEST_CHARS_MAX),
        entries: v.array(words(ENTRY_CHARS_MAX)),
        head: words(DIGEST_CHARS_MAX),
      }),
    ),
  }),
);

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
  if (!held.success) throw strange(pathOf(held.issues[0]).join('.') || 'the whole');
  const { rows, log } = held.output;
  if (new Set(rows.map(({ kind, id }) => `${kind} ${id}`)).size < rows.length)
    throw new Refusal('The export holds a row twice.');
  for (const [at, each] of rows.entries()) {
    const place = strangeOf(each, centre);
    if (place !== null) throw strange(`rows.${at}.${place}`, each);
  }
  const broken = brokenAt(log);
  if (broken !== null)
    throw new Refusal(`The audit log was changed by other hands: its chain breaks at entry ${broken + 1}.`);
  return { rows, log };
}

function strangeOf(each: Row, centre: string): string | null {
  const judge = EXPORTED[each.kind];
  const document = parsed(each.text);
  if (!judge || inherits(document)) return judge ? 'text' : 'kind';
  return judge(each, document, centre);
}

const strange = (place: string, of?: Row) =>
  new Refusal(
    `The export holds what no release wrote, at ${quoted(place)}${of ? ` in the row ${of.kind} ${quoted(of.id)}` : ''}.`,
  );

/** Whatever a file holds is told to a terminal in plain characters. */
const quoted = (text: string) => JSON.stringify(text.slice(0, PLACE_CHARS_MAX)).replace(/[^ -~]/g, '?'); // at most PLACE_CHARS_MAX

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
