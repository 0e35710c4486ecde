import { createHmac, randomBytes } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

/** A day of tags ends at four in the morning, when few are here. UTC: nobody needs it to the hour. */
const TURN_MS = 4 * 3_600_000;
const DAY_MS = 86_400_000;

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
        .digest('base64url')
        .slice(0, 16);
    },
  };
}

const dayOf = (ms: number) => Math.floor((ms - TURN_MS) / DAY_MS);

/** One household or one school: the whole address in IPv4, the first 64 bits in IPv6. Mapped IPv4 is IPv4. */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (mapped && isIPv4(mapped)) return mapped;
  if (isIPv4(plain)) return plain;
  if (!isIPv6(plain)) return 'unknown';
  return prefix64(plain);
}

function prefix64(address: string): string {
  const dotted = /(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const hex = (high: string | undefined, low: string | undefined) => (Number(high) * 256 + Number(low)).toString(16);
  const plain = dotted ? `${dotted[1]}${hex(dotted[2], dotted[3])}:${hex(dotted[4], dotted[5])}` : address;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
