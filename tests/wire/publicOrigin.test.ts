import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { makeSigningPair } from '@clbchat/shared/statement/signingKey';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type App } from '../support/app.ts';
import { connectCounsellor, connectVisitor, demoProof, prove, visitorWaits } from '../support/clients.ts';
import { fromOurPage, request as askDirectly } from '../support/request.ts';
import { buildServer } from '../support/served.ts';
import { openTlsProxy, type TlsProxy } from '../support/tlsProxy.ts';

const [CHAT, SCHOOL] = ['chat.example.be', 'school.example.org'];
const origin = `https://${CHAT}`;
const school = `https://${SCHOOL}`;

let app: App;
let proxy: TlsProxy;
beforeAll(async () => {
  buildServer();
  app = await startApp({ env: { PUBLIC_ORIGIN: origin, DEMO_PUBLIC_ORIGIN: school, TRUSTED_HOPS: '1' } });
  proxy = await openTlsProxy({ [CHAT]: app.ports.chat, [SCHOOL]: app.ports.school });
}, 180_000);
afterAll(async () => {
  proxy.close();
  await app.stop();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** As a browser asks that knows the name and not the machine. */
const asks = (method: string, path: string, { host = CHAT, headers = {}, body = '' } = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asking = request({ host, method, path, headers, agent: proxy.agent }, (response) => {
      let read = '';
      response.on('data', (chunk: Buffer) => (read += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: read }));
    });
    asking.on('error', reject);
    asking.end(body);
  });

const named = { origin, address: origin };
const others = () => [
  `http://localhost:${app.ports.chat}`,
  `http://${CHAT}`,
  `${origin}:8443`,
  `https://127.0.0.1:${proxy.port}`,
  school,
  'https://evil.example',
  'null',
];
const signInBody = async (device: CryptoKeyPair) => JSON.stringify({ who: 'lien', ...(await demoProof(device)) });

test('[N52 N14] the addresses that are printed are those of the proxy, and what it needs is said as well', () => {
  expect(app.console).toBe(`${origin}/console/`);
  expect([app.school, app.smartschool]).toEqual([`${school}/`, `${school}/smartschool`]);
  const { ports } = app;
  expect(app.said()).toContain(`port ${ports.chat}, the school's pages on port ${ports.school}`);
});

test.each(['websocket', 'polling'])(
  '[N52 N7] a visitor joins by %s under the public name, and under no other',
  async (transport) => {
    const transports = [transport];
    const visitor = await visitorWaits(named, { agent: proxy.agent, transports });
    expect(await visitor.ask('visit:state', {})).toMatchObject({ ok: true });
    visitor.leave();
    for (const other of others())
      await expect(connectVisitor(named, { agent: proxy.agent, transports, origin: other }), other).rejects.toThrow(
        /websocket error|xhr poll error/,
      );
  },
);

test('[N52 N7] a GET without an origin is our page’s when it asks for the public name', async () => {
  const path = '/rt/?EIO=4&transport=polling';
  const headers = { 'sec-fetch-site': 'same-origin', 'x-forwarded-for': '192.0.2.7' };
  expect((await asks('GET', path, { headers })).status).toBe(200);
  const direct = { port: app.ports.chat };
  expect((await askDirectly(direct, 'GET', path, { headers })).status).toBe(403);
  expect((await askDirectly(direct, 'GET', path, { headers: { ...headers, host: CHAT } })).status).toBe(200);
});

test('[N52 N6] a counsellor signs in and sits down under the public name, and under no other', async () => {
  const device = await makeSigningPair();
  const body = await signInBody(device);
  for (const other of others()) {
    const headers = fromOurPage({ origin: other });
    expect((await asks('POST', '/api/demo/sign-in', { headers, body })).status, other).toBe(403);
  }
  const answer = await asks('POST', '/api/demo/sign-in', { headers: fromOurPage({ origin }), body });
  expect(answer.status).toBe(200);
  const [setCookie = ''] = answer.headers['set-cookie'] ?? [];
  expect(setCookie).toMatch(/^__Host-clb=\S+; Max-Age=\d+; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
  const cookie = setCookie.split(';')[0] ?? '';
  const said = JSON.parse(answer.body) as { account: never; binding: string; chain: string };
  const signedIn = { ...said, cookie, device };

  const desk = await connectCounsellor(named, { agent: proxy.agent, cookie });
  expect(await prove(named, desk, signedIn)).toMatchObject({ ok: true });
  expect(await desk.ask('desk:enter', { slots: 1, status: 'available' })).toMatchObject({ ok: true });
  desk.leave();
  // what her device signed for another name does not let in
  const [local = ''] = others();
  const elsewhere = await connectCounsellor(named, { agent: proxy.agent, cookie });
  expect(await prove({ ...named, origin: local }, elsewhere, signedIn)).toMatchObject({ ok: false });
  elsewhere.leave();
});

test('[N52 N9] pages name sockets, chat and school by their public names, and promise TLS', async () => {
  const console = await asks('GET', '/console/');
  expect(console.headers['content-security-policy']).toContain(`connect-src 'self' wss://${CHAT};`);
  const frame = await asks('GET', '/w/demo/');
  expect(frame.headers['content-security-policy']).toContain(`connect-src 'self' wss://${CHAT};`);
  expect(frame.headers['content-security-policy']).toContain(`frame-ancestors ${school};`);
  for (const { headers } of [console, frame, await asks('GET', '/nowhere')])
    expect(headers['strict-transport-security']).toMatch(/^max-age=\d{8}/);
  const page = await asks('GET', '/', { host: SCHOOL });
  expect(page.headers['content-security-policy']).toContain(`script-src ${origin};`);
  expect(page.body).toContain(`<script async src="${origin}/v1/loader.js"`);
  expect((await asks('GET', '/smartschool', { host: SCHOOL })).body).toContain(`<iframe src="${origin}/w/demo/#k=`);
});

test('[N52 N29 N53] nothing that came through the proxy is taken for a misconfiguration', () => {
  expect(app.said()).not.toContain('TRUSTED_HOPS');
});
