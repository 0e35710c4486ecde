import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { IMPORT_MAP_HASH, serviceWithPages } from '../support/builtPages.ts';
import { openRaw } from '../support/rawSocket.ts';
import { fromOurPage, request, type Answer } from '../support/request.ts';

const service = await serviceWithPages();

const everywhere = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
  'origin-agent-cluster': '?1',
  'x-dns-prefetch-control': 'off',
};

describe('[N9] headers', () => {
  const expectHeaders = (answer: Answer, what: string) => {
    expect(answer.headers, what).toMatchObject(everywhere);
    expect(answer.headers['content-security-policy'], what).toContain("default-src 'none'");
    expect(answer.headers['permissions-policy'], what).toContain('camera=()');
    expect(answer.headers['server'] ?? answer.headers['x-powered-by'], what).toBeUndefined();
    expect(answer.headers['strict-transport-security'], what).toBeUndefined(); // plain http here
  };

  test('stand on every answer, errors included, and bodies of errors say a code only', async () => {
    const asked: [number, string, string, Parameters<typeof request>[3]?][] = [
      [200, 'GET', '/live'],
      [200, 'GET', '/w/'],
      [200, 'GET', '/w/demo/'],
      [200, 'GET', '/w/demo/site.json'],
      [200, 'GET', '/w/demo/assets/app-1234.js'],
      [200, 'GET', '/v1/loader.js'],
      [200, 'GET', '/console/'],
      [302, 'GET', '/console'],
      [200, 'GET', '/status/demo'],
      [200, 'GET', '/api/centre/demo'],
      [204, 'POST', '/api/visit/leave', { headers: { 'content-type': 'text/plain' }, body: 'x' }],
      [401, 'GET', '/api/demo/session', { headers: fromOurPage(service) }],
      [403, 'GET', '/api/demo/session'],
      [403, 'POST', '/api/demo/sign-in', { headers: { 'content-type': 'application/json' }, body: '{}' }],
      [404, 'GET', '/nothing/here'],
      [404, 'DELETE', '/live'],
      [404, 'OPTIONS', '/api/visit/leave'],
      [400, 'GET', '/%E0%A4%A'],
      [413, 'POST', '/api/demo/sign-in', { headers: fromOurPage(service), body: 'x'.repeat(20_000) }],
      [
        415,
        'POST',
        '/api/demo/sign-in',
        { headers: { ...fromOurPage(service), 'content-type': 'image/png' }, body: 'x' },
      ],
      [403, 'GET', '/rt/?EIO=4&transport=polling'],
      [400, 'GET', '/rt/?EIO=4&transport=polling&sid=nobody', { headers: { origin: service.origin } }],
      [200, 'GET', '/rt/?EIO=4&transport=polling', { headers: { origin: service.origin } }],
      [431, 'GET', '/live', { headers: { 'x-long': 'x'.repeat(9_000) } }],
    ];
    for (const [status, method, path, how] of asked) {
      const answer = await request(service, method, path, how);
      expect(answer.status, `${method} ${path}`).toBe(status);
      expectHeaders(answer, `${method} ${path}`);
      if (status >= 400) expect(answer.body, path).toMatch(/^\{"code":("[a-z_]+"|\d,"message":"[A-Za-z ]+")\}$/);
    }
  });

  test('stand on what opens a socket, and on what refuses to', async () => {
    for (const headers of [{}, { origin: 'https://evil.example' }]) {
      const raw = await openRaw(service, { headers });
      for (const [name, value] of Object.entries(everywhere)) expect(raw.answered).toContain(`${name}: ${value}`);
      raw.end();
    }
  });

  test.each([
    ['for a session that nobody knows', { path: '/rt/?EIO=4&transport=websocket&sid=nobody' }],
    ['for another way', { path: '/rt/?EIO=4&transport=polling' }],
    ['of another version', { headers: { 'sec-websocket-version': '7' } }],
    ['without a key', { headers: { 'sec-websocket-key': undefined } }],
    ['with half a key', { headers: { 'sec-websocket-key': 'AAAA' } }],
    ['to another protocol', { headers: { upgrade: 'h2c' } }],
  ])('stand on the refusal of a WebSocket %s, which says a code and nothing of what came', async (_what, how) => {
    const raw = await openRaw(service, how);
    await raw.closed;
    expect(raw.answered).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    for (const [name, value] of Object.entries(everywhere)) expect(raw.answered).toContain(`${name}: ${value}`);
    expect(raw.answered).toContain('content-type: application/json');
  });

  test.each([
    ['names no host', 'GET /live HTTP/1.1\r\n\r\n', 400],
    [
      'asks before it sends',
      'POST /live HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n',
      417,
    ],
    ['expects something else', 'GET /live HTTP/1.1\r\nhost: a\r\nexpect: a-cookie\r\n\r\n', 417],
  ])('stand on the answer to whoever %s', async (_who, words, status) => {
    const answered = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(service.port, '127.0.0.1', () => socket.write(words));
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
    });
    expect(answered).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answered).toContain('x-content-type-options: nosniff');
    expect(answered.endsWith('{"code":"malformed"}')).toBe(true);
  });

  test('what is no HTTP is answered with a code and hung up on', async () => {
    const answered = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(service.port, '127.0.0.1', () => socket.write('HELLO THERE\r\n\r\n'));
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
    });
    expect(answered).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answered).toContain('x-content-type-options: nosniff');
    expect(answered.endsWith('{"code":"malformed"}')).toBe(true);
  });

  test('a frame is framed by its own schools only, and runs what was built only', async () => {
    const { headers } = await request(service, 'GET', '/w/demo/');
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain('frame-ancestors https://www.school.be;');
    expect(policy).toContain(`script-src 'self' '${IMPORT_MAP_HASH}';`);
    expect(policy).toContain(`connect-src 'self' ws://localhost:${service.port};`);
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types clbchat");
    expect(headers).toMatchObject({
      'integrity-policy': 'blocked-destinations=(script)',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'no-store',
    });
    expect(headers['x-frame-options']).toBeUndefined();
  });

  test('a window of its own, and the console, are framed by nobody', async () => {
    for (const path of ['/w/', '/console/']) {
      const { headers } = await request(service, 'GET', path);
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers).toMatchObject({
        'x-frame-options': 'DENY',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-store',
      });
    }
    const console = await request(service, 'GET', '/console/');
    expect(console.headers['permissions-policy']).toContain('publickey-credentials-get=(self)');
  });
});
