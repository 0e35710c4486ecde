import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig, readShellConfig } from '@clbchat/server/config';
import { SETTING_CHARS_MAX, settings, type SettingName } from '@clbchat/server/settings';
import { afterAll, describe, expect, test } from 'vitest';
import { settingsTable, withTable } from '../scripts/settingsTable.mjs';

const folder = mkdtempSync(join(tmpdir(), 'clbchat-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));
const root = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const names = Object.keys(settings) as SettingName[];
const secrets = names.filter((name) => settings[name].secret);

const base = { RECORDS_REDIS_URL: 'redis://127.0.0.1:1' };
/** Read by whoever reads it: the program at its start, or a command. */
const read = (env: Record<string, string>) => {
  const [name] = Object.keys(env) as [string];
  const isShells = name in settings && settings[name as SettingName].by === 'shell';
  return isShells ? readShellConfig({ ...base, ...env }) : readConfig(env, []);
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
    const plain = name === 'REDIS_URL' || name === 'RECORDS_REDIS_URL' ? {} : { [name]: '' };
    expect(readConfig(plain, [])).toEqual(readConfig({}, []));
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
    expect(readConfig(both, []).redis).toEqual({ live: address, records: 'redis://a' });

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

test('[N15] the page for whoever runs it has each of them, as the program reads it, and compose sets no other', () => {
  const page = root('docs/operations.md');
  expect(withTable(page, settingsTable(settings)), 'npm run settings').toBe(page);
  expect(() => withTable('no place', '')).toThrow('no place for the settings');
  const compose = [...root('docker-compose.yml').matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name);
  expect(compose.length).toBeGreaterThan(3);
  const known = names.flatMap((name) => [name, `${name}_FILE`]);
  expect(compose.filter((name) => !known.includes(String(name)))).toEqual([]);
});

describe('[G30] an OpenID provider', () => {
  const redis = { REDIS_URL: 'redis://127.0.0.1:1', RECORDS_REDIS_URL: 'redis://127.0.0.1:2' };
  const whole: Record<string, string> = {
    ...{ OIDC_ISSUER: 'https://login.example.be/realms/clb', OIDC_CLIENT_ID: 'clbchat' },
    ...{ OIDC_CLIENT_SECRET: 'a-secret', OIDC_NAME: ' de school ' },
  };
  test('is set by all four, beside stores that last, or not at all', () => {
    expect(readConfig({ ...redis, ...whole }, []).openId).toEqual({
      ...{ issuer: whole['OIDC_ISSUER'], clientId: 'clbchat', clientSecret: 'a-secret', name: 'de school' },
    });
    expect(readConfig(redis, []).openId).toBeNull();
    for (const name of Object.keys(whole)) {
      const { [name]: _left, ...others } = whole;
      const sentence = said({ ...others, ...redis });
      expect(sentence).toMatch(new RegExp(`^OIDC_\\w+ is set without ${name}: [^\\n]+\\.$`));
      expect(sentence).not.toContain('a-secret');
    }
    expect(said(whole)).toMatch(/^OIDC_ISSUER must not be set without REDIS_URL [^\n]+\.$/);
  });

  test('its secret may stand in a file', () => {
    const path = join(folder, 'client');
    writeFileSync(path, 'a-secret\n');
    const { OIDC_CLIENT_SECRET: _secret, ...others } = whole;
    const env = { ...redis, ...others, OIDC_CLIENT_SECRET_FILE: path };
    expect(readConfig(env, []).openId?.clientSecret).toBe('a-secret');
  });
});
