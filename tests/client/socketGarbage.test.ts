import { connect } from '@clbchat/shared/client/connect';
import type { VisitorLink } from '@clbchat/shared/client/ports';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CONNECTED, GREETING, scripted, type Scripted } from '../support/scripted.ts';

let play: Scripted;
let link: VisitorLink;

beforeEach(() => {
  vi.useFakeTimers();
  play = scripted();
  link = connect({ origin: 'https://chat.example', namespace: '/visitor', means: play.means }) as VisitorLink;
});
afterEach(() => {
  link.close();
  vi.useRealTimers();
});

/** Ends what there is, without throwing, and another attempt brings a connection that works. */
async function comesBack(): Promise<void> {
  expect([link.status.value, play.socket().closed]).toEqual([{ is: 'lost' }, true]);
  const before = play.sockets.length;
  while (play.sockets.length === before) await vi.advanceTimersByTimeAsync(10);
  play.socket().says(GREETING);
  play.socket().says(CONNECTED);
  expect(link.status.value).toEqual({ is: 'online' });
}

const afterConnect: Record<string, unknown> = {
  'an empty packet': '',
  'text that is no packet': 'garbage',
  'an unknown kind of the transport': '9',
  'a second greeting': GREETING,
  'a probe': '2probe',
  'a goodbye that a WebSocket does not say': '1',
  'an unknown kind of packet': '47/visitor,[]',
  'a second CONNECT': CONNECTED,
  'a refusal of what was accepted': '44/visitor,{"message":"full"}',
  'the other namespace': '42/counsellor,["visit:stage",{}]',
  'no namespace': '42["visit:stage",{}]',
  'a binary event': '451-/visitor,["visit:stage",{"_placeholder":true,"num":0}]',
  'a binary answer': '461-/visitor,1[{"_placeholder":true,"num":0}]',
  bytes: new ArrayBuffer(3),
  'an event whose payload is an object': '42/visitor,{"a":1}',
  'an event without payload': '42/visitor,1',
  'an event without a name': '42/visitor,[]',
  'an event whose name is an object': '42/visitor,[{"a":1}]',
  'an answer that is no list': '43/visitor,1{"ok":true}',
  'half a JSON': '42/visitor,["visit:stage",{"rev":',
};

describe('[E63] after CONNECT', () => {
  test.each(Object.entries(afterConnect))(
    '[E63] %s ends the connection, which is tried again',
    async (_what, packet) => {
      play.socket().says(GREETING);
      play.socket().says(CONNECTED);
      play.socket().says(packet);
      await comesBack();
    },
  );
});

const instead: Record<string, string> = {
  'an event': '42/visitor,["visit:stage",{}]',
  'an answer': '43/visitor,0[{"ok":true,"value":1}]',
  'a goodbye': '41/visitor,',
  nonsense: '40',
};
test.each(Object.entries(instead))(
  '[E63] %s instead of CONNECT ends the connection, which is tried again',
  async (_what, packet) => {
    play.socket().says(GREETING);
    play.socket().says(packet);
    await comesBack();
  },
);

test.each([
  '0',
  '0null',
  '0[]',
  '0{"sid":"abc"}',
  '0{"sid":"a&b=c","pingInterval":20000,"pingTimeout":20000}',
  '0{"sid":"abc","pingInterval":"x","pingTimeout":20000}',
  '0{"sid":"abc","pingInterval":-20000,"pingTimeout":0}',
  '40/visitor,{"sid":"xyz"}',
  '2',
])('[E63] %s is no greeting', async (packet) => {
  play.socket().says(packet);
  expect(play.socket().closed).toBe(true);
  expect(play.socket().sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(0);
  expect(play.requests).toHaveLength(1);
});

test('[E63] an answer of another shape counts as none', async () => {
  play.socket().says(GREETING);
  play.socket().says(CONNECTED);
  const answers = ['[]', '[null]', '[7]', '[{"ok":true}]', '[{"ok":false,"code":"of tomorrow"}]', '[{"ok":"yes"}]'];
  for (const [at, answer] of answers.entries()) {
    const asked = link.request('visit:state', {});
    play.socket().says(`43/visitor,${at}${answer}`);
    expect(await asked).toEqual({ ok: false, code: 'unavailable' });
  }
  expect(link.status.value).toEqual({ is: 'online' });
});

test('[E63] nothing that a service can say throws, whatever it says', () => {
  const packet = fc.oneof(
    fc.string(),
    fc.constantFrom(
      GREETING,
      CONNECTED,
      '2',
      '6',
      '41/visitor,',
      '44/visitor,',
      '44/visitor,null',
      '44/visitor,"full"',
    ),
    fc
      .tuple(fc.constantFrom('42/visitor,', '43/visitor,0', '44/visitor,', '0'), fc.json())
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(fc.array(packet, { minLength: 1, maxLength: 8 }), (packets) => {
      const one = scripted();
      const its = connect({ origin: 'https://chat.example', namespace: '/visitor', means: one.means });
      for (const each of packets) one.sockets[0]?.says(each);
      expect(['connecting', 'online', 'lost', 'refused']).toContain(its.status.value.is);
      its.close();
    }),
    { numRuns: 500 },
  );
});
