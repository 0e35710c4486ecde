/** How an address is written, for the sentence that refuses one. */
export const REDIS_ADDRESS =
  'redis://host:port or rediss://host:port, where a name or password has %25 for %, %2F for /, %23 for # and %3F for ?; redis+sentinel://host:port,host:port/name for Sentinel, redis+cluster://host:port,host:port for a cluster (rediss+… with TLS)';

/** Longer than any that somebody writes. */
const ADDRESS_CHARS_MAX = 2_048;

export interface RedisHost {
  readonly host: string;
  readonly port: number;
}

/** An address as it was meant. */
export type RedisWay = {
  readonly tls: boolean;
  readonly username: string;
  readonly password: string;
  /** of one server, of the Sentinels, or of some of a cluster */
  readonly hosts: readonly RedisHost[];
  readonly family: number;
} & (
  | { readonly is: 'alone'; readonly db: number }
  | {
      readonly is: 'sentinel';
      readonly db: number;
      /** by which the Sentinels know the primary */
      readonly name: string;
      /** of the Sentinels themselves, where they ask for one */
      readonly sentinelPassword: string;
    }
  | { readonly is: 'cluster' }
);

/** What may stand behind `?`: anything else there would change how the connection works. */
const OPTIONS = { alone: ['family'], sentinel: ['family', 'sentinelPassword'], cluster: ['family'] } as const;
const PORTS = { alone: 6379, sentinel: 26_379, cluster: 6379 } as const;

const WHOLE = /^(rediss?)(?:\+(sentinel|cluster))?:\/\/(?:([^@/?#]*)@)?([^@/?#]+)(?:\/([^?#]*))?(?:\?([^#]*))?$/; // at most ADDRESS_CHARS_MAX
const NAME = /^[\w.-]{1,64}$/; // at most 64
const DB = /^\d{0,5}$/; // at most 5

/** @returns null for what is no address. Never throws: a sentence of Node's would hold the password */
export function redisWay(address: string): RedisWay | null {
  if (address.length > ADDRESS_CHARS_MAX) return null;
  const found = WHOLE.exec(address);
  if (!found) return null;
  const [, scheme, kind, user = '', where = '', path = '', query = ''] = found;
  const is = (kind ?? 'alone') as keyof typeof PORTS;
  const hosts = where.split(',').map((host) => hostIn(host, PORTS[is]));
  const options = new URLSearchParams(query);
  const [username, password] = [decoded(user.split(':', 1)[0]!), decoded(user.split(':').slice(1).join(':'))];
  const known: readonly string[] = OPTIONS[is];
  const fits = [...options.keys()].every((name) => known.includes(name)) && (is !== 'alone' || hosts.length === 1);
  if (!fits || !areAll(hosts) || username === null || password === null) return null;
  const common = { tls: scheme === 'rediss', username, password, hosts, family: Number(options.get('family') ?? 0) };
  if (![0, 4, 6].includes(common.family)) return null;
  if (is === 'cluster') return path === '' ? { is, ...common } : null;
  if (is === 'alone') return DB.test(path) ? { is, ...common, db: Number(path) } : null;
  const [name = '', db = '', ...more] = path.split('/');
  if (!NAME.test(name) || !DB.test(db) || more.length > 0) return null;
  return { is, ...common, name, db: Number(db), sentinelPassword: options.get('sentinelPassword') ?? '' };
}

const areAll = (hosts: readonly (RedisHost | null)[]): hosts is RedisHost[] => hosts.every((host) => host !== null);

function hostIn(written: string, otherwise: number): RedisHost | null {
  if (!URL.canParse(`redis://${written}`)) return null;
  const { hostname, port, username } = new URL(`redis://${written}`);
  return hostname === '' || username !== ''
    ? null
    : { host: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname, port: Number(port || otherwise) };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/**
 * Where an address of a Redis server leads, for people: without the name and the password in it.
 *
 * @returns `host:port`, several of them, or null for what is no such address
 */
export function redisPlace(address: string): string | null {
  const way = redisWay(address);
  if (!way) return null;
  const hosts = way.hosts.map(({ host, port }) => `${host}:${port}`).join(', ');
  return way.is === 'sentinel' ? `${way.name} (by Sentinel, ${hosts})` : hosts;
}
