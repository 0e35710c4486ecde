import { ACK, CONNECT, CONNECT_ERROR, decode, DISCONNECT, encode, EVENT } from '@clbchat/shared/client/socket/packet';
import * as fc from 'fast-check';
import { Decoder, Encoder, PacketType, type Packet } from 'socket.io-parser';
import { expect, test } from 'vitest';

const NAMESPACE = '/visitor';
const library = new Encoder();
/** inside a message of Engine.IO */
const ofLibrary = (packet: Packet) => library.encode(packet).map((text) => `4${String(text)}`);
/** @throws where the library does */
function decodedByLibrary(text: string): Packet {
  const decoder = new Decoder();
  let packet: Packet | undefined;
  decoder.on('decoded', (found) => (packet = found));
  decoder.add(text);
  if (!packet) throw new Error('nothing came out');
  return packet;
}

const awkward = fc.constantFrom(',', '[', ']', '"', '/', '\x1e', '\n', '\u2028', '7');
const anyText = fc.string({ unit: fc.oneof(awkward, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })) });
const payload = fc.jsonValue({ stringUnit: 'binary' });
const eventName = fc.stringMatching(/^[a-z]{1,16}:[a-z]{1,16}$/);
const list = fc.tuple(
  fc.oneof(
    eventName,
    anyText.map((text) => `x${text}`),
  ),
  fc.oneof(payload, anyText),
);
const id = fc.nat(999_999_999);

test('[E61] what goes out is what the library writes, letter for letter', () => {
  fc.assert(
    fc.property(list, id, (data, number) => {
      const packet = { type: PacketType.EVENT, nsp: NAMESPACE, data: [...data], id: number };
      expect([encode(EVENT, NAMESPACE, data, String(number))]).toEqual(ofLibrary(packet));
    }),
  );
  fc.assert(
    fc.property(fc.dictionary(anyText, anyText), (data) => {
      const packet = { type: PacketType.CONNECT, nsp: NAMESPACE, data };
      expect([encode(CONNECT, NAMESPACE, data)]).toEqual(ofLibrary(packet));
    }),
  );
  const pulsed = { type: PacketType.ACK, nsp: NAMESPACE, data: [], id: 7 };
  expect([encode(ACK, NAMESPACE, [], '7')]).toEqual(ofLibrary(pulsed));
});

test('[E61] what comes in is read as the library reads it', () => {
  fc.assert(
    fc.property(list, fc.option(id), fc.constantFrom(EVENT, ACK), (data, number, type) => {
      const [text = ''] = library.encode({
        type,
        nsp: NAMESPACE,
        data: [...data],
        ...(number !== null && { id: number }),
      });
      const read = decode(NAMESPACE, `4${text}`);
      const theirs = decodedByLibrary(text);
      expect(read).toEqual({ type: theirs.type, id: String(theirs.id ?? ''), data: theirs.data as unknown });
    }),
  );
  for (const text of ['0/visitor,{"sid":"a"}', '1/visitor,', '4/visitor,{"message":"full","data":{}}']) {
    const { type, data = null } = decodedByLibrary(text) as { type: number; data?: unknown };
    expect(decode(NAMESPACE, `4${text}`)).toEqual({ type, id: '', data });
  }
  expect([CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR]).toEqual([
    ...[PacketType.CONNECT, PacketType.DISCONNECT, PacketType.EVENT, PacketType.ACK, PacketType.CONNECT_ERROR],
  ]);
});

test('[E63] a text that the library refuses, or that is for somebody else, is no packet', () => {
  const broken = fc.tuple(list, id, fc.nat(), fc.constantFrom('', '"', ',', '{', '\x1e', '9', '-'));
  fc.assert(
    fc.property(broken, ([data, number, at, instead]) => {
      const whole = encode(EVENT, NAMESPACE, data, String(number)).slice(1);
      const cut = at % whole.length;
      const text = whole.slice(0, cut) + instead + whole.slice(cut + 1);
      const theirs = (() => {
        try {
          return decodedByLibrary(text);
        } catch {
          return null;
        }
      })();
      const read = decode(NAMESPACE, `4${text}`);
      if (theirs?.nsp !== NAMESPACE) expect(read).toBeNull();
      else if (read) expect(read.data).toEqual(theirs.data);
    }),
    { numRuns: 2_000 },
  );
});
