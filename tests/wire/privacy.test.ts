import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { networksOf } from '@clbchat/server/edge/networks';
import { createTagger, networksIn } from '@clbchat/server/edge/tag';
import { connectVisitor, deskOpens, newRequest, visitorWaits } from '../support/clients.ts';
import { frameOf } from '../support/frames.ts';
import { openRaw } from '../support/rawSocket.ts';
import { request } from '../support/request.ts';
import { startService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

const sentinels = {
  'user-agent': 'SentinelAgent/7.3',
  'accept-language': 'sentinel-language',
  referer: 'https://sentinel.school.example/page',
  'x-forwarded-for': '203.0.113.77',
  'x-real-ip': '203.0.113.78',
  forwarded: 'for=203.0.113.79',
  cookie: 'sentinel=cookie-value-91',
};
const words = ['Sentinel', 'sentinel', '203.0.113', 'cookie-value-91'];

test('[P2] nothing that a browser says about a person reaches the log, whatever goes wrong', async () => {
  const service = await startService();
  const visitor = await visitorWaits(service, { headers: sentinels });
  const desk = await deskOpens(service);
  const { on } = await talks(desk, visitor);
  const { frame } = frameOf({ visitId: visitor.visitId, side: 'v', n: 1 });
  await good(visitor.ask('talk:append', { frame }));
  await good(desk.ask('desk:end', { ...on, why: 'done', requestId: newRequest() }));

  // a store that breaks, with everything in its error that may not be said
  service.live.queue.join = () => Promise.reject(new TypeError(`Sentinel ${visitor.visitId} ${visitor.secrets.token}`));
  const unlucky = await connectVisitor(service, { headers: sentinels });
  const { proof } = visitor.secrets;
  const input = {
    proof,
    role: 'pupil',
    topic: 'health',
    lang: 'nl',
    first: proof,
    vnonce: proof,
    share: { rid: 'A'.repeat(11), R: proof },
  };
  expect(await unlucky.send('visit:join', input)).toEqual({ ok: false, code: 'unavailable' });
  await request(service, 'GET', '/sentinel/path?sentinel=1', { headers: sentinels });
  await request(service, 'POST', '/api/visit/leave', {
    headers: { ...sentinels, 'content-type': 'text/plain' },
    body: 'sentinel',
  });
  const raw = await openRaw(service, { headers: { ...sentinels, origin: 'https://sentinel.example' } });
  raw.end();

  expect(service.said()).toContain('"event":"visit:join"');
  for (const secret of [...words, visitor.visitId, visitor.secrets.token, visitor.secrets.proof, frame, '127.0.0.1']) {
    expect(service.said()).not.toContain(secret);
  }
  await service.stop();
});

test('[P2] a visitor is given no cookie by any door', async () => {
  const service = await startService();
  for (const path of ['/w/', '/v1/loader.js', '/status/demo', '/api/centre/demo', '/nothing']) {
    expect((await request(service, 'GET', path)).headers['set-cookie']).toBeUndefined();
  }
  const polled = await request(service, 'GET', '/rt/?EIO=4&transport=polling', { headers: { origin: service.origin } });
  expect(polled.headers['set-cookie']).toBeUndefined();
  expect((await openRaw(service)).answered.toLowerCase()).not.toContain('set-cookie');
  await service.stop();
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::ffff:c000:207', '192.0.2.7'],
  ['::FFFF:C000:0207', '192.0.2.7'],
  ['0:0:0:0:0:ffff:c000:207', '192.0.2.7'],
  ['::fffe:c000:207', '0:0:0:0'],
  [`192.0.2.7${'%'.repeat(60)}`, 'unknown'],
  ['::FFFF:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::9', '2001:db8:1:2'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['64:ff9b::192.0.2.7', '64:ff9b:0:0'],
  ['1:2:3:4:5:6:192.0.2.7', '1:2:3:4'],
  ['', 'unknown'],
  ['no address', 'unknown'],
])('[N10] %s is counted as %s', (address, network) => {
  expect(networksIn(address)[0]).toBe(network);
});

test('[N10] a tag is the same for a day, never the address, and another one tomorrow', () => {
  let nowMs = Date.UTC(2026, 10, 23, 17);
  const tagger = createTagger(() => nowMs);
  const tag = tagger.of('192.0.2.7');
  expect(tag).toMatch(/^[\w-]{16}$/);
  expect(tagger.of('::ffff:192.0.2.7')).toBe(tag);
  expect(tagger.of('192.0.2.8')).not.toBe(tag);
  expect(createTagger(() => nowMs).of('192.0.2.7')).not.toBe(tag);
  nowMs = Date.UTC(2026, 10, 24, 3, 59);
  expect(tagger.of('192.0.2.7')).toBe(tag);
  nowMs = Date.UTC(2026, 10, 24, 4);
  expect(tagger.of('192.0.2.7')).not.toBe(tag);
});

test.each([
  ['192.0.2.7', []],
  ['::ffff:192.0.2.7', []],
  ['no address', []],
  ['2a02:1810:4f2a:aa17::9', ['2a02:1810:4f2a:aa00/56', '2a02:1810:4f2a/48']],
  ['2a02:1810:4f2a:12::9', ['2a02:1810:4f2a:0/56', '2a02:1810:4f2a/48']],
])('[N76] of %s these networks are counted, too: %j', (address, wider) => {
  expect(networksIn(address).slice(1)).toEqual(wider);
});

test('[N10 N76] of IPv6 a tag tells the /64, and the networks around it by tags of their own', () => {
  const { of } = createTagger(() => 0);
  const tag = of('2a02:1810:4f2a:aa17::9');
  expect(tag).toMatch(/^[\w-]{12}(\/[\w-]{12}){2}$/);
  expect(of('2a02:1810:4f2a:aa17:1:2:3:4')).toBe(tag);
  const same = (address: string) => networksOf(of(address)).map((network, at) => network === networksOf(tag)[at]);
  expect(same('2a02:1810:4f2a:aa18::9')).toEqual([false, true, true]);
  expect(same('2a02:1810:4f2a:ab17::9')).toEqual([false, false, true]);
  expect(same('2a02:1810:4f2b:aa17::9')).toEqual([false, false, false]);
});

test('[N10] the sentinels would be found if they were said', async () => {
  const child = spawn(process.execPath, [
    '-e',
    `process.stdout.write(${JSON.stringify(Object.values(sentinels).join(' '))})`,
  ]);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'exit');
  for (const word of words) expect(said).toContain(word);
});
