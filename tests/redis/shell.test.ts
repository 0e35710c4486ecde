import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accountsOf } from '@clbchat/server/accounts/accounts.store';
import { tokensOf } from '@clbchat/server/accounts/tokens.store';
import { readEntry, SHELL } from '@clbchat/server/records/audit.rules';
import type { AccountId } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { freePort } from '../support/freePort.ts';
import { AS_RECORDS, startRedis, type TestRedis } from '../support/redis.ts';
import { dumpOf, textOf } from './dump.ts';
import { CENTRE, expectSentence, fillRecords, recordsOn } from './records.ts';
import { lookAt } from './world.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const manifest = JSON.parse(readFileSync(join(root, 'server/package.json'), 'utf8')) as { bin: { clbchat: string } };
const program = join(root, 'server', manifest.bin.clbchat);
const folder = mkdtempSync(join(tmpdir(), 'clbchat-shell-'));
const at = (name: string) => join(folder, name);

let server: TestRedis;
let redis: Redis;
beforeAll(async () => {
  if (!existsSync(join(root, 'server/dist/shell/clbchat.js'))) throw new Error('nothing is built yet: npm run build');
  server = await startRedis(AS_RECORDS);
  redis = lookAt(server);
  writeFileSync(at('passphrase'), 'four words or more\n');
  writeFileSync(at('short'), 'eleven char\n');
});
afterAll(async () => {
  redis.disconnect();
  await server.stop();
  rmSync(folder, { recursive: true });
});

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs it as `npx --no clbchat` does, without a terminal. @param before what the shell does first */
async function run(
  args: readonly string[],
  env: Record<string, string> = {},
  { from = program, before = '' } = {},
): Promise<Ended> {
  const child = spawn('sh', ['-c', `${before} exec "$@"`, 'sh', process.execPath, from, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], RECORDS_REDIS_URL: server.url, CENTRE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

const withPassphrase = ['--passphrase-file', 'passphrase'];

/** What it says when it refuses: one sentence on standard error, code 1, and no trace anywhere. */
async function refused(args: readonly string[], env?: Record<string, string>): Promise<string> {
  const [before, files] = [textOf(await dumpOf(redis)), readdirSync(folder)];
  const { code, out, err } = await run(args, env);
  expect([code, out]).toEqual([1, '']);
  expect(err.endsWith('\n')).toBe(true);
  expectSentence(err.slice(0, -1));
  expect(textOf(await dumpOf(redis))).toBe(before);
  expect(readdirSync(folder)).toEqual(files);
  return err.trim();
}

test('[A7] the command is there before anything is built, and says what to do', async () => {
  accessSync(program, constants.X_OK);
  expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  mkdirSync(at('server/bin'), { recursive: true });
  writeFileSync(at('server/package.json'), '{"type":"module"}');
  copyFileSync(program, at('server/bin/clbchat.js'));
  const { code, out, err } = await run([], {}, { from: at('server/bin/clbchat.js') });
  expect([code, out, err]).toEqual([1, '', 'Nothing is built yet: run npm run build first.\n']);
  rmSync(at('server'), { recursive: true });
});

test.each([
  [[]],
  [['toString', 'a.age']],
  [['export']],
  [['import', 'a.age', 'b.age']],
  [['export', 'a.age', '--force']],
  [['export', 'a.age', '--passphrase-file']],
  [['export', '']],
  [['export', 'a.age', '--origin', 'https://chat.example.be']],
  [['bootstrap', 'a.age']],
  [['recover', '--passphrase-file', 'passphrase']],
])('[A7] %j is answered with what there is, and code 2', async (args) => {
  const { code, out, err } = await run(args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(
    /^Usage:\n[^]*clbchat export <file>[^]*clbchat import <file>[^]*clbchat bootstrap[^]*clbchat recover[^]*RECORDS_REDIS_URL[^]*CENTRE/,
  );
  expect(readdirSync(folder)).not.toContain('a.age');
});

test('[A7] who asks for help gets it', async () => {
  const { code, out, err } = await run(['export', '--help']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^Usage:\n/);
  // in a centre the console has an origin of its own [G1]
  expect(out).toMatch(/^ +CONSOLE_ORIGIN +.+https:\/\/console\.example\.be$/m);
});

test('[A6 A7] an export, a loss of everything, an import', async () => {
  await redis.flushall();
  await fillRecords(await recordsOn(redis));
  const exported = await run(['export', 'evening.age', ...withPassphrase]);
  expect(exported).toEqual({
    code: 0,
    out: 'Exported 5 rows and 3 entries of the audit log of the centre "twin" to evening.age. Without the passphrase nobody can open it.\n',
    err: '',
  });
  expect(await refused(['import', 'evening.age', ...withPassphrase])).toMatch(
    /^There are records of the centre "twin"/,
  );
  expect(await refused(['export', 'evening.age', ...withPassphrase])).toMatch(/exists already/);

  await redis.flushall();
  expect(await refused(['import', 'evening.age', '--passphrase-file', 'short'])).toMatch(/passphrase is another one/);
  expect(await refused(['import', 'evening.age', ...withPassphrase], { CENTRE: 'other' })).toMatch(/CENTRE says/);
  const good = readFileSync(at('evening.age'));
  writeFileSync(at('half.age'), good.subarray(0, good.length / 2));
  expect(await refused(['import', 'half.age', ...withPassphrase])).toMatch(/^half\.age does not open/);
  expect(await redis.dbsize()).toBe(0);

  await redis.config('SET', 'appendfsync', 'everysec');
  const forgetting = await refused(['import', 'evening.age', ...withPassphrase]);
  expect(forgetting).toMatch(/^RECORDS_REDIS_URL: the Redis at \S+ has appendfsync "everysec"/);
  await redis.config('SET', 'appendfsync', 'always');

  const imported = await run(['import', ...withPassphrase, 'evening.age']);
  expect(imported).toEqual({
    code: 0,
    out: 'Imported 5 rows and 3 entries of the audit log of the centre "twin" from evening.age.\n',
    err: '',
  });
  const { rows, log } = await (await recordsOn(redis)).dump();
  expect([rows.length, log.entries.length]).toEqual([5, 4]);
});

test('[A7 G1] an account of the store that may not into this centre reads that, and not that the store is full', async () => {
  await redis.flushall();
  await redis.call('ACL', 'SETUSER', 'ofClb', 'on', '>secret', '~{clb}*', '+@all');
  const as = { RECORDS_REDIS_URL: server.url.replace('redis://', 'redis://ofClb:secret@'), CENTRE: 'andere' };
  for (const args of [['bootstrap'], ['export', 'a.age', ...withPassphrase]])
    expect(await refused(args, { ...as, CONSOLE_ORIGIN: 'https://console.example.be' })).toMatch(
      /none of the keys \{andere\}\*.+ CENTRE or RECORDS_REDIS_URL may name another centre\.$/,
    );
  await redis.call('ACL', 'DELUSER', 'ofClb');
});

test('[G1] the key beside the records is said to be made also where no address comes of it, because the next call says nothing', async () => {
  await redis.flushall();
  const env = { CONSOLE_ORIGIN: 'https://console.example.be', RECORDS_KEY_FILE: 'made.key' };
  const dead = `redis://127.0.0.1:${await freePort()}`;
  const { code, err } = await run(['bootstrap'], { ...env, RECORDS_REDIS_URL: dead });
  expect([code, readFileSync(at('made.key')).length]).toEqual([1, 32]);
  expect(err).toMatch(/^Made made\.key: keep a copy of it, .+\.\nRECORDS_REDIS_URL: no Redis answers/);
  expect((await run(['bootstrap'], env)).err).toBe('');
  rmSync(at('made.key'));
});

test('[G1] a key that finds no room on the disk leaves nothing, and is made once there is some', async () => {
  await redis.flushall();
  const env = { CONSOLE_ORIGIN: 'https://console.example.be', RECORDS_KEY_FILE: 'full.key' };
  const files = readdirSync(folder);
  const { code, err } = await run(['bootstrap'], env, { before: 'ulimit -f 0;' });
  expect([code, err.trim()]).toEqual([
    1,
    expect.stringMatching(/^RECORDS_KEY_FILE names a file that cannot be made \(\w+\)\.$/),
  ]);
  expect(readdirSync(folder)).toEqual(files);
  expect((await run(['bootstrap'], env)).code).toBe(0);
  const made = readFileSync(at('full.key'));
  expect(made).toHaveLength(32);
  await redis.flushall();
  expect((await run(['bootstrap'], env, { before: 'ulimit -f 0;' })).code, 'nothing has to be made any more').toBe(0);
  expect(readFileSync(at('full.key'))).toEqual(made);
  rmSync(at('full.key'));
});

test('[A7 M3] what cannot be done is said in one sentence', async () => {
  await redis.flushall();
  expect(await refused(['export', 'a.age', ...withPassphrase], { RECORDS_REDIS_URL: '' })).toMatch(
    /^RECORDS_REDIS_URL is not set/,
  );
  expect(await refused(['export', 'a.age', ...withPassphrase], { RECORDS_REDIS_URL: 'records' })).toMatch(
    /^RECORDS_REDIS_URL must be an address/,
  );
  const closed = `redis://:openSesame@127.0.0.1:${await freePort()}`;
  const said = await refused(['export', 'a.age', ...withPassphrase], { RECORDS_REDIS_URL: closed });
  expect(said).toMatch(/^RECORDS_REDIS_URL: no Redis answers/);
  expect(said).not.toContain('openSesame');
  for (const odd of ['redis://:openSesame%zz@127.0.0.1:1', 'redis://:openSesame@127.0.0.1:1?Connector=x']) {
    const told = await refused(['export', 'a.age', ...withPassphrase], { RECORDS_REDIS_URL: odd });
    expect(told).toMatch(/^RECORDS_REDIS_URL must be an address as .*%25 for %/);
    expect(told).not.toContain('openSesame');
  }
  expect(await refused(['export', 'a.age', ...withPassphrase], { CENTRE: '{a}' })).toMatch(/^CENTRE must be/);
  expect(await refused(['export', 'a.age', ...withPassphrase], { CENTRE: '' })).toMatch(/of the centre "clb"/);
  expect(await refused(['export', 'a.age', '--passphrase-file', 'short'])).toMatch(/too short/);
  expect(await refused(['export', 'a.age', '--passphrase-file', 'nowhere'])).toMatch(/^nowhere does not exist/);
  expect(await refused(['export', 'a.age'])).toMatch(/^There is no terminal to ask for the passphrase/);
  expect(await refused(['import', 'a.age', ...withPassphrase])).toMatch(/^a\.age does not exist/);
  expect(await refused(['import', '.', ...withPassphrase])).toMatch(/^\. is not a file/);
  expect(await refused(['import', 'passphrase', ...withPassphrase])).toMatch(/^passphrase is no export of clbchat/);
});

describe('a one-time address', () => {
  const ORIGIN = 'https://console.example.be';
  const addressed = { PUBLIC_ORIGIN: ORIGIN };
  /** What makes the address one, out of what was printed. */
  async function token(args: readonly string[], env: Record<string, string> = addressed): Promise<string> {
    const { code, out, err } = await run(args, env);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^The \w+ coordinator opens this address, once and within 15 minutes; [^\n]+\.\n[^\n]+\n$/);
    const [, found] = /\nhttps:\/\/console\.example\.be\/console\/#begin=([\w-]{43})\n$/.exec(out) ?? [];
    if (!found) throw new Error(`no address in ${out}`);
    return found;
  }
  const asked = async (what: string): Promise<string | undefined> => {
    const clock = fakeClock(Date.now());
    const records = await recordsOn(redis, clock);
    const accounts = accountsOf(records, clock.nowMs);
    return (await tokensOf({ records, accounts, nowMs: clock.nowMs, limits }).find(what))?.purpose;
  };

  test('[G1 G2 G3] for the first coordinator, the second in the place of the first; then never again, but for one more', async () => {
    await redis.flushall();
    expect(await refused(['recover'], addressed)).toBe(
      'The centre "twin" has no coordinator yet: "bootstrap" makes the address of the first one.',
    );
    const first = await token(['bootstrap']);
    expect(await asked(first)).toBe('setup');
    expect(textOf(await dumpOf(redis))).not.toContain(first);
    const second = await token(['bootstrap', '--origin', ORIGIN], {});
    expect([await asked(first), await asked(second)]).toEqual([undefined, 'setup']);

    const records = await recordsOn(redis);
    const noor = { name: 'Noor', roles: ['coordinator' as const], disabled: true };
    await accountsOf(records, Date.now).make('noor' as AccountId, noor, SHELL);
    expect(await asked(second)).toBeUndefined();
    expect(await refused(['bootstrap'], addressed)).toBe(
      'The centre "twin" has a coordinator already, and set-up never runs twice: "recover" makes an address for one more.',
    );
    expect(await asked(await token(['recover']))).toBe('recover');
    const { entries } = await records.audit();
    expect(entries.map(readEntry)).toMatchObject([
      { by: SHELL, act: 'address_made', about: 'setup' },
      { by: SHELL, act: 'address_made', about: 'setup' },
      { by: SHELL, act: 'account_made' },
      { by: SHELL, act: 'address_made', about: 'recover' },
    ]);
  });

  test('[G1] needs the origin of the console, which browsers can have, and records that keep', async () => {
    await redis.flushall();
    expect(await refused(['bootstrap'])).toMatch(
      /^CONSOLE_ORIGIN is not set: .+ https:\/\/console\.example\.be; .+ PUBLIC_ORIGIN\.$/,
    );
    expect(await refused(['bootstrap', '--origin', ''], addressed)).toMatch(/^--origin must be an origin/);
    expect(await refused(['recover', '--origin', 'http://console.example.be'])).toMatch(/^--origin must be an origin/);
    expect(await refused(['bootstrap'], { PUBLIC_ORIGIN: `${ORIGIN}/console` })).toMatch(/^PUBLIC_ORIGIN must be/);
    expect(await refused(['bootstrap'], { ...addressed, RECORDS_REDIS_URL: '' })).toMatch(/^RECORDS_REDIS_URL is not/);
    await redis.config('SET', 'appendfsync', 'everysec');
    expect(await refused(['bootstrap'], addressed)).toMatch(/has appendfsync "everysec"/);
    await redis.config('SET', 'appendfsync', 'always');
  });
});
