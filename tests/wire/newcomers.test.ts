import { PassThrough } from 'node:stream';
import { digestOf, hostCookies } from '@clbchat/server/accounts/cookie.rules';
import { createAddresses } from '@clbchat/server/edge/addresses';
import { createConnections } from '@clbchat/server/edge/connections';
import { createHttp } from '@clbchat/server/edge/http';
import { createRealtime } from '@clbchat/server/edge/io';
import { createQueues } from '@clbchat/server/edge/queued';
import { createStrangers } from '@clbchat/server/edge/strangers';
import { systemTimers as timers } from '@clbchat/server/edge/timers';
import { limits } from '@clbchat/shared/limits';
import { io } from 'socket.io-client';
import { describe, expect, test } from 'vitest';

const log = { warn: () => undefined, info: () => undefined, error: () => undefined };
const around = (hops: number) => {
  const addresses = createAddresses({ hops, tagOf: String, log });
  const queues = createQueues(limits);
  return { addresses, queues, connections: createConnections(limits, queues) };
};

describe('[N25 N29] behind a proxy, a connection that asked nothing yet', () => {
  const from = (hops: number) => {
    const { addresses, connections } = around(hops);
    return {
      connections,
      comes() {
        const socket = new PassThrough();
        connections.meet(socket, addresses.ofConnection('10.0.0.2'));
        return socket;
      },
    };
  };

  test('goes for nobody’s flood', () => {
    const { connections, comes } = from(1);
    const busy = Math.floor(limits.connectionsMax / 2) + 1;
    for (let nth = 0; nth < busy; nth += 1) connections.asked(comes(), `address ${Math.floor(nth / 300)}`);
    const pupil = comes(); // her request is read in the next turn of the loop
    for (let nth = 0; nth < 2 * limits.socketsPerTagMax; nth += 1) comes();
    expect(pupil.destroyed).toBe(false);
  });

  test('counts for the house all the same, and is its sender’s from its first request on', async () => {
    const { connections, comes } = from(1);
    const here = Array.from({ length: limits.connectionsMax }, comes);
    expect(here.some(({ destroyed }) => destroyed)).toBe(false);
    expect(comes().destroyed, 'one too many').toBe(true);
    await new Promise(setImmediate); // it is closed
    for (const socket of here.slice(0, limits.connectionsMax / 2 + 1)) connections.asked(socket, 'one address');
    expect(here.filter(({ destroyed }) => destroyed).length).toBeGreaterThan(0);
    expect(here.at(-1)!.destroyed).toBe(false);
    expect(comes().destroyed).toBe(false);
  });

  test('is that of whoever connects where there is no proxy', () => {
    const { comes } = from(0);
    const here = Array.from({ length: limits.connectionsMax / 2 + limits.socketsPerTagMax }, comes);
    expect(here.some(({ destroyed }) => destroyed)).toBe(true);
  });
});

test('[I7] of who chats nothing of a cookie is kept, also where she works here', async () => {
  const { addresses, queues, connections } = around(0);
  const [chat, console] = ['https://chat.clb.test', 'https://console.clb.test'];
  const realtime = createRealtime({
    ...{ limits, addresses, connections, queues, secure: true },
    ...{ nowMs: () => Date.now(), chat: () => chat, console: () => console },
    strangers: createStrangers(limits, timers),
    bindingOf: (sent) => hostCookies.find('clb', sent),
  });
  const { app } = createHttp({ limits, log, secure: true, addresses, connections, realtime });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  const cookie = 'c'.repeat(43);
  for (const [namespace, origin, binding] of [
    ['/visitor', chat, null],
    ['/counsellor', console, digestOf(cookie)],
  ] as const) {
    const kept = new Promise((done) => {
      realtime[namespace === '/visitor' ? 'visitors' : 'counsellors'].once('connection', ({ conn }) =>
        done(realtime.peerOf(conn)!.binding),
      );
    });
    const socket = io(`http://127.0.0.1:${port}${namespace}`, {
      ...{ path: '/rt/', transports: ['websocket'], forceNew: true },
      extraHeaders: { origin, cookie: `__Host-clb=${cookie}` },
    });
    expect(await kept, namespace).toBe(binding);
    socket.disconnect();
  }
  await realtime.close();
  await app.close();
});
