import { afterEach, expect, test } from 'vitest';
import { asks, codeOf, computer, chainOf, issuerBy, makeCentreKeys, posts, send } from '../support/centreKeys.ts';
import { signIn } from '../support/clients.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
afterEach(() => service.stop());

test('[O18] a key that is on record as another account’s is not asked for', async () => {
  const centre = await makeCentreKeys();
  service = await startService({ pins: [...centre.pins], passkeys: 'too' });
  const noor = { ...(await signIn(service, 'noor')), service };
  const lien = { ...(await signIn(service, 'lien')), service };
  const samir = { ...(await signIn(service, 'samir')), service };
  const issuer = await issuerBy(centre, service.clock.nowMs());
  await posts(noor, issuer);
  const one = await computer();
  await asks(lien, one);
  const chain = await chainOf(issuer, { sub: 'lien', pub: one.pub }, service.clock.nowMs());
  expect(codeOf(await send(noor, '/api/devices/sign', { chain }))).toBe('200 ok');
  expect(codeOf(await asks(samir, one))).toBe('409 taken');
});
