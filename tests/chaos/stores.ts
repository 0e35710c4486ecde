import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Cluster, type Redis } from 'ioredis';
import { lookAt } from '../redis/world.ts';
import { startRedis, startSentinels, type TestRedis } from '../support/redis.ts';
import { openProxy, type Proxy } from './proxy.ts';

/** Whatever a town's live store is made of. */
export interface Store {
  /** as the node of this number is told */
  url(node: number): string;
  /** a line to the primary of this moment, for looks */
  look(): Redis | Cluster;
  close(): Promise<void>;
}

const quiet = <Line extends Redis | Cluster>(line: Line): Line => {
  line.on('error', () => undefined);
  return line;
};

/** One server, and on the way to it a proxy for each node. */
export interface OneStore extends Store {
  readonly server: TestRedis;
  readonly ways: readonly Proxy[];
  /** for whoever makes it refuse */
  readonly line: Redis;
}
export async function oneStore(nodes: number): Promise<OneStore> {
  const server = await startRedis();
  const ways = await Promise.all(Array.from({ length: nodes }, () => openProxy([server.port])));
  const line = quiet(lookAt(server));
  return {
    ...{ server, ways, line, look: () => line },
    url: (node) => `redis://127.0.0.1:${ways[node]!.port}`,
    async close() {
      line.disconnect();
      for (const way of ways) way.close();
      await server.stop();
    },
  };
}

/** A primary, its replica, and three Sentinels. */
export interface SentinelStore extends Store {
  primary(): TestRedis;
  /** Kills it without a word; `ready` brings it back as a replica. */
  killPrimary(): Promise<void>;
  /** Waits until the Sentinels know each other and a replica that follows. */
  ready(): Promise<void>;
  /** Waits until another than this one is named. @returns when that was seen */
  another(than: TestRedis): Promise<number>;
}
export async function sentinelStore(): Promise<SentinelStore> {
  const quick = ['--repl-diskless-sync-delay', '0'];
  const first = await startRedis(quick);
  const second = await startRedis(['--replicaof', '127.0.0.1', String(first.port), ...quick]);
  const sentinels = await startSentinels(first, 'clb');
  const asks = quiet(lookAt({ url: `redis://${sentinels.hosts.split(',')[0]}` } as TestRedis));
  const servers = [first, second];
  const lines = servers.map((server) => quiet(lookAt(server)));
  let at = 0;
  let killed: TestRedis | null = null;
  async function named(): Promise<TestRedis> {
    const [, port] = (await asks.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'clb')) as [string, string];
    at = servers.findIndex((server) => server.port === Number(port));
    return servers[at]!;
  }
  async function isReady(): Promise<boolean> {
    await named();
    const told = (await asks.call('SENTINEL', 'MASTER', 'clb')) as string[];
    const of = (name: string) => told[told.indexOf(name) + 1];
    const follows = await lines[at]!.info('replication');
    return of('num-other-sentinels') === '2' && of('flags') === 'master' && follows.includes('state=online');
  }
  return {
    url: () => `redis+sentinel://${sentinels.hosts}/clb`,
    look: () => lines[at]!,
    primary: () => servers[at]!,
    async killPrimary() {
      killed = servers[at]!;
      await killed.kill();
    },
    async ready() {
      await killed?.restart();
      killed = null;
      while (!(await isReady().catch(() => false))) await sleep(200);
    },
    async another(than) {
      while ((await named().catch(() => than)) === than) await sleep(20);
      return Date.now();
    },
    async close() {
      for (const line of [...lines, asks]) line.disconnect();
      await sentinels.stop();
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

/** Three primaries with a replica each. */
export interface ClusterStore extends Store {
  /** the server that has the centre's keys */
  primary(): Promise<TestRedis>;
}
const cli = process.env['REDIS_CLI_BIN'] ?? 'redis-cli';

export async function clusterStore(tag: string): Promise<ClusterStore> {
  const how = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '1500', '--repl-diskless-sync-delay', '0'];
  const servers = await Promise.all(Array.from({ length: 6 }, () => startRedis(how)));
  const hosts = servers.map(({ port }) => ({ host: '127.0.0.1', port }));
  const named = hosts.map(({ host, port }) => `${host}:${port}`);
  execFileSync(cli, ['--cluster', 'create', ...named, '--cluster-replicas', '1', '--cluster-yes']);
  const line = quiet(new Cluster(hosts, { clusterRetryStrategy: () => 200 }));
  const lines = servers.map((server) => quiet(lookAt(server)));
  const slot = await lines[0]!.cluster('KEYSLOT', tag);
  async function primary(): Promise<TestRedis> {
    for (const one of lines) {
      const slots = (await one.cluster('SLOTS').catch(() => [])) as [number, number, [string, number]][];
      const found = slots.find(([from, to]) => from <= slot && slot <= to);
      const server = found && servers.find(({ port }) => port === found[2][1]);
      if (server) return server;
    }
    throw new Error('no server of the cluster answers');
  }
  for (const one of lines) while (!String(await one.cluster('INFO')).includes('cluster_state:ok')) await sleep(100);
  return {
    url: () => `redis+cluster://${named.join(',')}`,
    look: () => line,
    primary,
    async close() {
      line.disconnect();
      for (const one of lines) one.disconnect();
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}
