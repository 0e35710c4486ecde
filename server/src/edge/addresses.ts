import type { IncomingMessage } from 'node:http';
import type { Log } from '../kernel/log.ts';

interface Needs {
  /**
   * proxies of our own in front, each of which appends the address that it saw to `X-Forwarded-For`; null where nobody
   * said how many: then whoever connects is who asks
   */
  readonly hops: number | null;
  readonly tagOf: (address: string | undefined) => string;
  readonly log: Log;
}

/** Who asks, as a tag and never as an address. */
export interface Addresses {
  /** Takes whatever tells an address out of a request, once; from then on there is only the tag. */
  of(request: IncomingMessage): string;
  /** of a connection by which nobody has asked anything yet; null behind a proxy, where it is nobody's before its first request */
  ofConnection(address: string | undefined): string | null;
  /** requests that said something else of their way than the settings do */
  misread(): number;
}

/** Headers by which proxies say whom a request is from. */
const TELLING = [
  'x-forwarded-for',
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'via',
] as const;

/** What whoever watches the process asks it, past every proxy of people: no one is counted by that. */
const WATCHED: ReadonlySet<string> = new Set(['/live', '/ready']);

/** Characters at the end of the header that are looked at: our own proxies write last. */
const FORWARDED_CHARS_MAX = 512;

/**
 * Entries are counted from the right: what stands further left anybody can have written. A request whose entries do not
 * fit the settings is answered like any other, under the tag of its connection, and the log says once that they differ.
 */
export function createAddresses({ hops, tagOf, log }: Needs): Addresses {
  const known = new WeakMap<IncomingMessage, string>();
  let misread = 0;

  function differs(): void {
    misread += 1;
    if (misread === 1)
      log.warn('TRUSTED_HOPS does not fit what the proxy in front says: people are counted as one', { event: 'proxy' });
  }

  function find({ headers, socket, url }: IncomingMessage): string {
    if (hops === null) return tagOf(socket.remoteAddress);
    const said = headers['x-forwarded-for'];
    const entries = said === undefined ? [] : entriesOf(Array.isArray(said) ? said.join() : said);
    const passed = entries.length > 0 || headers.forwarded !== undefined;
    if (hops === 0 ? passed : entries.length < hops) {
      if (passed || !WATCHED.has(url ?? '')) differs();
    } else if (hops > 0) return tagOf(addressIn(entries[entries.length - hops] ?? ''));
    return tagOf(socket.remoteAddress);
  }

  return {
    misread: () => misread,
    ofConnection: (address) => (hops ? null : tagOf(address)),
    of(request) {
      const before = known.get(request);
      if (before !== undefined) return before;
      const tag = find(request);
      known.set(request, tag);
      for (const name of TELLING) delete request.headers[name];
      request.rawHeaders = [];
      return tag;
    },
  };
}

const entriesOf = (header: string): string[] =>
  header
    .slice(-FORWARDED_CHARS_MAX)
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** Some proxies add the port: `192.0.2.7:4711`, `[2001:db8::7]:4711`. */
function addressIn(entry: string): string {
  if (entry.startsWith('[')) return entry.slice(1, entry.indexOf(']'));
  const [host = '', port, ...more] = entry.split(':');
  return port !== undefined && more.length === 0 ? host : entry;
}
