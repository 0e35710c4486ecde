import * as v from 'valibot';
import { fromBase64url, toBase64url } from '../base64url.ts';
import { concat, fromUtf8, utf8, wipe, type Bytes } from '../bytes.ts';
import { sha256 } from '../digest.ts';
import { bytes, read } from '../protocol/wire.ts';
import { point } from './certificate.schema.ts';
import { ECDH, isMailboxPair } from './mailboxKey.ts';
import { PASSPHRASE_UNITS_MAX, typed } from './passphrase.ts';
import { ECDSA, importPublic, pinOf, type Key } from './signingKey.ts';
import { signBytes, verifyBytes } from './statement.ts';

/**
 * A root file is text, four lines that end with \n:
 *
 *   clbchat-root/1
 *   header, as JSON                             which root, both pins, public points, and how the passphrase makes a key
 *   AES-256-GCM over two private halves         base64url; the two lines above are authenticated with it
 *   SHA-256 over the three lines                base64url; tells a worn stick from a mistyped passphrase, and proves nothing
 *
 * Each byte counts: there is one spelling of each file, and what was changed anywhere is refused.
 */
const FORMAT = 'clbchat-root/';
const VERSION = '1';
export const ROOT_FILE_BYTES_MAX = 4_096;

/** The first, and the one in reserve: both are pinned from the first day. */
export const ROOT_KINDS = ['O', 'O2'] as const;
export type RootKind = (typeof ROOT_KINDS)[number];
/** of O, then of O2 */
export type Pins = readonly [string, string];

/** PBKDF2 with HMAC-SHA-256. Fewer than the least are tried too fast, more than the most hang a browser. */
export const ROUNDS = 1_000_000;
const ROUNDS_MIN = 600_000;
const ROUNDS_MAX = 10_000_000;
const SCALAR_BYTES = 32;
const TAG_BYTES = 16;

const header = v.strictObject({
  kind: v.picklist(ROOT_KINDS),
  pins: v.strictTuple([bytes(32), bytes(32)]),
  root: point,
  mailbox: point,
  rounds: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  salt: bytes(16),
  iv: bytes(12),
});
type Header = v.InferOutput<typeof header>;

/** What a file says in the open, and the private halves that it seals: 32 bytes each, in base64url as JWK has them. */
export type RootContent = Pick<Header, 'kind' | 'pins' | 'root' | 'mailbox'> & {
  readonly rootD: string;
  readonly mailboxD: string;
};

/**
 * empty, too_large: by its length · foreign: something else · version: of a later version of this program · damaged: cut, or
 * changed on the way · rounds: whoever made it made guessing easy, or opening endless · passphrase: another one, or changed by
 * somebody who knew how · misfit: its private halves are not those of its public points
 */
export type WhyUnread = 'empty' | 'too_large' | 'foreign' | 'version' | 'damaged' | 'rounds' | 'passphrase' | 'misfit';

/** No key in it can be taken out. */
export interface OpenedRoot extends Readonly<Pick<Header, 'kind' | 'root' | 'mailbox'>> {
  readonly ok: true;
  readonly pins: Pins;
  /** signs issuers */
  readonly key: Key;
  /** opens what was sealed to the reserve mailbox */
  readonly mailboxKey: Key;
}

/**
 * @param rounds ROUNDS but in tests
 * @throws RangeError when nobody would open the file
 */
export async function sealRoot(content: RootContent, passphrase: string, rounds = ROUNDS): Promise<Bytes> {
  const { rootD, mailboxD, ...open } = content;
  if (!isTurned(rounds) || passphrase.length > PASSPHRASE_UNITS_MAX) throw new RangeError('a file that does not open');
  const random = (count: number) => toBase64url(crypto.getRandomValues(new Uint8Array(count)));
  const says: Header = v.parse(header, { ...open, rounds, salt: random(16), iv: random(12) });
  const head = `${FORMAT}${VERSION}\n${JSON.stringify(says)}\n`;
  const plain = concat(fromBase64url(rootD)!, fromBase64url(mailboxD)!);
  const sealing = await cipher(says, head, passphrase);
  const sealed = await crypto.subtle.encrypt(sealing.how, sealing.key, plain);
  wipe(plain);
  const text = `${head}${toBase64url(new Uint8Array(sealed))}\n`;
  return utf8(`${text}${toBase64url(await sha256(utf8(text)))}\n`);
}

/** Opens what sealRoot made. Never throws. */
export async function openRoot(
  file: Uint8Array,
  passphrase: string,
): Promise<OpenedRoot | { ok: false; why: WhyUnread }> {
  const found = await readRoot(file);
  if (typeof found === 'string') return { ok: false, why: found };
  const { says, head, sealed } = found;
  if (passphrase.length > PASSPHRASE_UNITS_MAX) return { ok: false, why: 'passphrase' };
  const plain = await cipher(says, head, passphrase)
    .then(({ how, key }) => crypto.subtle.decrypt(how, key, sealed))
    .then((clear) => new Uint8Array(clear))
    .catch(() => null);
  if (!plain) return { ok: false, why: 'passphrase' };
  const keys = await keysOf(says, plain);
  wipe(plain);
  if (!keys) return { ok: false, why: 'misfit' };
  const { kind, pins, root, mailbox } = says;
  return { ok: true, kind, pins, root, mailbox, ...keys };
}

interface Found {
  readonly says: Header;
  /** the two first lines as they stand */
  readonly head: string;
  readonly sealed: Bytes;
}

/** What can be told of a file without its passphrase, the bounds first. */
async function readRoot(file: Uint8Array): Promise<Found | WhyUnread> {
  if (file.length === 0) return 'empty';
  if (file.length > ROOT_FILE_BYTES_MAX) return 'too_large';
  const begins = utf8(FORMAT);
  if (!begins.subarray(0, file.length).every((byte, at) => byte === file[at])) return 'foreign';
  const [first = '', second = '', third = '', sum, ...rest] = (fromUtf8(file) ?? '').split('\n');
  const version = first.slice(FORMAT.length);
  if (version !== VERSION) return /^[1-9]\d{0,2}$/.test(version) ? 'version' : 'damaged'; // at most ROOT_FILE_BYTES_MAX
  if (rest.length !== 1 || rest[0] !== '') return 'damaged';
  const head = `${first}\n${second}\n`;
  if (sum !== toBase64url(await sha256(utf8(`${head}${third}\n`)))) return 'damaged';

  const says = read(header, jsonIn(second));
  const sealed = fromBase64url(third);
  if (!says || sealed?.length !== 2 * SCALAR_BYTES + TAG_BYTES) return 'damaged';
  return isTurned(says.rounds) ? { says, head, sealed } : 'rounds';
}

const isTurned = (rounds: number) => rounds >= ROUNDS_MIN && rounds <= ROUNDS_MAX;

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function cipher({ salt, iv, rounds }: Header, head: string, passphrase: string) {
  const from = await crypto.subtle.importKey('raw', utf8(typed(passphrase)), 'PBKDF2', false, ['deriveKey']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: fromBase64url(salt)!, iterations: rounds };
  const aes = { name: 'AES-GCM', length: 256 };
  return {
    key: await crypto.subtle.deriveKey(how, from, aes, false, ['encrypt', 'decrypt']),
    how: { name: 'AES-GCM', iv: fromBase64url(iv)!, additionalData: utf8(head) },
  };
}

/** @returns null unless each private half is the one of its public point, and the root is the one that is pinned */
async function keysOf({ kind, pins, root, mailbox, salt }: Header, plain: Bytes) {
  if ((await pinOf(root)) !== pins[ROOT_KINDS.indexOf(kind)] || pins[0] === pins[1]) return null;
  const [rootD, mailboxD] = [plain.subarray(0, SCALAR_BYTES), plain.subarray(SCALAR_BYTES)];
  const publicKey = await importPublic(root);
  try {
    const key = await crypto.subtle.importKey('jwk', jwkOf(root, rootD), ECDSA, false, ['sign']);
    const mailboxKey = await crypto.subtle.importKey('jwk', jwkOf(mailbox, mailboxD), ECDH, false, ['deriveBits']);
    const content = utf8(salt);
    const signs = publicKey && (await verifyBytes(publicKey, TRY, content, await signBytes(key, TRY, content)));
    return signs && (await isMailboxPair(mailboxKey, mailbox)) ? { key, mailboxKey } : null;
  } catch {
    return null;
  }
}
/** What a key signs to show that it can; no statement has this label. */
const TRY = 'root file';

function jwkOf(publicText: string, d: Uint8Array) {
  const raw = fromBase64url(publicText)!;
  const [x, y] = [raw.subarray(1, 1 + SCALAR_BYTES), raw.subarray(1 + SCALAR_BYTES)].map(toBase64url);
  return { kty: 'EC', crv: 'P-256', x: x!, y: y!, d: toBase64url(d) };
}
