import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { defaultSchedule } from '@clbchat/shared/hours/schedule';
import {
  codeOf,
  get,
  issuerBy,
  makeCentreKeys,
  posts,
  asks,
  chainOf,
  computer,
  send,
  type AtConsole,
  type CentreKeys,
} from '../support/centreKeys.ts';
import { signIn } from '../support/clients.ts';
import { startService, type TestService } from '../support/service.ts';
import type { AllDevices } from '../../console/src/model/devices.ts';
import { readinessOf, type Known } from '../../console/src/model/readiness.ts';

let before: CentreKeys;
let after: CentreKeys;
let service: TestService;
const pins: string[] = [];
beforeAll(async () => {
  before = await makeCentreKeys();
  after = await makeCentreKeys();
});
beforeEach(async () => {
  pins.splice(0, 9, ...before.pins);
  service = await startService({ pins, passkeys: 'too', demo: false });
});
afterEach(() => service.stop());

const at = async (account: 'noor' | 'lien'): Promise<AtConsole> => ({ ...(await signIn(service, account)), service });
async function coordinates(id: string) {
  const row = (await service.records.get({ kind: 'account', id }))!;
  const text = JSON.stringify({ ...(JSON.parse(row.text) as object), roles: ['counsellor', 'coordinator'] });
  await service.records.write([{ kind: 'account', id, rev: row.rev, text }], null);
}
const knownTo = async (who: AtConsole): Promise<Known> => ({
  devices: JSON.parse((await get(who, '/api/devices/all')).body) as Known['devices'],
  settings: {
    rev: 1,
    settings: { schedule: defaultSchedule(), rules: {}, exitUrl: 'https://x.test' },
  } as unknown as Known['settings'],
  sites: { linde: { origins: ['https://linde.test'] } },
  team: {
    people: ['noor', 'lien'].map((id) => ({
      id,
      rev: 1,
      name: id,
      roles: ['coordinator' as const],
      disabled: false,
      lastIn: 'today' as const,
    })),
  },
});

test('[O50 U43 U44] under new roots nobody can sign, and the pages say so', async () => {
  await coordinates('lien');
  const [noor, lien] = [await at('noor'), await at('lien')];
  const issuer = await issuerBy(before, service.clock.nowMs());
  expect(codeOf(await posts(noor, issuer))).toBe('200 ok');
  expect(codeOf(await posts(lien, await issuerBy(before, service.clock.nowMs())))).toBe('200 ok');
  expect(readinessOf(await knownTo(noor)).warning).toBe(null);

  // both root files were lost or stolen: new roots, their line in ROOT_PINS, and the process begun anew (operations.md)
  pins.splice(0, 9, ...after.pins);
  const one = await computer();
  await asks(lien, one);
  const chain = await chainOf(issuer, { sub: 'lien', pub: one.pub }, service.clock.nowMs());
  expect(codeOf(await send(noor, '/api/devices/sign', { chain }))).toBe('409 other_pins'); // she can not sign
  const { warning, steps } = readinessOf(await knownTo(noor));
  expect([warning, steps[0]!.done, steps[3]!.done]).toEqual(['nobody', false, false]);
});

test('[O67] under new roots the list says of each computer and each signature whether it is of the ones before', async () => {
  const signs = async (keys: CentreKeys) => {
    const [noor, lien, one] = [await at('noor'), await at('lien'), await computer()];
    const issuer = await issuerBy(keys, service.clock.nowMs());
    expect(codeOf(await posts(noor, issuer))).toBe('200 ok');
    await asks(lien, one);
    const chain = await chainOf(issuer, { sub: 'lien', pub: one.pub }, service.clock.nowMs());
    expect(codeOf(await send(noor, '/api/devices/sign', { chain }))).toBe('200 ok');
    return one.id;
  };
  const list = async () => {
    const { devices, issuers } = JSON.parse((await get(await at('noor'), '/api/devices/all')).body) as AllDevices;
    return {
      devices: new Map(devices.map(({ id, otherPins }) => [id, otherPins])),
      issuers: issuers.map(({ otherPins, active }) => [otherPins, active]),
    };
  };
  const first = await signs(before);
  const then = await list();
  expect([then.devices.get(first), then.issuers]).toEqual([false, [[false, true]]]);
  pins.splice(0, 9, ...after.pins);
  const second = await signs(after);
  const now = await list();
  expect([now.devices.get(first), now.devices.get(second)]).toEqual([true, false]);
  expect(now.issuers.map(String).toSorted((a, b) => a.localeCompare(b))).toEqual(['false,true', 'true,false']);
});
