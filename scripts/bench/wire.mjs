/**
 * A WebSocket of the load: Engine.IO 4 and Socket.IO 5 as bytes, cheaper than any server that it loads. What is asked and
 * heard now and then goes through JSON; what is measured is taken out before, by `takes`.
 */
import net from 'node:net';
import { frame } from '../attack/wire.mjs';

/** All sockets of a process read into this one: what is left of a message is copied. */
const shared = Buffer.alloc(262_144);
const PONG = frame('3');
const CLOSE = frame('', { op: 8 });
/** Hints that somebody waits for here; others are nobody's business. */
const KEPT = new Set(['desk:challenge', 'offer:ring', 'key:offered', 'key:sealed', 'key:opened']);
const HINT_WITHIN_MS = 15_000;

/** Takes the texts out of what arrives, after the answer that opens it. @returns what reads a piece; true, to go on */
function textsIn({ takes, hear, refuse }) {
  let [rest, isUpgraded] = [null, false];
  return (bytes) => {
    const all = rest ? Buffer.concat([rest, bytes]) : bytes;
    rest = null;
    let at = 0;
    if (!isUpgraded) {
      const end = all.indexOf('\r\n\r\n');
      if (end >= 0 && !all.subarray(0, 12).includes('101')) refuse();
      isUpgraded = end >= 0;
      at = isUpgraded ? end + 4 : 0;
    }
    while (isUpgraded && all.length - at >= 2) {
      const short = all[at + 1] & 127;
      const head = short < 126 ? 2 : 4; // none of a server's messages is longer than 64 kB here
      if (all.length - at < head) break;
      const length = short < 126 ? short : all.readUInt16BE(at + 2);
      if (all.length - at < head + length) break;
      const from = at + head;
      if ((all[at] & 15) === 1 && !takes(all, from, length)) hear(all.latin1Slice(from, from + length));
      at = from + length;
    }
    if (at < all.length) rest = Buffer.from(all.subarray(at));
    return true;
  };
}

/** Hints that came before anybody asked for them, and who asks for one that has not come. */
function hintsOf() {
  const kept = [];
  const ears = new Set();
  return {
    /** The next one of this name. Rejects, and names it, when none comes. */
    next(event, ms = HINT_WITHIN_MS) {
      const at = kept.findIndex((each) => each.event === event);
      if (at >= 0) return Promise.resolve(kept.splice(at, 1)[0].hint);
      return new Promise((done, fail) => {
        const ear = { event, done };
        ears.add(ear);
        setTimeout(() => ears.delete(ear) && fail(new Error(`no ${event} came`)), ms).unref();
      });
    },
    came(event, hint) {
      const ear = [...ears].find((each) => each.event === event);
      if (!ear) return void kept.push({ event, hint });
      ears.delete(ear);
      ear.done(hint);
    },
  };
}

/** @param how `from`: an address of this machine, of which each has some thirty thousand ports */
export function openWire({ port, namespace = '', auth = {}, cookie, from = '127.0.0.1' }) {
  const prefix = namespace === '' ? '' : `${namespace},`;
  const waits = new Map();
  const hints = hintsOf();
  let lastId = 100;

  const one = {
    prefix,
    /** @type {((bytes: Buffer, at: number, length: number) => boolean) | null} takes a text before anybody reads it */
    takes: null,
    /** @type {((text: string) => void) | null} hears `queue:moved` as it came */
    moved: null,
    say: (text) => socket.write(frame(text)),
    bytes: (bytes) => socket.write(bytes),
    end() {
      socket.end(CLOSE);
      setTimeout(() => socket.destroy(), 50).unref();
    },
    /** Rejects when the connection goes before an answer. */
    ask: (event, input = {}) =>
      new Promise((done, fail) => {
        lastId += 1;
        waits.set(lastId, { done, fail });
        one.say(`42${prefix}${lastId}${JSON.stringify([event, input])}`);
      }),
    async good(event, input) {
      const answer = await one.ask(event, input);
      if (!answer?.ok) throw new Error(`${event} was answered ${JSON.stringify(answer)}`);
      return answer.value;
    },
    hint: hints.next,
  };
  let [opened, refused] = [() => undefined, () => undefined];
  one.ready = new Promise((done, fail) => ([opened, refused] = [() => done(one), fail]));
  one.ready.catch(() => undefined); // whoever awaits it is told

  function gone() {
    refused(new Error('the connection went'));
    for (const { fail } of waits.values()) fail(new Error('the connection went'));
    waits.clear();
  }
  const read = textsIn({ takes: (...place) => one.takes?.(...place) === true, hear, refuse: () => socket.destroy() });
  const onread = { buffer: shared, callback: (length, bytes) => read(bytes.subarray(0, length)) };
  const socket = net.connect({ port, host: '127.0.0.1', localAddress: from, onread, noDelay: true });
  socket.on('error', gone).on('close', gone);
  socket.write(
    `GET /rt/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: http://localhost:${port}\r\n` +
      `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
      `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${cookie ? `Cookie: ${cookie}\r\n` : ''}\r\n`,
  );

  function hear(text) {
    if (text === '2') return void one.bytes(PONG);
    if (text[0] === '0') return void one.say(`40${prefix}${JSON.stringify(auth)}`);
    if (text.startsWith(`40${prefix}`)) return opened();
    if (text.startsWith('44')) return refused(new Error(text));
    const from = text.indexOf('[');
    const id = text.slice(2 + prefix.length, from);
    if (text.startsWith('43')) return answered(Number(id), text.slice(from));
    if (text.startsWith('["presence:pulse"', from)) return void one.say(`43${prefix}${id}[]`);
    if (text.startsWith('["queue:moved"', from)) return one.moved?.(text);
    const name = text.slice(from + 2, text.indexOf('"', from + 2));
    if (!KEPT.has(name)) return;
    hints.came(...JSON.parse(text.slice(from)));
  }
  function answered(id, text) {
    const wait = waits.get(id);
    if (!wait) return;
    waits.delete(id);
    wait.done(JSON.parse(text)[0]);
  }
  return one;
}
