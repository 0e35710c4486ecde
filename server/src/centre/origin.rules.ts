import { isOrigin, isThisMachine } from '@clbchat/shared/protocol/origin';
import * as v from 'valibot';
import { urlOf } from '../kernel/url.ts';

const CHARS_MAX = 255;

/**
 * One name for a service of ours, over TLS unless it is of this very machine.
 *
 * @returns it as browsers write it, in small letters and without the port that goes without saying; null when it is none
 */
export function publicOrigin(text: string): string | null {
  // ours: the environment of the program
  if (text.length > CHARS_MAX || !/^https?:\/\/[^\s/\\?#@*]+$/i.test(text)) return null;
  const plain = urlOf(text)?.origin;
  return plain !== undefined && isOrigin(plain) ? plain : null;
}

/** Whether answers of this origin may promise TLS for years: on this very machine that would lock its other programs out. */
export function promisesTls(plain: string): boolean {
  const { protocol, hostname } = new URL(plain);
  return protocol === 'https:' && !isThisMachine(hostname);
}

export const webAddress = v.check(
  (address: string) => address.length <= CHARS_MAX && urlOf(address)?.protocol === 'https:',
  'must be an address that begins with https://',
);
