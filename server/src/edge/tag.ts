import { createHmac, randomBytes } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { APART } from './networks.ts';

/** A day of tags ends at four in the morning, when few are here. UTC: nobody needs it to the hour. */
const TURN_MS = 4 * 3_600_000;
const DAY_MS = 86_400_000;

/** 16 characters. */
const TAG_BYTES = 12;
/** 12 characters: a piece that short is copied out of its tag, and keeps nothing else of it. */
const PART_BYTES = 9;

export interface Tagger {
  /**
   * 16 characters that stand for an address until the day's key goes; of IPv6 three times 12, for each of its networks, with
   * `APART` between them. Nothing leads back from them.
   */
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
  const digest = (network: string, bytes: number) =>
    createHmac('sha256', key).update(network).digest().toString('base64url', 0, bytes); // and no piece of a longer text, which would stay with it
  return {
    turn,
    of(address) {
      turn();
      const [one = '', ...wider] = networksIn(address ?? '');
      if (wider.length === 0) return digest(one, TAG_BYTES);
      return [one, ...wider].map((network) => digest(network, PART_BYTES)).join(APART);
    },
  };
}

const dayOf = (ms: number) => Math.floor((ms - TURN_MS) / DAY_MS);

/** Characters of the longest way to write an address, with a zone. */
const ADDRESS_CHARS_MAX = 64;

/**
 * The whole address in IPv4, and mapped IPv4 is IPv4. In IPv6 the first 64 bits, which tell people apart, and then the 56 and
 * the 48 of which one household or tunnel has all the others, too (networks.ts).
 */
export function networksIn(address: string): string[] {
  if (address.length > ADDRESS_CHARS_MAX) return ['unknown'];
  const [plain = ''] = address.toLowerCase().split('%');
  if (isIPv4(plain)) return [plain];
  if (!isIPv6(plain)) return ['unknown'];
  const groups = groupsOf(plain);
  const mapped = mappedIn(groups);
  if (mapped !== null) return [mapped];
  const [a = 0, b = 0, c = 0, d = 0] = groups;
  return [
    [a, b, c, d].map(hex).join(':'),
    `${[a, b, c, d & 0xff00].map(hex).join(':')}/56`,
    `${[a, b, c].map(hex).join(':')}/48`,
  ];
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
