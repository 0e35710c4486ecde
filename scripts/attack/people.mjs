/** What somebody who joins, or only writes to us, may do to others. Each `run` says what went wrong, or null. */
import { sitDown } from './desk.mjs';
import {
  byToken,
  digestOf,
  enter,
  joinInput,
  openSocket,
  othersAreServed,
  pause,
  random,
  request,
  visitor,
} from './wire.mjs';

const same = (what, found, wanted) => (found === wanted ? null : `${what}: ${found}, not ${wanted}`);

async function crowd(target) {
  const joined = await Promise.all(
    Array.from({ length: 12 }, (_, at) => visitor(target, { headers: { 'x-forwarded-for': `evil, 192.0.2.${at}` } })),
  );
  return same('of 12 who came by one proxy joined', joined.filter((one) => one.joined?.ok).length, 12);
}

async function spoofed(target) {
  const began = Date.now();
  const joins = Array.from({ length: 5 }, (_, at) =>
    visitor(target, { headers: { 'x-forwarded-for': `192.0.2.${at}, 192.0.2.77` } }),
  );
  const all = await Promise.all(joins);
  if (!all.every((one) => one.joined?.ok)) return 'somebody was refused, and not only slowed';
  return Date.now() - began < 1_500 ? 'what somebody wrote herself makes her somebody else' : null;
}

async function misconfigured(target) {
  const headers = { 'x-forwarded-for': '192.0.2.1' };
  for (let each = 0; each < 3; each += 1) {
    const { status } = await request(target, '/live', { headers });
    if (status !== 200) return `answered ${status}`;
  }
  await pause(200);
  return same('lines about the proxy', target.said().split('TRUSTED_HOPS').length - 1, 1);
}

async function ghosts(target) {
  const desk = await sitDown(target, { slots: 1 });
  const two = [await visitor(target, { from: '127.0.0.41' }), await visitor(target, { from: '127.0.0.41' })];
  await pause(50);
  const pupil = await visitor(target, { from: '127.0.0.42' });
  for (let round = 1; round <= 6; round += 1) {
    const ring = await desk.hint('offer:ring', 15_000);
    if (!ring) return 'nobody rings';
    const accepted = await desk.ask('offer:accept', { offerNo: ring.offerNo, requestId: random(16).slice(0, 21) });
    const { visitId, hold, epochNext } = accepted.value;
    if (visitId === pupil.secrets.visitId) return null;
    await desk.ask('key:offer', { visitId, hold, epoch: epochNext, keyOffer: 'a.b.c' });
    const ghost = two.find((one) => one.secrets.visitId === visitId);
    for (let look = 0; look < 40; look += 1) {
      await pause(200);
      if ((await ghost.ask('visit:state')).value?.stage === 'waiting') break;
    }
    await ghost.ask('queue:here');
  }
  return 'the pupil behind two ghosts is never taken';
}

async function refusedUpgrades(target) {
  const ways = [
    { path: '/rt/?EIO=4&transport=websocket&sid=nobody' },
    { headers: { 'sec-websocket-version': '7' } },
    { headers: { 'sec-websocket-key': undefined } },
    { headers: { origin: 'https://evil.example' } },
  ];
  for (const way of ways) {
    const { answered } = await openSocket(target, way);
    if (!answered.includes('x-content-type-options: nosniff'))
      return `without the fixed headers: ${answered.slice(0, 80)}`;
  }
  return null;
}

async function halfCharacters(target) {
  const one = await visitor(target);
  for (let each = 0; each < 5; each += 1) {
    const again = await enter(target, { auth: byToken(one.secrets) });
    const answer = await again.ask('talk:since', { seq: 0, id: '\ud800' });
    if (answer?.code !== 'malformed') return `answered ${JSON.stringify(answer)}`;
    one.secrets.token = one.secrets.next;
    one.secrets.next = random(32);
  }
  return target.said() === '' ? null : `the log says ${target.said().slice(0, 80)}`;
}

async function leaveWithoutStore(target) {
  const { visitId, token } = (await visitor(target)).secrets;
  target.live?.kill('SIGSTOP');
  const body = JSON.stringify({ visitId, token, why: 'left' });
  const headers = { origin: target.origin, 'content-type': 'text/plain' };
  const { status } = await request(target, '/api/visit/leave', { method: 'POST', headers, body });
  target.live?.kill('SIGCONT');
  return same('leave answered', status, 204);
}

async function endedProof(target) {
  const one = await visitor(target);
  await one.ask('visit:end', { why: 'left' });
  const { proof, visitId } = one.secrets;
  const again = await enter(target);
  const joined = await again.ask('visit:join', joinInput({ proof, token: random(32) }));
  if (joined?.ok !== false) return 'the proof of a visit that ended joins again';
  const taken = await enter(target, { auth: { visitId, proof, next: digestOf(random(32)) } });
  return taken.refused === 'lost' ? null : `the proof of a visit that ended: ${taken.refused ?? 'let in'}`;
}

async function joinsWhileTalking(target) {
  const desk = await sitDown(target, { slots: 1 });
  const one = await visitor(target);
  const { offerNo } = (await desk.hint('offer:ring')) ?? {};
  await desk.ask('offer:accept', { offerNo, requestId: random(16).slice(0, 21) });
  await one.ask('visit:join', joinInput(one.secrets));
  one.pulses = 0;
  const pulsed = await one.until(() => one.pulses > 0, 12_000);
  return pulsed ? null : 'nobody asks it for signs of life any more';
}

async function fullDisk(target) {
  for (let each = 0; each < 5; each += 1) {
    await request(target, '/live', { headers: { 'x-forwarded-for': '192.0.2.1' } }); // a line of the log
    const failed = await othersAreServed(target);
    if (failed) return failed;
  }
  target.child.kill('SIGTERM');
  for (let look = 0; look < 60 && target.isAlive(); look += 1) await pause(100);
  return target.isAlive() ? 'SIGTERM is not heard' : null;
}

async function clockJumps(target) {
  const one = await visitor(target);
  target.child.kill('SIGUSR2'); // five hours ahead, see its preload
  await pause(2_500);
  const state = await one.ask('visit:state');
  if (!state?.ok) return `the visit is ${JSON.stringify(state)}`;
  return state.value.waitedMs < 60_000 ? othersAreServed(target) : `it waited ${state.value.waitedMs} ms`;
}
const jumps =
  'const of = Date.now; let ahead = 0; Date.now = () => of() + ahead; process.on("SIGUSR2", () => (ahead = 18e6));';

/** @type {import('./attacks.mjs').Attack[]} */
export const peopleAttacks = [
  { name: 'everybody behind one proxy', limits: { newVisitsPerTagMax: 2 }, env: { TRUSTED_HOPS: '1' }, run: crowd },
  { name: 'an address of her own making', limits: { newVisitsPerTagMax: 2 }, env: { TRUSTED_HOPS: '1' }, run: spoofed },
  { name: 'a proxy that nobody told us of', run: misconfigured },
  { name: 'two ghosts before a pupil', rules: { openingMs: 1_500 }, slow: true, run: ghosts },
  { name: 'upgrades that the libraries refuse', run: refusedUpgrades },
  { name: 'half a character for the store', run: halfCharacters },
  { name: 'goodbye while the store hangs', run: leaveWithoutStore },
  { name: 'the proof of a visit that ended', run: endedProof },
  { name: 'joining again at a desk', limits: { pulseEveryMs: 500 }, run: joinsWhileTalking },
  { name: 'a log without room', full: true, run: fullDisk },
  { name: 'a clock that jumps five hours', only: 'memory', preload: jumps, run: clockJumps },
];
