import { signSites, verifySites } from '@clbchat/shared/statement/sites';
import { expect, test } from 'vitest';
import { issuerKeep } from '../../console/src/device/issuerKeep.ts';
import { believed } from '../../console/src/model/sites/believed.ts';
import { issuerBy, makeCentreKeys } from '../support/centreKeys.ts';

const NOW_MS = Date.UTC(2026, 10, 26, 17);
function disk() {
  const rows = new Map<string, object>();
  const store = {
    get(account: string) {
      const request = { result: rows.get(account), onsuccess: () => undefined };
      queueMicrotask(() => request.onsuccess());
      return request;
    },
    put: (row: { account: string }) => void rows.set(row.account, row),
  };
  const transaction = () => {
    const one = { objectStore: () => store, oncomplete: () => undefined };
    setImmediate(() => one.oncomplete());
    return one;
  };
  return issuerKeep({ transaction } as unknown as IDBDatabase);
}

/** How her console judges the list of the relay, an older one, where the static side was started without its file and took it. */
async function afterImport(does: (keep: ReturnType<typeof disk>) => Promise<ReturnType<typeof disk>>) {
  const centre = await makeCentreKeys();
  const before = disk();
  await before.write('noor', await issuerBy(centre, NOW_MS));
  await before.writeSeen('noor', 900); // the list of yesterday
  const sites = { s_linde: { origins: ['https://linde.test'] } };
  const older = await signSites((await before.read('noor'))!, { rev: 500, sites, nowMs: NOW_MS });
  const keep = await does(before);
  await keep.write('noor', await issuerBy(centre, NOW_MS + 1_000));
  const holds = await believed(
    {
      ...{ issuer: keep.read, seen: keep.readSeen, nowMs: () => NOW_MS },
      own: async () => ({ demo: false, chat: 'https://chat.example' }),
      stands: async () => older,
      verify: (text, pins) => verifySites(text, { pins, nowMs: NOW_MS, skewMsMax: 86_400_000 }),
    },
    { rev: 3, sites, signed: older, pins: centre.pins, chat: 'https://chat.example', account: 'noor' },
  );
  return holds.signing;
}

test('[U71] after older records were put back another issuer alone signs nothing, and one in a browser that was emptied does', async () => {
  expect(await afterImport(async (before) => before)).toBe('unproven');
  expect(await afterImport(async () => disk())).not.toBe('unproven');
});
