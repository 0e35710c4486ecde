import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { lookAt } from './world.ts';

const HALF = 'half-of-a-key-that-only-the-service-has';
const servers: TestRedis[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** Files of a Redis that hold it. */
const onDisk = ({ folder }: TestRedis) =>
  readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(HALF));

/** A primary that holds a half of a key, and a replica that was brought up to date twice: empty, and with what it had. */
async function replicated(extra: readonly string[]) {
  const pair = await Promise.all([startRedis(['--repl-diskless-sync-delay', '0', ...extra]), startRedis(extra)]);
  servers.push(...pair);
  const [primary, replica] = pair.map(lookAt);
  await primary!.hset('{demo}:k:visit', 'RV', HALF);
  for (const round of ['empty', 'with what it had']) {
    await replica!.replicaof('127.0.0.1', pair[0].port);
    await expect.poll(() => replica!.info('replication')).toContain('master_link_status:up');
    expect(await replica!.hget('{demo}:k:visit', 'RV'), round).toBe(HALF);
    await replica!.replicaof('NO', 'ONE');
    await replica!.set('{demo}:other', 'as if it had been a primary for a while');
  }
  await primary!.flushall();
  await replica!.flushall();
  for (const redis of [primary, replica]) redis!.disconnect();
  return pair;
}

test('[K7 M4] a replica of the live store writes nothing of it to its disk, however often it is brought up to date', async () => {
  for (const server of await replicated([])) expect(onDisk(server)).toEqual([]);
});

test('[K7 M4] which one that is set otherwise does, and keeps after all was forgotten', async () => {
  const [, replica] = await replicated(['--repl-diskless-load', 'disabled', '--rdb-del-sync-files', 'no']);
  expect(onDisk(replica!)).toEqual(['dump.rdb']);
});
