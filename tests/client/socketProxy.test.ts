import { createRequire } from 'node:module';
import { connect } from '@clbchat/shared/client/connect';
import type { LinkStatus } from '@clbchat/shared/client/link';
import type { VisitorLink } from '@clbchat/shared/client/ports';
import { digestOf, randomToken } from '@clbchat/shared/digest';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cable, type Cable } from '../support/cable.ts';
import { startService, type TestService } from '../support/service.ts';

const ofClient = createRequire(createRequire(import.meta.url).resolve('socket.io-client'));
const { XMLHttpRequest: NodeRequest } = ofClient('xmlhttprequest-ssl') as { XMLHttpRequest: new () => object };

// over 300 lines because one network is asked three things: which way, when, and for how long
/** Between page and service a network that misbehaves. Timers stand still until a test lets them run. */
let service: TestService;
let through: Cable;
let link: VisitorLink;
let seen: LinkStatus['is'][];
const hearers = new Map<string, () => void>();

beforeEach(async () => {
  vi.stubGlobal('addEventListener', (type: string, run: () => void) => void hearers.set(type, run));
  vi.stubGlobal('removeEventListener', (type: string) => void hearers.delete(type));
  service = await startService();
  through = await cable(service.port);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(async () => {
  link.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  through.close();
  await service.stop();
});

function open(auth?: () => object): void {
  const { origin } = service;
  link = connect({ origin: through.address, namespace: '/visitor', headers: { origin }, ...(auth && { auth }) });
  seen = [];
  link.status.subscribe(({ is }) => void seen.push(is));
}
const turn = () => new Promise((resolve) => setImmediate(resolve));
/** what is under way arrives; no timer runs */
async function until(come: () => boolean): Promise<void> {
  while (!come()) await turn();
}
async function settle(): Promise<void> {
  for (let turns = 0; turns < 200; turns += 1) await turn();
}
const is = (what: LinkStatus['is']) => until(() => link.status.value.is === what);
/** Lets time pass in small steps until it is so. @returns how long that took, in ms */
async function passUntil(come: () => boolean): Promise<number> {
  const from = Date.now();
  for (; !come(); await settle()) await vi.advanceTimersByTimeAsync(25);
  return Date.now() - from;
}
/** Lets time pass until it is answered: Node's long polling waits on timers now and then. */
async function answerOf<T>(asked: Promise<T>): Promise<T> {
  let here = false;
  void asked.then(() => (here = true));
  await passUntil(() => here);
  return asked;
}
async function online(): Promise<void> {
  open();
  await passUntil(() => link.status.value.is === 'online');
}
/** how each connection began, in order; not its later requests */
const ways = () =>
  through.requests.filter((line) => !line.includes('&sid=')).map((line) => /transport=(\w+)/.exec(line)?.[1]);
const UNAVAILABLE = { ok: false, code: 'unavailable' };

describe('which way', () => {
  test.each(['refused', 'killed'] as const)(
    '[E60] where a WebSocket is %s, the same attempt goes on with long polling',
    async (fate) => {
      through.upgrades = fate;
      open();
      await passUntil(() => link.status.value.is === 'online');
      expect(seen).toEqual(['connecting', 'online']);
      expect(ways()).toEqual(['websocket', 'polling']);
    },
  );

  test('[E60] a WebSocket that hangs has four seconds, then the next attempt begins with long polling, and nobody is told', async () => {
    through.upgrades = 'held';
    open();
    await settle();
    await vi.advanceTimersByTimeAsync(3_999);
    await settle();
    expect(ways()).toEqual(['websocket']);
    expect(await passUntil(() => ways().length > 1)).toBeLessThanOrEqual(400);
    await passUntil(() => link.status.value.is === 'online');
    expect(seen).toEqual(['connecting', 'online']);
    expect(ways()).toEqual(['websocket', 'polling']);
  });

  test('[E60] after a connection that stood, the next begins with a WebSocket again', async () => {
    through.upgrades = 'held';
    open();
    await passUntil(() => link.status.value.is === 'online');
    through.upgrades = 'passed';
    link.reconnect();
    await is('online');
    through.pull();
    await is('lost');
    await passUntil(() => link.status.value.is === 'online');
    expect(ways()).toEqual(['websocket', 'polling', 'websocket', 'websocket']);
  });

  test('[E60] where a WebSocket hung once, and long polling begins and gets no further, a WebSocket comes first again', async () => {
    through.upgrades = 'held';
    through.posts = 'killed'; // as where the next request comes to another process
    open();
    await passUntil(() => ways().length === 2);
    through.upgrades = 'passed';
    await passUntil(() => link.status.value.is === 'online' || ways().length > 6);
    expect(ways()).toEqual(['websocket', 'polling', 'websocket']);
    expect(link.status.value).toEqual({ is: 'online' });
  });

  test('[E60] where both hang they take turns, which is told after the second', async () => {
    through.upgrades = 'held';
    through.others = 'held';
    open();
    await passUntil(() => ways().length === 5);
    expect(ways()).toEqual(['websocket', 'polling', 'websocket', 'polling', 'websocket']);
    expect(seen).toEqual(['connecting', 'lost', 'lost']);
    through.others = 'passed';
    await passUntil(() => link.status.value.is === 'online');
    expect(ways().slice(5)).toEqual(['polling']);
  });

  test('[E60] a page that comes into a network that swallows WebSockets gets through', async () => {
    await online();
    through.upgrades = 'held';
    through.pull();
    await is('lost');
    await passUntil(() => link.status.value.is === 'online');
    expect(ways()).toEqual(['websocket', 'websocket', 'polling']);
  });

  test('[E64 P2] an address says how and which connection, and nothing else', async () => {
    through.upgrades = 'refused';
    await online();
    expect(await answerOf(link.request('visit:state', {}))).toEqual({ ok: false, code: 'stage' });
    const addresses = through.requests.map((line) => new URL(line.split(' ')[1] ?? '', through.address));
    expect(new Set(addresses.map(({ pathname }) => pathname))).toEqual(new Set(['/rt/']));
    expect(new Set(addresses.flatMap(({ searchParams }) => [...searchParams.keys()]))).toEqual(
      new Set(['EIO', 'transport', 'sid']),
    );
  });
});

test('[E64] a request of long polling that hangs is given up after 30 s', async () => {
  // a browser keeps what it is told here; Node's stand-in for its requests does not know the word
  const timeout = vi.fn<(ms: number) => void>();
  Object.defineProperty(NodeRequest.prototype, 'timeout', { set: timeout, configurable: true });
  through.upgrades = 'refused';
  await online();
  expect(timeout.mock.calls.length).toBeGreaterThan(2);
  expect(new Set(timeout.mock.calls.flat())).toEqual(new Set([30_000]));
  Reflect.deleteProperty(NodeRequest.prototype, 'timeout');
});

describe('when', () => {
  test('[E65] tries again within 0.4 s, later and later, never later than after 5 s, and from the start after a success', async () => {
    through.upgrades = 'killed';
    through.others = 'killed';
    open();
    await passUntil(() => seen.includes('lost'));
    const waited: number[] = [];
    for (let tried = ways().length; waited.length < 8; tried = ways().length) {
      waited.push(await passUntil(() => ways().length > tried));
      // both ways of one attempt
      await passUntil(() => ways().length === tried + 2);
      await settle();
    }
    const most = [375, 750, 1_500, 3_000, 5_000, 5_000, 5_000, 5_000];
    for (const [at, ms] of waited.entries()) {
      expect(ms).toBeGreaterThanOrEqual(Math.min((most[at] ?? 0) / 3 - 25, 4_000));
      expect(ms).toBeLessThanOrEqual((most[at] ?? 0) + 50);
    }
    through.upgrades = 'passed';
    await passUntil(() => link.status.value.is === 'online');
    through.pull();
    await is('lost');
    expect(await passUntil(() => link.status.value.is === 'online')).toBeLessThanOrEqual(425);
  });

  test('[E65] after a refusal nothing is tried, until it is asked for', async () => {
    const unknown = { visitId: randomToken(16), token: randomToken(32), next: await digestOf(randomToken(32)) };
    let asked = 0;
    open(() => {
      asked += 1;
      return unknown;
    });
    await is('refused');
    expect(link.status.value).toMatchObject({ is: 'refused', code: 'token_used' });
    await vi.advanceTimersByTimeAsync(600_000);
    await settle();
    expect([asked, ways().length, seen]).toEqual([1, 1, ['connecting', 'refused']]);
    link.reconnect();
    await is('refused');
    expect([asked, ways().length]).toEqual([2, 2]);
  });

  test('[E65] asked for while one is under way or waited for, there is one attempt and no more', async () => {
    through.upgrades = 'held';
    open();
    link.reconnect();
    link.reconnect();
    await settle();
    through.upgrades = 'killed';
    through.others = 'killed';
    link.reconnect();
    await passUntil(() => link.status.value.is === 'lost');
    through.upgrades = 'passed';
    const tried = ways().length;
    link.reconnect();
    link.reconnect();
    await is('online');
    await vi.advanceTimersByTimeAsync(15_000);
    await settle();
    expect(ways().slice(tried)).toEqual(['websocket']);
    expect(seen.slice(-2)).toEqual(['connecting', 'online']);
  });

  test('[E65] what a status leads to may be another attempt, and that is the only one', async () => {
    through.upgrades = 'killed';
    through.others = 'killed';
    open();
    let times = 0;
    const stop = link.status.subscribe(({ is: now }) => {
      if (now !== 'lost' || (times += 1) > 3) return;
      if (times === 3) through.upgrades = 'passed';
      link.reconnect();
    });
    await passUntil(() => link.status.value.is === 'online');
    await vi.advanceTimersByTimeAsync(15_000);
    await settle();
    expect(ways()).toEqual(['websocket', 'polling', 'websocket', 'polling', 'websocket', 'polling', 'websocket']);
    through.pull();
    await is('lost');
    await passUntil(() => link.status.value.is === 'online');
    stop();
  });

  test('[E65] closed or tried in any order, nothing comes after the end', async () => {
    open();
    link.reconnect();
    link.close();
    link.reconnect();
    await vi.advanceTimersByTimeAsync(60_000);
    await settle();
    expect(link.status.value).toEqual({ is: 'closed' });
    expect(ways().length).toBeLessThanOrEqual(1);
    expect(hearers.size).toBe(0);
  });
});

describe('how long', () => {
  test('[E62] without a sign of the service within the promised time the connection is lost', async () => {
    await online();
    through.freeze();
    await vi.advanceTimersByTimeAsync(39_000);
    await settle();
    expect(link.status.value.is).toBe('online');
    await vi.advanceTimersByTimeAsync(1_000);
    await is('lost');
  });

  test('[E62 E43] a page that slept finds the connection lost by the clock, and what it asked is not sent later', async () => {
    await online();
    vi.setSystemTime(Date.now() + 40_001);
    expect(await link.request('visit:join', {} as never)).toEqual(UNAVAILABLE);
    expect(link.status.value.is).toBe('lost');
    await passUntil(() => link.status.value.is === 'online');
    await settle();
    // an unfit request is answered by letting go: it would show
    await vi.advanceTimersByTimeAsync(5_000);
    await settle();
    expect(seen).toEqual(['connecting', 'online', 'lost', 'online']);
  });

  test('[E62] a service that greets and then says nothing more is left after eight seconds', async () => {
    through.upgrades = 'refused';
    through.posts = 'held';
    open();
    await passUntil(() => through.requests.some((line) => line.startsWith('POST')));
    through.freeze(); // not even its goodbye comes
    await vi.advanceTimersByTimeAsync(7_900);
    await settle();
    expect(link.status.value.is).toBe('connecting');
    await vi.advanceTimersByTimeAsync(100);
    expect(link.status.value.is).toBe('lost');
    through.posts = 'passed';
    await passUntil(() => link.status.value.is === 'online');
    expect(seen).toEqual(['connecting', 'lost', 'online']);
  });

  test('[E62] a network that the browser says is gone is lost at once, as long as the link is wanted', async () => {
    await online();
    hearers.get('offline')?.();
    expect(link.status.value).toEqual({ is: 'lost' });
    hearers.get('offline')?.();
    await passUntil(() => link.status.value.is === 'online');
    link.close();
    expect(hearers.size).toBe(0);
  });

  test('[E43] an answer is waited for eight seconds; one that comes later is dropped', async () => {
    await online();
    through.freeze();
    const asked = link.request('visit:state', {});
    let answered = false;
    void asked.then(() => (answered = true));
    await vi.advanceTimersByTimeAsync(7_999);
    expect(answered).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await asked).toEqual(UNAVAILABLE);
    through.thaw();
    expect(await link.request('visit:state', {})).toEqual({ ok: false, code: 'stage' });
  });

  test('[E43] a connection that breaks answers what still waited, and nothing of it is sent on the next', async () => {
    through.upgrades = 'refused';
    await online();
    through.posts = 'held';
    const asked = [link.request('visit:join', {} as never), link.request('visit:state', {})];
    await settle();
    through.posts = 'passed';
    through.pull();
    expect(await answerOf(Promise.all(asked))).toEqual([UNAVAILABLE, UNAVAILABLE]);
    expect(await link.request('visit:join', {} as never)).toEqual(UNAVAILABLE);
    await passUntil(() => link.status.value.is === 'online');
    await vi.advanceTimersByTimeAsync(5_000);
    await settle();
    expect(seen).toEqual(['connecting', 'online', 'lost', 'online']);
  });
});
