import { FORGETS } from '@clbchat/server/redis/keeping';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { limits } from '@clbchat/shared/limits';
import { settings, type Reader, type Setting, type SettingName } from '@clbchat/server/settings';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const compose = read('docker-compose.yml');
/** What stands below one name, with the indentation that it has in its section. */
const service = (name: string): string =>
  new RegExp(`^  ${name}:\\n((?: {4}.*\\n|\\n)+)`, 'm').exec(compose)?.[1] ?? '';
const listOf = (text: string, what: string): string[] =>
  [
    ...(new RegExp(`^    ${what}:\\n((?: {6}.*\\n)+)`, 'm').exec(text)?.[1] ?? '').matchAll(
      /^ {6}(?:- )?([^\s:#']+)/gm,
    ),
  ].map(([, one]) => one!);
const by = (name: SettingName): Setting<unknown>['by'] => settings[name].by;
const names = Object.keys(settings) as SettingName[];

/** What a process reads and the file is silent about. A new setting stands in the file, or here with its reason. */
const SILENT: Readonly<Partial<Record<SettingName, string>>> = {
  PORT: 'what the image exposes is where it listens otherwise',
  OIDC_ISSUER:
    'a provider is asked over a way to the world, which the relay has not: docs/operations.md shows how it gets one',
  OIDC_CLIENT_ID: 'the same',
  OIDC_CLIENT_SECRET: 'the same',
  OIDC_NAME: 'the same',
};

/** Names that a process of production is given by the file or by its image. */
function givenTo(way: 'relay' | 'static'): string[] {
  const stage = new RegExp(`FROM program AS ${way}\\n([^]*?)(?:\\n\\n|$)`).exec(read('Dockerfile'))?.[1] ?? '';
  return [...listOf(service(way), 'environment'), ...[...stage.matchAll(/\b([A-Z_]+)=/g)].map(([, one]) => one!)];
}

test('[I17] each process is told every setting that it reads, or there is a reason', () => {
  for (const way of ['relay', 'static'] as const satisfies readonly Reader[]) {
    const given = givenTo(way);
    const untold = names.filter((name) => ['may', 'must'].includes(by(name)[way] ?? '') && !given.includes(name));
    expect(untold.filter((name) => !SILENT[name])).toEqual([]);
    // and nothing that no program reads
    const known = [...names, ...names.map((name) => `${name}_FILE`), 'NODE_ENV'];
    expect(given.filter((name) => !known.includes(name))).toEqual([]);
  }
});

test('[I17] the key beside the records lies in a volume of the relay alone, which the relay’s user may write', () => {
  expect(listOf(service('relay'), 'volumes')).toEqual(['key']);
  const file = /^ {6}RECORDS_KEY_FILE: (\S+)/m.exec(service('relay'))?.[1] ?? '';
  expect(service('relay')).toContain(`- key:${file.slice(0, file.lastIndexOf('/'))}\n`);
  for (const name of ['static', 'live', 'records', 'proxy', 'demo']) expect(service(name), name).not.toMatch(/- key:/);
  expect(read('Dockerfile')).toMatch(
    /FROM program AS relay\n(?:#.*\n)*COPY --from=build --chown=10001:10001 --chmod=700 \/app\/key key\n/,
  );
});

test('[I15] each process is told what it cannot do without, and nothing that it may not know', () => {
  const dockerfile = read('Dockerfile');
  for (const way of ['relay', 'static'] as const satisfies readonly Reader[]) {
    const stage = new RegExp(`FROM program AS ${way}\\n([^]*?)(?:\\n\\n|$)`).exec(dockerfile)?.[1] ?? '';
    const given = givenTo(way);
    expect(given).toContain('SERVE');
    expect(stage).toContain(`NODE_ENV=production SERVE=${way}`);
    expect(names.filter((name) => by(name)[way] === 'must' && !given.includes(name))).toEqual([]);
    expect(names.filter((name) => by(name)[way] === 'never' && given.includes(name))).toEqual([]);
  }
});

test('[I15] relay and static side are two users, and neither has a way to what is the other’s', () => {
  const users = [...read('Dockerfile').matchAll(/^USER (\S+)$/gm)].map(([, user]) => user);
  expect(users).toEqual(['10001:10001', '10002:10002', 'node']);
  expect(listOf(service('relay'), 'networks')).toEqual(['inside', 'stores']);
  expect(listOf(service('static'), 'networks')).toEqual(['inside']);
  expect(listOf(service('live'), 'networks')).toEqual(['stores']);
  expect(listOf(service('records'), 'networks')).toEqual(['stores']);
  expect(compose).toMatch(/^ {2}stores:\n {4}internal: true$/m);
  for (const name of ['relay', 'static', 'live', 'records']) expect(service(name), name).not.toMatch(/^ {4}ports:/m);
});

test('[I15] the records keep every change and the live store none, and the demonstration waits for its profile', () => {
  const flat = (name: string) =>
    service(name)
      .replaceAll(/\n {6}- /g, ' ')
      .replaceAll("'", '');
  expect(flat('records')).toContain('--appendonly yes --appendfsync always --maxmemory-policy noeviction');
  const wanted = Object.entries(FORGETS).map(([name, [value]]) => ({ name, value }));
  for (const { name, value } of wanted) expect(flat('live').replaceAll('\n', ' ')).toContain(` --${name} ${value} `);
  const page = /\*\*Live\*\* keeps [^]*?```\n([^]*?)```/.exec(read('docs/operations.md'))?.[1];
  expect(page?.trim().split('\n')).toEqual(wanted.map(({ name, value }) => `${name} ${value || '""'}`));
  const inScripts = read('scripts/liveStore.mjs');
  for (const { name, value } of wanted) expect(inScripts).toContain(`'--${name}', '${value}'`);
  expect(listOf(service('demo'), 'profiles')).toEqual(['demo']);
  expect(service('relay-two')).toMatch(/profiles:\n {6}- two\n {4}extends:\n {6}service: relay\n/);
  expect(listOf(service('demo'), 'networks')).toEqual(['edge']);
});

test('[I15] the proxy in front writes no access log, and passes each host on to its own process', () => {
  const caddy = read('docs/Caddyfile');
  expect(caddy).toMatch(/exclude http\n/);
  expect(caddy).not.toMatch(/^\s*(?:output|trusted_proxies)/m);
  const blocks = [...caddy.matchAll(/^(\S.*\{\$DOMAIN\}) \{\n\treverse_proxy (\S+) \{/gm)].map(([, host, to]) => [
    host,
    to,
  ]);
  expect(blocks).toEqual([
    ['chat.{$DOMAIN}, console.{$DOMAIN}', 'static:8080'],
    ['relay.{$DOMAIN}', '{$RELAYS:relay:8080}'],
  ]);
  expect(compose).toContain('RELAYS: ${RELAYS:-relay:8080}');
  // by the address, and by no cookie: a visitor has none
  expect(caddy).toMatch(/lb_policy ip_hash\n[^}]*health_uri \/ready\n/);
  expect(caddy).not.toMatch(/cookie\s+\w/);
});

test('[M7] a process of the service is given the time in which its people move', () => {
  const seconds = Number(/^ {4}stop_grace_period: (\d+)s/m.exec(service('relay'))?.[1]);
  expect(seconds * 1_000).toBeGreaterThan(limits.drainMsMax);
});
