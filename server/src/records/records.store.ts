import { Bug } from '../kernel/failure.ts';
import type { AuditLog, Link, Shortening } from './audit.rules.ts';

/** What is kept, one kind for each sort of thing. docs/privacy.md names every field of each. */
export const KINDS = [
  'settings',
  'account',
  'credential',
  'device',
  'session',
  'token',
  'ask',
  'issuer',
  'sites',
  'invitation',
  'signIn',
  'team',
  'identity',
  'login',
  'figures',
  'answers',
] as const;
export type Kind = (typeof KINDS)[number];

/** UTF-16 units of one document, and of an id: far above anything that a page of ours writes. */
export const DOCUMENT_CHARS_MAX = 262_144;
export const ID_CHARS_MAX = 64;

export interface RowName {
  readonly kind: Kind;
  readonly id: string;
}

/** One document as it stands. */
export interface Row extends RowName {
  /** number of the step that wrote it; no two steps of a centre have the same [A1] */
  readonly rev: number;
  /** JSON, word by word as it was written: what it means its slice says */
  readonly text: string;
  /** ms since 1970 from which on it stands nowhere any more [A2]; 0 = it has no end */
  readonly endMs: number;
}

export interface Change extends RowName {
  /** what stood there when the change was thought of; 0 = nothing */
  readonly rev: number;
  /** null takes the row away */
  readonly text: string | null;
  readonly endMs?: number;
}

/** A row that has to stand as it was when the change was thought of, and of which nothing is written: nobody else thinks anew for that. */
export interface Looked extends RowName {
  readonly rev: number;
  readonly looked: true;
}
export const lookedAt = ({ kind, id, rev }: RowName & Pick<Looked, 'rev'>): Looked => ({ kind, id, rev, looked: true });
/** What one step writes, takes away and looks at. */
export type Changes = readonly (Change | Looked)[];
export const isWritten = (one: Change | Looked): one is Change => !('looked' in one);

export type Written =
  | { readonly is: 'written'; readonly rev: number }
  /** another change came first: `at` is the place in the list of the first row that stands otherwise. Nothing is written */
  | { readonly is: 'stale'; readonly at: number }
  /** another act came first, so the entry is chained to what is no longer the end. Nothing is written */
  | { readonly is: 'moved' };

/** A row that somebody wrote or took away. */
export interface News extends RowName {
  readonly gone: boolean;
}

/** Null: nobody knows what changed while nobody could tell. It may not throw. */
export type Hears = (changed: readonly News[] | null) => void;

/** Everything that the records hold. */
export interface Dump {
  readonly rows: readonly Row[];
  readonly log: AuditLog;
}

/**
 * What is kept of a centre, for as long as it exists: whom it employs, what it chose, who did what. Nothing of a visitor is
 * ever near it. Slices read and write their own kind of document here; what a step may change is a matter of `rev` alone.
 * Rejects with Problem `unavailable` when the store cannot be reached or refuses; then nobody knows whether a step was
 * written, and who repeats it is told `stale`.
 */
export interface RecordsStore {
  get(name: RowName): Promise<Row | null>;
  /** by id */
  list(kind: Kind): Promise<Row[]>;
  /** All changes and the entry, or nothing. What it answered is on the disk [A9]. */
  write(changes: Changes, entry: Link | null): Promise<Written>;
  audit(): Promise<AuditLog>;
  /** The newest of the log, oldest first: so many, or all that there are. What one press asks never reads a whole year. */
  newest(entries: number): Promise<Pick<AuditLog, 'entries' | 'head'>>;
  dump(): Promise<Dump>;
  /** Writes a dump as it was, into records that hold nothing. */
  fill(dump: Dump): Promise<{ is: 'filled' } | { is: 'not_empty' }>;
  /**
   * Tells of every step that was written from now on, by whichever process of the centre, at once, the ones of this process
   * too. A step may be told twice, or be one of many that nobody can name; who can be told nothing is told nothing.
   */
  watch(hears: Hears): () => void;
  /** Whether the clock that all share is close enough to that of the records for something to go for its age [A2]. */
  isOnTime(): Promise<boolean>;
  /** Takes away what is past its end, and from the disk whatever was taken away. */
  sweep(): Promise<void>;
  /** Takes the oldest entries of the log away; nothing when somebody else did. */
  shorten(by: Shortening): Promise<void>;
}

/** Where rows are listed: by kind, then by id. */
export const inOrder = (a: RowName, b: RowName): number => (`${a.kind} ${a.id}` < `${b.kind} ${b.id}` ? -1 : 1);

/** What others are told of a change: never what it says. */
export const newsOf = ({ kind, id, text }: Change): News => ({ kind, id, gone: text === null });

/** More steps than a centre takes between an export and its import: what a page saw before the loss stands nowhere afterwards. */
const STEPS_LOST_MAX = 1_000_000;

/** Where numbers go on after a dump was put back: above those of the dump and above those that were given out since [A1]. */
export const revAfter = ({ rows }: Dump): number =>
  rows.reduce((highest, { rev }) => Math.max(highest, rev), 0) + STEPS_LOST_MAX;

/** Who writes has bounds of its own, in words of its page; these only keep a fault of ours from filling the store. */
export function checkBounds({ id, text }: Pick<Change, 'id' | 'text'>): void {
  if (id.length > ID_CHARS_MAX) throw new Bug('an id is longer than one may be');
  if ((text?.length ?? 0) > DOCUMENT_CHARS_MAX) throw new Bug('a document is longer than one may be');
}
