import { createHmac, randomBytes } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

/** A day of tags ends at four in the morning, when few are here. UTC: nobody needs it to the hour. */
const TURN_MS = 4 * 3_600_000;
const DAY_MS = 86_400_000;

/** 16 characters. */
const TAG_BYTES = 12;

export interface Tagger {
  /** 16 characters that stand for an address until the day's key goes; nothing leads back from them. */
  of(address: string | undefined): string;
  /** Forgets a key whose day is over. Call it now and then, so that a quiet night forgets too. */
  turn(): void;
}

/** The key lives in this process's memory, for a day. With a stored key four thousand million guesses would find an address. */
export function createTagger(nowMs: () => number): Tagger {
  let key = randomBytes(32);
  let day = dayOf(nowMs());
  const turn = () => {
    const today = dayOf(nowMs());
    if (today === day) return;
    key.fill(0);
    key = randomBytes(32);
    day = today;
  };
  return {
    turn,
    of(address) {
      turn();
      return createHmac('sha256', key)
        .update(networkOf(address ?? ''))
        .digest()
        .toString('base64url', 0, TAG_BYTES); // and no piece of a longer text, which would stay with it
    },
  };
}

const dayOf = (ms: number) => Math.floor((ms - TURN_MS) / DAY_MS);

/** Characters of the longest way to write an address, with a zone. */
const ADDRESS_CHARS_MAX = 64;

/** One household or one school: the whole address in IPv4, the first 64 bits in IPv6. Mapped IPv4 is IPv4. */
export function networkOf(address: string): string {
  if (address.length > ADDRESS_CHARS_MAX) return 'unknown';
  const [plain = ''] = address.toLowerCase().split('%');
  if (isIPv4(plain)) return plain;
  if (!isIPv6(plain)) return 'unknown';
  const groups = groupsOf(plain);
  return mappedIn(groups) ?? groups.slice(0, 4).map(hex).join(':');
}

const hex = (group: number) => group.toString(16);

/** Eight numbers of 16 bits. */
function groupsOf(address: string): number[] {
  const [head = '', tail = ''] = address.split('::');
  const left = numbersIn(head);
  const right = numbersIn(tail);
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
}

const numbersIn = (part: string): number[] =>
  part === ''
    ? []
    : part.split(':').flatMap((each) => (each.includes('.') ? pairOf(each) : [Number.parseInt(each, 16)]));

function pairOf(dotted: string): number[] {
  const [a = 0, b = 0, c = 0, d = 0] = dotted.split('.').map(Number);
  return [a * 256 + b, c * 256 + d];
}

const MAPPED = '0:0:0:0:0:ffff';

/** @returns the IPv4 address that is written as IPv6, in either spelling */
function mappedIn(groups: readonly number[]): string | null {
  const [high = 0, low = 0] = groups.slice(6);
  if (groups.slice(0, 6).map(hex).join(':') !== MAPPED) return null;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
