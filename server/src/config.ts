import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs';
import { limits, type Limits } from '@clbchat/shared/limits';
import * as v from 'valibot';
import { bounds } from './centre/bounds.rules.ts';
import { publicOrigin } from './centre/origin.rules.ts';
import type { Rules } from './kernel/needs.ts';
import { SETTING_CHARS_MAX, settings, type Setting, type SettingName, type SettingValue } from './settings.ts';

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
  /** with whose accounts staff may sign in as well */
  readonly openId: OpenIdConfig | null;
  readonly limits: Limits;
  /** times of the centre that a test makes shorter than anybody may choose */
  readonly scaledRules: Partial<Rules>;
}

interface OpenIdConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Reads the environment: the only place that does, and before anything is opened. @throws StartProblem */
export function readConfig(env: Env = process.env, flags: readonly string[] = process.execArgv): Config {
  const production = env['NODE_ENV'] === 'production';
  if (production) refuseInProduction(env, flags);
  const host = valueOf('HOST', env);
  const scaled = scaledFrom(valueOf('LIMITS_FILE', env));
  const redis = redisFrom(valueOf('REDIS_URL', env), valueOf('RECORDS_REDIS_URL', env));
  return {
    port: valueOf('PORT', env),
    demoPort: valueOf('DEMO_PORT', env),
    // a browser may take either address for "localhost"
    hosts: host === null ? ['127.0.0.1', '::1'] : [host],
    demoHosts: [host ?? '127.0.0.1'],
    ...originsFrom(valueOf('PUBLIC_ORIGIN', env), valueOf('DEMO_PUBLIC_ORIGIN', env)),
    open: valueOf('DEMO_HOURS', env),
    trustedHops: valueOf('TRUSTED_HOPS', env),
    redis,
    openId: openIdFrom(env, redis !== null),
    limits: { ...limits, ...scaled.limits },
    scaledRules: scaled.rules,
  };
}

export interface ShellConfig {
  readonly recordsUrl: string;
  /** id of the centre */
  readonly centre: string;
}

/** What a command at the server's own shell needs of the environment. @throws StartProblem */
export function readShellConfig(env: Env = process.env): ShellConfig {
  const recordsUrl = valueOf('RECORDS_REDIS_URL', env);
  if (recordsUrl === null) throw new StartProblem('RECORDS_REDIS_URL is not set: it says where the records are.');
  return { recordsUrl, centre: valueOf('CENTRE', env) };
}

/** What a setting is in this environment. @throws StartProblem, which names it and what may stand there */
function valueOf<Name extends SettingName>(name: Name, env: Env): SettingValue<Name> {
  const { schema, must, otherwise, secret }: Setting<unknown> = settings[name];
  const written = secret ? fromFile(name, env) : env[name];
  if (written === undefined || written === '') return otherwise.value as SettingValue<Name>;
  const read = v.safeParse(schema, written);
  if (read.success) return read.output as SettingValue<Name>;
  const shown = secret || written.length > SHOWN_CHARS_MAX ? '' : `, not ${JSON.stringify(written)}`;
  throw new StartProblem(`${name} must ${must}${shown}.`);
}

/** A longer one is not shown again: the sentence is for a person at a terminal. */
const SHOWN_CHARS_MAX = 80;
/** Behind the name of a setting that may stand in a file. */
const FILE = '_FILE';

/** A secret from the environment, or from the first and only line of a file: what stands in the environment others may see. */
function fromFile(name: SettingName, env: Env): string | undefined {
  const path = env[`${name}${FILE}`];
  if (!path) return env[name];
  if (env[name]) throw new StartProblem(`${name} and ${name}${FILE} are both set: set one of them.`);
  const [line = '', ...more] = readStart(path, `${name}${FILE}`).split('\n');
  if (line === '' || more.join('') !== '')
    throw new StartProblem(`${name}${FILE} must name a file with one line in it, which is what ${name} would be.`);
  return line.replace(/\r$/, ''); // ours: the environment of the program
}

/** @returns no more than is needed to see that it is too much */
function readStart(path: string, name: string): string {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK); // a pipe that nobody writes to is empty
    try {
      const read = Buffer.alloc(SETTING_CHARS_MAX + 2);
      return read.toString('utf8', 0, readSync(file, read));
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new StartProblem(`${name} names a file that cannot be read (${code}).`);
  }
}

/**
 * Under which origin browsers know the console.
 *
 * @param given what was typed beside the command; it counts before the environment
 * @throws StartProblem
 */
export function readConsoleOrigin(given: string | undefined, env: Env = process.env): string {
  const known = given === undefined ? valueOf('PUBLIC_ORIGIN', env) : publicOrigin(given);
  if (known !== null) return known;
  throw new StartProblem(
    given === undefined
      ? 'PUBLIC_ORIGIN is not set: it says under which origin browsers know the console, as https://chat.example.be.'
      : `--origin must ${settings.PUBLIC_ORIGIN.must}.`,
  );
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
  valueOf('TRUSTED_HOPS', env);
  valueOf('PUBLIC_ORIGIN', env);
  const hops = env['TRUSTED_HOPS'] ? 'T' : 'TRUSTED_HOPS, the number of your own proxies in front, must be set, and t';
  throw new StartProblem(
    `${hops}he demonstration does not run with NODE_ENV=production: it signs counsellors by itself. A production set-up does not exist yet.`,
  );
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

function redisFrom(live: string | null, records: string | null): Config['redis'] {
  if (!live && !records) return null;
  if (!live)
    throw new StartProblem('RECORDS_REDIS_URL is set without REDIS_URL: set both, or none for stores in memory.');
  if (!records)
    throw new StartProblem('REDIS_URL is set without RECORDS_REDIS_URL: set both, or none for stores in memory.');
  return { live, records };
}

const OIDC = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_NAME'] as const;

function openIdFrom(env: Env, hasRecords: boolean): OpenIdConfig | null {
  const values = OIDC.map((name) => [name, valueOf(name, env)] as const);
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
