/**
 * Every route that docs/api.json has, so that a new one cannot be forgotten, and what libraries answer beside them: asked by
 * other pages, with bodies that are none, by too many. Each `run` says what went wrong, or null.
 */
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { resolve } from 'node:path';
import { signIn } from './desk.mjs';
import { asOurs, byPasskey, givePasskey, oursOf } from './ours.mjs';
import { othersAreServed, pause, random, request } from './wire.mjs';

const { paths } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../docs/api.json'), 'utf8'));
const ROUTES = Object.entries(paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, 'demo')}`),
);
const GOODBYE = 'POST /api/visit/leave';
/** Of what only reads, all that anybody may: a page of another origin, too. */
const FOR_ALL = ['GET /api/centre/demo', 'GET /api/sites/signed', 'GET /live', 'GET /ready', 'GET /status/demo'];
const isOfPages = (route) => /^GET \/(w|console)\//.test(route);
const writes = ROUTES.filter((route) => !route.startsWith('GET ') && route !== GOODBYE);
const reads = ROUTES.filter((route) => route.startsWith('GET ') && !FOR_ALL.includes(route) && !isOfPages(route));
/** Nobody is linked to a provider whose store is memory. */
const isMissing = ({ store }, route) => store === 'memory' && route.includes(' /api/provider');
const attacker = '127.0.0.21';
const evil = 'https://evil.example';
const of = (at) => `203.0.${113 + (at >> 8)}.${at & 255}`;

/** @returns what is wrong with an answer that should be a refusal and no more; null when it is one */
function oddOf({ status, body, headers }, allowed) {
  if (!allowed.includes(status)) return `answered ${status} ${body.slice(0, 60)}`;
  if (!/^(?:\{"code":"\w{1,16}"(?:,"waitMs":\d{1,8})?\})?$/.test(body)) return `says ${body.slice(0, 80)}`;
  const open = headers['access-control-allow-origin'];
  if (open === '*' || open === evil) return `lets ${open} read`;
  return headers['x-content-type-options'] === 'nosniff' ? null : 'misses its headers';
}

/** What pages of other sites can have a browser send: whatever a form, an image, `fetch` and a beacon can. */
async function otherPages(target) {
  const { cookie } = await signIn(target, 'noor');
  const ours = { ...oursOf(target), cookie };
  const without = (name) => Object.fromEntries(Object.entries(ours).filter(([each]) => each !== name));
  const forged = [
    { ...ours, origin: evil },
    { ...ours, origin: 'null', 'sec-fetch-site': 'cross-site' },
    { ...ours, origin: `${target.origin}.evil.example` },
    { ...ours, origin: target.origin.replace('http:', 'https:') },
    { ...ours, origin: `${target.origin}/` },
    { ...ours, origin: target.origin.toUpperCase() },
    without('origin'),
    without('x-clb'),
    { ...ours, 'x-clb': '0' },
    { ...ours, 'sec-fetch-site': 'cross-site' },
    { ...ours, 'sec-fetch-site': 'same-site' },
    { ...ours, 'sec-fetch-site': 'none' },
  ];
  const kinds = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'];
  kinds.push(
    'text/json',
    'application/jsonx',
    'application/json-patch+json',
    'text/plain; application/json',
    ', application/json',
  );
  const silent = { cookie };
  const elsewhere = [
    { ...silent, 'sec-fetch-site': 'cross-site' },
    { ...silent, 'sec-fetch-site': 'same-site' },
    { ...silent, origin: evil, 'sec-fetch-site': 'cross-site' },
    { ...silent, origin: 'null' },
    silent,
  ];
  /** @type {[route: string, headers: object, allowed: number[]][]} */
  const tries = writes.flatMap((route) => [
    ...forged.map((headers) => [route, headers, [403]]),
    ...kinds.map((kind) => [route, { ...ours, 'content-type': kind }, [403, 415]]),
    [route, without('content-type'), [403, 415]],
  ]);
  for (const route of reads) for (const headers of elsewhere) tries.push([route, headers, [403]]);
  for (const [route, headers, allowed] of tries) {
    if (isMissing(target, route)) continue;
    const [method, path] = route.split(' ');
    const answer = await request(target, path, { method, headers, ...(method !== 'GET' && { body: '{}' }) });
    const odd = oddOf(answer, allowed);
    if (odd) return `${route} with ${JSON.stringify(headers).slice(0, 160)}: ${odd}`;
  }
  const still = await asOurs(target, 'GET /api/sessions', { cookie });
  return still.said?.sessions?.length === 1 ? null : `her session afterwards: ${still.status}`;
}

const deep = (open, close, depth) => open.repeat(depth) + close.repeat(depth);
/** Bodies that are none, and what they are called. */
const BODIES = {
  nothing: '',
  'half of one': '{"token":"',
  'no object': '"x"',
  'a list': '[]',
  null: 'null',
  'a number too large': '1e999',
  'another name': '{"__nobody":1}',
  'a prototype': '{"__proto__":{"roles":["coordinator"]}}',
  'a constructor': '{"constructor":{"prototype":{"roles":["coordinator"]}}}',
  'a name twice': '{"code":"a","code":{"b":1}}',
  'half a character': '{"code":"\\ud800","login":"\\udfff","password":"\\ud800"}',
  'a zero byte': '{"code":"\\u0000","login":"\\u0000","password":"\\u0000","token":"\\u0000"}',
  'no JSON': `\uFEFF{}\u0000`,
  deep: deep('[', ']', 4_000),
  'deeper than its stack': deep('{"a":', '}', 2_000).replace('}', '1}'),
  'too large': JSON.stringify({ code: 'x'.repeat(300_000) }),
};

async function bodies(target) {
  const { cookie } = await signIn(target, 'noor');
  const before = target.said();
  for (const route of writes)
    for (const [name, body] of Object.entries(BODIES)) {
      if (route.includes('sign-out')) continue; // takes none
      for (const who of [cookie, undefined]) {
        const answer = await asOurs(target, route, {
          body,
          cookie: who,
          headers: { 'content-length': Buffer.byteLength(body) },
        });
        if (answer.status >= 500 && answer.status !== 503) return `${route} with ${name}: ${answer.status}`;
        if (answer.status < 300 && !TAKES_NOTHING.includes(route)) return `${route} takes ${name}`;
        if (/SyntaxError|Unexpected|at position|__nobody|xxxx/.test(answer.body))
          return `${route} with ${name} says ${answer.body.slice(0, 80)}`;
      }
    }
  if (target.said() !== before) return `the log says ${target.said().slice(before.length, before.length + 120)}`;
  return othersAreServed(target);
}
/** What somebody begins, ends or asks again without saying anything. */
const TAKES_NOTHING = [
  ...['POST /api/sign-in/begin', 'POST /api/step-up/begin', 'POST /api/passkeys/begin', 'POST /api/passkeys/codes'],
  ...['POST /api/session/renew', 'POST /api/password/remove', 'POST /api/provider/begin', 'POST /api/provider/link'],
  'POST /api/provider/unlink',
];

/** Head and half a body of each route, never the rest. */
async function slowBodies(target) {
  const open = writes.flatMap((route) => {
    const [method, path] = route.split(' ');
    return Array.from({ length: 4 }, () => {
      const socket = net.connect({ port: target.port, host: '127.0.0.1', localAddress: attacker });
      socket.on('error', () => undefined).resume();
      const lines = Object.entries({ host: `localhost:${target.port}`, ...oursOf(target), 'content-length': 500 });
      socket.write(
        `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n{`,
      );
      return socket;
    });
  });
  const drip = setInterval(() => open.forEach((socket) => socket.writable && socket.write(' ')), 500);
  await pause(1_000);
  const failed = await othersAreServed(target);
  await pause(12_000);
  clearInterval(drip);
  const standing = open.filter((socket) => !socket.destroyed).length;
  for (const socket of open) socket.destroy();
  return failed ?? (standing > 0 ? `${standing} of ${open.length} wait for a body still` : null);
}

/** What no route of ours answers: Fastify, Node and its parser do. */
const RAW = [
  'GET /nowhere HTTP/1.1',
  'HEAD /api/sessions HTTP/1.1',
  'PATCH /api/team/roles HTTP/1.1',
  'DELETE /api/sessions HTTP/1.1',
  'TRACE / HTTP/1.1',
  'PROPFIND /api/devices HTTP/1.1',
  'OPTIONS /api/team HTTP/1.1',
  'OPTIONS * HTTP/1.1',
  'GET /%ff HTTP/1.1',
  'GET /api/centre/%E0%A4%A HTTP/1.1',
  `GET /api/centre/${'x'.repeat(500)} HTTP/1.1`,
  'GET /api/centre/__proto__ HTTP/1.1',
  'GET /w/..%2f..%2f..%2fetc%2fpasswd HTTP/1.1',
  'GET /console/..%5c..%5cpackage.json HTTP/1.1',
  'GET http://evil.example/api/team HTTP/1.1',
  'GET //api//team HTTP/1.1',
  'GET /api/team;x HTTP/1.1',
  'POST /nowhere HTTP/1.1',
  'BREW /pot HTTP/1.1',
  'GET / HTTP/3.0',
  '\u0016\u0003\u0001',
];

/** What stands in `answer`: a status of four hundreds, our headers, a code and nothing of what came. */
function oddText(line, answer) {
  if (answer === '') return line.startsWith('BREW') || line.startsWith('\u0016') ? null : 'no answer';
  for (const each of answer.split('HTTP/1.1 ').slice(1)) {
    const status = Number(each.slice(0, 3));
    if (status < 400 || status >= 500) return `answered ${status}`;
    if (!/x-content-type-options: nosniff/i.test(each)) return 'misses its headers';
    const [, ...body] = each.split('\r\n\r\n');
    if (!/^(?:\{"code":"\w{1,16}"\})?$/.test(body.join(''))) return `says ${body.join('').slice(0, 80)}`;
  }
  return null;
}

const sayRaw = (target, text) =>
  new Promise((done) => {
    const socket = net.connect({ port: target.port, host: '127.0.0.1', localAddress: attacker });
    let heard = '';
    const over = () => done(heard);
    socket
      .on('data', (chunk) => (heard += chunk))
      .on('error', over)
      .on('close', over);
    socket.setTimeout(8_000, () => socket.destroy());
    socket.write(text);
  });

async function libraries(target) {
  const head = `host: localhost:${target.port}\r\nconnection: close\r\n`;
  for (const line of RAW) {
    const odd = oddText(line, await sayRaw(target, `${line}\r\n${head}\r\n`));
    if (odd) return `${line.slice(0, 60)}: ${odd}`;
  }
  const odder = {
    'two lengths': `content-length: 2\r\ncontent-length: 3\r\n\r\n{}`,
    'a length beside pieces': `content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    'pieces of nothing': `transfer-encoding: identity\r\n\r\n{}`,
    'a head without an end': `x: ${'y'.repeat(9_000)}\r\n\r\n`,
    'an expectation': `expect: 100-continue\r\ncontent-length: 2\r\n\r\n`,
    'a broken head': `x y\r\n\r\n`,
  };
  for (const [name, rest] of Object.entries(odder)) {
    const odd = oddText(name, await sayRaw(target, `POST /api/sign-in/begin HTTP/1.1\r\n${head}${rest}`));
    if (odd) return `${name}: ${odd}`;
  }
  // none of it is below the count of connections: who asks for nothing but that has no more of them than others
  const sockets = Array.from({ length: 150 }, (_, at) => {
    const socket = net.connect({ port: target.port, host: '127.0.0.1', localAddress: attacker });
    socket.on('error', () => undefined).resume();
    socket.write(`${RAW[at % 7]}\r\nhost: localhost:${target.port}\r\n\r\n`);
    return socket;
  });
  await pause(500);
  const failed = await othersAreServed(target);
  const standing = sockets.filter((socket) => !socket.destroyed).length;
  for (const socket of sockets) socket.destroy();
  return failed ?? (standing > 60 ? `${standing} connections of one address stand` : null);
}

const SHARES = {
  ...{ postsBurst: 10, postsPerSecond: 0.01, postsHouseBurst: 60, postsHousePerSecond: 0.01 },
  ...{ goodbyesBurst: 0, goodbyesPerSecond: 0.01 }, // past the share of an address all have one together for what ends something
};

/** One address asks each route of staff until it has no share left; somebody else's is whole. */
async function oneAddress(target) {
  const passkey = await givePasskey(target, await signIn(target, 'lien'));
  const at = async (route) => (await asOurs(target, route, { from: attacker })).status;
  for (let times = 0; times < SHARES.postsHouseBurst; times += 1) await at(writes[times % writes.length]);
  for (const route of [...writes, ...reads]) {
    const status = await at(route);
    if (status !== 429 && !isMissing(target, route)) return `${route} takes nothing from a share: ${status}`;
  }
  const other = await byPasskey(target, passkey, { from: '127.0.0.44' });
  return other.status === 200 ? othersAreServed(target) : `somebody of another address: ${other.status}`;
}

/** Five hundred addresses ask all that nobody has to be signed in for; who works here gets in meanwhile, and nothing grows. */
async function manyAddresses(target) {
  const passkey = await givePasskey(target, await signIn(target, 'lien'));
  const open = [
    'POST /api/sign-in/begin',
    'POST /api/sign-in/passkey',
    'POST /api/sign-in/code',
    'POST /api/begin/look',
  ];
  open.push('POST /api/begin/passkey', 'POST /api/sign-in/totp', 'GET /api/session', 'GET /api/centre/demo');
  const say = { code: 'nothing', token: random(32), name: 'x', ...passkey.show({ challenge: random(32) }) };
  const bodyOf = {
    look: ['token'],
    passkey: ['id', 'clientData', 'authenticator', 'signature', 'user'],
    code: ['code'],
    totp: ['code'],
  };
  const before = target.memory();
  const heard = new Map();
  let at = 0;
  const flood = async (until) => {
    while (!until.over) {
      const route = open[at % open.length];
      const names = route === 'POST /api/begin/passkey' ? ['token', 'name'] : (bodyOf[route.split('/').at(-1)] ?? []);
      const body = Object.fromEntries(names.map((name) => [name, say[name]]));
      const { status } = await asOurs(target, route, { body, by: of(Math.floor(at++ / open.length) % 500) });
      heard.set(status, (heard.get(status) ?? 0) + 1);
    }
  };
  const until = { over: false };
  const floods = Array.from({ length: 24 }, () => flood(until));
  const got = [];
  for (let times = 0; times < 8; times += 1) {
    await pause(500);
    got.push((await byPasskey(target, passkey, { by: '198.51.100.7' })).status);
  }
  until.over = true;
  await Promise.all(floods);
  const grew = target.memory() - before;
  if (got.some((status) => status !== 200)) return `a passkey meanwhile: ${got.join(' ')}`;
  if (at < 500) return `only ${at} were asked`;
  const failing = [...heard].find(([status]) => status >= 500 || status === 0);
  if (failing) return `${failing[1]} answered ${failing[0]}`;
  return grew > 150 ? `memory grew by ${Math.round(grew)} MB` : othersAreServed(target);
}

const PLENTY = { postsBurst: 100_000, postsPerSecond: 10_000 };
const FEW = { connectionsMax: 80, socketsPerTagMax: 30 };
const BOTH = { key: true, provider: true };

/** @type {import('./attacks.mjs').Attack[]} */
export const routeAttacks = [
  { name: 'every route asked by other pages', ...BOTH, limits: PLENTY, slow: true, run: otherPages },
  { name: 'every route with bodies that are none', ...BOTH, limits: PLENTY, slow: true, run: bodies },
  { name: 'bodies that never end', ...BOTH, slow: true, run: slowBodies },
  { name: 'what libraries answer by themselves', limits: FEW, run: libraries },
  { name: 'one address at every door of staff', ...BOTH, limits: SHARES, run: oneAddress },
  { name: 'five hundred addresses at every open door', env: { TRUSTED_HOPS: '1' }, slow: true, run: manyAddresses },
];
