import type { AccountId } from '@clbchat/shared/ids';
import { verifyChain } from '@clbchat/shared/statement/certificate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { asks, codeOf, computer, get, send, type AtConsole, type Computer } from '../support/centreKeys.ts';
import { connectCounsellor, prove, signIn, type SignedIn } from '../support/clients.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let noor: AtConsole & SignedIn;
let lien: AtConsole & SignedIn;
beforeEach(async () => {
  service = await startService({ passkeys: 'too' });
  await service.demoIssuer.record();
  noor = { ...(await signIn(service, 'noor')), service };
  lien = { ...(await signIn(service, 'lien')), service };
});
afterEach(() => service.stop());

const words = { name: 'Lien', site: 'CLB Noord' };
const wants = (who: AtConsole, { id }: Computer, says: object = words) =>
  send(who, '/api/demo/sign-device', { id, ...says });
const chainIn = ({ body }: { body: string }) => (JSON.parse(body) as { chain: string }).chain;

test('[O32] what was asked for is signed in Noor’s name, counts as her own signature, and seats who asked', async () => {
  const one = await computer();
  expect(codeOf(await asks(lien, one))).toBe('200 ok');
  const chain = chainIn(await wants(noor, one));
  const trust = { pins: service.keys.pins, nowMs: service.clock.nowMs(), skewMsMax: 0 };
  expect(await verifyChain(chain, trust)).toMatchObject({
    ok: true,
    device: { sub: 'lien', ...words, pub: one.pub },
  });
  // nothing is on record before it was handed in
  expect((await service.devices.list()).some(({ id }) => id === one.id)).toBe(false);
  expect(codeOf(await send(noor, '/api/devices/sign', { chain }))).toBe('200 ok');
  const all = JSON.parse((await get(noor, '/api/devices/all')).body) as {
    asks: unknown[];
    devices: { id: string; chain: string | null }[];
    issuers: object[];
  };
  expect([all.asks, all.devices.find(({ id }) => id === one.id)?.chain]).toEqual([[], chain]);
  expect(all.issuers).toMatchObject([{ account: 'noor', name: 'Noor', revoked: false, active: true }]);
  const client = await connectCounsellor(service, { cookie: lien.cookie });
  expect(await prove(service, client, { ...lien, device: one.keys, chain })).toMatchObject({ ok: true });
  client.leave();
  expect(codeOf(await wants(noor, one))).toBe('404 gone');
});

test('[O32] for nobody else, of nothing that was not asked for, and not without showing who she is', async () => {
  const one = await computer();
  await asks(lien, one);
  expect(codeOf(await wants(lien, one))).toBe('403 not_yours');
  const row = (await service.records.get({ kind: 'account', id: 'samir' }))!;
  const text = JSON.stringify({ ...(JSON.parse(row.text) as object), roles: ['coordinator'] });
  await service.records.write([{ kind: 'account', id: 'samir', rev: row.rev, text }], null);
  expect(codeOf(await wants({ ...(await signIn(service, 'samir')), service }, one))).toBe('409 issuer');
  expect(codeOf(await wants(noor, await computer()))).toBe('404 gone');
  for (const says of [
    { name: 'Lien' },
    { ...words, name: '' },
    { ...words, name: 'x'.repeat(5_000) },
    { ...words, sub: 'noor' },
  ])
    expect((await wants(noor, one, says)).status).toBeGreaterThanOrEqual(400);

  service.clock.advance(service.limits.stepUpMs);
  expect(codeOf(await wants(noor, one))).toBe('403 step_up');
  noor = { ...(await signIn(service, 'noor')), service };
  expect(codeOf(await wants(noor, one))).toBe('200 ok');

  // revoked, it signs nothing more, and a start does not put it on record again
  const [issuer] = await service.issuers.list();
  await service.issuers.revoke(issuer!.id, 'noor' as AccountId);
  await service.demoIssuer.record();
  expect(codeOf(await wants(noor, one))).toBe('409 issuer');
});
