import type { Bytes } from '../bytes.ts';
import { makeMailboxPair } from './mailboxKey.ts';
import { passphraseProblem } from './passphrase.ts';
import { ROOT_KINDS, ROUNDS, sealRoot, type Pins, type RootKind } from './rootFile.ts';
import { exportPublic, makeSigningPair, pinOf, type Key } from './signingKey.ts';

export interface MadeRoots {
  readonly pins: Pins;
  readonly files: Readonly<Record<RootKind, Bytes>>;
}

/**
 * Both roots of a new centre, and the pair of its reserve mailbox, whose private half lies in both files. Nothing of them
 * is left but the files; the engine hands private halves out as strings, which nobody can overwrite.
 *
 * @throws RangeError for a passphrase that passphraseProblem refuses
 */
export async function makeRoots(passphrase: string, rounds = ROUNDS): Promise<MadeRoots> {
  const problem = passphraseProblem(passphrase);
  if (problem) throw new RangeError(`passphrase: ${problem}`);
  const [first, reserve, post] = await Promise.all([makeSigningPair(true), makeSigningPair(true), makeMailboxPair()]);
  const points = await Promise.all([first, reserve].map(({ publicKey }) => exportPublic(publicKey)));
  const [root, other] = points as [string, string];
  const pins: Pins = [await pinOf(root), await pinOf(other)];
  const mailbox = await exportPublic(post.publicKey);
  const mailboxD = await privateHalf(post.privateKey);
  const seal = async (kind: RootKind, publicText: string, key: Key) =>
    sealRoot(
      { kind, pins: [...pins], root: publicText, mailbox, rootD: await privateHalf(key), mailboxD },
      passphrase,
      rounds,
    );
  const O = await seal('O', root, first.privateKey);
  const O2 = await seal('O2', other, reserve.privateKey);
  return { pins, files: { O, O2 } };
}

const privateHalf = async (key: Key): Promise<string> => (await crypto.subtle.exportKey('jwk', key)).d!;

/** Both pins as a page names them in `data-key`, and the service in `ROOT_PINS`. */
export const pinsText = (pins: Pins): string => pins.join('.');

/** `clbchat-root-O-h3Jk2m.clbkey`: which of both, and of which centre. */
export const rootFileName = (kind: RootKind, pins: Pins): string =>
  `clbchat-root-${kind}-${pins[ROOT_KINDS.indexOf(kind)]!.slice(0, NAME_PIN_CHARS)}.clbkey`;
const NAME_PIN_CHARS = 6;
