import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { borrowed } from './borrowed.mjs';

/** What a linter of the schema cannot see: names that have to exist, and where the live store may not write. */
export function compose(root) {
  const path = join(root, 'docker-compose.yml');
  if (!existsSync(path))
    return { looked: 'no docker-compose.yml', count: 0, problems: ['docker-compose.yml is missing'] };
  const file = borrowed('dclint', 'yaml').parse(readFileSync(path, 'utf8'));
  const services = Object.entries(file.services ?? {});
  const problems = services.flatMap(([name, service]) => [...problemsOf(name, service, file)]);
  return { looked: `${services.length} services`, count: services.length, problems };
}

function* problemsOf(name, service, file) {
  const needs = service.depends_on ?? {};
  for (const other of Array.isArray(needs) ? needs : Object.keys(needs)) {
    const there = file.services[other];
    if (!there) yield `${name} depends on ${other}, which is no service`;
    if (there && needs[other]?.condition === 'service_healthy' && !there.healthcheck) {
      yield `${name} waits until ${other} is healthy, which has no healthcheck`;
    }
  }
  for (const volume of service.volumes ?? []) {
    const source = String(volume.source ?? volume).split(':')[0];
    if (/^\w/.test(source) && !Object.hasOwn(file.volumes ?? {}, source))
      yield `${name} uses the volume ${source}, which is not declared`;
  }
  for (const network of [service.networks ?? []].flatMap((list) => (Array.isArray(list) ? list : Object.keys(list)))) {
    if (!Object.hasOwn(file.networks ?? {}, network))
      yield `${name} uses the network ${network}, which is not declared`;
  }
}
