import { createCipheriv, createDecipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { makeRoots, type MadeRoots } from '@clbchat/shared/statement/roots';

export const PASSPHRASE = 'vier gewone woorden op papier';
/** The fewest that open: what is tried here is not how long it takes. */
export const FEW = 600_000;

let once: Promise<MadeRoots> | undefined;
/** The same two roots for a whole file of tests. */
export const madeOnce = (): Promise<MadeRoots> => (once ??= makeRoots(PASSPHRASE, FEW));

export interface Header {
  kind: string;
  pins: string[];
  root: string;
  mailbox: string;
  rounds: number;
  salt: string;
  iv: string;
}
export const headerOf = (file: Uint8Array): Header =>
  JSON.parse(Buffer.from(file).toString().split('\n')[1]!) as Header;

const sumOf = (text: string) => createHash('sha256').update(text).digest('base64url');

/** The same lines with a checksum that fits: what somebody hands out who knows the format. */
export const resummed = (lines: readonly string[]): Buffer => {
  const text = lines
    .slice(0, 3)
    .map((line) => `${line}\n`)
    .join('');
  return Buffer.from(`${text}${sumOf(text)}\n`);
};

const turned = new Map<string, Buffer>();
function keyBy({ salt, rounds }: Header, passphrase: string): Buffer {
  const by = `${salt} ${rounds} ${passphrase}`;
  const key = turned.get(by) ?? pbkdf2Sync(passphrase, Buffer.from(salt, 'base64url'), rounds, 32, 'sha256');
  turned.set(by, key);
  return key;
}

/** Another implementation, by the words of the format alone. */
export function openedByNode(file: Uint8Array, passphrase: string): Buffer {
  const [first, second, third] = Buffer.from(file).toString().split('\n');
  const header = headerOf(file);
  const sealed = Buffer.from(third!, 'base64url');
  const open = createDecipheriv('aes-256-gcm', keyBy(header, passphrase), Buffer.from(header.iv, 'base64url'));
  open.setAAD(Buffer.from(`${first}\n${second}\n`)).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([open.update(sealed.subarray(0, -16)), open.final()]);
}

export function sealedByNode(header: Header, plain: Uint8Array, passphrase: string): Buffer {
  const head = `clbchat-root/1\n${JSON.stringify(header)}\n`;
  const seal = createCipheriv('aes-256-gcm', keyBy(header, passphrase), Buffer.from(header.iv, 'base64url'));
  seal.setAAD(Buffer.from(head));
  const sealed = Buffer.concat([seal.update(plain), seal.final(), seal.getAuthTag()]);
  return resummed([...head.split('\n').slice(0, 2), sealed.toString('base64url')]);
}
