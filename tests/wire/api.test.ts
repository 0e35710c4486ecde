import { readFileSync } from 'node:fs';
import { openIdOf } from '@clbchat/server/edge/openId';
import { everywhere } from '@clbchat/server/edge/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { apiDocument, apiPage } from '../../scripts/apiDocument.mjs';
import { api, heldAgainst, routeOf } from '../support/api.ts';
import { signIn } from '../support/clients.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

const doc = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const unheard = { issuer: 'https://127.0.0.1:9', clientId: 'a', clientSecret: 'b', name: 'de school' };
let service: TestService;
beforeAll(async () => {
  service = await startService({ passkeys: 'too', openId: (nowMs) => openIdOf(unheard, { nowMs }) });
});
afterAll(() => service.stop());

/** Of which a page gets JSON. */
const IN_JSON = /^\w+ (\/api\/|\/status\/|\/live$|\/ready$|.*\/site\.json$)/;

/** What Fastify prints as a tree, as `METHOD /path`. */
function routesOf(tree: string): string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const found = /^([│ ]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (!found) return [];
    const [, indent = '', part = '', methods = ''] = found;
    above.length = indent.length / 4;
    above.push(part);
    const shown = methods.split(', ').filter((method) => method !== '' && method !== 'HEAD');
    return shown.map((method) => `${method} ${above.join('')}`);
  });
}

describe('[N60] what every route says of itself', () => {
  test('is there for each that answers in JSON, and for nothing else', () => {
    const there = routesOf(service.routes()).filter((name) => IN_JSON.test(name));
    expect(there.length).toBeGreaterThan(20);
    expect(Object.keys(api).toSorted()).toEqual(there.toSorted());
  });

  test('is what the document and the page have: npm run api', () => {
    const made = apiDocument(api, everywhere);
    expect(JSON.parse(doc('api.json'))).toEqual(JSON.parse(JSON.stringify(made)));
    expect(doc('api.md')).toBe(apiPage(made));
  });
});

describe('[N61] the document does not lie', () => {
  const silent = Object.entries(api).filter(([name, { body }]) => !body && !name.startsWith('GET '));
  test.each(silent)('%s wants a body, though it says nothing', async (name) => {
    const [method = '', path = ''] = name.split(' ');
    const made = apiDocument(api, everywhere) as unknown as {
      paths: Record<string, Record<string, { requestBody?: { required: boolean } }>>;
    };
    expect(made.paths[path]?.[method.toLowerCase()]?.requestBody?.required).toBe(true);
    const headers = { ...fromOurPage(service), cookie: (await signIn(service, 'noor')).cookie };
    expect([400, 415]).toContain((await request(service, method, path, { headers })).status);
  });

  const reads = Object.entries(api).filter(([name, { body }]) => body && !name.endsWith('/leave'));
  test.each(reads)('%s refuses what its schema does not know', async (name, { body }) => {
    const [method = '', path = ''] = name.split(' ');
    const headers = { ...fromOurPage(service), cookie: (await signIn(service, 'noor')).cookie };
    for (const wrong of [{ strange: 1 }, [], 'text', null]) {
      const answer = await request(service, method, path, { headers, body: JSON.stringify(wrong) });
      expect([wrong, answer.status, answer.body]).toEqual([wrong, 400, '{"code":"malformed"}']);
    }
    expect(body).toBeDefined();
  });

  test('an answer that it does not know fails the test that meets it', () => {
    const [status, body] = [200, '{"sessions":[]}'];
    expect(() => heldAgainst('GET', '/api/sessions', status, body)).not.toThrow();
    expect(() => heldAgainst('GET', '/api/sessions', 403, '{"code":"not_yours"}')).not.toThrow();
    expect(() => heldAgainst('POST', '/api/sign-out', 204, '')).not.toThrow();
    for (const [lied, said] of [
      [200, '{"sessions":[],"more":1}'],
      [200, '{"sessions":[{"id":"a"}]}'],
      [200, 'no JSON'],
      [204, ''],
      [403, '{"code":"another"}'],
    ] as const)
      expect(() => heldAgainst('GET', '/api/sessions', lied, said), said).toThrow('docs/api.json does not know');
    expect(routeOf('GET', '/api/centre/settings?a=1')?.name).toBe('GET /api/centre/settings');
    expect(routeOf('GET', '/api/centre/demo')?.name).toBe('GET /api/centre/:centre');
  });
});

test('[N62] nothing of the document is served', async () => {
  for (const path of [
    '/api',
    '/api/',
    '/api.json',
    '/api/openapi.json',
    '/docs/api.json',
    '/docs',
    '/documentation/json',
  ])
    expect([path, (await request(service, 'GET', path)).status]).toEqual([path, 404]);
});
