/**
 * What an attacker needs and no library offers: WebSockets written byte by byte, Socket.IO as text, HTTP from any address
 * of this machine. Nothing here comes from the program that is attacked.
 */
import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';
import net from 'node:net';

const PATIENCE_MS = 8_000;
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export const random = (bytes) => randomBytes(bytes).toString('base64url');
export const digestOf = (token) => createHash('sha256').update(Buffer.from(token, 'base64url')).digest('base64url');
const visitIdOf = (proof) =>
  createHash('sha256')
    .update('clbchat/1 visit')
    .update(Buffer.from(proof, 'base64url'))
    .digest()
    .subarray(0, 16)
    .toString('base64url');

/** One frame, masked with zeros, which is a mask like any other. */
export function frame(payload, { op = 1, fin = true } = {}) {
  const bytes = Buffer.from(payload);
  const size = bytes.length < 126 ? [128 | bytes.length] : [128 | 126, bytes.length >> 8, bytes.length & 255]; // ours are short
  return Buffer.concat([Buffer.from([(fin ? 128 : 0) | op, ...size, 0, 0, 0, 0]), bytes]);
}

const handshake = (target, path, headers) => {
  const all = {
    host: `localhost:${target.port}`,
    origin: target.origin,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-key': randomBytes(16).toString('base64'),
    'sec-websocket-version': '13',
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
};

/** A raw WebSocket. `heard` holds texts; `isOpen` is what the other end says. @param from an address of this machine */
export async function openSocket(
  target,
  { path = '/rt/?EIO=4&transport=websocket', headers = {}, from = '127.0.0.1' } = {},
) {
  const socket = net.connect({ port: target.port, host: '127.0.0.1', localAddress: from });
  socket.on('error', () => undefined);
  socket.write(handshake(target, path, headers));
  const one = { socket, heard: [], answered: '', isOpen: true, listeners: new Set() };
  let pending = Buffer.alloc(0);
  const wake = () => one.listeners.forEach((listener) => listener());
  socket.on('close', () => {
    one.isOpen = false;
    wake();
  });
  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    if (one.answered === '') {
      const end = pending.indexOf('\r\n\r\n');
      if (end < 0) return;
      one.answered = pending.subarray(0, end).toString();
      pending = pending.subarray(end + 4);
    }
    for (let next = take(); next; next = take()) {
      if (next.op === 8) socket.end();
      if (next.op !== 1) continue;
      if (next.text === '2') one.say('3');
      else one.heard.push(next.text);
    }
    wake();
  });

  function take() {
    if (pending.length < 2) return null;
    const short = pending[1] & 127;
    if (short === 126 && pending.length < 4) return null;
    const [from, length] = short === 126 ? [4, pending.readUInt16BE(2)] : [2, short];
    if (pending.length < from + length) return null;
    const next = { op: pending[0] & 15, text: pending.subarray(from, from + length).toString() };
    pending = pending.subarray(from + length);
    return next;
  }

  one.say = (text) => socket.writable && socket.write(frame(text));
  one.bytes = (raw) => socket.writable && socket.write(raw);
  one.end = () => socket.destroy();
  /** waits until it is so, or the patience is over. @returns whether it was */
  one.until = (is, ms = PATIENCE_MS) =>
    new Promise((resolve) => {
      const look = () => is() && done(true);
      const done = (value) => {
        clearTimeout(late);
        one.listeners.delete(look);
        resolve(value);
      };
      const late = setTimeout(() => done(is()), ms);
      one.listeners.add(look);
      look();
    });
  one.closed = (ms) => one.until(() => !one.isOpen, ms);
  /** the first text that begins so, which is taken; null when none came */
  one.hears = async (start, ms) => {
    await one.until(() => !one.isOpen || one.heard.some((text) => text.startsWith(start)), ms);
    const at = one.heard.findIndex((text) => text.startsWith(start));
    return at < 0 ? null : one.heard.splice(at, 1)[0];
  };
  await one.until(() => one.answered !== '' || !one.isOpen);
  return one;
}

/** A socket of a namespace. `refused` is the code when it is not let in, `gone` when it is cut off before an answer. */
export async function enter(target, { namespace = '/visitor', auth = {}, ...how } = {}) {
  const one = await openSocket(target, how);
  await one.hears('0{');
  one.say(`40${namespace},${JSON.stringify(auth)}`);
  await one.until(() => !one.isOpen || one.heard.some((text) => /^4[04]\//.test(text)));
  const answer = one.heard.find((text) => /^4[04]\//.test(text));
  if (answer === undefined) one.refused = 'gone';
  else if (answer.startsWith('44')) one.refused = JSON.parse(answer.slice(answer.indexOf(',') + 1)).message;
  let id = 0;
  one.pulses = 0;
  one.listeners.add(() => {
    for (const text of [...one.heard]) {
      const found = /^42\/\w{1,16},(\d{1,9})\["presence:pulse"\]$/.exec(text);
      if (!found) continue;
      one.heard.splice(one.heard.indexOf(text), 1);
      one.pulses += 1;
      one.say(`43${namespace},${found[1]}[]`);
    }
  });
  /** @returns what was answered, null when nothing was */
  one.ask = async (event, input = {}, ms = PATIENCE_MS) => {
    id += 1;
    one.say(`42${namespace},${id}${JSON.stringify([event, input])}`);
    const text = await one.hears(`43${namespace},${id}[`, ms);
    return text === null ? null : JSON.parse(text.slice(text.indexOf('[')))[0];
  };
  /** the next hint of this name, null when none came */
  one.hint = async (name, ms) => {
    const text = await one.hears(`42${namespace},["${name}"`, ms);
    return text === null ? null : JSON.parse(text.slice(text.indexOf('[')))[1];
  };
  return one;
}

export const newSecrets = () => {
  const [proof, token, next] = [random(32), random(32), random(32)];
  return { proof, token, next, visitId: visitIdOf(proof) };
};
export const joinInput = ({ proof, token }) => ({
  ...{ proof, role: 'pupil', topic: 'other', lang: 'nl', first: digestOf(token), vnonce: random(32) },
  share: { rid: random(8), R: random(32) },
});
export const byToken = ({ visitId, token, next }) => ({ visitId, token, next: digestOf(next) });

/** Somebody who waits in the line. */
export async function visitor(target, how) {
  const one = await enter(target, how);
  one.secrets = newSecrets();
  one.joined = one.refused ? null : await one.ask('visit:join', joinInput(one.secrets));
  return one;
}

/** @returns {Promise<{status: number, headers: object, body: string}>} status 0 when nobody answered */
export const request = (
  target,
  path,
  { method = 'GET', headers = {}, body, from = '127.0.0.1', agent = false, ms = PATIENCE_MS } = {},
) =>
  new Promise((resolve) => {
    const asked = http.request({
      ...{ host: '127.0.0.1', port: target.port, path, method, agent, localAddress: from, timeout: ms },
      headers: { host: `localhost:${target.port}`, ...headers },
    });
    const nobody = () => resolve({ status: 0, headers: {}, body: '' });
    asked.on('error', nobody).on('timeout', () => asked.destroy());
    asked.on('response', (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk)).on('error', nobody);
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, body: text }));
    });
    asked.end(body);
  });

/** Somebody else, from an address that attacks nobody, comes, asks and is answered. */
export async function othersAreServed(target) {
  const one = await enter(target, { from: '127.0.0.99' });
  const answer = one.refused ? null : await one.ask('visit:state');
  one.end();
  return answer?.code === 'stage' ? null : `somebody else is not served: ${one.refused ?? JSON.stringify(answer)}`;
}
