import { browserClock as clock, browserTimers as timers } from './device/browser.ts';
import { openDatabase } from './device/database.ts';
import { createDevicesApi } from './device/devicesApi.ts';
import { fetchRelay } from './device/relay.ts';
import { issuerKeep } from './device/issuerKeep.ts';
import { renewDue, type RenewingKeep } from './model/team/renewing.ts';

const EVERY_MS = 3_600_000;
let renews = false;

/** At a coordinator's sign-in, and each hour: whatever is due is signed anew, without a press [O23]. */
export function keepRenewing(): void {
  if (renews) return;
  renews = true;
  const api = createDevicesApi(fetchRelay);
  const kept = async () => issuerKeep(await openDatabase(indexedDB));
  const keep: RenewingKeep = {
    issuer: async (account) => (await kept()).read(account),
    hear: async (account, says) => (await kept()).hear(account, says),
  };
  const run = () => void renewDue(api, keep, clock.nowMs).catch(() => undefined); // the next hour tries again
  timers.every(EVERY_MS, run);
  run();
}
