import { afterAll, describe, expect, test } from 'vitest';
import { connectCounsellor, connectVisitor, signIn, visitorWaits } from '../support/clients.ts';
import { request, type Answer } from '../support/request.ts';
import { startService } from '../support/service.ts';

const [CHAT, CONSOLE, HOST] = ['https://chat.clb.test', 'https://console.clb.test', 'relay.clb.test'];
const service = await startService({ publicOrigin: CONSOLE, chatOrigin: CHAT, passkeys: 'too' });
afterAll(() => service.stop());

const ofConsole = {
  host: HOST,
  origin: CONSOLE,
  'sec-fetch-site': 'same-site',
  'x-clb': '1',
  'content-type': 'application/json',
};
const { cookie } = await signIn(service);
const begins = (headers: Readonly<Record<string, string | undefined>>): Promise<Answer> =>
  request(service, 'POST', '/api/sign-in/begin', { headers: { ...ofConsole, ...headers }, body: '{}' });

/** All that a browser looks at before a page may read an answer of another host. */
const sharing = ({ headers }: Answer) => ({
  origin: headers['access-control-allow-origin'],
  credentials: headers['access-control-allow-credentials'],
});
const NOBODY = { origin: undefined, credentials: undefined };

const HOSTILE: readonly (string | undefined)[] = [
  'https://evil.example',
  'https://www.school.example',
  'https://evil.clb.test',
  'https://console.clb.test.evil.example',
  'https://console.clb.test:8443',
  'https://console.clb.test/',
  'http://console.clb.test',
  'HTTPS://CONSOLE.CLB.TEST',
  `https://${HOST}`,
  'null',
  undefined,
];

describe('[I5] who may change something', () => {
  test('is the console, from a host of the same site', async () => {
    for (const site of ['same-site', 'same-origin', undefined])
      expect((await begins({ 'sec-fetch-site': site })).status, site).toBe(200);
  });

  test('is nobody else, the chat included, and never without our header and JSON', async () => {
    for (const origin of [CHAT, ...HOSTILE]) expect((await begins({ origin })).status, origin).toBe(403);
    for (const site of ['cross-site', 'none', 'other'])
      expect((await begins({ 'sec-fetch-site': site })).status, site).toBe(403);
    for (const own of [undefined, '0']) expect((await begins({ 'x-clb': own })).status).toBe(403);
    for (const kind of ['text/plain', 'application/x-www-form-urlencoded', undefined])
      expect((await begins({ 'content-type': kind })).status).toBe(415);
  });

  test('and a page of the relay’s own host is none of ours', async () => {
    const there = { ...ofConsole, origin: undefined, 'sec-fetch-site': 'same-origin' };
    expect((await request(service, 'GET', '/api/sessions', { headers: { ...there, cookie } })).status).toBe(403);
  });
});

describe('[I6] who may read an answer', () => {
  const asks = (path: string, origin: string | undefined, method = 'GET') =>
    request(service, method, path, {
      headers: { ...ofConsole, origin, cookie },
      ...(method === 'GET' ? {} : { body: '{}' }),
    });

  test('of staff: the console alone, with its cookie, refusals and what does not exist included', async () => {
    for (const path of [
      '/api/sessions',
      '/api/session',
      '/api/audit',
      '/api/centre/settings',
      '/api/centre/sites',
      '/api/nowhere',
    ]) {
      const answer = await asks(path, CONSOLE);
      expect([path, sharing(answer), answer.headers.vary]).toEqual([
        path,
        { origin: CONSOLE, credentials: 'true' },
        'Origin',
      ]);
      for (const origin of [CHAT, ...HOSTILE]) {
        const other = await asks(path, origin);
        expect([path, origin, sharing(other), other.headers.vary]).toEqual([path, origin, NOBODY, 'Origin']);
      }
    }
    const { status, body } = await asks('/api/sessions', CONSOLE);
    expect([status, Object.keys(JSON.parse(body) as object)]).toEqual([200, ['sessions']]);
  });

  test('of what the chat asks: the chat alone, and never with a cookie', async () => {
    const answer = await asks('/api/centre/demo', CHAT);
    expect([answer.status, sharing(answer)]).toEqual([200, { origin: CHAT, credentials: undefined }]);
    expect(answer.headers['access-control-expose-headers']).toBe('Date');
    for (const origin of [CONSOLE, ...HOSTILE]) expect(sharing(await asks('/api/centre/demo', origin))).toEqual(NOBODY);
    expect(sharing(await asks('/status/demo', 'https://www.school.example'))).toEqual({ ...NOBODY, origin: '*' });
  });

  test('a question beforehand is answered for the console, and for what it sends', async () => {
    const wish = { host: HOST, origin: CONSOLE, 'access-control-request-method': 'PUT' };
    const asked = (headers: Readonly<Record<string, string | undefined>>) =>
      request(service, 'OPTIONS', '/api/centre/settings', {
        headers: { ...wish, 'access-control-request-headers': 'content-type,x-clb', ...headers },
      });
    const yes = await asked({});
    expect([yes.status, yes.body, sharing(yes)]).toEqual([204, '', { origin: CONSOLE, credentials: 'true' }]);
    expect(yes.headers['access-control-allow-headers']).toBe('content-type, x-clb');
    expect(yes.headers['access-control-allow-methods']).toBe('GET, POST, PUT, DELETE');
    for (const origin of [CHAT, ...HOSTILE]) {
      const no = await asked({ origin });
      expect([origin, no.status, sharing(no)]).toEqual([origin, 403, NOBODY]);
    }
    for (const wrong of [
      { 'access-control-request-method': 'TRACE' },
      { 'access-control-request-method': undefined },
      { 'access-control-request-headers': 'authorization' },
      { 'access-control-request-headers': 'x-clb, *' },
    ])
      expect((await asked(wrong)).status).toBe(403);
  });
});

describe('[I7] sockets', () => {
  test.each(['websocket', 'polling'])('each page has its own door, by %s', async (transport) => {
    const transports = [transport];
    const visitor = await connectVisitor(service, { origin: CHAT, transports });
    visitor.leave();
    const lien = await connectCounsellor(service, { cookie, transports });
    await lien.hears('desk:challenge');
    lien.leave();
    await expect(connectVisitor(service, { origin: CONSOLE, transports })).rejects.toThrow('not_yours');
    await expect(connectCounsellor(service, { cookie, origin: CHAT, transports })).rejects.toThrow('not_yours');
    for (const origin of ['https://evil.clb.test', `https://${HOST}`])
      await expect(connectVisitor(service, { origin, transports })).rejects.toThrow();
  });

  test('long polling may be read with a cookie by the console alone', async () => {
    const path = '/rt/?EIO=4&transport=polling';
    const polled = async (origin: string, method: string) =>
      sharing(
        await request(service, method, path, {
          headers: { host: HOST, origin, 'access-control-request-method': 'POST' },
        }),
      );
    for (const method of ['GET', 'OPTIONS']) {
      expect(await polled(CONSOLE, method)).toEqual({ origin: CONSOLE, credentials: 'true' });
      expect(await polled(CHAT, method)).toEqual({ origin: CHAT, credentials: undefined });
      expect(await polled('https://evil.clb.test', method)).toEqual(NOBODY);
    }
  });
});

describe('[I8] a goodbye', () => {
  const waiting = async () => (await service.live.queue.facts()).places.length;
  const says = async (headers: Readonly<Record<string, string>>) => {
    const { secrets } = await visitorWaits({ ...service, origin: CHAT });
    const { visitId, token } = secrets;
    const before = await waiting();
    const body = JSON.stringify({ visitId, token, why: 'quick_exit' });
    await request(service, 'POST', '/api/visit/leave', {
      headers: { host: HOST, 'content-type': 'text/plain', ...headers },
      body,
    });
    return before - (await waiting());
  };

  test('is heard from the chat’s host, whether its browser names the page or not', async () => {
    expect(await says({ origin: CHAT, 'sec-fetch-site': 'same-site' })).toBe(1);
    expect(await says({ origin: 'null', 'sec-fetch-site': 'same-site' })).toBe(1);
    expect(await says({ origin: 'null' })).toBe(1);
  });

  test('and from nowhere else', async () => {
    expect(await says({ origin: CONSOLE, 'sec-fetch-site': 'same-site' })).toBe(0);
    expect(await says({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).toBe(0);
    expect(await says({ origin: 'null', 'sec-fetch-site': 'cross-site' })).toBe(0);
  });
});
