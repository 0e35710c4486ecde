import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@clbchat/server/config';
import { readShellConfig } from '@clbchat/server/shellConfig';
import { SETTING_CHARS_MAX, settings, type Setting, type SettingName } from '@clbchat/server/settings';
import { afterAll, describe, expect, test } from 'vitest';
import { settingsTable, withTable } from '../scripts/settingsTable.mjs';

const folder = mkdtempSync(join(tmpdir(), 'clbchat-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));
const root = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const names = Object.keys(settings) as SettingName[];
const secrets = names.filter((name) => settings[name].secret);

const base = { RECORDS_REDIS_URL: 'redis://127.0.0.1:1' };
const hosts = {
  CHAT_ORIGIN: 'https://chat.example.be',
  CONSOLE_ORIGIN: 'https://console.example.be',
  RELAY_ORIGIN: 'https://relay.example.be',
  TRUSTED_HOPS: '1',
};
const PINS = [`${'A'.repeat(42)}A`, `${'B'.repeat(42)}A`] as const;
/** Of each way of production, all that it cannot do without. */
const WHOLE = {
  relay: { SERVE: 'relay', ...hosts, REDIS_URL: 'redis://a', RECORDS_REDIS_URL: 'redis://b' },
  static: { SERVE: 'static', ...hosts, SITES_FILE: '/var/lib/clbchat/sites' },
};
/** Read by whoever reads it: the program at its start, in one of its ways. */
const read = (env: Record<string, string>) => {
  const [name = ''] = Object.keys(env);
  const by: Setting<unknown>['by'] =
    settings[name.replace(/_FILE$/, '') as SettingName]?.by ?? settings[name as SettingName]?.by ?? {};
  const way = by.both ? 'both' : by.relay ? 'relay' : 'static';
  return readConfig(way === 'both' ? env : { ...WHOLE[way], ...env }, []);
};
function said(env: Record<string, string>): string {
  try {
    read(env);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

/** Of each setting what nobody may write: a new one has to stand here. */
const WRONG: Readonly<Record<SettingName, readonly string[]>> = {
  SERVE: ['BOTH', 'demo', 'relay ', 'relay,static'],
  CHAT_ORIGIN: ['chat.example.be', 'http://chat.example.be', 'http://localhost:8080', 'https://chat.example.be/'],
  CONSOLE_ORIGIN: ['https://*.example.be', 'https://console.example.be/console/'],
  RELAY_ORIGIN: ['wss://relay.example.be', 'null'],
  ROOT_PINS: [
    PINS[0],
    `${PINS[0]}.${PINS[0]}`,
    `${PINS[0]},${PINS[1]}`,
    `${PINS.join('.')}.`,
    `${PINS.join('.')}.${PINS[0]}`,
    `${PINS[0]}.${PINS[1]}A`,
    `${PINS[0]}.${'B'.repeat(43)}`,
    ` ${PINS.join('.')}`,
  ],
  SITES_FILE: [],
  RELAY_URL: ['relay:8080', 'redis://relay', 'http://relay:8080/', 'http://a@relay', 'http://relay:808080'],
  PORT: ['65536', '-1', '8080 ', '1e3', '0x50', '٨', 'http', '99999999999999999999'],
  DEMO_PORT: ['65536', '8081.0'],
  HOST: ['0.0.0.0:80', 'a b', 'http://a', ' ', '\n'].filter((text) => text !== '0.0.0.0:80'),
  DEMO_HOURS: ['always', 'REAL', 'real '],
  PUBLIC_ORIGIN: ['chat.example.be', 'https://chat.example.be/'],
  DEMO_PUBLIC_ORIGIN: ['http://school.example.org'],
  TRUSTED_HOPS: ['5', '-1', '1.5', 'one'],
  REDIS_URL: [
    'redis://default:4711/geheim@127.0.0.1:1',
    'redis://:a#b@127.0.0.1:1',
    'http://a',
    'redis://',
    'redis://a/?db=1',
    'redis://u:p%zz@a',
  ],
  RECORDS_REDIS_URL: ['a:6380'],
  CENTRE: ['Demo', '{demo}', 'a'.repeat(33), 'a b', '-a'],
  LIMITS_FILE: ['/nowhere/at/all.json'],
  OIDC_ISSUER: [
    'login.example.be',
    'http://login.example.be',
    'http://localhost:8443',
    'https://',
    'https://a@login.example.be',
    'https://login.example.be/?a=1',
    'https://login.example.be/#a',
    'https://login.example.be/?',
  ],
  OIDC_CLIENT_ID: ['a b', 'é', ' '],
  OIDC_CLIENT_SECRET: ['a b', 'é', ' '],
  OIDC_NAME: [' ', 'a'.repeat(41), 'a\nb', 'a\u202eb'],
  RECORDS_KEY_FILE: ['/nowhere/at/all', '/dev/null'],
};

describe('[N15] settings of the environment', () => {
  const wrong = Object.entries(WRONG).flatMap(([name, texts]) => texts.map((text) => [name, text] as const));
  test.each(wrong)('%s=%j is refused in one sentence that names it and says what may stand there', (name, text) => {
    const sentence = said({ [name]: text });
    expect(sentence).toMatch(new RegExp(`^${name} (must be|names a file) [^\\n]+\\.$`));
  });

  test.each(names)('%s of more than %s characters is refused, and not shown again', (name) => {
    for (const text of ['x'.repeat(SETTING_CHARS_MAX + 1), '1'.repeat(1_000_000)]) {
      const sentence = said({ [name]: text });
      expect(sentence).toContain(`${name} must be`);
      expect(sentence).not.toContain(text.slice(0, 81));
    }
  });

  test.each(names)('%s that is empty is one that is not set', (name) => {
    expect(readConfig({ [name]: '' }, [])).toEqual(readConfig({}, []));
    expect(readShellConfig({ ...base, [name]: name === 'RECORDS_REDIS_URL' ? base[name] : '' })).toEqual(
      readShellConfig(base),
    );
  });

  test('what a password stands in is never shown', () => {
    for (const name of secrets) {
      const sentence = said({
        [name]: `redis://someone:hunter2@host/?db=1${name === 'OIDC_CLIENT_SECRET' ? ' ' : ''}`,
      });
      expect(sentence).toContain(`${name} must be`);
      expect(sentence).not.toMatch(/hunter2|someone|host\/\?/);
    }
  });

  test('a secret may stand in a file, as its only line', () => {
    const file = (text: string) => {
      const path = join(folder, 'address');
      writeFileSync(path, text);
      return path;
    };
    const address = 'redis://someone:hunter2@127.0.0.1:6380';
    for (const end of ['', '\n', '\r\n'])
      expect(readShellConfig({ RECORDS_REDIS_URL_FILE: file(address + end) }).recordsUrl).toBe(address);
    const both = { REDIS_URL_FILE: file(address), RECORDS_REDIS_URL: 'redis://a' };
    expect(readConfig(both, [])).toMatchObject({ redis: { live: address, records: 'redis://a' } });

    const refused: [string, string][] = [
      [file(`${address}\n${address}\n`), 'must name a file with one line'],
      [file(''), 'must name a file with one line'],
      [file('\n'), 'must name a file with one line'],
      [folder, 'cannot be read (EISDIR)'],
      [join(folder, 'nothing'), 'cannot be read (ENOENT)'],
      ['a\0b', 'cannot be read'],
    ];
    for (const [path, why] of refused)
      expect(said({ REDIS_URL_FILE: path }).startsWith(`REDIS_URL_FILE `), why).toBe(true);
    for (const text of [
      `${address}\n${address}`,
      'hunter2 hunter3',
      `redis://${'a'.repeat(3_000)}`,
      address.repeat(9_999),
    ]) {
      const sentence = said({ REDIS_URL_FILE: file(text) });
      expect(sentence).toMatch(/^REDIS_URL(_FILE)? must [^\n]+\.$/);
      expect(sentence).not.toMatch(/hunter|aaaa/);
    }
    const pipe = join(folder, 'pipe');
    if (spawnSync('sh', ['-c', 'mkfifo "$0"', pipe]).status === 0)
      expect(said({ REDIS_URL_FILE: pipe })).toContain('one line');
    expect(said({ REDIS_URL: address, REDIS_URL_FILE: file(address) })).toBe(
      'REDIS_URL and REDIS_URL_FILE are both set: set one of them.',
    );
  });

  test('no other setting may stand in a file', () => {
    const path = join(folder, 'port');
    writeFileSync(path, '1');
    expect(readConfig({ PORT_FILE: path }, []).port).toBe(8080);
  });
});

describe('[I1 I2] what each way of serving is told', () => {
  const refused = (env: Record<string, string>, flags: string[] = []) => {
    try {
      readConfig(env, flags);
    } catch (error) {
      return (error as Error).message.split('\n');
    }
    return [];
  };

  test('a whole configuration is read as it is written', () => {
    const origins = { chat: hosts.CHAT_ORIGIN, console: hosts.CONSOLE_ORIGIN, relay: hosts.RELAY_ORIGIN };
    const common = { centre: 'clb', pins: [], origins, trustedHops: 1, port: 8080 };
    for (const more of [{}, { NODE_ENV: 'production' }]) {
      const redis = { live: 'redis://a', records: 'redis://b' };
      expect(readConfig({ ...WHOLE.relay, ...more }, [])).toMatchObject({ serve: 'relay', ...common, redis });
      const files = { sitesFile: WHOLE.static.SITES_FILE, relayUrl: origins.relay };
      expect(readConfig({ ...WHOLE.static, ...more }, [])).toMatchObject({ serve: 'static', ...common, ...files });
    }
    const more = { ROOT_PINS: PINS.join('.'), RELAY_URL: 'http://relay:8080', CENTRE: 'noord' };
    expect(readConfig({ ...WHOLE.static, ...more }, [])).toMatchObject({
      ...{ pins: [...PINS], relayUrl: 'http://relay:8080', centre: 'noord' },
    });
  });

  test.each(['relay', 'static'] as const)(
    '%s does not start without what it needs, and says all of it at once',
    (way) => {
      const needed = names.filter((name) => (settings[name].by as Setting<unknown>['by'])[way] === 'must');
      expect(needed.length).toBeGreaterThan(4);
      const said = refused({ SERVE: way });
      expect(said.toSorted()).toEqual(
        needed
          .toSorted()
          .map((name) => expect.stringMatching(`^${name} is not set, with SERVE=${way}: it must .+\\.$`)),
      );
      for (const name of needed) {
        const { [name as never]: _gone, ...rest } = WHOLE[way] as Record<string, string>;
        expect(refused(rest)).toEqual([expect.stringMatching(`^${name} is not set`)]);
      }
    },
  );

  test('nothing is both at once in production, and nothing is missing there that is not said', () => {
    for (const env of [{}, { SERVE: 'both' }, { SERVE: '' }])
      expect(refused({ NODE_ENV: 'production', ...env })).toEqual([
        expect.stringMatching(/^SERVE must be "relay" or "static" here: the demonstration does not run/),
      ]);
    expect(refused({ SERVE: 'demo', PORT: 'x', HOST: 'a b' })).toHaveLength(3);
  });

  test('the process of files may not be told where the stores are', () => {
    for (const name of ['REDIS_URL', 'RECORDS_REDIS_URL', 'REDIS_URL_FILE', 'RECORDS_REDIS_URL_FILE'])
      expect(refused({ ...WHOLE.static, [name]: 'redis://a' })).toEqual([
        `${name.replace('_FILE', '')} may not be set with SERVE=static.`,
      ]);
  });

  test.each([
    ['one host for two', { CHAT_ORIGIN: 'https://console.example.be' }],
    ['two ports of one host', { CHAT_ORIGIN: 'https://console.example.be:8443' }],
    ['another domain', { RELAY_ORIGIN: 'https://relay.example.org' }],
    ['a host above the others', { RELAY_ORIGIN: 'https://example.be' }],
    [
      'a top-level domain',
      { CHAT_ORIGIN: 'https://a.be', CONSOLE_ORIGIN: 'https://b.be', RELAY_ORIGIN: 'https://c.be' },
    ],
  ])('three hosts of one domain: %s is refused', (_what, wrong) => {
    for (const whole of Object.values(WHOLE))
      expect(refused({ ...whole, ...wrong })).toEqual([expect.stringContaining('must be three hosts of one domain')]);
  });

  test('whoever looks on is refused in every way of production, whatever NODE_ENV says', () => {
    for (const whole of Object.values(WHOLE)) {
      for (const name of ['DEBUG', 'NODE_DEBUG', 'LIMITS_FILE'])
        expect(refused({ ...whole, [name]: 'x' })).toEqual([`${name} may not be set in production.`]);
      expect(refused(whole, ['--inspect=0'])).toEqual(['Node may not be started with --inspect in production.']);
      for (const flag of TELLING)
        for (const spelled of [flag, flag.replaceAll(/(?<=\w)-/g, '_')]) {
          const says = [`Node may not be started with ${spelled.split('=')[0]} in production.`];
          expect(refused(whole, ['--enable-source-maps', spelled])).toEqual(says);
          expect(refused({ ...whole, NODE_OPTIONS: `--max-old-space-size=400 ${spelled}` })).toEqual(says);
        }
    }
  });
});

/** By which somebody at the machine would be shown packets, addresses or memory. */
const TELLING = [
  ...['--inspect=0', '--inspect-brk', '--heapsnapshot-signal=SIGUSR2', '--heapsnapshot-near-heap-limit=1'],
  ...['--report-on-signal', '--report-uncaught-exception', '--diagnostic-dir=/tmp', '--cpu-prof', '--heap-prof'],
  ...['--prof', '--trace-event-categories=node.http', '--tls-keylog=file'],
];

test('[N15] the page for whoever runs it has each of them, as the program reads it, and compose sets no other', () => {
  const page = root('docs/operations.md');
  expect(withTable(page, settingsTable(settings)), 'npm run settings').toBe(page);
  expect(() => withTable('no place', '')).toThrow('no place for the settings');
  const compose = [...root('docker-compose.yml').matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name);
  expect(compose.length).toBeGreaterThan(3);
  const known = ['DOMAIN', 'RELAYS', ...names.flatMap((name) => [name, `${name}_FILE`])]; // the first is the proxy's own
  expect(compose.filter((name) => !known.includes(String(name)))).toEqual([]);
});

describe('[G30] an OpenID provider', () => {
  const redis = { REDIS_URL: 'redis://127.0.0.1:1', RECORDS_REDIS_URL: 'redis://127.0.0.1:2' };
  const whole: Record<string, string> = {
    ...{ OIDC_ISSUER: 'https://login.example.be/realms/clb', OIDC_CLIENT_ID: 'clbchat' },
    ...{ OIDC_CLIENT_SECRET: 'a-secret', OIDC_NAME: ' de school ' },
  };
  test('is set by all four, beside stores that last, or not at all', () => {
    expect(readConfig({ ...redis, ...whole }, [])).toMatchObject({
      openId: { issuer: whole['OIDC_ISSUER'], clientId: 'clbchat', clientSecret: 'a-secret', name: 'de school' },
    });
    expect(readConfig(redis, [])).toMatchObject({ openId: null });
    for (const name of Object.keys(whole)) {
      const { [name]: _left, ...others } = whole;
      const sentence = said({ ...others, ...redis });
      expect(sentence).toMatch(new RegExp(`^OIDC_\\w+ is set without ${name}: [^\\n]+\\.$`));
      expect(sentence).not.toContain('a-secret');
    }
    expect(said(whole)).toMatch(/^OIDC_ISSUER must not be set without REDIS_URL [^\n]+\.$/);
  });

  test.each(['http://login.example.be', 'http://localhost:1', 'ftp://login.example.be', 'login.example.be'])(
    'is asked over TLS and nothing else: %s is none',
    (issuer) => {
      expect(said({ ...redis, ...whole, OIDC_ISSUER: issuer })).toMatch(/^OIDC_ISSUER must be [^\n]+\.$/);
    },
  );

  test('its secret may stand in a file', () => {
    const path = join(folder, 'client');
    writeFileSync(path, 'a-secret\n');
    const { OIDC_CLIENT_SECRET: _secret, ...others } = whole;
    const env = { ...redis, ...others, OIDC_CLIENT_SECRET_FILE: path };
    expect(readConfig(env, [])).toMatchObject({ openId: { clientSecret: 'a-secret' } });
  });
});
