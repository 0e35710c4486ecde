import { connect } from '@clbchat/shared/client/connect';
import type { VisitorLink } from '@clbchat/shared/client/ports';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CONNECTED, GREETING, scripted, type Scripted } from '../support/scripted.ts';

/** One link on means of which the test is the other end, in a time that stands still. */
let play: Scripted;
let link: VisitorLink;

function open(how: Parameters<typeof scripted>[0] = {}): void {
  play = scripted(how);
  link = connect({ origin: 'https://chat.example', namespace: '/visitor', means: play.means }) as VisitorLink;
}
function online(): void {
  play.socket().says(GREETING);
  play.socket().says(CONNECTED);
  expect(link.status.value).toEqual({ is: 'online' });
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const UNAVAILABLE = { ok: false, code: 'unavailable' };

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  open();
});
afterEach(() => {
  link.close();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('which way', () => {
  test('[E60] a WebSocket has four seconds to greet, then long polling has eight', async () => {
    await pass(3_999);
    expect([play.sockets.length, play.requests.length]).toEqual([1, 0]);
    await pass(1);
    expect([play.socket().closed, play.requests.length]).toEqual([true, 1]);
    expect(link.status.value).toEqual({ is: 'connecting' });
    await pass(7_999);
    expect(link.status.value).toEqual({ is: 'connecting' });
    await pass(1);
    expect(link.status.value).toEqual({ is: 'lost' });
  });

  test('[E60] where WebSockets are forbidden, long polling comes at once', async () => {
    link.close();
    open({ websocket: false });
    await pass(0);
    play.gets()[0]?.answers(GREETING);
    await pass(0);
    expect(play.posts().map(({ init }) => init.body)).toEqual(['40/visitor,{}']);
  });

  test('[E60] what a proxy says that is no greeting counts as none', async () => {
    play.socket().says('<html>Deze pagina is geblokkeerd</html>');
    await pass(0);
    expect(play.requests).toHaveLength(1);
    play.gets()[0]?.answers('<html>Deze pagina is geblokkeerd</html>');
    await pass(0);
    expect(link.status.value).toEqual({ is: 'lost' });
  });

  test('[E60] only the first attempt after a WebSocket that worked is for a WebSocket alone', async () => {
    online();
    play.socket().breaks();
    await pass(500);
    play.socket().breaks();
    await pass(0);
    expect([play.sockets.length, play.requests.length]).toEqual([2, 0]);
    await pass(1_000);
    play.socket().breaks();
    await pass(0);
    expect([play.sockets.length, play.requests.length]).toEqual([3, 1]);
  });
});

describe('when', () => {
  test('[E65] tries again after half a second, doubled up to five, from the start after a success', async () => {
    Object.assign(play.means, { fetch: () => Promise.reject(new TypeError('gone')) });
    const waited: number[] = [];
    for (let tried = 1; tried <= 6; tried += 1) {
      play.socket().breaks();
      await pass(0);
      const from = Date.now();
      while (play.sockets.length === tried) await pass(10);
      waited.push(Math.round((Date.now() - from) / 100) * 100);
    }
    expect(waited).toEqual([500, 1_000, 2_000, 3_300, 3_300, 3_300]);
    online();
    play.socket().breaks();
    await pass(499);
    expect(play.sockets).toHaveLength(7);
    await pass(1);
    expect(play.sockets).toHaveLength(8);
  });

  test('[E65] no two pages need to come back in the same moment, and none later than after five seconds', async () => {
    Object.assign(play.means, { fetch: () => Promise.reject(new TypeError('gone')) });
    vi.mocked(Math.random).mockReturnValue(0);
    play.socket().breaks();
    await pass(250);
    expect(play.sockets).toHaveLength(2);
    vi.mocked(Math.random).mockReturnValue(0.999_999);
    for (let tried = 2; tried < 8; tried += 1) {
      play.socket().breaks();
      await pass(5_000);
      expect(play.sockets).toHaveLength(tried + 1);
    }
  });

  test('[E65] after a refusal nothing is tried, until it is asked for', async () => {
    play.socket().says(GREETING);
    play.socket().says('44/visitor,{"message":"full"}');
    expect(link.status.value).toEqual({ is: 'refused', code: 'full' });
    await pass(600_000);
    expect([play.sockets.length, play.requests.length, play.socket().closed]).toEqual([1, 0, true]);
    link.reconnect();
    expect([play.sockets.length, link.status.value.is]).toEqual([2, 'connecting']);
    play.socket().says(GREETING);
    play.socket().says('44/visitor,{"message":"a word of tomorrow"}');
    expect(link.status.value).toEqual({ is: 'refused', code: 'unavailable' });
  });

  test('[E65] asked for while one is under way or waited for, there is one attempt and no more', async () => {
    online();
    link.reconnect();
    link.reconnect();
    expect(play.sockets.map(({ closed }) => closed)).toEqual([true, true, false]);
    play.socket().breaks();
    await pass(0);
    play.gets()[0]?.breaks();
    await pass(0);
    expect(link.status.value).toEqual({ is: 'lost' });
    link.reconnect();
    await pass(3_000);
    expect(play.sockets).toHaveLength(4);
    play.sockets[0]?.says('42/visitor,1["presence:pulse"]');
    expect(play.sockets[0]?.sent).toEqual(['40/visitor,{}']);
  });

  test('[E65] what a status leads to may be another attempt, or the end', async () => {
    const stop = link.status.subscribe(({ is }) => {
      if (is === 'lost') link.reconnect();
      if (is === 'online') link.close();
    });
    play.socket().breaks();
    await pass(0);
    play.gets()[0]?.breaks();
    await pass(0);
    expect([play.sockets.length, link.status.value.is]).toEqual([2, 'connecting']);
    await pass(2_000);
    expect(play.sockets).toHaveLength(2);
    play.socket().says(GREETING);
    play.socket().says(CONNECTED);
    expect([link.status.value.is, play.socket().closed]).toEqual(['closed', true]);
    await pass(60_000);
    expect(play.sockets).toHaveLength(2);
    stop();
  });
});

describe('how long', () => {
  test('[E62] a ping is answered; without one within the promised time the connection is lost', async () => {
    online();
    for (let pinged = 0; pinged < 3; pinged += 1) {
      await pass(39_999);
      play.socket().says('2');
    }
    expect(play.socket().sent.slice(1)).toEqual(['3', '3', '3']);
    expect(link.status.value).toEqual({ is: 'online' });
    await pass(40_000);
    expect([link.status.value.is, play.socket().closed]).toEqual(['lost', true]);
  });

  test('[E62] a page that slept finds the connection lost by the clock, though its timers are late', async () => {
    online();
    vi.setSystemTime(Date.now() + 40_001);
    expect(await link.request('visit:state', {})).toEqual(UNAVAILABLE);
    expect([link.status.value.is, play.socket().closed]).toEqual(['lost', true]);
    expect(play.socket().sent).toEqual(['40/visitor,{}']);
  });

  test('[E62] a service that greets and then says nothing more is left after eight seconds', async () => {
    play.socket().says(GREETING);
    await pass(7_999);
    expect(link.status.value).toEqual({ is: 'connecting' });
    await pass(1);
    expect([link.status.value.is, play.requests.length]).toEqual(['lost', 0]);
  });

  test('[E62] a network that the browser says is gone is lost at once, as long as the link is wanted', () => {
    online();
    for (const run of play.offline) run();
    expect(link.status.value).toEqual({ is: 'lost' });
    link.close();
    expect(play.offline.size).toBe(0);
  });

  test('[E43] an answer is waited for eight seconds; one that comes later is dropped', async () => {
    online();
    const asked = link.request('visit:state', {});
    expect(play.socket().sent.at(-1)).toBe('42/visitor,0["visit:state",{}]');
    await pass(8_000);
    expect(await asked).toEqual(UNAVAILABLE);
    const next = link.request('visit:state', {});
    play.socket().says('43/visitor,0[{"ok":true,"value":"old"}]');
    play.socket().says('43/visitor,77[{"ok":true,"value":"unasked"}]');
    play.socket().says('43/visitor,[{"ok":true,"value":"unasked"}]');
    play.socket().says('43/visitor,1[{"ok":true,"value":"new"}]');
    expect(await next).toEqual({ ok: true, value: 'new' });
  });

  test('[E43] a connection that breaks answers what still waited, and the next one starts without it', async () => {
    online();
    const asked = [link.request('visit:state', {}), link.request('visit:end', { why: 'left' })];
    play.socket().breaks();
    expect(await Promise.all(asked)).toEqual([UNAVAILABLE, UNAVAILABLE]);
    await pass(500);
    online();
    expect(play.socket().sent).toEqual(['40/visitor,{}']);
  });
});
