import { connect } from '@clbchat/shared/client/connect';
import type { VisitorLink } from '@clbchat/shared/client/ports';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CONNECTED, GREETING, scripted, type Scripted } from '../support/scripted.ts';

/** Long polling request by request: what a proxy and the browser's own rules get to see. */
let play: Scripted;
let link: VisitorLink;

beforeEach(async () => {
  vi.useFakeTimers();
  play = scripted({ websocket: false });
  link = connect({ origin: 'https://chat.example', namespace: '/visitor', means: play.means }) as VisitorLink;
  await settle();
});
afterEach(() => {
  link.close();
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);
const bodies = () => play.posts().map(({ init }) => init.body);

async function says(...packets: string[]): Promise<void> {
  play.gets().at(-1)?.answers(packets.join('\x1e'));
  await settle();
}
async function online(): Promise<void> {
  await says(GREETING);
  play.posts()[0]?.answers('ok');
  await says(CONNECTED);
  expect(link.status.value).toEqual({ is: 'online' });
}

test('[E64] requests are simple ones, uncached, with cookies to their own origin only', async () => {
  await online();
  expect(play.requests).toHaveLength(4);
  for (const { init } of play.requests) {
    expect(init).toMatchObject({ credentials: 'same-origin', cache: 'no-store' });
    expect(init.headers).toBeUndefined();
  }
  const { init } = play.posts()[0] ?? {};
  expect(
    new Request('https://chat.example/', { method: 'POST', body: init?.body ?? null }).headers.get('content-type'),
  ).toBe('text/plain;charset=UTF-8');
});

test('[E64 P2] addresses say how and which connection, and nothing else', async () => {
  await says(GREETING);
  const [first, ...others] = play.requests.map(({ address }) => address);
  expect(first).toBe('https://chat.example/rt/?EIO=4&transport=polling');
  expect(others.length).toBeGreaterThan(0);
  for (const address of others) {
    expect(address.startsWith(`${first}&sid=`)).toBe(true);
    expect([...new URL(address).searchParams]).toEqual([
      ['EIO', '4'],
      ['transport', 'polling'],
      ['sid', 'abc'],
    ]);
  }
});

test('[E64] one POST at a time; what came up meanwhile goes together, in order, in bodies the service takes', async () => {
  await online();
  void link.request('visit:state', {});
  for (const text of ['a', 'b', '€'.repeat(5_400), 'c', 'd']) void link.request('talk:append', { frame: text });
  await settle();
  expect(bodies().slice(1)).toEqual(['42/visitor,0["visit:state",{}]']);
  for (let posted = 1; posted < play.posts().length; posted += 1) {
    expect(play.posts()).toHaveLength(posted + 1);
    play.posts()[posted]?.answers('ok');
    await settle();
  }
  const sent = bodies().slice(2).map(String);
  expect(sent.map((body) => body.split('\x1e').length)).toEqual([2, 1, 2]);
  for (const body of sent) expect(new TextEncoder().encode(body).length).toBeLessThanOrEqual(16_384);
  expect(sent.flatMap((body) => body.split('\x1e')).map((packet) => /,(\d)\[/.exec(packet)?.[1])).toEqual([
    '1',
    '2',
    '3',
    '4',
    '5',
  ]);
});

test('[E61] packets that come together are heard in order, and each pulse among them is answered', async () => {
  await online();
  const heard: unknown[] = [];
  link.hear('queue:moved', (hint) => heard.push(hint));
  link.onPulse(() => heard.push('pulse'));
  await says(
    '42/visitor,["queue:moved",1]',
    '6',
    '42/visitor,3["presence:pulse"]',
    '42/visitor,["queue:moved",2]',
    '2',
  );
  expect(heard).toEqual([1, 'pulse', 2]);
  play.posts().at(-1)?.answers('ok');
  await settle();
  expect(bodies().slice(1)).toEqual(['43/visitor,3[]', '3']);
});

test('[E54 E63] a handler that fails is told to the page, and the next packet is heard', async () => {
  await online();
  const said: unknown[] = [];
  const keep = (reason: unknown) => void said.push(reason);
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', keep);
  const fault = new Error('of a screen');
  const heard: unknown[] = [];
  link.hear('queue:moved', (hint) => {
    heard.push(hint);
    if (heard.length === 1) throw fault;
  });
  await says('42/visitor,["queue:moved",1]', '42/visitor,["queue:moved",2]');
  await says('42/visitor,["queue:moved",3]');
  vi.useRealTimers();
  await vi.waitFor(() => expect(said).toEqual([fault]));
  process.off('unhandledRejection', keep);
  for (const other of others) process.on('unhandledRejection', other);
  expect(heard).toEqual([1, 2, 3]);
  expect(link.status.value).toEqual({ is: 'online' });
});

test('[E64] a request that fails, or is answered with a fault, loses the connection without more ado', async () => {
  await online();
  play.gets().at(-1)?.answers('{"code":1}', 400);
  await settle();
  expect(link.status.value).toEqual({ is: 'lost' });
  expect(bodies()).toEqual(['40/visitor,{}']);

  await vi.advanceTimersByTimeAsync(1_000);
  await says(GREETING);
  expect(bodies()).toHaveLength(2);
  play.posts()[1]?.breaks();
  await settle();
  expect(link.status.value).toEqual({ is: 'lost' });
  expect(play.requests.every(({ init }, at) => at < 4 || init.signal?.aborted)).toBe(true);
});

test('[E64] a goodbye of the service is believed and not answered', async () => {
  await online();
  await says('42/visitor,["queue:moved",1]', '1');
  expect(link.status.value).toEqual({ is: 'lost' });
  expect(bodies()).toEqual(['40/visitor,{}']);
});

test('[E64] whoever closes says so after what was said before, and holds no request for long', async () => {
  await online();
  void link.request('visit:end', { why: 'left' });
  link.close();
  play.posts().at(-1)?.answers('ok');
  await settle();
  expect(bodies().slice(1)).toEqual(['42/visitor,0["visit:end",{"why":"left"}]', '1']);
  expect(play.posts().every(({ init }) => init.keepalive)).toBe(true);
  expect(play.gets().at(-1)?.init.signal?.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(play.gets().at(-1)?.init.signal?.aborted).toBe(true);
  expect(link.status.value).toEqual({ is: 'closed' });
});

test('[E64] before the greeting there is nobody to say goodbye to', async () => {
  link.close();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(play.posts()).toEqual([]);
  expect(play.gets()[0]?.init.signal?.aborted).toBe(true);
});
