import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '@clbchat/server/kernel/log';
import { keptText } from '@clbchat/server/mirror/keptText';
import { openSiteList } from '@clbchat/server/mirror/sites.job';
import { limits } from '@clbchat/shared/limits';
import type { Issuer } from '@clbchat/shared/statement/issuer';
import { signSites, verifySites } from '@clbchat/shared/statement/sites';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  asks,
  at as atConsole,
  chainOf,
  codeOf,
  computer,
  get,
  issuerBy,
  makeCentreKeys,
  posts,
  send,
  startCentre,
  type AtConsole,
  type CentreKeys,
} from '../support/centreKeys.ts';
import { fakeClock } from '../support/clock.ts';
import { fromOurPage, request } from '../support/request.ts';
import type { TestService } from '../support/service.ts';
import { fakeTimers } from '../support/timers.ts';

const DAY_MS = 86_400_000;
const LINDE = { s_linde: { origins: ['https://www.delinde.example'] } };
const BERK = { s_linde: { origins: ['https://www.berk.example'] } };
let centre: CentreKeys;
beforeAll(async () => {
  centre = await makeCentreKeys();
});

describe('[O40] at the service, of an issuer that has ended,', () => {
  let service: TestService;
  beforeEach(async () => {
    service = await startCentre(centre);
  });
  afterEach(() => service.stop());
  const nowMs = () => service.clock.nowMs();
  const at = (who: 'noor' | 'lien') => atConsole(service, who);
  const kept = async () =>
    Promise.all(
      (['device', 'issuer', 'sites'] as const).map(async (kind) => (await service.records.list(kind)).length),
    );
  const entries = async () => (await service.records.audit()).entries.length;
  async function puts({ cookie }: AtConsole, signed: string) {
    const headers = { ...fromOurPage(service), cookie };
    const { rev } = JSON.parse((await request(service, 'GET', '/api/centre/sites', { headers })).body) as {
      rev: number;
    };
    const body = JSON.stringify({ rev, sites: LINDE, signed });
    return codeOf(await request(service, 'PUT', '/api/centre/sites', { headers, body }));
  }

  test('nothing comes on record, whatever time it says: no computer, no renewal, no list of sites, and not itself', async () => {
    const issuer = await issuerBy(centre, nowMs());
    const ends = issuer.exp * 1_000;
    expect(codeOf(await posts(await at('noor'), issuer))).toBe('200 ok');
    service.clock.set(ends - 3 * DAY_MS);
    const one = await computer();
    await asks(await at('lien'), one);
    const chain = await chainOf(issuer, { sub: 'lien', pub: one.pub }, nowMs() - DAY_MS);
    expect(codeOf(await send(await at('noor'), '/api/devices/sign', { chain }))).toBe('200 ok');

    const ofBefore = ends - 60_000;
    const [again, unknown] = [await chainOf(issuer, { sub: 'lien', pub: one.pub }, ofBefore), await computer()];
    const list = await signSites(issuer, { rev: 1, sites: LINDE, nowMs: ofBefore });
    const first = await chainOf(issuer, { sub: 'lien', pub: unknown.pub }, ofBefore);
    // within the error of a clock what it signed still verifies; a day later nothing does
    for (const [after, why] of [
      [0, 'issuer'],
      [DAY_MS - 120_000, 'clock'],
    ] as const) {
      service.clock.set(ends + after);
      const noor = await at('noor');
      await asks(await at('lien'), unknown);
      const [rows, acts] = [await kept(), await entries()];
      expect(codeOf(await send(noor, '/api/devices/sign', { chain: first }))).toBe(`409 ${why}`);
      expect(codeOf(await send(noor, '/api/devices/renew', { chain: again }))).toBe(`409 ${why}`);
      expect(codeOf(await posts(noor, issuer))).toBe('409 clock');
      expect(await puts(noor, list)).toBe('422 refused');
      expect([await kept(), await entries()]).toEqual([rows, acts]);
    }
    const all = JSON.parse((await get(await at('noor'), '/api/devices/all')).body) as { issuers: unknown[] };
    expect(all.issuers).toEqual([]);
  });
});

describe('[O40] on the static side', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clbchat-ended-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('no list counts that was signed long before the one that stands, by whatever number; clocks may be a day wrong', async () => {
    const clock = fakeClock();
    const nowMs = () => clock.nowMs();
    const ended: Issuer = await issuerBy(centre, nowMs());
    const sign = (by: Issuer, rev: number, sites: object, atMs = nowMs()) =>
      signSites(by, { rev, sites: sites as typeof LINDE, nowMs: atMs });
    let says = await sign(ended, 1, BERK);
    const log: string[] = [];
    const open = () =>
      openSiteList({
        ask: async () => ({ status: 200, text: says }),
        verify: (text) => verifySites(text, { pins: centre.pins, nowMs: nowMs(), skewMsMax: DAY_MS }),
        kept: keptText(join(folder, 'sites'), limits.sitesBytesMax),
        log: openLog({ clock, level: 'info', to: { write: (line) => log.push(line) } }),
        ...{ timers: fakeTimers(clock), limits },
      });
    let list = await open();
    const hears = async (text: string) => {
      says = text;
      await list.look();
      return list.ancestorsOf('s_linde')?.[0];
    };
    expect(await hears(says)).toBe(BERK.s_linde.origins[0]);

    clock.set(ended.exp * 1_000 + 30 * DAY_MS);
    const issuer = await issuerBy(centre, nowMs());
    list = await open(); // an issuer of then signed what was kept
    expect(list.ancestorsOf('s_linde')).toEqual(BERK.s_linde.origins);
    const ahead = nowMs() + DAY_MS;
    expect(await hears(await sign(issuer, 2, LINDE, ahead))).toBe(LINDE.s_linde.origins[0]);
    const backdated = await sign(ended, 9, BERK, ended.exp * 1_000 - 1_000);
    expect(await hears(backdated)).toBe(LINDE.s_linde.origins[0]);
    list = await open();
    expect(await hears(backdated)).toBe(LINDE.s_linde.origins[0]);
    expect(log.filter((line) => line.includes('earlier list'))).toHaveLength(2); // once in each process
    expect(await hears(await sign(issuer, 3, BERK, ahead - 2 * DAY_MS))).toBe(BERK.s_linde.origins[0]);
    expect(await hears(await sign(issuer, 4, LINDE, ahead - 4 * DAY_MS - 1_000))).toBe(BERK.s_linde.origins[0]);
  });
});
