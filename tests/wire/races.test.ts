import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AccountId, Digest } from '@clbchat/shared/ids';
import { randomToken } from '@clbchat/shared/digest';
import { refused } from '@clbchat/shared/protocol/wire';
import { deskOpens, newRequest, visitorWaits } from '../support/clients.ts';
import { startService, type TestService } from '../support/service.ts';
import { accepts, good } from '../support/talk.ts';

let service: TestService;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

describe('[R1] of fifty who reach for one visitor at once', () => {
  test('one counsellor wins, whatever is pressed how often', async () => {
    const picked = await startService({ rules: { routing: 'picked' } });
    const desks = [await deskOpens(picked, 'lien', { slots: 3 }), await deskOpens(picked, 'samir', { slots: 3 })];
    for (let ticket = 1; ticket <= 20; ticket += 1) {
      const visitor = await visitorWaits(picked);
      const presses = Array.from({ length: 50 }, async (_, at) => {
        const answer = await desks[at % 2]!.ask('desk:take', { ticket, requestId: newRequest() });
        return answer.ok ? `won by ${at % 2} as ${answer.value.hold}` : answer.code;
      });
      const answers = await Promise.all(presses);
      expect(answers.filter((each) => each.startsWith('won'))).toHaveLength(1);
      expect(answers.filter((each) => each === 'taken')).toHaveLength(49);
      await good(visitor.ask('visit:end', { why: 'left' }));
      visitor.leave();
    }
    await picked.stop();
  });

  test('one of fifty counsellors wins', async () => {
    const picked = await startService({ rules: { routing: 'picked' } });
    const { presence, routing } = picked.live;
    const seats = Array.from({ length: 50 }, async (_, at) => {
      const account = `staff-${at}` as AccountId;
      const dev = randomToken(32) as Digest;
      const certExpMs = picked.clock.nowMs() + 86_400_000;
      const entered = await presence.enter({
        account,
        dev,
        certExpMs,
        serves: null,
        slots: 1,
        status: 'available',
        takeOver: false,
      });
      return { account, seat: entered.is === 'entered' ? entered.seat : 0 };
    });
    const desks = await Promise.all(seats);
    await visitorWaits(picked);
    const results = await Promise.all(
      desks.map((desk) => routing.take({ ...desk, ticket: 1, requestId: newRequest() })),
    );
    expect(results.filter(({ is }) => is === 'taken_over')).toHaveLength(1);
    expect(results.filter(({ is }) => is === 'taken')).toHaveLength(49);
    await picked.stop();
  });
});

test('[N6] a ring is answered by who hears it', async () => {
  await visitorWaits(service);
  const lien = await deskOpens(service, 'lien');
  const { offerNo } = await lien.hears('offer:ring');
  const samir = await deskOpens(service, 'samir');
  expect(await samir.ask('offer:accept', { offerNo, requestId: newRequest() })).toEqual(refused('gone'));
  expect(await samir.ask('offer:decline', { offerNo })).toEqual(refused('gone'));
  await accepts(lien);
});
