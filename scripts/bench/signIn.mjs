/**
 * `npm run bench -- sign-in`: 500 wrong passwords a second, evenly, over 500 names and 500 addresses that a proxy passes on by
 * connections that it keeps, while one signs in with the right one, one whose own name strangers try does where she signed in
 * before, one shows a passkey, and two talk, whose messages are timed in a process of their own. Strangers' computers are not
 * the service's: who plays them here gives way to all that is measured. Busy and quiet in turns; medians. Nobody is of two runs:
 * what was begun and not ended in one would make her wait in the next.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { loadavg, setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { accountsOf } from '../../server/dist/accounts/accounts.store.js';
import { hashOf } from '../../server/dist/accounts/hashing.thread.js';
import { newSeed, seedShown } from '../../server/dist/accounts/password.rules.js';
import { passwordsOf } from '../../server/dist/accounts/passwords.store.js';
import { KEY_BYTES, secretsOf } from '../../server/dist/accounts/secrets.rules.js';
import { systemClock } from '../../server/dist/kernel/clock.js';
import { openRecords } from '../../server/dist/records/open.redis.js';
import { startProgram } from '../attack/program.mjs';
import { asOurs, codeOf } from '../attack/ours.mjs';
import { pause } from '../attack/wire.mjs';
import { median } from './median.mjs';

const RUNS = 5;
const RUN_MS = 10_000;
const NAMES = 500;
const WRONG_PER_SECOND = 500;
const TICK_MS = 2;
const PASSWORD = 'een zin die niemand raadt';
/** Of each run one that is nobody's business, and one that strangers try. */
const rightOf = (run) => `right${run}@clb.test`;
const hersOf = (run) => `hers${run}@clb.test`;
/** One of so many wrong ones tries the name of who signs in meanwhile. */
const HERS_EVERY = 25;
const GOALS = { loopMs: 20, rightMs: 10_000, hersMs: 10_000, passkeyMs: 1_000, slower: 2 };
const key = Buffer.alloc(KEY_BYTES, 9);

/** Tells the longest waits of its event loop, and how many hashes it had its threads make, whenever it is asked to. */
const TELLS = `import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
const { postMessage } = Worker.prototype;
let hashes = 0;
Worker.prototype.postMessage = function (asked) {
  if ('stored' in asked) hashes += 1;
  postMessage.call(this, asked);
};
const loop = monitorEventLoopDelay({ resolution: 1 });
loop.enable();
process.on('SIGUSR2', () => {
  process.stderr.write('loop ' + loop.percentile(99.9) / 1e6 + ' hashes ' + hashes + '\\n');
  loop.reset();
  hashes = 0;
});`;

async function fill(url) {
  const redis = new Redis(url);
  const records = await openRecords({ redis, tag: '{demo}', clock: systemClock });
  const { nowMs } = systemClock;
  const [accounts, passwords] = [accountsOf(records, nowMs), passwordsOf({ records, nowMs })];
  const secrets = secretsOf(key);
  const hash = await hashOf(secrets.peppered(PASSWORD));
  const runs = Array.from({ length: 2 * RUNS }, (_, run) => [rightOf(run), hersOf(run)]).flat();
  const names = [...Array.from({ length: NAMES }, (_, at) => `name${at}@clb.test`), ...runs];
  const seed = newSeed();
  for (const [at, login] of names.entries()) {
    const id = `bench${at}`;
    await accounts.make(id, { name: id, roles: ['counsellor'], disabled: false }, '@shell');
    await passwords.set(id, { login, hash, seed: secrets.seal(seed, id), step: 0 });
  }
  redis.disconnect();
  return seedShown(seed, '').secret;
}

/** A proxy opens no connection for each of who comes. */
const agent = new Agent({ keepAlive: true });
const post = (target, path, body, by, cookie) => asOurs(target, `POST ${path}`, { body, by, cookie, agent });
const addressOf = (at) => `203.0.${113 + Math.floor(at / 250)}.${(at % 250) + 1}`;

/** How long it takes until the right password is right, asking again as often as it is told to wait, and how often it may have been looked at. */
async function right(target, login, address, cookie) {
  const from = performance.now();
  let looks = 0;
  for (;;) {
    const typed = { login, password: PASSWORD };
    const { status, said } = await post(target, '/api/sign-in/password', typed, address, cookie);
    const tookMs = performance.now() - from;
    if (status !== 429) looks += 1;
    if (status === 200 || tookMs > 60_000) return { tookMs, looks };
    await pause(status === 429 ? (said.waitMs ?? 1_000) : 0);
  }
}

/** A browser in which she signed in before. @returns what it keeps of that */
async function known(target, login, secret, address) {
  const half = await post(target, '/api/sign-in/password', { login, password: PASSWORD }, address);
  const whole = await post(target, '/api/sign-in/totp', { code: codeOf(secret) }, address, half.cookie);
  return whole.cookie.split('; ').find((one) => one.includes('clb-known'));
}

/** The same work as for a passkey that is somebody's. */
async function passkey(target, address) {
  const from = performance.now();
  const { headers } = await post(target, '/api/sign-in/begin', {}, address);
  const shown = { id: 'x'.repeat(22), clientData: 'eyJ9', authenticator: 'AAAA', signature: 'AAAA', user: 'AAAA' };
  await post(target, '/api/sign-in/passkey', shown, address, headers['set-cookie']?.[0]?.split(';')[0]);
  return performance.now() - from;
}

const at95 = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * 0.95)] ?? 0;

/** @param run which of them, so that nobody waits for what was wrong in an earlier one */
async function play(target, two, browser, run, wrongPerSecond) {
  const counts = { looked: 0, waits: 0, other: 0 };
  /** @type {Promise<unknown>[]} */
  const sent = [];
  const end = performance.now() + RUN_MS;
  target.child.kill('SIGUSR2');
  const attack = async () => {
    for (let at = 0; performance.now() < end && wrongPerSecond > 0;) {
      const due = Math.floor(((RUN_MS - (end - performance.now())) / 1_000) * wrongPerSecond);
      for (; at < due; at += 1) {
        const login = at % HERS_EVERY === 0 ? hersOf(run) : `name${at % NAMES}@clb.test`;
        const body = { login, password: 'een andere zin' };
        const asked = post(target, '/api/sign-in/password', body, addressOf(at % NAMES));
        sent.push(
          asked.then(
            ({ status }) => (counts[{ 403: 'looked', 429: 'waits' }[status] ?? 'other'] += 1),
            () => (counts.other += 1),
          ),
        );
      }
      await pause(TICK_MS);
    }
  };
  const talk = async () => {
    two.send(RUN_MS);
    return (await once(two, 'message'))[0];
  };
  const signIn = async () => {
    await pause(2_000);
    return Promise.all([
      right(target, rightOf(run), `198.51.100.${run + 1}`),
      right(target, hersOf(run), `198.51.100.${run + 50}`, browser),
      passkey(target, `198.51.100.${run + 100}`),
    ]);
  };
  const [[ofRight, ofHers, passkeyMs], trips] = await Promise.all([signIn(), talk(), attack()]);
  await Promise.all(sent);
  target.child.kill('SIGUSR2');
  await pause(200);
  const [, loopMs, hashes] = (/loop ([\d.]+) hashes (\d+)\n$/.exec(target.said()) ?? []).map(Number);
  // whoever is not looked at gets the answer of who was
  const refused = counts.looked + ofRight.looks + ofHers.looks - hashes;
  return {
    hashes,
    refused,
    loopMs,
    rightMs: ofRight.tookMs,
    hersMs: ofHers.tookMs,
    passkeyMs,
    tripMs: at95(trips),
    ...counts,
  };
}

export async function signIn() {
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-bench-'));
  const file = join(folder, 'records.key');
  writeFileSync(file, key, { mode: 0o600 });
  const env = { RECORDS_KEY_FILE: file, TRUSTED_HOPS: '1' };
  const target = await startProgram({ store: 'redis', env, preload: TELLS });
  try {
    const secret = await fill(target.records);
    const browsers = [];
    for (let run = 0; run < 2 * RUNS; run += 1)
      browsers.push(await known(target, hersOf(run), secret, `198.51.100.${run + 150}`));
    const { port, origin } = target;
    const two = fork(join(import.meta.dirname, 'conversation.mjs'));
    two.once('exit', (code) => code && process.exit(code));
    two.send({ port, origin });
    await once(two, 'message');
    setPriority(0, 19); // this thread alone, and on Linux alone
    const [quiet, busy] = [[], []];
    for (let run = 0; run < RUNS; run += 1) {
      quiet.push(await play(target, two, browsers[run * 2], run * 2, 0));
      busy.push(await play(target, two, browsers[run * 2 + 1], run * 2 + 1, WRONG_PER_SECOND));
      process.stderr.write('.');
    }
    two.kill();
    print(quiet, busy);
  } finally {
    await target.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function print(quiet, busy) {
  const of = (runs, what) => median(runs.map((run) => run[what]));
  const times = of(busy, 'tripMs') / of(quiet, 'tripMs');
  const line = (says, value, goal) =>
    console.log(
      `  ${says}: ${value.toFixed(value < 10 ? 2 : 0)} · at most ${goal} · ${value <= goal ? 'met' : 'SHORT'}`,
    );
  console.log(
    `\nmedians of ${RUNS} of ${RUN_MS / 1_000} s, quiet in between · load of this machine ${loadavg()[0].toFixed(1)}`,
  );
  const counted = { hashes: 'hashes made', refused: 'hashes refused', waits: 'told to wait', other: 'other answers' };
  for (const [what, says] of Object.entries(counted)) console.log(`  ${says}: ${of(busy, what)}`);
  line('event loop, p99.9, ms', of(busy, 'loopMs'), GOALS.loopMs);
  console.log(`  event loop, p99.9, quiet, ms: ${of(quiet, 'loopMs').toFixed(1)}`);
  line('right password, ms', of(busy, 'rightMs'), GOALS.rightMs);
  line('right password where she signed in before, strangers trying her name, ms', of(busy, 'hersMs'), GOALS.hersMs);
  line('passkey looked at, ms', of(busy, 'passkeyMs'), GOALS.passkeyMs);
  line('delivery of a message in a conversation, p95, times quiet', times, GOALS.slower);
  console.log(JSON.stringify({ quiet, busy }));
}
