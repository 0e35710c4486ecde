/** What one address may open, keep, send and leave behind. Each `run` says what went wrong, or null. */
import http from 'node:http';
import net from 'node:net';
import { sitDown } from './desk.mjs';
import {
  byToken,
  enter,
  frame,
  openSocket,
  othersAreServed,
  pause,
  random,
  digestOf,
  request,
  visitor,
} from './wire.mjs';

const GREW_MB_MAX = 120;
const attacker = '127.0.0.21';

/** Sends the same bytes again and again without reading, until it is cut off or so much has gone. */
async function flood(target, one, bytes, { mbMax = 60, grewMbMax = GREW_MB_MAX } = {}) {
  one.socket.pause();
  const before = target.memory();
  let sent = 0;
  while (one.isOpen && !one.socket.destroyed && sent < mbMax * 1_048_576) {
    sent += bytes.length;
    if (!one.bytes(bytes)) await Promise.race([new Promise((go) => one.socket.once('drain', go)), pause(2_000)]);
    else await pause(0);
  }
  one.socket.resume();
  const isCut = await one.closed();
  const grew = target.memory() - before;
  if (!isCut) return 'it is never cut off';
  if (grew > grewMbMax) return `memory grew by ${Math.round(grew)} MB`;
  return othersAreServed(target);
}
const many = (bytes, count = 2_000) => Buffer.concat(Array(count).fill(bytes));

const controlFrames = (op) => async (target) => {
  const one = await enter(target);
  return flood(target, one, many(frame(Buffer.alloc(125), { op })));
};

async function emptyPieces(target) {
  const one = await enter(target);
  one.bytes(frame('', { fin: false }));
  return flood(target, one, many(frame('', { op: 0, fin: false }), 20_000), { mbMax: 10 });
}

/**
 * 200,000 questions are answered before the kernel's own room is full, so a newer Node, which collects later, takes 120 MB
 * for what is garbage already. What counts is that the next flood takes the same again.
 */
async function answersUnread(target) {
  let id = 0;
  const asks = () =>
    Buffer.concat(Array.from({ length: 2_000 }, () => frame(`42/visitor,${(id += 1)}["visit:state",{}]`)));
  const failed = await flood(target, await enter(target), asks(), { grewMbMax: 2 * GREW_MB_MAX });
  return failed ?? flood(target, await enter(target), asks());
}

/** Whoever waits, talks, or comes from somewhere else is let in while the house is full. */
async function passesOthers(target, waiting, me) {
  const newcomer = await enter(target, { from: '127.0.0.31' });
  if (newcomer.refused) return `a newcomer of another address: ${newcomer.refused}`;
  newcomer.end();
  waiting.end();
  await pause(200);
  const back = await enter(target, { auth: byToken(waiting.secrets), from: '127.0.0.32' });
  if (back.refused) return `somebody who waits and comes again: ${back.refused}`;
  const desk = await sitDown(target, { me, from: '127.0.0.33' });
  return desk.refused ? `a counsellor who is signed in: ${desk.refused}` : null;
}

async function handshakes(target) {
  const waiting = await visitor(target, { from: '127.0.0.30' });
  const { me } = await sitDown(target, { from: '127.0.0.30' });
  const headers = { origin: target.origin };
  const agent = new http.Agent({ keepAlive: true, maxSockets: 10 });
  const shake = () => request(target, '/rt/?EIO=4&transport=polling', { headers, from: attacker, agent });
  for (let round = 0; round < 20; round += 1) await Promise.all(Array.from({ length: 20 }, shake));
  const failed = await passesOthers(target, waiting, me);
  agent.destroy();
  return failed;
}

async function strangers(target) {
  const waiting = await visitor(target, { from: '127.0.0.30' });
  const { me } = await sitDown(target, { from: '127.0.0.30' });
  const all = [];
  for (const from of [attacker, '127.0.0.22', '127.0.0.23'])
    all.push(...(await Promise.all(Array.from({ length: 60 }, () => enter(target, { from })))));
  const failed = await passesOthers(target, waiting, me);
  for (const one of all) one.end();
  return failed;
}

async function keepAlive(target) {
  const sockets = Array.from({ length: 200 }, () => {
    const socket = net.connect({ port: target.port, host: '127.0.0.1', localAddress: attacker });
    socket.on('error', () => undefined).resume();
    socket.write('GET /live HTTP/1.1\r\nhost: localhost\r\n\r\n');
    return socket;
  });
  await pause(500);
  const failed = await othersAreServed(target);
  const standing = sockets.filter((socket) => !socket.destroyed).length;
  for (const socket of sockets) socket.destroy();
  return failed ?? (standing > 120 ? `${standing} connections of one address stand` : null);
}

const leavesNamespace = (namespace) => async (target) => {
  const { me } = namespace === '/counsellor' ? await sitDown(target) : {};
  const one = await enter(target, { namespace, headers: me ? { cookie: me.cookie } : {} });
  one.say(`41${namespace},`);
  return (await one.closed()) ? null : 'its connection stays';
};

async function saysNothing(target) {
  const one = await openSocket(target);
  return (await one.closed(30_000)) ? null : 'its connection stays';
}

/** What names a WebSocket's session without being one: nobody would ever answer it. */
async function plainlyToASocket(target) {
  const one = await openSocket(target);
  const { sid } = JSON.parse((await one.hears('0{')).slice(1));
  const path = `/rt/?EIO=4&transport=websocket&sid=${sid}`;
  const ask = (method) => request(target, path, { method, headers: { origin: target.origin }, from: attacker });
  const answers = await Promise.all(
    ['GET', 'POST', 'OPTIONS'].flatMap((method) => Array.from({ length: 20 }, () => ask(method))),
  );
  const odd = answers.find(({ status }) => status !== 400);
  return odd ? `it is answered ${odd.status}` : othersAreServed(target);
}

async function junkClaims(target) {
  const claim = () => ({ visitId: random(16), token: random(32), next: digestOf(random(32)) });
  const heard = new Map();
  for (let round = 0; round < 15; round += 1) {
    const all = await Promise.all(Array.from({ length: 20 }, () => enter(target, { auth: claim(), from: attacker })));
    for (const { refused = 'let in' } of all) heard.set(refused, (heard.get(refused) ?? 0) + 1);
    if (!(await Promise.all(all.map((one) => one.closed()))).every(Boolean))
      return 'a refused CONNECT keeps its connection';
  }
  if (heard.has('let in')) return 'a claim that nobody made is believed';
  return (heard.get('too_fast') ?? 0) > 0 ? othersAreServed(target) : `there is no rate: ${JSON.stringify([...heard])}`;
}

/** @type {import('./attacks.mjs').Attack[]} */
export const connectionAttacks = [
  { name: 'pings that nobody reads the answers of', run: controlFrames(9) },
  { name: 'pongs that nobody asked for', run: controlFrames(10) },
  { name: 'a message in empty pieces', run: emptyPieces },
  {
    name: 'answers that nobody reads',
    limits: {
      eventsPerSecond: 100_000,
      eventsBurst: 100_000_000,
      packetsBurst: 100_000_000,
      packetsPerSecond: 100_000,
    },
    run: answersUnread,
  },
  {
    name: 'handshakes that never CONNECT',
    limits: { unauthenticatedMax: 50, strangersPerTagMax: 12 },
    run: handshakes,
  },
  { name: 'strangers of three addresses', limits: { unauthenticatedMax: 100, strangersPerTagMax: 25 }, run: strangers },
  { name: 'connections that are kept alive', limits: { connectionsMax: 100, socketsPerTagMax: 30 }, run: keepAlive },
  { name: 'a visitor who leaves the namespace and stays', run: leavesNamespace('/visitor') },
  { name: 'a console that leaves the namespace and stays', run: leavesNamespace('/counsellor') },
  { name: 'a session that says nothing', run: saysNothing },
  { name: 'plain requests for the session of a WebSocket', run: plainlyToASocket },
  {
    name: 'claims of visits that nobody has',
    limits: {
      connectsPerSecond: 1,
      connectsBurst: 20,
      connectsHouseBurst: 100,
      connectsHousePerSecond: 1,
      connectWaitMsMax: 500,
    },
    run: junkClaims,
  },
];
