import { fromBase64url } from '@clbchat/shared/base64url';
import { isName } from '@clbchat/shared/names';
import * as v from 'valibot';
import { centreId } from './centre/centre.rules.ts';
import { publicOrigin } from './centre/origin.rules.ts';
import { REDIS_ADDRESS, redisPlace } from './kernel/redisAddress.ts';
import { urlOf } from './kernel/url.ts';

/** `both`: the demonstration, all in one process. The other two are production: the relay, and the files that browsers run. */
export type Way = 'both' | 'relay' | 'static';
/** The program in one of its ways, or a command at the server's own shell. */
export type Reader = Way | 'shell';
/** `never`: it says what this process may not know. */
export type Need = 'may' | 'must' | 'never';

/** A variable of the environment. The table of docs/operations.md is made of these. */
export interface Setting<Value> {
  /** what it is for, as a part of a sentence */
  readonly meaning: string;
  /** what may stand there: after its name and "must", a sentence */
  readonly must: string;
  readonly schema: v.GenericSchema<string, Value>;
  /** what it is where it is not set, and how that is said */
  readonly otherwise: { readonly value: Value; readonly says: string };
  /** what it says is nobody's business: never shown, and may stand in a file instead */
  readonly secret?: true;
  /** who reads it, and who does not start without it */
  readonly by: Readonly<Partial<Record<Reader, Need>>>;
}
const setting = <Value>(one: Setting<Value>): Setting<Value> => one;

/** Characters. Nothing that anybody has to write is longer. */
export const SETTING_CHARS_MAX = 2_048;
const HOPS_MAX = 4;
const PORT_MAX = 65_535;

const text = v.pipe(v.string(), v.maxLength(SETTING_CHARS_MAX));
const DEMO = { both: 'may' } as const;
const ALL = { both: 'may', relay: 'may', static: 'may' } as const;
const RELAYS = { both: 'may', relay: 'may' } as const;
const PRODUCTION = { relay: 'must', static: 'must' } as const;
const whole = (max: number) => v.pipe(text, v.regex(/^\d{1,5}$/), v.transform(Number), v.maxValue(max)); // at most SETTING_CHARS_MAX
const redisAddress = v.pipe(
  text,
  v.check((address) => redisPlace(address) !== null),
);
const ownOrigin = v.pipe(
  text,
  v.transform(publicOrigin),
  v.check((origin) => origin !== null),
);

/** In production nothing is asked or told without TLS. */
const tlsOrigin = v.pipe(
  ownOrigin,
  v.check((known) => known?.startsWith('https://') === true),
);
const PIN_BYTES = 32;
const pins = v.pipe(
  text,
  v.transform((written) => written.split('.')),
  v.length(2),
  v.check(([one = '', other = '']) => one !== other),
  v.everyItem((pin) => fromBase64url(pin)?.length === PIN_BYTES),
);

const port = (otherwise: number, meaning: string, by: Setting<number>['by']) =>
  setting<number>({
    meaning: `${meaning}; \`0\` takes a free port`,
    must: `be a port from 0 to ${PORT_MAX}`,
    schema: whole(PORT_MAX),
    otherwise: { value: otherwise, says: `\`${otherwise}\`` },
    by,
  });
const origin = (meaning: string, says: string, by: Setting<string | null>['by']) =>
  setting<string | null>({
    meaning,
    must: 'be an origin as https://chat.example.be, without anything behind it (http:// only for localhost)',
    schema: ownOrigin,
    otherwise: { value: null, says },
    by,
  });
const publicHost = (meaning: string, by: Setting<string | null>['by']) =>
  setting<string | null>({
    meaning,
    must: 'be an origin as https://relay.example.be, without anything behind it',
    schema: tlsOrigin,
    otherwise: { value: null, says: 'none' },
    by,
  });
const redis = (meaning: string, by: Setting<string | null>['by']) =>
  setting<string | null>({
    meaning,
    must: `be an address as ${REDIS_ADDRESS}`,
    schema: redisAddress,
    otherwise: { value: null, says: 'none' },
    secret: true,
    by,
  });

/** Of what stands on a button. */
const BUTTON_CHARS_MAX = 40;
const PROVIDERS_CHARS_MAX = 512;
const provider = (meaning: string, must: string, schema: v.GenericSchema<string, string>) =>
  setting<string | null>({ meaning, must, schema, otherwise: { value: null, says: 'none' }, by: RELAYS });
const issuer = v.pipe(
  v.string(),
  v.maxLength(PROVIDERS_CHARS_MAX),
  v.check((text) => {
    const url = urlOf(text);
    if (!url) return false;
    const { protocol, username, password } = url;
    return protocol === 'https:' && !username && !password && !text.includes('?') && !text.includes('#');
  }),
);
const visible = v.pipe(v.string(), v.maxLength(PROVIDERS_CHARS_MAX), v.regex(/^[!-~]+$/)); // at most PROVIDERS_CHARS_MAX

/** Every variable that whoever runs it may set. */
export const settings = {
  SERVE: setting<Way>({
    meaning:
      '`both` is the demonstration, in one process. In production one process is the `relay`, with the two stores, and another one `static`, with the files that browsers run',
    must: 'be "relay", "static" or "both", and in production one of the first two: "both" is the demonstration, which signs counsellors by itself',
    schema: v.picklist(['both', 'relay', 'static']),
    otherwise: { value: 'both', says: '`both`, which is refused with `NODE_ENV=production`' },
    by: ALL,
  }),
  PORT: port(8080, 'where it listens', ALL),
  DEMO_PORT: port(
    8081,
    'the school’s and Smartschool’s page, on another site so that the chat stands in a foreign frame',
    DEMO,
  ),
  HOST: setting<string | null>({
    meaning: 'address to listen on; `0.0.0.0` only inside a container',
    must: 'be an address or a name to listen on, without a port',
    schema: v.pipe(text, v.regex(/^[\w.:%-]+$/)), // at most SETTING_CHARS_MAX
    otherwise: { value: null, says: 'both loopback addresses, `127.0.0.1` and `::1`' },
    by: ALL,
  }),
  DEMO_HOURS: setting<'always' | 'real'>({
    meaning: '`real` uses the default opening hours of the settings',
    must: 'be "real" or not be set',
    schema: v.literal('real'),
    otherwise: { value: 'always', says: 'open day and night' },
    by: DEMO,
  }),
  PUBLIC_ORIGIN: origin(
    'under which browsers know chat and console when a proxy of your own stands in front: `https://chat.example.be`',
    '`http://localhost` and the port',
    { both: 'may', shell: 'may' },
  ),
  DEMO_PUBLIC_ORIGIN: origin(
    'the same for the school’s and Smartschool’s page: `https://school.example.org`',
    '`http://127.0.0.1` and the port',
    DEMO,
  ),
  TRUSTED_HOPS: setting<number>({
    meaning: `how many proxies of your own stand in front and pass the address on, 0 to ${HOPS_MAX}`,
    must: `be a whole number from 0 to ${HOPS_MAX}`,
    schema: whole(HOPS_MAX),
    otherwise: { value: 0, says: '`0`' },
    by: { both: 'may', ...PRODUCTION },
  }),
  CHAT_ORIGIN: publicHost('under which browsers know the chat', PRODUCTION),
  CONSOLE_ORIGIN: publicHost('under which browsers know the console, to which passkeys belong', {
    ...PRODUCTION,
    shell: 'may',
  }),
  RELAY_ORIGIN: publicHost(
    'under which browsers know the relay: a third host of the same domain, where no script ever comes from',
    PRODUCTION,
  ),
  ROOT_PINS: setting<readonly string[]>({
    meaning: 'fingerprints of both roots, carried here by hand from where they were made: whom visitors believe',
    must: 'be the line that was shown when both roots were made: two pins of 43 characters with a dot between them',
    schema: pins,
    otherwise: {
      value: [],
      says: 'none: nobody can sit down yet, and no site may show the chat; in the demonstration only what it signs itself',
    },
    by: ALL,
  }),
  SITES_FILE: setting<string | null>({
    meaning: 'where the last good list of sites is kept, so that the chat is shown also while the relay is silent',
    must: `be the name of a file in a folder that this process may write, of ${SETTING_CHARS_MAX} characters at most`,
    schema: text,
    otherwise: { value: null, says: 'none' },
    by: { static: 'must' },
  }),
  RELAY_URL: setting<string | null>({
    meaning: 'under which this process reaches the relay, where that is not `RELAY_ORIGIN`: `http://relay:8080`',
    must: 'be http:// or https://, a host and perhaps a port, without anything behind it',
    schema: v.pipe(text, v.regex(/^https?:\/\/[\w.-]+(?::\d{1,5})?$/), v.check(URL.canParse)), // at most SETTING_CHARS_MAX
    otherwise: { value: null, says: '`RELAY_ORIGIN`' },
    by: { static: 'may' },
  }),
  REDIS_URL: redis('live store: queue, visits, presence, sealed frames. None: in the memory of the process', {
    both: 'may',
    relay: 'must',
    static: 'never',
  }),
  RECORDS_REDIS_URL: redis('records: settings of the centre, accounts, sessions, who did what', {
    both: 'may',
    relay: 'must',
    static: 'never',
    shell: 'must',
  }),
  CENTRE: setting<string>({
    meaning: 'id of the centre; the demonstration is `demo`',
    must: 'be the id of a centre: at most 32 small letters, digits and dashes',
    schema: v.pipe(text, centreId),
    otherwise: { value: 'clb', says: '`clb`' },
    by: { relay: 'may', static: 'may', shell: 'may' },
  }),
  RECORDS_KEY_FILE: setting<string | null>({
    meaning:
      'file of 32 random bytes, the same at every process, that passwords and codes are looked at with; `bootstrap` makes it where it is missing. Without it nobody has a password',
    must: `be the name of a file, of ${SETTING_CHARS_MAX} characters at most`,
    schema: text,
    otherwise: { value: null, says: 'none' },
    by: { both: 'may', relay: 'may', static: 'never', shell: 'may' },
  }),
  LIMITS_FILE: setting<string | null>({
    meaning: 'JSON file that makes limits and rules smaller or larger, for trials; refused in production',
    must: `be the name of a file, of ${SETTING_CHARS_MAX} characters at most`,
    schema: text,
    otherwise: { value: null, says: 'none' },
    by: DEMO,
  }),
  OIDC_ISSUER: provider(
    'OpenID provider with whose accounts staff may sign in as well, as it names itself: `https://login.example.be`',
    'be the https:// address of an OpenID provider, without ? or #',
    issuer,
  ),
  OIDC_CLIENT_ID: provider(
    'what that provider calls this service',
    `be 1 to ${PROVIDERS_CHARS_MAX} visible characters without spaces`,
    visible,
  ),
  OIDC_CLIENT_SECRET: setting<string | null>({
    ...provider(
      'by which that provider knows this service',
      `be 1 to ${PROVIDERS_CHARS_MAX} visible characters without spaces`,
      visible,
    ),
    secret: true,
  }),
  OIDC_NAME: provider(
    'what stands on its button behind “Meld aan met”',
    `be a name of 1 to ${BUTTON_CHARS_MAX} characters on one line`,
    v.pipe(v.string(), v.maxLength(BUTTON_CHARS_MAX), v.trim(), v.minLength(1), v.check(isName)),
  ),
} as const;

export type SettingName = keyof typeof settings;
export type SettingValue<Name extends SettingName> =
  (typeof settings)[Name] extends Setting<infer Value> ? Value : never;
