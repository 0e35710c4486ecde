import type { AccountId } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';
import { sessionsOf } from '@clbchat/server/accounts/sessions.store';
import { memoryRecords } from '@clbchat/server/records/records.model';
import { expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';

function gate() {
  let open = () => {};
  const opened = new Promise<void>((done) => (open = done));
  return { opened, open };
}

test('[A30 N17] no request is let in once its session was closed here, also one under way while the records are slow', async () => {
  const clock = fakeClock();
  const real = memoryRecords(clock);
  const [asked, answered] = [gate(), gate()];
  let isSlow = false;
  const records: typeof real = {
    ...real,
    async list(kind) {
      if (isSlow && kind === 'session') {
        isSlow = false; // what is asked after it is answered first
        asked.open();
        await answered.opened;
      }
      return real.list(kind);
    },
  };
  const presence = { holds: async () => false, awake: async () => true, idle: async () => [] };
  const accounts = { get: async () => ({ name: 'Lien', roles: ['counsellor'], disabled: false }) };
  const mine = sessionsOf({ records, accounts, presence, nowMs: () => clock.nowMs(), limits } as never);
  const { session } = await mine.open('lien' as AccountId, 'demo');
  clock.advance(2 * limits.sessionRenewAgainMs);
  isSlow = true;
  const asks = mine.find(session.binding);
  await asked.opened;
  await mine.close(session); // she signs out, in another tab
  answered.open();
  expect(await asks).toBeNull();
});
