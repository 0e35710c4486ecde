import { createHash } from 'node:crypto';
import * as v from 'valibot';

/** What is written down of whom: acts that give or take rights, or change what visitors meet. No visit, no sign-in. */
export const ACTS = [
  'settings_changed',
  'exit_changed',
  'settings_and_exit_changed',
  'account_made',
  'made_counsellor',
  'made_coordinator',
  'made_both',
  'account_disabled',
  'account_enabled',
  'person_invited',
  'invitation_withdrawn',
  'address_made',
  'passkey_added',
  'passkey_removed',
  'codes_made',
  'password_set',
  'password_removed',
  'device_signed',
  'device_renewed',
  'device_removed',
  'device_removed_of_another',
  'issuer_made',
  'issuer_removed',
  'records_exported',
  'records_imported',
  'records_brought_up',
  'sites_changed',
  'identity_linked',
  'identity_confirmed',
  'identity_removed',
  'door_shut',
  'door_opened',
  'answers_changed',
] as const;

/** The page of opening hours was saved. Where *Snel weg* leads is an act of its own, beside the others or alone [U95]. */
export const HOURS_SAVED: readonly (typeof ACTS)[number][] = [
  'settings_changed',
  'exit_changed',
  'settings_and_exit_changed',
];

/**
 * Who may get in, what may sign or be signed, and what was taken away of it, and where a pupil is brought who leaves in haste:
 * every other coordinator is shown it until she saw it [T12]. Of computers those that somebody takes away from another: that asks
 * nobody to show who she is, so that a stolen one is out at once, and a copied cookie can do it [O21 O22].
 */
export const SHOWN_UNTIL_SEEN: readonly (typeof ACTS)[number][] = [
  'exit_changed',
  'settings_and_exit_changed',
  'account_made',
  'made_counsellor',
  'made_coordinator',
  'made_both',
  'account_disabled',
  'account_enabled',
  'address_made',
  'device_signed',
  'device_removed_of_another',
  'issuer_made',
  'issuer_removed',
  'identity_confirmed',
];

/**
 * Ways in that somebody makes for herself. Those of whoever has the role of a coordinator are shown like the above: with a copy
 * of her cookie somebody else makes one that outlives it. A first one is told as the account that came with it [T12].
 */
export const OWN_WAYS_IN: readonly (typeof ACTS)[number][] = ['passkey_added', 'codes_made', 'password_set'];

/**
 * What one person may do so often an hour and no more, each of these by itself [A25]. What takes a right away is none of it, nor
 * what has an end by itself.
 */
const BOUNDED: readonly (readonly (typeof ACTS)[number][])[] = [
  // who has a session and nothing else does these: she would keep its owner from a way in otherwise
  ['settings_changed'],
  ['door_opened'],
  ['answers_changed'],
  // one's own ways in, and what is done to others
  ['passkey_added', 'codes_made', 'password_set', 'identity_linked'],
  [
    'made_coordinator',
    'made_both',
    'account_enabled',
    'person_invited',
    'device_signed',
    'issuer_made',
    'sites_changed',
    'exit_changed',
    'settings_and_exit_changed',
    'identity_confirmed',
  ],
];
const ACTS_AN_HOUR_MAX = 200;
const HOUR_MS = 3_600_000;
/** So many older ones on end, and the hour began: fewer may be of another clock, which is behind. */
const OLD_ON_END = 16;

/** Who acts without an account: the shell of the server, and the demonstration for its own people. */
export const SHELL = '@shell';
export const DEMO = '@demo';

const acted = {
  /** of an account, or SHELL or DEMO */
  by: v.pipe(v.string(), v.maxLength(64)),
  act: v.picklist(ACTS),
  /** id of what it was about; a name would outlive the person's account */
  about: v.pipe(v.string(), v.maxLength(64)),
};
const entry = v.strictObject({
  atMs: v.pipe(v.number(), v.integer()),
  ...acted,
});

const actedWhole = v.object(acted);
export type Acted = Readonly<v.InferOutput<typeof actedWhole>>;
export type AuditEntry = Readonly<v.InferOutput<typeof entry>>;

/** An entry with its place in the chain. */
export interface Link {
  readonly text: string;
  /** digest of everything up to the entry before it, and of everything up to this one */
  readonly after: string;
  readonly digest: string;
}

export interface AuditLog {
  /** what the oldest entry is chained to: the digest of everything that went because of its age */
  readonly anchor: string;
  /** oldest first */
  readonly entries: readonly string[];
  /** digest of everything, and what the next entry is chained to */
  readonly head: string;
}

/** What the first entry ever is chained to. */
export const NOTHING_YET = '';

/** The digest of everything up to an entry, from that of everything before it. The coordinator's console makes it anew. */
export const digestAfter = (after: string, text: string): string =>
  createHash('sha256').update(`clbchat/1 audit\n${after}\n${text}`).digest('base64url');

/** @returns null for what is no entry of a log of ours */
export function readEntry(text: string): AuditEntry | null {
  try {
    const read = v.safeParse(entry, JSON.parse(text));
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}

/**
 * Whether this person did so much within the hour that this one, too, would push out of sight what stands in the log.
 *
 * @param entries the newest ones
 * @returns null when the hour began before them
 */
export function isTooMuch(entries: readonly string[], atMs: number, { by, act }: Acted): boolean | null {
  const counted = BOUNDED.find((some) => some.includes(act));
  if (!counted || by === SHELL || by === DEMO) return false;
  let [hers, old] = [0, 0];
  for (const text of entries.toReversed()) {
    const entry = readEntry(text);
    const isOld = entry !== null && entry.atMs <= atMs - HOUR_MS;
    old = isOld ? old + 1 : 0;
    if (old >= OLD_ON_END) return false;
    if (isOld || entry?.by !== by || !counted.includes(entry.act)) continue;
    hers += 1;
    if (hers >= ACTS_AN_HOUR_MAX) return true;
  }
  return null;
}

/** The next entry of a log. */
export function linkTo(head: string, atMs: number, { by, act, about }: Acted): Link {
  const text = JSON.stringify({ atMs, by, act, about } satisfies AuditEntry);
  return { text, after: head, digest: digestAfter(head, text) };
}

/**
 * Where a log was changed by other hands: an entry that is none, or an end that is not the digest of everything.
 *
 * @returns the place in `entries` of the first that is none, their number when only the digest does not fit, null when all is well
 */
export function brokenAt({ anchor, entries, head }: AuditLog): number | null {
  const strange = entries.findIndex((text) => readEntry(text) === null);
  if (strange >= 0) return strange;
  return entries.reduce(digestAfter, anchor) === head ? null : entries.length;
}

export interface Shortening {
  /** the anchor that the log has now, and the one that it gets */
  readonly from: string;
  readonly to: string;
  /** how many of the oldest entries go */
  readonly entries: number;
}

/**
 * What a log loses that is older than `fromMs`, and with it what stands before that: an entry of a clock that ran ahead keeps
 * nothing alive. One that is none stays, and all behind it.
 */
export function older({ anchor, entries }: AuditLog, fromMs: number): Shortening {
  const read = entries.map(readEntry);
  const strange = read.indexOf(null);
  const judged = strange < 0 ? read : read.slice(0, strange);
  const gone = entries.slice(0, judged.findLastIndex((entry) => entry !== null && entry.atMs < fromMs) + 1);
  return { from: anchor, to: gone.reduce(digestAfter, anchor), entries: gone.length };
}

/** Whether a log is whole beside what is kept: each row but a session came with an act [A4]. */
export const isWhole = (log: AuditLog, rows: readonly { readonly kind: string }[]): boolean =>
  brokenAt(log) === null && (log.head !== NOTHING_YET || rows.every(({ kind }) => kind === 'session'));
