import type { CentreFacts, ServiceStatus } from '@clbchat/shared/protocol/status';
import type { BrowserContext } from 'playwright-core';

const monday = { day: 1, time: '17:00', date: '2026-11-23' };

/** What the service answers outside its hours, whatever the time of day is: a spawned server's clock cannot be set. */
export async function shutCentre(context: BrowserContext): Promise<void> {
  await context.route(/\/api\/centre\//, async (route) => {
    const answer = await route.fetch();
    const facts = (await answer.json()) as CentreFacts;
    const evening = [{ from: '17:00', to: '21:00' }];
    const shut: CentreFacts = {
      ...facts,
      state: 'closed',
      hours: { is: 'closed', opens: { inMs: 200_000_000, ...monday } },
      closesAt: null,
      week: [[], evening, evening, [{ from: '14:00', to: '21:00' }], evening, [], []],
      holiday: { name: 'christmas', from: '2026-12-21', to: '2027-01-03' },
    };
    await route.fulfill({ response: answer, json: shut });
  });
  await context.route(/\/status\//, async (route) => {
    const answer = await route.fetch();
    const shut: ServiceStatus = { state: 'closed', nextOpen: monday };
    await route.fulfill({ response: answer, json: shut });
  });
}
