import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openLog } from '@clbchat/server/kernel/log';
import { sinkTo } from '@clbchat/server/kernel/sink';
import { describe, expect, test } from 'vitest';
import { fakeClock } from './support/clock.ts';
import { freePort } from './support/freePort.ts';
import { buildServer } from './support/served.ts';

type Done = (error: Error | null, taken: number) => void;

/** A disk that does what the test says, one piece at a time. */
function disk() {
  const written: string[] = [];
  const asked: { piece: Buffer; done: Done }[] = [];
  const sink = sinkTo((piece, done) => void asked.push({ piece, done }));
  const log = openLog({ clock: fakeClock(), level: 'info', to: sink });
  const takes = (bytes = Infinity) => {
    const { piece, done } = asked.shift()!;
    written.push(piece.subarray(0, bytes).toString());
    done(null, Math.min(piece.length, bytes));
  };
  const fails = () => asked.shift()!.done(new Error('ENOSPC'), 0);
  return { log, sink, asked, written, takes, fails };
}

describe('[P10] a log that cannot be written', () => {
  test('is written in order, one piece at a time, in as many pieces as the system takes', () => {
    const { log, asked, takes, written } = disk();
    log.info('one');
    log.info('two');
    expect(asked).toHaveLength(1);
    takes(5);
    while (asked.length > 0) takes();
    expect(
      written
        .join('')
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { says: string }).says),
    ).toEqual(['one', 'two']);
  });

  test('costs the lines that fail, and once it can be written again says how many', () => {
    const { log, asked, takes, fails, written } = disk();
    for (const says of ['one', 'two', 'three']) log.error(says);
    fails();
    fails();
    takes();
    log.info('four');
    while (asked.length > 0) takes();
    const said = written.join('');
    expect(said).not.toContain('"one"');
    expect(said).toMatch(/three[^]*"count":2[^]*could not be written[^]*four/);
  });

  test('keeps so much for a reader who stalls, and no more', () => {
    const { log, asked, takes } = disk();
    for (let line = 0; line < 10_000; line += 1) log.info('a line of some length that nobody reads');
    let bytes = 0;
    while (asked.length > 0) {
      bytes += asked[0]!.piece.length;
      takes();
    }
    expect(bytes).toBeGreaterThan(200_000);
    expect(bytes).toBeLessThanOrEqual(262_144);
  });

  test('is waited for at the end, and not for ever', async () => {
    const { log, sink, takes } = disk();
    await sink.drained(60_000);
    log.info('one');
    const waits = sink.drained(60_000);
    takes();
    await waits;
    log.info('two');
    await sink.drained(1); // nobody ever takes it
  });
});

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

test('[P10] a server whose output has no room serves, hears the signal, and ends', async () => {
  buildServer();
  const { NODE_ENV: _env, NODE_OPTIONS: _options, REDIS_URL: _live, RECORDS_REDIS_URL: _records, ...env } = process.env;
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, 'server/dist/main.js')], {
    env: { ...env, PORT: String(port), DEMO_PORT: '0' },
    stdio: ['ignore', openSync('/dev/full', 'w'), 'inherit'],
  });
  const answers = () =>
    fetch(`http://127.0.0.1:${port}/live`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(answers, { timeout: 30_000 }).toBe(200);
  child.kill('SIGTERM');
  expect((await once(child, 'exit', { signal: AbortSignal.timeout(30_000) }))[0]).toBe(0);
});
