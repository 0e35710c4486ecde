import { afterEach, expect, test } from 'vitest';
import { deskOpens, signIn, visitorWaits } from '../support/clients.ts';
import { post } from '../support/gettingIn.ts';
import { startService, type TestService } from '../support/service.ts';
import { good, talks } from '../support/talk.ts';

/** A renewal of which nobody heard: her browser has the cookie of before. */
let service: TestService;
afterEach(() => service.stop());

test.each([['also within the minute after a renewal that nobody heard of', 30_000]])(
  '[G49 G74 A30] *Meld af* on the page of her keys takes nobody away whom she chats with, %s',
  async (_when, ms) => {
    service = await startService({ passkeys: 'too' });
    const lien = await signIn(service);
    const desk = await deskOpens(service, lien);
    const visitor = await visitorWaits(service);
    await talks(desk, visitor);
    expect((await post(service, '/api/session/renew', {}, lien.cookie)).status).toBe(200); // nobody hears that
    await service.advance(ms);
    const leaves = async (body: object) => (await post(service, '/api/sign-out', body, lien.cookie)).status;
    expect(await leaves({ unlessHolding: true })).toBe(409);
    expect((await good(visitor.ask('visit:state', {}))).stage).toBe('talking');
    // at her desk she was asked already
    expect(await leaves({})).toBe(204);
    expect((await good(visitor.ask('visit:state', {}))).stage).toBe('waiting');
  },
);
