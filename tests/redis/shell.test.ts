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
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

/** Runs it as `npx --no clbchat` does, without a terminal. */
async function run(args: readonly string[], env: Record<string, string> = {}, from = program): Promise<Ended> {
  const child = spawn(process.execPath, [from, ...args], {
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
  const { code, out, err } = await run([], {}, at('server/bin/clbchat.js'));
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
])('[A7] %j is answered with what there is, and code 2', async (args) => {
  const { code, out, err } = await run(args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/^Usage:\n[^]*clbchat export <file>[^]*clbchat import <file>[^]*RECORDS_REDIS_URL[^]*CENTRE/);
  expect(readdirSync(folder)).not.toContain('a.age');
});

test('[A7] who asks for help gets it', async () => {
  const { code, out, err } = await run(['export', '--help']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^Usage:\n/);
});

test('[A6 A7] an export, a loss of everything, an import', async () => {
  await redis.flushall();
  await fillRecords(await recordsOn(redis));
  const exported = await run(['export', 'evening.age', ...withPassphrase]);
  expect(exported).toEqual({
    code: 0,
    out: 'Exported 3 rows and 3 entries of the audit log of the centre "twin" to evening.age. Without the passphrase nobody can open it.\n',
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
    out: 'Imported 3 rows and 3 entries of the audit log of the centre "twin" from evening.age.\n',
    err: '',
  });
  const { rows, log } = await (await recordsOn(redis)).dump();
  expect([rows.length, log.entries.length]).toEqual([3, 4]);
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
