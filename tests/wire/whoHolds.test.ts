import { afterEach, expect, test } from 'vitest';
import { deskOpens, newRequest, signIn, visitorWaits, type SignedIn } from '../support/clients.ts';
import { post } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

let service: TestService;
afterEach(() => service.stop());

test('[G49 G74] who is signed in reads whether she holds a conversation, at whatever desk of hers, and nothing of which', async () => {
  service = await startService({ passkeys: 'too' });
  const holds = async ({ cookie }: SignedIn) => {
    const { body } = await request(service, 'GET', '/api/session', { headers: { ...fromOurPage(service), cookie } });
    expect(body).not.toContain(visitor.on);
    return (JSON.parse(body) as { holds: boolean }).holds;
  };
  const [lien, samir] = [await signIn(service), await signIn(service, 'samir')];
  const visitor = { on: 'nobody yet' };
  expect(await holds(lien)).toBe(false);
  const desk = await deskOpens(service, lien);
  const { on } = await talks(desk, await visitorWaits(service));
  visitor.on = on.visitId;
  expect([await holds(lien), await holds(samir)]).toEqual([true, false]);
  // signing out looks in the same request, where the page asks for that: nothing ended, and she goes on
  const leave = async ({ cookie }: SignedIn, body: object) =>
    (await post(service, '/api/sign-out', body, cookie)).status;
  expect([await leave(lien, { unlessHolding: true }), await holds(lien)]).toEqual([409, true]);
  expect(await leave(lien, { unlessHolding: 'yes' })).toBe(400);
  await good(desk.ask('desk:end', { ...on, why: 'done', requestId: newRequest() }));
  expect(await holds(lien)).toBe(false);
  expect(await leave(lien, { unlessHolding: true })).toBe(204);
  await expect(holds(lien)).resolves.toBeUndefined();

  // at her desk she was asked already
  await talks(await deskOpens(service, samir), await visitorWaits(service));
  expect([await holds(samir), await leave(samir, {})]).toEqual([true, 204]);
});
