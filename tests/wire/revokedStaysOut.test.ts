import { afterEach, expect, test } from 'vitest';
import { NOTHING_HEARD } from '../../console/src/model/team/heard.ts';
import { renewDue } from '../../console/src/model/team/renewing.ts';
import { asks, chainOf, codeOf, computer, get, issuerBy, makeCentreKeys, posts, send } from '../support/centreKeys.ts';
import { pinOf, exportPublic } from '@clbchat/shared/statement/signingKey';
import { signIn } from '../support/clients.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());

test('[O22 O60] what a thief signed with a stolen issuer does not come back by itself once that is revoked', async () => {
  const centre = await makeCentreKeys();
  service = await startService({ demo: false, pins: [...centre.pins], passkeys: 'too' });
  const noor = { ...(await signIn(service, 'noor')), service };
  const samir = { ...(await signIn(service, 'samir')), service }; // an account that the thief has
  const nowMs = () => service.clock.nowMs();
  const stolen = await issuerBy(centre, nowMs());
  expect(codeOf(await posts(noor, stolen))).toBe('200 ok');
  const evil = await computer();
  await asks(samir, evil);
  const chain = await chainOf(stolen, { sub: 'samir', pub: evil.pub, name: 'Lien', site: 'CLB Noord' }, nowMs());
  expect(codeOf(await send(noor, '/api/devices/sign', { chain }))).toBe('200 ok');

  // found out: docs/operations.md "a coordinator's computer": make another issuer, revoke the stolen one
  const fresh = await issuerBy(centre, nowMs());
  expect(codeOf(await posts(noor, fresh))).toBe('200 ok');
  expect(
    codeOf(await send(noor, '/api/issuers/remove', { id: await pinOf(await exportPublic(stolen.keys.publicKey)) })),
  ).toBe('200 ok');
  expect(await service.devices.isOf(evil.id, 'samir' as never, chain)).toBe(false);

  // her console is opened, or an hour goes by
  const sent: string[] = [];
  await renewDue(
    {
      all: async () => ({ ok: true, value: JSON.parse((await get(noor, '/api/devices/all')).body) as never }),
      renew: async (next) => {
        sent.push(next);
        return { ok: true, value: JSON.parse((await send(noor, '/api/devices/renew', { chain: next })).body) as never };
      },
    },
    { issuer: async () => fresh, hear: async () => NOTHING_HEARD },
    nowMs,
  );
  const seated = await Promise.all(sent.map((next) => service.devices.isOf(evil.id, 'samir' as never, next)));
  expect(seated).not.toContain(true);
});

test('[O67] whose computer no seat takes hears which: it waits for another signature, or is asked for anew under other roots', async () => {
  const centre = await makeCentreKeys();
  const pins = [...centre.pins];
  service = await startService({ demo: false, pins, passkeys: 'too' });
  const noor = { ...(await signIn(service, 'noor')), service };
  const lien = { ...(await signIn(service, 'lien')), service };
  const nowMs = () => service.clock.nowMs();
  const stands = async () => {
    const { waits, otherPins } = JSON.parse((await get(lien, '/api/devices')).body) as Record<string, string[]>;
    return { waits, otherPins };
  };
  const [first, second] = [await issuerBy(centre, nowMs()), await issuerBy(centre, nowMs())];
  await posts(noor, first);
  const hers = await computer();
  await asks(lien, hers);
  const says = { sub: 'lien', pub: hers.pub, name: 'Lien', site: 'CLB' };
  expect(codeOf(await send(noor, '/api/devices/sign', { chain: await chainOf(first, says, nowMs()) }))).toBe('200 ok');
  expect(await stands()).toEqual({ waits: [], otherPins: [] });
  await posts(noor, second);
  await send(noor, '/api/issuers/remove', { id: await pinOf(await exportPublic(first.keys.publicKey)) });
  expect(await stands()).toEqual({ waits: [hers.id], otherPins: [] });
  expect(codeOf(await send(noor, '/api/devices/renew', { chain: await chainOf(second, says, nowMs()) }))).toBe(
    '200 ok',
  );
  expect(await stands()).toEqual({ waits: [], otherPins: [] });
  pins.splice(0, pins.length, 'x'.repeat(43)); // the centre has other roots
  expect(await stands()).toEqual({ waits: [], otherPins: [hers.id] });
});
