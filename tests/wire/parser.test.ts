import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visitorWaits } from '../support/clients.ts';
import { openRaw, rawVisitor, type RawSocket } from '../support/rawSocket.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ time: 'real' });
});
afterAll(() => service.stop());

/** Another visitor notices nothing, and the log has nothing to say about any of it. */
async function everybodyElseIsWell(): Promise<void> {
  const other = await visitorWaits(service);
  expect(await other.ask('visit:state', {})).toMatchObject({ ok: true });
  other.leave();
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(service.said()).toBe('');
}

const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
const afterConnect: Record<string, string> = {
  'text that is no packet': 'garbage',
  'an empty frame': '',
  'an unknown kind of the transport': '9',
  'an unknown kind of packet': '49/visitor,{}',
  'a binary event': '451-/visitor,["visit:join",{"_placeholder":true,"num":0}]',
  'a binary answer': '461-/visitor,1[{"_placeholder":true,"num":0}]',
  'a refusal, as if it were the server': '44/visitor,{"message":"no"}',
  'a second CONNECT': '40/visitor,{}',
  'CONNECT to another namespace on top': '40/counsellor,{}',
  'an event whose payload is an object': '42/visitor,1{"a":1}',
  'an event whose payload is a number': '42/visitor,17',
  'an event whose payload is null': '42/visitor,1null',
  'an event without payload': '42/visitor,1',
  'an event without a name': '42/visitor,1[]',
  'an event whose name is a number': '42/visitor,1[7,{}]',
  'an event whose name is an object': '42/visitor,1[{"a":1},{}]',
  'half a JSON': '42/visitor,1["visit:join",{"proof":',
  'four arguments': '42/visitor,1["visit:state",{},{},{}]',
  'an id of ten digits': '42/visitor,1234567890["visit:state",{}]',
  'the default namespace': '42["visit:state",{}]',
  'a namespace that is a path': '42/../../etc,1["visit:state",{}]',
  'an answer to nothing with two values': '43/visitor,1[1,2]',
  'an answer without an id': '43/visitor,[1]',
  '5,000 arrays in each other': `42/visitor,1["visit:join",${deep}]`,
  'a key __proto__': '42/visitor,1["visit:join",{"__proto__":{"polluted":1}}]',
  'a key __proto__ further down': '42/visitor,1["visit:join",{"share":{"__proto__":{"polluted":1}}}]',
  'a key constructor': '42/visitor,1["visit:join",{"constructor":{"prototype":{"polluted":1}}}]',
  'a number beyond all numbers': '42/visitor,1["talk:since",{"seq":1e999}]',
  'a zero that is negative': '42/visitor,1["talk:since",{"seq":-0}]',
  'an event that does not exist': '42/visitor,1["visit:steal",{}]',
  'an event of the other namespace': '42/visitor,1["desk:take",{"ticket":"next"}]',
};
for (const name of [
  'connect',
  'connect_error',
  'disconnect',
  'disconnecting',
  'newListener',
  'removeListener',
  'error',
  '__proto__',
  'toString',
]) {
  afterConnect[`the event name ${name}`] = `42/visitor,1["${name}",{}]`;
}

describe('[N3] closes a connection that does not speak our language', () => {
  for (const [what, packet] of Object.entries(afterConnect)) {
    test(what, async () => {
      const raw = await rawVisitor(service);
      raw.text(packet);
      await raw.closed;
      await everybodyElseIsWell();
    });
  }

  const before: Record<string, string> = {
    'an event before CONNECT': '42/visitor,1["visit:state",{}]',
    'CONNECT without a namespace': '40{}',
    'CONNECT to /admin': '40/admin,{}',
    'CONNECT to a namespace of 5 kB': `40/${'a'.repeat(5_000)},{}`,
    'CONNECT with an array as auth': '40/visitor,[]',
    'CONNECT with a text as auth': '40/visitor,"me"',
    'CONNECT with __proto__ in its auth': '40/visitor,{"__proto__":{"polluted":1}}',
    'CONNECT with an id': '40/visitor,7{}',
    'CONNECT with an unknown field': '40/visitor,{"admin":true}',
  };
  for (const [what, packet] of Object.entries(before)) {
    test(what, async () => {
      const raw = await openRaw(service);
      await raw.hears('0{');
      raw.text(packet);
      await raw.closed;
      await everybodyElseIsWell();
    });
  }

  const broken: Record<string, (raw: RawSocket) => void> = {
    'a frame that is not masked': (raw) => raw.frame('2', { masked: false }),
    'reserved bits': (raw) => raw.frame('2', { rsv: 4 }),
    'a reserved opcode': (raw) => raw.frame('2', { opcode: 3 }),
    'text that is not UTF-8': (raw) => raw.frame(Buffer.from([0xc3, 0x28])),
    'a ping of 126 bytes': (raw) => raw.frame(Buffer.alloc(126), { opcode: 9 }),
    'binary data': (raw) => raw.frame(randomBytes(40), { opcode: 2 }),
    'a heartbeat in the wrong direction': (raw) => raw.text('2'),
    'ten thousand heartbeats': (raw) => {
      for (let each = 0; each < 10_000; each += 1) raw.text('3');
    },
    'a hundred thousand empty continuations': (raw) => {
      raw.frame('4', { fin: false });
      void raw.bytes(Buffer.concat(Array.from({ length: 100_000 }, () => Buffer.from([0, 128, 0, 0, 0, 0]))));
    },
  };
  for (const [what, attack] of Object.entries(broken)) {
    test(what, async () => {
      const flooded = what.startsWith('ten thousand') ? await startService({ limits: { packetsBurst: 300 } }) : null;
      const raw = await rawVisitor(flooded ?? service);
      attack(raw);
      await raw.closed;
      await flooded?.stop();
      await everybodyElseIsWell();
    });
  }
});

describe('[N3] a frame over the limit', () => {
  test.each([17 * 1024, 2 * 1024 * 1024])('of %i bytes is answered with 1009', async (length) => {
    const raw = await rawVisitor(service);
    raw.text(`42/visitor,1["${'a'.repeat(length)}"]`);
    expect(await raw.closed).toBe(1009);
    await everybodyElseIsWell();
  });
});

test('[N3] who does not hang up is cut off', async () => {
  const raw = await openRaw(service, { stubborn: true });
  await raw.hears('0{');
  raw.text('garbage');
  await raw.closed; // or it throws, before the half minute that a WebSocket waits by itself
});

test('[N3] compression is not taken up, so that nothing small can become large', async () => {
  const raw = await openRaw(service, {
    headers: { 'sec-websocket-extensions': 'permessage-deflate; client_max_window_bits' },
  });
  expect(raw.answered).toContain('101 Switching Protocols');
  expect(raw.answered.toLowerCase()).not.toContain('sec-websocket-extensions');
  raw.end();
});
