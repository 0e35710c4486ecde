import { afterEach, describe, expect, test } from 'vitest';
import { deskOpens, signIn, visitorWaits } from '../support/clients.ts';
import { begins, cookieOf, post, said, type Request } from '../support/gettingIn.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

let service: TestService;
afterEach(() => service.stop());
const rows = async () => (await service.records.list('session')).length;
interface Own {
  readonly sessions: readonly { readonly id: string; readonly here: boolean }[];
}
const listOf = async (cookie: string) =>
  said<Own>(await request(service, 'GET', '/api/sessions', { headers: { ...fromOurPage(service), cookie } })).sessions;

describe('[A30] signing out', () => {
  test('after a renewal whose answer was lost ends what took its place, and frees the seat at once', async () => {
    service = await startService({});
    const lien = await signIn(service);
    const desk = await deskOpens(service, lien);
    const visitor = await visitorWaits(service);
    await talks(desk, visitor);
    const heir = cookieOf(await post(service, '/api/session/renew', {}, lien.cookie)); // nobody hears that
    const again = cookieOf(await post(service, '/api/session/renew', {}, lien.cookie)); // nor that
    expect(again).not.toBe(heir);
    expect((await post(service, '/api/demo/sign-out', {}, lien.cookie)).status).toBe(204);
    expect(await desk.closed).toBe('io server disconnect');
    expect(await rows()).toBe(0);
    expect((await good(visitor.ask('visit:state', {}))).stage).toBe('waiting');
    expect((await post(service, '/api/session/renew', {}, again)).status).toBe(401);
  });

  test('closes the sockets that went on by what took its place, too', async () => {
    service = await startService({});
    const lien = await signIn(service);
    const answer = await post(service, '/api/session/renew', {}, lien.cookie);
    const { binding } = said<{ binding: string }>(answer);
    const desk = await deskOpens(service, { ...lien, cookie: cookieOf(answer), binding });
    await post(service, '/api/demo/sign-out', {}, lien.cookie);
    expect(await desk.closed).toBe('io server disconnect');
  });

  test('by a cookie that opens nothing any more, once its minute is over and what came in its place is used, ends nobody’s', async () => {
    service = await startService({});
    const lien = await signIn(service);
    const heir = cookieOf(await post(service, '/api/session/renew', {}, lien.cookie));
    await service.advance(service.limits.sessionRenewAgainMs + 1);
    expect(await listOf(heir)).toHaveLength(1);
    expect((await post(service, '/api/demo/sign-out', {}, lien.cookie)).status).toBe(204);
    expect(await rows()).toBe(1);
  });

  test('after a step-up whose answer was lost leaves her signed in nowhere', async () => {
    service = await startService({ passkeys: true });
    const noor = await begins(service, { counts: true });
    const asked = said<Request>(await post(service, '/api/step-up/begin', {}, noor.cookie));
    await post(service, '/api/step-up/passkey', noor.authenticator.show(asked), noor.cookie); // nobody hears that
    expect((await post(service, '/api/sign-out', {}, noor.cookie)).status).toBe(204);
    expect(await rows()).toBe(0);
  });

  test('of one of her sessions ends it where it was renewed since she read of it, and the others go on', async () => {
    service = await startService({});
    const [here, there] = [await signIn(service), await signIn(service)];
    const id = (await listOf(here.cookie)).find((one) => !one.here)!.id;
    const next = cookieOf(await post(service, '/api/session/renew', {}, there.cookie));
    const ended = await post(service, '/api/sessions/end', { id }, here.cookie);
    expect(said<Own>(ended).sessions).toMatchObject([{ here: true }]);
    expect(ended.headers['set-cookie']).toBeUndefined();
    expect(await rows()).toBe(1);
    expect((await post(service, '/api/session/renew', {}, next)).status).toBe(401);
    expect((await post(service, '/api/session/renew', {}, here.cookie)).status).toBe(200);
  });

  test('of this one by the id from before its renewal takes the cookie away', async () => {
    service = await startService({});
    const lien = await signIn(service);
    const { id } = (await listOf(lien.cookie))[0]!;
    const next = cookieOf(await post(service, '/api/session/renew', {}, lien.cookie));
    const ended = await post(service, '/api/sessions/end', { id }, next);
    expect(cookieOf(ended)).toMatch(/=$/);
    expect(await rows()).toBe(0);
  });
});
