import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onFrame } from '@clbchat/server/edge/headers';
import { outgoing, type Heard } from '@clbchat/server/edge/outgoing';
import { openLog } from '@clbchat/server/kernel/log';
import { keptText } from '@clbchat/server/mirror/keptText';
import { standingList } from '@clbchat/server/mirror/sites.http';
import { openSiteList } from '@clbchat/server/mirror/sites.job';
import { statusCopy } from '@clbchat/server/mirror/status.http';
import { limits } from '@clbchat/shared/limits';
import { makeIssuer, type Issuer } from '@clbchat/shared/statement/issuer';
import { exportPublic, makeSigningPair, pinOf } from '@clbchat/shared/statement/signingKey';
import { signSites, verifySites } from '@clbchat/shared/statement/sites';
import Fastify from 'fastify';
import { afterAll, describe, expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { fakeTimers } from '../support/timers.ts';

const folder = mkdtempSync(join(tmpdir(), 'clbchat-static-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function centre(nowMs: number): Promise<{ issuer: Issuer; pins: string[] }> {
  const root = await makeSigningPair();
  const point = await exportPublic(root.publicKey);
  const issuer = await makeIssuer({ root: point, key: root.privateKey }, { org: 'CLB', nowMs });
  return { issuer, pins: [await pinOf(point)] };
}
const [LINDE, BERK] = ['https://www.delinde.example', 'https://www.berk.example'];
let files = 0;

/** A static side and the relay that it asks, which says what the test wants; a second one on the same disk is a restart. */
async function side() {
  const clock = fakeClock();
  const nowMs = () => clock.nowMs();
  const timers = fakeTimers(clock);
  const { issuer, pins } = await centre(nowMs());
  const path = join(folder, `sites-${(files += 1)}`);
  const relay: { says: Heard | null; asked: number } = { says: null, asked: 0 };
  const log: string[] = [];
  const signs = (rev: number, ...origins: string[]) =>
    signSites(issuer, { rev, sites: { linde: { origins } }, nowMs: nowMs() });
  const open = (trusted = pins, first = async () => undefined as void) =>
    openSiteList({
      ask: async () => {
        relay.asked += 1;
        return relay.says;
      },
      async verify(text) {
        await first();
        return verifySites(text, { pins: trusted, nowMs: nowMs(), skewMsMax: 1_000 });
      },
      kept: keptText(path, limits.sitesBytesMax),
      log: openLog({ clock, level: 'info', to: { write: (line) => log.push(line) } }),
      ...{ timers, limits },
    });
  const list = await open();
  const hears = async (says: Heard | string | null, at = list) => {
    relay.says = typeof says === 'string' ? { status: 200, text: says } : says;
    await at.look();
    return at.ancestorsOf('linde');
  };
  return { list, open, hears, signs, relay, path, log, timers };
}

describe('[I10] the list of sites', () => {
  test('that is signed and later counts; lower, the same number again, tampered, foreign and nonsense change nothing', async () => {
    const { list, hears, signs, log } = await side();
    expect([list.ancestorsOf('linde'), list.ready()]).toEqual([null, false]);
    const [first, fifth, other] = [await signs(1, BERK), await signs(5, LINDE), await signs(5, BERK)];
    expect(await hears(fifth)).toEqual([LINDE]);
    const stranger = await centre(Date.now());
    const foreign = await signSites(stranger.issuer, { rev: 9, sites: {}, nowMs: Date.now() });
    const tampered = fifth.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const wrong = [first, other, tampered, foreign, `${fifth} `, '', 'x'.repeat(limits.sitesBytesMax)];
    for (const text of wrong) {
      for (let each = 0; each < 3; each += 1) expect(await hears(text), text.slice(0, 60)).toEqual([LINDE]);
    }
    for (const status of [404, 500]) expect(await hears({ status, text: first })).toEqual([LINDE]);
    expect(await hears(null)).toEqual([LINDE]);
    expect(log).toHaveLength(wrong.length);
    expect(log.join('')).not.toMatch(/example|linde/);
    expect(await hears(await signs(6))).toEqual([]);
    expect(list.ancestorsOf('constructor')).toBe(null);
  });

  test('is asked for every 30 s', async () => {
    const { list, relay, timers } = await side();
    const stop = list.start();
    await timers.advance(29_999);
    expect(relay.asked).toBe(0);
    await timers.advance(1);
    expect(relay.asked).toBe(1);
    await timers.advance(60_000);
    expect(relay.asked).toBe(3);
    stop();
  });

  test('an answer that is longer than it may be, slow, elsewhere or cut is none', async () => {
    const server = createServer(({ url, headers }, answer) => {
      if (url === '/long') answer.end('x'.repeat(1_001));
      else if (url === '/elsewhere') answer.writeHead(302, { location: '/whole' }).end();
      else if (url === '/cut') answer.writeHead(200, { 'content-length': 10 }).write('x', () => answer.destroy());
      else if (url === '/whole') answer.end(headers['x-forwarded-for'] ?? 'nobody');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    const relay = `http://127.0.0.1:${port}`;
    const ask = outgoing({ relay, waitMs: 500, hops: 2 });
    expect(await ask('/whole', 1_000)).toEqual({ status: 200, text: '127.0.0.1, 127.0.0.1' });
    expect(await outgoing({ relay, waitMs: 500, hops: 0 })('/whole', 6)).toEqual({ status: 200, text: 'nobody' });
    for (const path of ['/long', '/elsewhere', '/cut', '/silent']) expect(await ask(path, 1_000), path).toBe(null);
    server.closeAllConnections();
    server.close();
    expect(await ask('/whole', 1_000)).toBe(null);
  });
});

test('[U71] the list that stands is told as it was signed, kept by nobody, and none where none stands', async () => {
  const { list, hears, signs } = await side();
  const app = Fastify();
  app.register(standingList, { text: list.text });
  const asks = async () => {
    const { body, headers } = await app.inject('/console/sites.json');
    return [JSON.parse(body), headers['cache-control']] as const;
  };
  expect(await asks()).toEqual([{}, 'no-store']);
  const [first, fifth] = [await signs(1, BERK), await signs(5, LINDE)];
  await hears(fifth);
  await hears(first);
  expect(await asks()).toEqual([{ signed: fifth }, 'no-store']);
});

describe('[I18] the static side is ready', () => {
  test('once a list stands whose signature was looked at, not when the relay was asked for one', async () => {
    const { open, signs, relay } = await side();
    let verified: () => void = () => undefined;
    const slowly = new Promise<void>((done) => (verified = done));
    const list = await open(undefined, () => slowly);
    relay.says = { status: 200, text: await signs(1, LINDE) };
    const looking = list.look();
    await new Promise((turn) => setImmediate(turn));
    expect([relay.asked, list.ready()]).toEqual([1, false]);
    verified();
    await looking;
    expect([list.ready(), list.ancestorsOf('linde')]).toEqual([true, [LINDE]]);
  });

  test('without one where the relay has none or none that counts, and not while it is silent or broken', async () => {
    for (const says of [null, { status: 500, text: '' }, { status: 503, text: '' }]) {
      const { list, hears } = await side();
      await hears(says);
      expect(list.ready(), String(says?.status)).toBe(false);
      await hears({ status: 404, text: '' });
      expect(list.ready()).toBe(true);
      // what was heard once stays heard
      await hears(null);
      expect(list.ready()).toBe(true);
    }
    const { list, hears } = await side();
    const stranger = await centre(Date.now());
    await hears(await signSites(stranger.issuer, { rev: 9, sites: {}, nowMs: Date.now() }));
    expect([list.ready(), list.ancestorsOf('linde')]).toEqual([true, null]);
  });

  test('by the list on its disk while the relay is silent', async () => {
    const { open, hears, signs } = await side();
    await hears(await signs(5, LINDE));
    const again = await open();
    expect(again.ready()).toBe(false);
    await hears(null, again);
    expect(again.ready()).toBe(true);
  });
});

describe('[I11] the list on the disk', () => {
  test('stands after a start, for its owner alone, and still refuses what is lower', async () => {
    const { open, hears, signs, path } = await side();
    const [first, fifth] = [await signs(1, BERK), await signs(5, LINDE)];
    await hears(fifth);
    expect(readFileSync(path, 'utf8')).toBe(fifth);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = await open();
    expect(again.ancestorsOf('linde')).toEqual([LINDE]);
    expect(await hears(null, again)).toEqual([LINDE]);
    expect(await hears(first, again)).toEqual([LINDE]);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  test('that was changed, is too long, or is of other roots is none, and is said', async () => {
    const { open, hears, signs, path, log } = await side();
    const text = await signs(5, LINDE);
    await hears(text);
    expect((await open(['x'.repeat(43)])).ancestorsOf('linde')).toBe(null);
    expect(log).toHaveLength(1);
    for (const wrong of [text.slice(0, -1), 'x'.repeat(limits.sitesBytesMax + 1), '']) {
      writeFileSync(path, wrong);
      expect((await open()).ancestorsOf('linde')).toBe(null);
    }
  });

  test('that cannot be written counts all the same', async () => {
    const { open, hears, signs, path, log } = await side();
    rmSync(path, { force: true });
    const kept = keptText(join(folder, 'nowhere', 'sites'), 100);
    await expect(kept.write('x')).rejects.toThrow('ENOENT');
    expect(kept.read()).toBe(null);
    expect(await hears(await signs(5, LINDE), await open())).toEqual([LINDE]);
    expect(log).toEqual([]);
  });
});

describe('[I12] the copy of the status', () => {
  const OPEN = JSON.stringify({ state: 'open', nextOpen: null });

  async function page() {
    const clock = fakeClock();
    const relay: { says: Heard | null; asked: string[] } = { says: { status: 200, text: OPEN }, asked: [] };
    const app = Fastify();
    app.register(statusCopy, {
      ask: async (path) => {
        relay.asked.push(path);
        return relay.says;
      },
      isPlace: (place) => ['clb', 'linde'].includes(place),
      nowMs: () => clock.nowMs(),
      limits,
    });
    const asks = async (place: string) => {
      const { statusCode, body, headers } = await app.inject(`/status/${place}`);
      expect(headers['access-control-allow-origin']).toBe('*');
      return [statusCode, JSON.parse(body)] as const;
    };
    return { clock, relay, asks };
  }

  test('is fetched once for all who ask within 10 s, and then anew', async () => {
    const { clock, relay, asks } = await page();
    const open = [200, { state: 'open', nextOpen: null }];
    expect(await Promise.all(Array.from({ length: 50 }, () => asks('linde')))).toEqual(Array(50).fill(open));
    relay.says = { status: 200, text: JSON.stringify({ state: 'closed', nextOpen: null }) };
    clock.advance(9_999);
    expect(await asks('linde')).toEqual(open);
    expect(relay.asked).toEqual(['/status/linde']);
    clock.advance(1);
    expect(await asks('linde')).toEqual([200, { state: 'closed', nextOpen: null }]);
    expect(relay.asked).toHaveLength(2);
  });

  test('is never asked for where no place is, and is none while the relay is silent or says something else', async () => {
    const { clock, relay, asks } = await page();
    for (const place of ['nowhere', '%2e%2e%2fapi%2faudit', 'x'.repeat(64)])
      expect(await asks(place)).toEqual([404, { code: 'gone' }]);
    expect(relay.asked).toEqual([]);
    for (const says of [
      null,
      { status: 500, text: OPEN },
      ...['', '{}', '{"state":"open","nextOpen":null,"more":1}'].map((text) => ({ status: 200, text })),
    ]) {
      clock.advance(limits.statusCopyMs);
      relay.says = says;
      expect(await asks('clb')).toEqual([503, { code: 'unavailable' }]);
    }
  });
});

test('[I13] a page on a host of its own may ask the relay and open sockets there, and nothing else besides', () => {
  const connects = (relay: string) =>
    /connect-src ([^;]+);/.exec(
      onFrame({ reach: { own: 'https://chat.clb.test', relay }, ancestors: [], built: null })[
        'content-security-policy'
      ] ?? '',
    )?.[1];
  expect(connects('https://relay.clb.test')).toBe("'self' https://relay.clb.test wss://relay.clb.test");
  expect(connects('https://chat.clb.test')).toBe("'self' wss://chat.clb.test");
});
