import { describe, expect, test } from 'vitest';
import { randomToken } from '@clbchat/shared/digest';
import { makeSigningPair } from '@clbchat/shared/statement/signingKey';
import { verifyChain } from '@clbchat/shared/statement/certificate';
import { serviceWithPages } from '../support/builtPages.ts';
import { connectCounsellor, connectVisitor, demoProof, deskOpens, signIn, visitorWaits } from '../support/clients.ts';
import { openRaw } from '../support/rawSocket.ts';
import { fromOurPage, request } from '../support/request.ts';

const service = await serviceWithPages();

const hostile = (port: number): Record<string, string | undefined> => ({
  evil: 'https://evil.example',
  'the word null': 'null',
  missing: undefined,
  'one with our name in front': `http://localhost:${port}.evil.example`,
  'one with our name behind': `http://evil-localhost:${port}`,
  'another port': `http://localhost:${port + 1}`,
  'capital letters': `HTTP://LOCALHOST:${port}`,
  https: `https://localhost:${port}`,
  'our name as a user': `http://localhost:${port}@evil.example`,
  'a slash behind': `http://localhost:${port}/`,
  'the same machine by its number': `http://127.0.0.1:${port}`,
  'a school that may frame us': 'https://www.school.be',
});

describe('[N7] a page of somebody else', () => {
  test('opens no socket, by none of the ways', async () => {
    for (const [what, origin] of Object.entries(hostile(service.port))) {
      const raw = await openRaw(service, { headers: { origin } });
      expect(raw.answered, what).toMatch(/^HTTP\/1\.1 403 /);
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const answer = await request(service, method, '/rt/?EIO=4&transport=polling', { headers: { origin } });
        expect(answer.status, `${method} from ${what}`).toBe(403);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
    }
  });

  test('and our own page does, by all of them', async () => {
    const asked = '/rt/?EIO=4&transport=polling';
    expect((await request(service, 'GET', asked, { headers: { origin: service.origin } })).status).toBe(200);
    expect((await request(service, 'GET', asked, { headers: { 'sec-fetch-site': 'same-origin' } })).status).toBe(200);
    expect((await request(service, 'GET', asked, { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    // Safari before 16.4 says neither header with such a GET: then what only our own page can set speaks for it
    const ours = { 'x-clb': '1' };
    expect((await request(service, 'GET', asked, { headers: ours })).status).toBe(200);
    expect((await request(service, 'GET', asked, { headers: {} })).status).toBe(403);
    for (const headers of [
      { ...ours, 'sec-fetch-site': 'cross-site' },
      { ...ours, 'sec-fetch-site': 'same-site' },
      { ...ours, origin: 'https://evil.example' },
      { ...ours, host: 'evil.example' },
    ])
      expect((await request(service, 'GET', asked, { headers })).status).toBe(403);
    expect((await request(service, 'POST', asked, { headers: ours })).status).toBe(403);
    expect((await openRaw(service, { headers: { origin: undefined, ...ours } })).answered).toMatch(/^HTTP\/1\.1 403 /);
    const polling = await connectVisitor(service, { transports: ['polling'] });
    expect(await polling.ask('visit:state', {})).toEqual({ ok: false, code: 'stage' });
    polling.leave();
  });

  test('an address that no client of ours has is refused', async () => {
    for (const path of [
      '/rt/?EIO=3&transport=websocket',
      '/rt/?transport=websocket',
      `/rt/?EIO=4&transport=websocket&t=${'a'.repeat(600)}`,
      '/rt/?EIO=4&transport=websocket&token=x',
      '/elsewhere',
    ]) {
      expect((await openRaw(service, { path })).answered, path).toMatch(/^HTTP\/1\.1 403 /);
    }
  });

  test('does not say goodbye for a visitor, whatever token it has', async () => {
    const visitor = await visitorWaits(service);
    const { visitId, token } = visitor.secrets;
    const body = JSON.stringify({ visitId, token, why: 'left' });
    const { 'the word null': nobody, ...named } = hostile(service.port);
    const said = [
      ...Object.values(named).map((origin) => ({ origin })),
      ...['cross-site', 'same-site', 'none'].flatMap((site) => [
        { origin: nobody, 'sec-fetch-site': site },
        { 'sec-fetch-site': site },
      ]),
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ];
    for (const one of said) {
      const headers = { ...one, 'content-type': 'text/plain' };
      expect((await request(service, 'POST', '/api/visit/leave', { headers, body })).status).toBe(204);
    }
    expect(await visitor.ask('visit:state', {})).toMatchObject({ ok: true });
    visitor.leave();
  });

  const beacons = {
    Chromium: { origin: service.origin, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors' },
    Firefox: { origin: 'null', 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors' },
    'Safari 16.4 and later': { origin: 'null', 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors' },
    'Safari before 16.4': { origin: 'null' },
    'one that leaves the origin out': { 'sec-fetch-site': 'same-origin' },
  };
  for (const [browser, headers] of Object.entries(beacons))
    test(`[N46] but ours does with ${browser}: quick exit and stop end the visit, a page that goes is noted`, async () => {
      const says = (secrets: object, why: string) =>
        request(service, 'POST', '/api/visit/leave', {
          headers: { ...headers, 'content-type': 'text/plain;charset=UTF-8' },
          body: JSON.stringify({ ...secrets, why }),
        });
      const waits = async (visitId: string) =>
        (await service.live.queue.facts()).places.some((place) => place.visitId === visitId);
      for (const why of ['quick_exit', 'left']) {
        const visitor = await visitorWaits(service);
        const { visitId, token } = visitor.secrets;
        await says({ visitId, token: randomToken(32) }, why);
        expect(await waits(visitId)).toBe(true);
        await says({ visitId, token }, why);
        expect(await waits(visitId), why).toBe(false);
        visitor.leave();
      }
      const visitor = await visitorWaits(service);
      const { visitId, token } = visitor.secrets;
      await says({ visitId, token }, 'unload');
      visitor.leave();
      await service.advance(150_000);
      expect(await waits(visitId)).toBe(false);
    });

  test('[N47] our own signs in and out where a browser says nothing of the site', async () => {
    const body = JSON.stringify({ who: 'lien', ...(await demoProof(await makeSigningPair())) });
    const headers = { ...fromOurPage(service), 'sec-fetch-site': undefined };
    const answer = await request(service, 'POST', '/api/demo/sign-in', { headers, body });
    expect(answer.status).toBe(200);
    const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0];
    const out = { ...headers, cookie };
    expect((await request(service, 'POST', '/api/demo/sign-out', { headers: out, body: '{}' })).status).toBe(204);
    expect(
      (await request(service, 'GET', '/api/demo/session', { headers: { ...fromOurPage(service), cookie } })).status,
    ).toBe(401);
  });

  test('[N47] does not sign anybody in or out', async () => {
    const body = JSON.stringify({ who: 'lien', ...(await demoProof(await makeSigningPair())) });
    const { cookie } = await signIn(service);
    const forged: Record<string, string | undefined>[] = [
      ...Object.values(hostile(service.port)).map((origin) => ({ ...fromOurPage(service), origin })),
      { ...fromOurPage(service), 'sec-fetch-site': 'cross-site' },
      { ...fromOurPage(service), 'sec-fetch-site': undefined, 'x-clb': undefined },
      { ...fromOurPage(service), 'sec-fetch-site': undefined, origin: undefined },
      { ...fromOurPage(service), 'x-clb': undefined },
    ];
    for (const headers of forged) {
      expect((await request(service, 'POST', '/api/demo/sign-in', { headers, body })).status).toBe(403);
      expect(
        (await request(service, 'POST', '/api/demo/sign-out', { headers: { ...headers, cookie }, body: '{}' })).status,
      ).toBe(403);
    }
    const asText = { ...fromOurPage(service), 'content-type': 'text/plain' };
    expect((await request(service, 'POST', '/api/demo/sign-in', { headers: asText, body })).status).toBe(415);
    expect(
      (await request(service, 'GET', '/api/demo/session', { headers: { ...fromOurPage(service), cookie } })).status,
    ).toBe(200);
  });
});

describe('[N8] the doors of HTTP', () => {
  test('one click signs in; the answer, the cookie and the socket belong together', async () => {
    const device = await makeSigningPair();
    const body = JSON.stringify({ who: 'samir', ...(await demoProof(device)) });
    const answer = await request(service, 'POST', '/api/demo/sign-in', { headers: fromOurPage(service), body });
    expect(answer.status).toBe(200);
    const said = JSON.parse(answer.body) as Record<string, string>;
    expect(said).toMatchObject({ account: 'samir', name: 'Samir', centre: { name: 'CLB De Demo', slotsMax: 3 } });
    expect(
      await verifyChain(said['chain'] ?? '', { pins: service.keys.pins, nowMs: service.clock.nowMs(), skewMsMax: 0 }),
    ).toMatchObject({ ok: true });

    const [setCookie = ''] = answer.headers['set-cookie'] ?? [];
    expect(setCookie).toMatch(/^__Host-clb=\S+; Max-Age=43200; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
    const cookie = setCookie.split(';')[0] ?? '';
    const session = await request(service, 'GET', '/api/demo/session', {
      headers: { ...fromOurPage(service), cookie },
    });
    expect(JSON.parse(session.body)).toEqual({
      account: 'samir',
      roles: ['counsellor'],
      binding: said['binding'],
      leftMs: service.limits.sessionMs,
    });

    const desk = await deskOpens(service, {
      account: 'samir' as never,
      cookie,
      binding: said['binding'] ?? '',
      chain: said['chain'] ?? '',
      device,
    });
    const out = await request(service, 'POST', '/api/demo/sign-out', {
      headers: { ...fromOurPage(service), cookie },
      body: '{}',
    });
    expect(out.status).toBe(204);
    expect(await desk.closed).toBe('io server disconnect');
    expect(
      (await request(service, 'GET', '/api/demo/session', { headers: { ...fromOurPage(service), cookie } })).status,
    ).toBe(401);
    await expect(connectCounsellor(service, { cookie })).rejects.toThrow('no_cert');
  });

  test('who does not hold the key gets no certificate', async () => {
    const [mine, other] = [await demoProof(await makeSigningPair()), await demoProof(await makeSigningPair())];
    for (const wrong of [
      { ...mine, proof: other.proof },
      { ...mine, devicePub: other.devicePub },
      { ...mine, proof: randomToken(64) },
    ]) {
      const answer = await request(service, 'POST', '/api/demo/sign-in', {
        headers: fromOurPage(service),
        body: JSON.stringify({ who: 'lien', ...wrong }),
      });
      expect([answer.status, answer.headers['set-cookie']]).toEqual([403, undefined]);
    }
    for (const body of [
      '{"who":"lien"}',
      '{"who":"root"}',
      '[]',
      '{',
      '{"__proto__":{"a":1}}',
      JSON.stringify({ who: 'lien', ...mine, admin: true }),
    ]) {
      expect(
        (await request(service, 'POST', '/api/demo/sign-in', { headers: fromOurPage(service), body })).status,
        body,
      ).toBe(400);
    }
  });

  test('a page that goes ends its visit, or shortens what is kept of it', async () => {
    const leave = (body: unknown) =>
      request(service, 'POST', '/api/visit/leave', {
        headers: { origin: service.origin, 'content-type': 'text/plain;charset=UTF-8' },
        body: JSON.stringify(body),
      });
    const visitor = await visitorWaits(service);
    const { visitId, token } = visitor.secrets;
    for (const body of [
      { visitId, token: randomToken(32), why: 'left' },
      { visitId, token, why: 'other' },
      { visitId, token },
      'x',
      null,
      { visitId, token, why: 'unload' },
    ]) {
      expect((await leave(body)).status).toBe(204);
      expect(await visitor.ask('visit:state', {})).toMatchObject({ ok: true });
    }
    expect(await leave({ visitId, token, why: 'quick_exit' })).toMatchObject({ status: 204, body: '' });
    expect(await visitor.hears('visit:stage', ({ stage }) => stage === 'ended')).toMatchObject({
      reason: 'quick_exit',
    });
    expect(visitor.socket.connected).toBe(true);
    visitor.leave();
  });

  test('[W52] a person who opens the address of a site that does not exist comes to a chat that does; a frame shows neither', async () => {
    const open = (path: string) => request(service, 'GET', path, { headers: { accept: 'text/html,*/*;q=0.8' } });
    for (const path of ['/w/other/', '/w/constructor/', '/w/other', '/w/%2e%2e%2fevil.example'])
      expect(await open(path), path).toMatchObject({ status: 302, headers: { location: '/w/' } });
    expect(await open('/w/demo')).toMatchObject({ status: 302, headers: { location: '/w/demo/' } });
    const own = await open('/w/');
    expect(own.status).toBe(200);
    expect(own.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  test('[I19] a page of the console alone leads to the one that empties the computer', async () => {
    const path = '/console/vergeten';
    const from = (site: string, mode: string) =>
      request(service, 'GET', path, { headers: { 'sec-fetch-site': site, 'sec-fetch-mode': mode } });
    const gone = await from('same-origin', 'navigate');
    expect([gone.status, gone.body]).toEqual([200, '<h1>forgotten</h1>']);
    expect(gone.headers).toMatchObject({
      'clear-site-data': '"cache", "cookies", "storage"',
      'cache-control': 'no-store',
    });
    expect(gone.headers['content-security-policy']).not.toContain('script-src');
    const others = [request(service, 'GET', path), from('same-origin', 'no-cors'), from('same-origin', 'cors')];
    for (const site of ['none', 'same-site', 'cross-site']) others.push(from(site, 'navigate'), from(site, 'no-cors'));
    for (const { status, headers } of await Promise.all(others))
      expect([status, headers['location'], headers['clear-site-data']]).toEqual([302, '/console/', undefined]);
  });

  test('files are there as built, and nothing else is', async () => {
    const get = (path: string) => request(service, 'GET', path);
    expect((await get('/w/demo/')).body).toContain('chat');
    expect(JSON.parse((await get('/w/demo/site.json')).body)).toEqual({
      centre: 'demo',
      demo: true,
      pins: service.keys.pins,
    });
    expect((await get('/w/demo/assets/app-1234.js')).headers['cache-control']).toContain('immutable');
    expect((await get('/v1/loader.js')).headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=3600',
    });
    expect((await get('/console/logo.svg')).status).toBe(200);
    expect((await get('/status/demo')).status).toBe(200);
    expect((await get('/ready')).status).toBe(200);
    for (const path of [
      '/w/other/',
      '/w/constructor/',
      '/w/demo/assets/..%2findex.html',
      '/w/demo/assets/%2e%2e%2fcsp.json',
      '/console/.secret',
      '/console/..%2f..%2fpackage.json',
      '/console/csp.json',
      '/w/assets/app-1234.js.map',
      '/w/demo/csp.json',
      '/',
      '/metrics',
      '/w/demo/assets/',
    ]) {
      expect((await get(path)).status, path).toBe(404);
    }
  });
});
