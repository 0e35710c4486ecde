import { createServer } from 'node:http';
import { createServer as createNetServer, type Socket } from 'node:net';
import { request } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BEGUN, CAME, HALF, KNOWN, SENT, SESSION } from '@clbchat/server/accounts/cookie.rules';
import { limits } from '@clbchat/shared/limits';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { howToGet } from '../../scripts/setup/tools.mjs';
import { caddyHere, startCaddy, type Caddy } from '../support/caddy.ts';
import {
  connectCounsellor,
  deskOpens,
  prove,
  signIn,
  visitorReturns,
  visitorWaits,
  type Target,
} from '../support/clients.ts';
import { frameOf } from '../support/frames.ts';
import { accepts, agreesOnKey, good } from '../support/talk.ts';
import { TAG } from '../redis/world.ts';
import { nodesOnRedis } from './nodes.ts';

const { node, redis } = await nodesOnRedis();

test('[M8] Caddy is here, or the run says how to get it', () => {
  expect(caddyHere() !== undefined, `Caddy: not run. ${howToGet('caddy')}`).toBe(true);
});

describe.each(caddyHere() ? ['docs/Caddyfile'] : [])('behind Caddy, by %s', () => {
  let caddy: Caddy;
  afterEach(() => caddy.stop());

  /** What it passes on, of each host. */
  const asked: { host: string | undefined; to: 'files' | 'relay'; headers: IncomingHttpHeaders }[] = [];
  const echoing = (to: 'files' | 'relay') =>
    createServer(({ headers }, answer) => {
      asked.push({ host: headers.host, to, headers });
      answer.end(to);
    });
  const echoes = [echoing('files'), echoing('relay')];
  const placeOf = (at: number) => `127.0.0.1:${(echoes[at]!.address() as AddressInfo).port}`;
  beforeAll(async () => {
    for (const one of echoes) await new Promise<void>((listens) => one.listen(0, '127.0.0.1', listens));
  });
  afterAll(() => echoes.forEach((one) => one.close()));

  const get = (host: string, path: string, headers: Readonly<Record<string, string>>) =>
    new Promise<string>((resolve, reject) => {
      const asking = request(
        { host, path, headers: { ...headers, host }, agent: caddy.agent('127.0.0.7') },
        (answer) => {
          let body = '';
          answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
          answer.on('close', () => resolve(body)); // also one that was cut off
          answer.on('error', () => undefined);
        },
      );
      asking.on('error', reject);
      asking.end();
    });

  test('[M8 I15] each host goes to its own process, an address is the one that was seen, and nothing is printed', async () => {
    caddy = await startCaddy({ files: placeOf(0), relays: [placeOf(1)] });
    const lies = { 'x-forwarded-for': '192.0.2.1', forwarded: 'for=192.0.2.2', 'x-real-ip': '192.0.2.3' };
    const bodies = [];
    for (const name of ['chat', 'console', 'relay']) bodies.push(await get(`${name}.clb.test`, '/geheim', lies));
    expect(bodies).toEqual(['files', 'files', 'relay']);
    const own = asked.filter(({ headers }) => headers['user-agent'] === undefined); // and not its looks at /ready
    expect(own.map(({ host }) => host)).toEqual(['chat.clb.test', 'console.clb.test', 'relay.clb.test']);
    for (const { headers } of own) {
      expect([headers['x-forwarded-for'], headers['forwarded'], headers['x-real-ip']]).toEqual([
        '127.0.0.7',
        undefined,
        undefined,
      ]);
      expect(headers['x-forwarded-proto']).toBe('https');
    }
    expect(caddy.said()).not.toMatch(/geheim|192\.0\.2|127\.0\.0\.7/);
  });

  const NAMES = [SESSION, BEGUN, SENT, CAME, HALF, ...KNOWN].map((name) => `__Host-${name}`);
  /** What another host of the domain may set in a browser: several times what a request to the relay may be long, in all. */
  const strangers = Array.from({ length: 40 }, (_, n) => `c${n}=${'x'.repeat(1_000)}`).join('; ');
  const passedOn = async (host: string, cookie: string) => {
    asked.length = 0;
    expect(await get(`${host}.clb.test`, '/', { cookie })).toBe(host === 'relay' ? 'relay' : 'files');
    const { headers } = asked.find((one) => one.host === `${host}.clb.test` && one.headers['x-forwarded-for'])!;
    return (headers.cookie ?? '').split('; ').filter((one) => one !== '');
  };

  test('[M8] of the cookies of a browser the relay is passed ours alone, wherever they stand, and the pages none', async () => {
    caddy = await startCaddy({ files: placeOf(0), relays: [placeOf(1)] });
    const value = (n: number) => `${n}-_`.padEnd(43, 'a');
    const ours = NAMES.map((name, n) => `${name}=${value(n)}`);
    const [first = '', second = ''] = ours;
    for (const host of ['chat', 'console']) expect(await passedOn(host, `${first}; ${strangers}`)).toEqual([]);
    expect(await passedOn('relay', ours.join('; '))).toEqual(ours);
    expect(await passedOn('relay', ours.join(`; ${strangers.slice(0, 5_000)}; `))).toEqual(ours);
    for (const there of [`${first}; ${strangers}`, `${strangers}; ${first}`, `${strangers}; ${first}; ${strangers}`])
      expect(await passedOn('relay', there)).toEqual([first]);
    // two of one name: the relay has to see that somebody planted one
    const twice = [first, first.replace('aaa', 'bbb')];
    expect(await passedOn('relay', twice.join('; '))).toEqual(twice);
    expect(await passedOn('relay', `${twice.join(`; ${strangers}; `)}; ${second}`)).toEqual([...twice, second]);
    const nearly = [
      'x__Host-clb=1',
      'x=__Host-clb=1',
      'clb=1',
      '__host-clb=1',
      '__Secure-clb=1',
      '__Host-other=1',
      '__Host-clb',
      '__Host-clb=1',
      `__Host-clb=${value(1).slice(1)}`,
      `__Host-clb-x=${value(1)}`,
      `__Host-clb-known-8=${value(1)}`,
      `__HOST-clb=${value(1)}`,
      `__Host-clb-x=${'x'.repeat(3_000)}`,
    ];
    for (const one of nearly) expect(await passedOn('relay', `${one}; ${first}; ${one}`), one).toEqual([first]);
    expect(await passedOn('relay', nearly.join('; '))).toEqual([]);
    const long = (name: string) => `${name}=${value(1)}${'x'.repeat(3_000)}`;
    for (const one of await passedOn('relay', [...NAMES, ...NAMES].map(long).join('; ')))
      expect(one.length, 'so that all of them are no long request').toBeLessThan(70);
    expect(await passedOn('relay', '')).toEqual([]);
  });

  test('[M8] who works here is known and sits down, however many cookies another host of the domain set', async () => {
    const one = await node('one', {}, 1);
    caddy = await startCaddy({ files: placeOf(0), relays: [new URL(one.address).host] });
    const there: Target = { address: `https://relay.clb.test:${caddy.port}`, origin: one.origin };
    const lien = await signIn(one, 'lien');
    for (const cookie of [`${lien.cookie}; ${strangers}`, `${strangers}; ${lien.cookie}; ${strangers}`])
      for (const transports of [['websocket'], ['polling']]) {
        const desk = await connectCounsellor(there, { cookie, transports, agent: caddy.agent('127.0.0.8') });
        expect(await prove(there, desk, lien)).toMatchObject({ ok: true });
        desk.leave();
      }
  });

  /** Each fails in its own way: nobody there, cut off before the answer and within it, and no answer of HTTP at all. */
  const failing = [
    (socket: Socket) => socket.destroy(),
    (socket: Socket) => socket.once('data', () => socket.destroy()),
    (socket: Socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\nhalf')),
    (socket: Socket) => socket.once('data', () => socket.end('nonsense\r\n\r\n')),
  ];
  test.each(failing.map((fails, n) => [n, fails] as const))(
    '[M8 I15] of whoever asks while what stands behind it fails nothing is printed: %i',
    async (_n, fails) => {
      const gone = createNetServer(fails);
      await new Promise<void>((listens) => gone.listen(0, '127.0.0.1', listens));
      const place = `127.0.0.1:${(gone.address() as AddressInfo).port}`;
      caddy = await startCaddy({ files: place, relays: [place] });
      const hers = { 'user-agent': 'Firefox of a pupil', referer: 'https://www.school.example/leerlingen/' };
      for (const name of ['chat', 'console', 'relay'])
        await get(`${name}.clb.test`, '/geheim?transport=polling', hers).catch(() => undefined);
      gone.close();
      await caddy.stop(); // with all that it has still to say
      expect(caddy.said()).not.toMatch(/geheim|polling|127\.0\.0\.7|pupil|leerlingen/);
    },
  );

  test('[M8] who has no WebSocket stays at one process, and goes on at another when it leaves', async () => {
    const [one, other, apart] = [await node('one', {}, 1), await node('other', {}, 1), await node('apart')];
    const relays = [one, other].map(({ address }) => new URL(address).host);
    caddy = await startCaddy({ files: placeOf(0), relays });
    const there: Target = { address: `https://relay.clb.test:${caddy.port}`, origin: one.origin };
    const polling = (from: string) => ({ transports: ['polling'], agent: caddy.agent(from), from });

    // each from an address of its own: each request of hers comes to the process that knows her
    const froms = Array.from({ length: 12 }, (_, n) => `127.0.0.${n + 20}`);
    const visitors = await Promise.all(froms.map((from) => visitorWaits(there, polling(from))));
    for (const each of visitors) expect(await good(each.ask('visit:state', {}))).toMatchObject({ stage: 'waiting' });
    const at = await Promise.all(visitors.map(({ visitId }) => redis.hget(`${TAG}:v:${visitId}`, 'node')));
    expect(new Set(at)).toEqual(new Set(['one', 'other']));
    const desk = await deskOpens(apart, 'lien');
    const talk = await accepts(desk);
    const mine = visitors.findIndex(({ visitId }) => visitId === talk.on.visitId);
    const talking = visitors[mine]!;
    await agreesOnKey(desk, talking, talk);

    const leaves = at[mine] === 'one' ? one : other;
    void leaves.drain();
    await expect.poll(async () => (await fetch(`${leaves.address}/ready`)).status).toBe(503);
    await leaves.advance(limits.drainNoticeMs);
    await talking.hears('node:leaving');
    talking.leave();
    const back = () => visitorReturns(there as never, talking.secrets, polling(froms[mine]!)).catch(() => null);
    const again = await vi.waitUntil(back, { interval: 200 }); // until the proxy has looked
    expect(await again.hears('visit:attached')).toMatchObject({ stage: 'talking' });
    const { frame } = frameOf({ visitId: talking.visitId, side: 'v', n: 1 });
    await good(again.ask('talk:append', { frame }));
    expect(await desk.hears('talk:frame')).toMatchObject({ frame });
    for (const each of visitors) each.leave();
    again.leave();
    desk.leave();
  });
});
