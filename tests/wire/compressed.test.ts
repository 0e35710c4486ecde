import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { serviceWithPages } from '../support/builtPages.ts';
import { request } from '../support/request.ts';

const service = await serviceWithPages();
const get = (path: string, accepts?: string, more: Record<string, string> = {}) =>
  request(service, 'GET', path, { headers: { 'accept-encoding': accepts, ...more } });

const pages = ['/w/', '/w/demo/', '/w/assets/app-1234.js', '/w/demo/assets/app-1234.js', '/v1/loader.js', '/console/'];

describe('[N21] what was built', () => {
  test.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'gzip'],
    ['deflate', undefined],
    ['identity', undefined],
    [undefined, undefined],
  ])('who takes "%s" gets %s, and for the rest the same', async (accepts, encoding) => {
    for (const path of pages) {
      const [plain, answer] = [await get(path), await get(path, accepts)];
      const { 'content-encoding': used, 'content-length': length, date: _date, ...headers } = answer.headers;
      expect([answer.status, used], path).toEqual([200, encoding]);
      expect(headers.vary, path).toBe('accept-encoding');
      expect(Number(length), path).toBe(answer.bytes.length);
      const { 'content-length': _length, date: _plain, ...asPlain } = plain.headers;
      expect(headers, path).toEqual(asPlain);
      const open = { br: brotliDecompressSync, gzip: gunzipSync }[encoding ?? ''] ?? ((bytes: Buffer) => bytes);
      expect(open(answer.bytes).toString(), path).toBe(plain.body);
    }
  });

  test('has the type of the file itself', async () => {
    const types = {
      '/w/': 'text/html',
      '/v1/loader.js': 'application/javascript',
      '/console/logo.svg': 'image/svg+xml',
    };
    for (const [path, type] of Object.entries(types))
      for (const accepts of [undefined, 'gzip', 'br'])
        expect((await get(path, accepts)).headers['content-type'], `${path} ${accepts}`).toMatch(`${type}`);
  });

  test('is sent as it is where the build left nothing smaller', async () => {
    const answer = await get('/console/logo.svg', 'br');
    expect([answer.status, answer.headers['content-encoding'], answer.headers.vary]).toEqual([
      200,
      undefined,
      'accept-encoding',
    ]);
    expect(answer.body).toContain('<svg');
    expect((await get('/console/logo.svg', 'gzip')).headers['content-encoding']).toBe('gzip');
  });

  test.each([undefined, 'br', 'gzip, br'])(
    'and is not there now is kept by nobody, also where it would be kept for a year (%s)',
    async (accepts) => {
      for (const path of [
        ...['/w/assets/app-9.js', '/w/demo/assets/app-9.js', '/w/demo/assets/nothing.css', '/console/assets/app-9.js'],
        ...['/console/other.svg', '/w/other/assets/app-1234.js', '/status/other'],
      ]) {
        const { status, headers } = await get(path, accepts);
        expect([status, headers['cache-control']], path).toEqual([404, 'no-store']);
      }
    },
  );

  test('is sent whole: no part of it, and no mark by which a browser could be told again', async () => {
    for (const path of pages) {
      const answer = await get(path, 'br', { range: 'bytes=0-1', 'if-none-match': '"x"' });
      expect(answer.status, path).toBe(200);
      for (const name of ['etag', 'last-modified', 'accept-ranges', 'content-range'])
        expect(answer.headers[name], `${path} ${name}`).toBeUndefined();
    }
  });

  test('is not there under the name of a compressed file, nor what only the server or a developer reads', async () => {
    for (const path of [
      '/w/assets/app-1234.js.br',
      '/w/demo/assets/app-1234.js.gz',
      '/w/assets/app-1234.js.map',
      '/console/assets/app-1234.js.br',
      '/console/logo.svg.gz',
      '/console/index.html.br',
      '/console/csp.json',
      '/console/csp.json.gz',
      '/v1/loader.js.br',
      '/w/csp.json.br',
    ])
      for (const accepts of [undefined, 'br, gzip']) expect((await get(path, accepts)).status, path).toBe(404);
  });
});
