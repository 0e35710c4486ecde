import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
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

test('[I15] each process is told what it cannot do without, and nothing that it may not know', () => {
  const dockerfile = read('Dockerfile');
  for (const way of ['relay', 'static'] as const satisfies readonly Reader[]) {
    const stage = new RegExp(`FROM program AS ${way}\\n([^]*?)(?:\\n\\n|$)`).exec(dockerfile)?.[1] ?? '';
    const given = [
      ...listOf(service(way), 'environment'),
      ...[...stage.matchAll(/\b([A-Z_]+)=/g)].map(([, one]) => one!),
    ];
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
  expect(service('relay')).not.toMatch(/^ {4}volumes:/m);
});

test('[I15] the records keep every change and the live store none, and the demonstration waits for its profile', () => {
  const flat = (name: string) =>
    service(name)
      .replaceAll(/\n {6}- /g, ' ')
      .replaceAll("'", '');
  expect(flat('records')).toContain('--appendonly yes --appendfsync always --maxmemory-policy noeviction');
  expect(flat('live')).toMatch(/--save {2}--appendonly no .*--maxmemory-policy noeviction/);
  expect(listOf(service('demo'), 'profiles')).toEqual(['demo']);
  expect(listOf(service('demo'), 'networks')).toEqual(['edge']);
});

test('[I15] the proxy in front writes no access log, and passes each host on to its own process', () => {
  const caddy = read('docs/Caddyfile');
  expect(caddy).toMatch(/exclude http\.log\.access/);
  expect(caddy).not.toMatch(/^\s*(?:output|trusted_proxies)/m);
  const blocks = [...caddy.matchAll(/^(\S.*\{\$DOMAIN\}) \{\n\treverse_proxy (\S+) \{/gm)].map(([, host, to]) => [
    host,
    to,
  ]);
  expect(blocks).toEqual([
    ['chat.{$DOMAIN}, console.{$DOMAIN}', 'static:8080'],
    ['relay.{$DOMAIN}', 'relay:8080'],
  ]);
});
