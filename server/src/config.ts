import { readFileSync } from 'node:fs';
import { limits, type Limits } from '@clbchat/shared/limits';
import * as v from 'valibot';
import { bounds } from './centre/bounds.rules.ts';
import { ofProcess, StartProblem, valueFor, valueOf, type Env } from './environment.ts';
import type { Rules } from './kernel/needs.ts';
import { recordsKeyIn } from './recordsKey.ts';
import {
  settings,
  type Need,
  type Reader,
  type Setting,
  type SettingName,
  type SettingValue,
  type Way,
} from './settings.ts';

const OIDC = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME'] as const;

interface Common {
  readonly port: number;
  /** addresses to listen on */
  readonly hosts: readonly string[];
  /** proxies of our own in front, each of which appends the address that it saw to `X-Forwarded-For` */
  readonly trustedHops: number;
  readonly limits: Limits;
}

export interface DemoConfig extends Common {
  readonly serve: 'both';
  readonly demoPort: number;
  readonly demoHosts: readonly string[];
  /** under which browsers know the chat and the console, and the demonstration's school; null: this machine and the port */
  readonly publicOrigin: string | null;
  readonly demoPublicOrigin: string | null;
  readonly open: 'always' | 'real';
  readonly redis: { readonly live: string; readonly records: string } | null;
  /** with whose accounts staff may sign in as well */
  readonly openId: OpenIdConfig | null;
  /** what the key file holds; null: nobody has a password */
  readonly recordsKey: Uint8Array | null;
  /** of a centre's own roots, beside the demonstration's */
  readonly rootPins: readonly string[];
  /** times of the centre that a test makes shorter than anybody may choose */
  readonly scaledRules: Partial<Rules>;
}

/** A provider with whose accounts staff may sign in as well. */
export interface OpenIdConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
}

/** What both processes of production are told, and so agree on. */
interface Production extends Common {
  readonly centre: string;
  /** under which browsers know each of the three hosts */
  readonly origins: Readonly<Record<'chat' | 'console' | 'relay', string>>;
  /** of both roots; none before they were made */
  readonly pins: readonly string[];
}

export interface RelayConfig extends Production {
  readonly serve: 'relay';
  readonly openId: OpenIdConfig | null;
  readonly recordsKey: Uint8Array | null;
  readonly redis: { readonly live: string; readonly records: string };
}

export interface StaticConfig extends Production {
  readonly serve: 'static';
  /** where this process reaches the relay */
  readonly relayUrl: string;
  /** where it keeps the last good list of sites */
  readonly sitesFile: string;
}

export type Config = DemoConfig | RelayConfig | StaticConfig;

/**
 * Reads the environment: the only place that does, and before anything is opened.
 *
 * @throws StartProblem with all that is wrong, one sentence a line
 */
export function readConfig(env: Env = ofProcess, flags: readonly string[] = process.execArgv): Config {
  const problems: string[] = [];
  const told = <Value>(read: () => Value, otherwise: Value): Value => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof StartProblem)) throw error;
      problems.push(error.message);
      return otherwise;
    }
  };
  const serve = told(() => wayOf(env), 'both');
  const sure: Read = (name) => valueFor(serve, name, env);
  const read: Read = <Name extends SettingName>(name: Name) =>
    told(() => sure(name), settings[name].otherwise.value as SettingValue<Name>);
  if (serve !== 'both' || env['NODE_ENV'] === 'production') problems.push(...tellingOf(env, flags));

  const config = serve === 'both' ? demoFrom(read, told, sure) : productionFrom(serve, read, told, sure);
  for (const name of namesThat('never', serve)) read(name);
  if (problems.length > 0) throw new StartProblem([...new Set(problems)].join('\n'));
  return config;
}

/** What is set. In one of two ways: whatever is wrong is kept for later, or thrown. */
type Read = <Name extends SettingName>(name: Name) => SettingValue<Name>;
/** Runs it, and keeps for later what is wrong. */
type Told = <Value>(read: () => Value, otherwise: Value) => Value;

function wayOf(env: Env): Way {
  const serve = valueOf('SERVE', env);
  if (serve === 'both' && env['NODE_ENV'] === 'production')
    throw new StartProblem(
      `SERVE must be "relay" or "static" here: the demonstration does not run with NODE_ENV=production, it signs counsellors by itself.`,
    );
  return serve;
}

const namesThat = (need: Need, reader: Reader): SettingName[] =>
  (Object.keys(settings) as SettingName[]).filter(
    (name) => (settings[name].by as Setting<unknown>['by'])[reader] === need,
  );

function commonFrom(read: Read): Omit<Common, 'limits'> {
  const host = read('HOST');
  return {
    port: read('PORT'),
    // a browser may take either address for "localhost"
    hosts: host === null ? ['127.0.0.1', '::1'] : [host],
    trustedHops: read('TRUSTED_HOPS'),
  };
}

function demoFrom(read: Read, told: Told, sure: Read): DemoConfig {
  const scaled = told(() => scaledFrom(read('LIMITS_FILE')), { limits: {}, rules: {} });
  for (const name of ['PUBLIC_ORIGIN', 'DEMO_PUBLIC_ORIGIN', 'REDIS_URL', 'RECORDS_REDIS_URL', ...OIDC] as const)
    read(name);
  const redis = told(() => redisFrom(sure('REDIS_URL'), sure('RECORDS_REDIS_URL')), null);
  return {
    serve: 'both',
    ...commonFrom(read),
    demoPort: read('DEMO_PORT'),
    demoHosts: [read('HOST') ?? '127.0.0.1'],
    ...told(() => originsFrom(sure('PUBLIC_ORIGIN'), sure('DEMO_PUBLIC_ORIGIN')), {
      publicOrigin: null,
      demoPublicOrigin: null,
    }),
    open: read('DEMO_HOURS'),
    rootPins: read('ROOT_PINS'),
    recordsKey: told(() => recordsKeyIn(read('RECORDS_KEY_FILE')), null),
    redis,
    openId: told(() => openIdFrom(sure, redis !== null), null),
    limits: { ...limits, ...scaled.limits },
    scaledRules: scaled.rules,
  };
}

function productionFrom(serve: 'relay' | 'static', read: Read, told: Told, sure: Read): RelayConfig | StaticConfig {
  const origins = {
    chat: read('CHAT_ORIGIN') ?? '',
    console: read('CONSOLE_ORIGIN') ?? '',
    relay: read('RELAY_ORIGIN') ?? '',
  };
  if (Object.values(origins).every(Boolean)) told(() => areApart(origins), undefined);
  const common = { ...commonFrom(read), limits, centre: read('CENTRE'), pins: read('ROOT_PINS'), origins };
  if (serve === 'relay') {
    const redis = { live: read('REDIS_URL') ?? '', records: read('RECORDS_REDIS_URL') ?? '' };
    for (const name of OIDC) read(name);
    const recordsKey = told(() => recordsKeyIn(read('RECORDS_KEY_FILE')), null);
    return { serve, ...common, redis, recordsKey, openId: told(() => openIdFrom(sure, true), null) };
  }
  return { serve, ...common, relayUrl: read('RELAY_URL') ?? origins.relay, sitesFile: read('SITES_FILE') ?? '' };
}

/** A hacked relay may serve no script where somebody chats or signs in, and a strict cookie goes to no other site. */
function areApart(origins: Production['origins']): void {
  const hosts = Object.values(origins).map((origin) => new URL(origin).hostname);
  const domains = hosts.map((host) => host.split('.').slice(1).join('.'));
  const isOne = new Set(domains).size === 1 && /\w\.\w/.test(domains[0] ?? ''); // ours: the environment of the program
  if (new Set(hosts).size < hosts.length || !isOne)
    throw new StartProblem(
      'CHAT_ORIGIN, CONSOLE_ORIGIN and RELAY_ORIGIN must be three hosts of one domain, as chat.example.be, console.example.be and relay.example.be.',
    );
}

/** What shows packets, addresses or memory to whoever operates the machine. SECURITY of the plan, A11. */
const TELLING_FLAGS =
  /^--(?:inspect|heapsnapshot-|report-|diagnostic-dir|cpu-prof|heap-prof|prof\b|trace-event|tls-keylog)/; // ours: the environment of the program

/** Whatever of this is there, in production or beside it, would show more than the program tells. */
function tellingOf(env: Env, flags: readonly string[]): string[] {
  const named = ['DEBUG', 'NODE_DEBUG', 'LIMITS_FILE'].filter((name) => env[name]);
  const telling = [...flags, ...(env['NODE_OPTIONS'] ?? '').split(' ')].find((flag) =>
    TELLING_FLAGS.test(flag.replaceAll('_', '-')),
  ); // Node takes either
  return [
    ...named.map((name) => `${name} may not be set in production.`),
    ...(telling ? [`Node may not be started with ${telling.split('=')[0]} in production.`] : []),
  ];
}

function originsFrom(publicOrigin: string | null, demoPublicOrigin: string | null) {
  // cookies know no ports: on a server of the same name the school would be sent those of the counsellors
  const nameOf = (origin: string | null, otherwise: string) => (origin === null ? otherwise : new URL(origin).hostname);
  if (nameOf(publicOrigin, 'localhost') === nameOf(demoPublicOrigin, '127.0.0.1'))
    throw new StartProblem(
      'DEMO_PUBLIC_ORIGIN must be another one than PUBLIC_ORIGIN: no school has the name of the chat.',
    );
  return { publicOrigin, demoPublicOrigin };
}

function redisFrom(live: string | null, records: string | null): DemoConfig['redis'] {
  if (!live && !records) return null;
  if (!live)
    throw new StartProblem('RECORDS_REDIS_URL is set without REDIS_URL: set both, or none for stores in memory.');
  if (!records)
    throw new StartProblem('REDIS_URL is set without RECORDS_REDIS_URL: set both, or none for stores in memory.');
  return { live, records };
}

function openIdFrom(sure: Read, hasRecords: boolean): OpenIdConfig | null {
  const values = OIDC.map((name) => [name, sure(name)] as const);
  const set = values.find(([, value]) => value !== null);
  if (!set) return null;
  const missing = values.find(([, value]) => value === null);
  if (missing)
    throw new StartProblem(`${set[0]} is set without ${missing[0]}: set all four of ${OIDC.join(', ')}, or none.`);
  if (!hasRecords)
    throw new StartProblem(
      'OIDC_ISSUER must not be set without REDIS_URL and RECORDS_REDIS_URL: in memory nobody is linked.',
    );
  const [issuer = '', clientId = '', clientSecret = '', name = ''] = values.map(([, value]) => value ?? '');
  return { issuer, clientId, clientSecret, name };
}

const amount = v.pipe(v.number(), v.minValue(0));
const partsOf = (names: readonly string[]) =>
  v.optional(v.strictObject(Object.fromEntries(names.map((name) => [name, v.optional(amount)]))), {});
const scaledFile = v.strictObject({ limits: partsOf(Object.keys(limits)), rules: partsOf(Object.keys(bounds)) });

function scaledFrom(path: string | null): { limits: Partial<Limits>; rules: Partial<Rules> } {
  if (path === null) return { limits: {}, rules: {} };
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new StartProblem('LIMITS_FILE names a file that cannot be read as JSON.');
  }
  const read = v.safeParse(scaledFile, json);
  if (!read.success)
    throw new StartProblem(
      `LIMITS_FILE: ${read.issues[0].path?.map(({ key }) => String(key)).join('.') ?? 'the file'} is not a limit or has no number.`,
    );
  return { limits: read.output.limits as Partial<Limits>, rules: read.output.rules as Partial<Rules> };
}
