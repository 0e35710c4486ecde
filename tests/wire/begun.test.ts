import { afterEach, beforeEach, expect, test } from 'vitest';
import { begins, cookieOf, post, said, type Begun } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let noor: Begun;
beforeEach(async () => {
  service = await startService({ passkeys: true, trustedHops: 1, limits: { begunMax: 8, begunPerTagMax: 3 } });
  noor = await begins(service);
});
afterEach(() => service.stop());

type Options = Parameters<Begun['authenticator']['show']>[0];
async function beginsFrom(address: string) {
  const headers = { ...fromOurPage(service), 'x-forwarded-for': address };
  const answer = await request(service, 'POST', '/api/sign-in/begin', { headers, body: '{}' });
  return { options: said<Options>(answer), cookie: cookieOf(answer) };
}
const ends = async ({ options, cookie }: { options: Options; cookie: string }) =>
  (await post(service, '/api/sign-in/passkey', noor.authenticator.show(options), cookie)).status;

test('[G57] sign-ins that one address begins push out its own, and no other’s', async () => {
  const hers = await beginsFrom('192.0.2.1');
  const theirs = [];
  for (let times = 0; times < 12; times += 1) theirs.push(await beginsFrom('203.0.113.9'));
  expect(await ends(theirs[0]!)).toBe(403);
  expect(await ends(theirs.at(-1)!)).toBe(200);
  expect(await ends(hers)).toBe(200);
});

test('[G57] and its place is free once it would count no more', async () => {
  for (let times = 0; times < 8; times += 1) await beginsFrom(`203.0.113.${times}`);
  await service.advance(service.limits.pendingMs);
  const hers = await beginsFrom('192.0.2.1');
  for (let times = 0; times < 3; times += 1) await beginsFrom('192.0.2.1'); // more than a share, in an empty house
  expect(await ends(hers)).toBe(200);
});
