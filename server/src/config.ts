import { readFileSync } from 'node:fs';
import { limits, type Limits } from '@clbchat/shared/limits';
import * as v from 'valibot';
import { bounds } from './centre/bounds.rules.ts';
import { centreId } from './centre/centre.rules.ts';
import { publicOrigin } from './centre/origin.rules.ts';
import type { Rules } from './kernel/needs.ts';
import { REDIS_ADDRESS, redisPlace } from './kernel/redisAddress.ts';

/** Why it does not start: one sentence for the person who typed the command. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
}

export interface Config {
  readonly port: number;
  readonly demoPort: number;
  /** addresses to listen on, and those of the demonstration's host pages */
  readonly hosts: readonly string[];
  readonly demoHosts: readonly string[];
  /** under which browsers know the chat and the console, and the demonstration's school; null: this machine and the port */
  readonly publicOrigin: string | null;
  readonly demoPublicOrigin: string | null;
  readonly open: 'always' | 'real';
  /** proxies of our own in front, each of which appends the address that it saw to `X-Forwarded-For` */
  readonly trustedHops: number;
  readonly redis: { readonly live: string; readonly records: string } | null;
  readonly limits: Limits;
  /** times of the centre that a test makes shorter than anybody may choose */
  readonly scaledRules: Partial<Rules>;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Reads the environment: the only place that does. @throws StartProblem */
export function readConfig(env: Env = process.env, flags: readonly string[] = process.execArgv): Config {
  const production = env['NODE_ENV'] === 'production';
  if (production) refuseInProduction(env, flags);
  const scaled = scaledFrom(env['LIMITS_FILE']);
  const host = env['HOST'];
  return {
    port: portFrom('PORT', env['PORT'], 8080),
    demoPort: portFrom('DEMO_PORT', env['DEMO_PORT'], 8081),
    // a browser may take either address for "localhost"
    hosts: host ? [host] : ['127.0.0.1', '::1'],
    demoHosts: [host ?? '127.0.0.1'],
    ...originsFrom(env['PUBLIC_ORIGIN'], env['DEMO_PUBLIC_ORIGIN']),
    open: openFrom(env['DEMO_HOURS']),
    trustedHops: hopsFrom(env['TRUSTED_HOPS']),
    redis: redisFrom(env['REDIS_URL'], env['RECORDS_REDIS_URL']),
    limits: { ...limits, ...scaled.limits },
    scaledRules: scaled.rules,
  };
}

/** The centre of whoever runs one: nothing has to be set for it. */
const CENTRE = 'clb';

export interface ShellConfig {
  readonly recordsUrl: string;
  /** id of the centre */
  readonly centre: string;
}

/** What a command at the server's own shell needs of the environment. @throws StartProblem */
export function readShellConfig(env: Env = process.env): ShellConfig {
  const recordsUrl = env['RECORDS_REDIS_URL'];
  if (!recordsUrl) throw new StartProblem('RECORDS_REDIS_URL is not set: it says where the records are.');
  const centre = env['CENTRE'] || CENTRE;
  if (!v.is(centreId, centre))
    throw new StartProblem('CENTRE must be the id of a centre: at most 32 small letters, digits and dashes.');
  return { recordsUrl, centre };
}

/** What shows packets, addresses or memory to whoever operates the machine. SECURITY of the plan, A11. */
const TELLING_FLAGS =
  /--(?:inspect|heapsnapshot-signal|heapsnapshot-near-heap-limit|report-|diagnostic-dir|cpu-prof|heap-prof)/; // ours: the environment of the program

function refuseInProduction(env: Env, flags: readonly string[]): void {
  for (const name of ['DEBUG', 'NODE_DEBUG', 'LIMITS_FILE']) {
    if (env[name]) throw new StartProblem(`${name} may not be set with NODE_ENV=production.`);
  }
  const telling = [...flags, ...(env['NODE_OPTIONS'] ?? '').split(' ')].find((flag) => TELLING_FLAGS.test(flag));
  if (telling) throw new StartProblem(`Node may not be started with ${telling.split('=')[0]} in production.`);
  hopsFrom(env['TRUSTED_HOPS']);
  originFrom('PUBLIC_ORIGIN', env['PUBLIC_ORIGIN']);
  const hops = env['TRUSTED_HOPS'] ? 'T' : 'TRUSTED_HOPS, the number of your own proxies in front, must be set, and t';
  throw new StartProblem(
    `${hops}he demonstration does not run with NODE_ENV=production: it signs counsellors by itself. A production set-up does not exist yet.`,
  );
}

function portFrom(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise;
  const port = Number(text);
  // ours: the environment of the program
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new StartProblem(`${name} must be a port from 0 to 65535, not "${text}".`);
  return port;
}

function originFrom(name: string, text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  const origin = publicOrigin(text);
  if (origin === null)
    throw new StartProblem(
      `${name} must be an origin as https://chat.example.be, without anything behind it (http:// only for localhost).`,
    );
  return origin;
}

function originsFrom(chat: string | undefined, school: string | undefined) {
  const origins = {
    publicOrigin: originFrom('PUBLIC_ORIGIN', chat),
    demoPublicOrigin: originFrom('DEMO_PUBLIC_ORIGIN', school),
  };
  // cookies know no ports: on a server of the same name the school would be sent those of the counsellors
  const nameOf = (origin: string | null, otherwise: string) => (origin === null ? otherwise : new URL(origin).hostname);
  if (nameOf(origins.publicOrigin, 'localhost') === nameOf(origins.demoPublicOrigin, '127.0.0.1'))
    throw new StartProblem(
      'DEMO_PUBLIC_ORIGIN must be another one than PUBLIC_ORIGIN: no school has the name of the chat.',
    );
  return origins;
}

const HOPS_MAX = 4;

function hopsFrom(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  const hops = Number(text);
  // ours: the environment of the program
  if (!/^\d$/.test(text) || hops > HOPS_MAX)
    throw new StartProblem(`TRUSTED_HOPS must be a whole number from 0 to ${HOPS_MAX}, not "${text}".`);
  return hops;
}

function openFrom(text: string | undefined): Config['open'] {
  if (text === undefined || text === '') return 'always';
  if (text !== 'real') throw new StartProblem('DEMO_HOURS must be "real" or not be set.');
  return 'real';
}

function redisFrom(live: string | undefined, records: string | undefined): Config['redis'] {
  if (!live && !records) return null;
  if (!live)
    throw new StartProblem('RECORDS_REDIS_URL is set without REDIS_URL: set both, or none for stores in memory.');
  if (!records)
    throw new StartProblem('REDIS_URL is set without RECORDS_REDIS_URL: set both, or none for stores in memory.');
  for (const [name, url] of Object.entries({ REDIS_URL: live, RECORDS_REDIS_URL: records })) {
    if (redisPlace(url) === null)
      throw new StartProblem(`${name} is not an address of a Redis server: write ${REDIS_ADDRESS}.`);
  }
  return { live, records };
}

const amount = v.pipe(v.number(), v.minValue(0));
const partsOf = (names: readonly string[]) =>
  v.optional(v.strictObject(Object.fromEntries(names.map((name) => [name, v.optional(amount)]))), {});
const scaledFile = v.strictObject({ limits: partsOf(Object.keys(limits)), rules: partsOf(Object.keys(bounds)) });

function scaledFrom(path: string | undefined): { limits: Partial<Limits>; rules: Partial<Rules> } {
  if (!path) return { limits: {}, rules: {} };
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
