import type { Issuer } from '@clbchat/shared/statement/issuer';
import { exportPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import { issuerKeep } from '../../console/src/device/issuerKeep.ts';
import type { AllDevices } from '../../console/src/model/devices.ts';
import { createDevicesPage, type DevicesPage } from '../../console/src/model/team/devices.ts';
import { renewDue } from '../../console/src/model/team/renewing.ts';
import { chainOf, computer, issuerBy, makeCentreKeys } from './centreKeys.ts';

export const NOW_MS = Date.UTC(2026, 10, 26, 17);
export const DAY_MS = 86_400_000;

/** What of IndexedDB the keep needs, with the rows that are in it. */
export function disk() {
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

/** The issuers of two coordinators, one of which is stolen, a computer, and what the service may say of them. */
export async function heardScene() {
  const centre = await makeCentreKeys();
  const [mine, stolen] = [await issuerBy(centre, NOW_MS - 10 * DAY_MS), await issuerBy(centre, NOW_MS - 10 * DAY_MS)];
  const [mineId, stolenId] = [await idOf(mine), await idOf(stolen)];
  const one = await computer();
  const signedBy = (issuer: Issuer, atMs: number) => chainOf(issuer, { sub: 'samir', pub: one.pub }, atMs);
  /** @param over by id of an issuer: revoked, or null where the service does not name it */
  const says = (chain: string | null, over: Record<string, boolean | null> = {}, nowMs = NOW_MS): AllDevices => ({
    ...{ nowMs, account: 'noor', binding: 'b', pins: centre.pins, asks: [] },
    issuers: Object.entries({ [mineId]: false, [stolenId]: false, ...over }).flatMap(([id, revoked]) =>
      revoked === null ? [] : [{ id, account: 'els', name: 'Els', endMs: NOW_MS + 1e10, revoked, active: true }],
    ),
    devices: chain === null ? [] : [{ id: one.id, made: null, chain, account: 'samir', name: 'Samir', active: true }],
  });
  return { centre, mine, stolen, mineId, stolenId, says, signedBy, id: one.id };
}
export type HeardScene = Awaited<ReturnType<typeof heardScene>>;
const idOf = async (one: Issuer) => pinOf(await exportPublic(one.keys.publicKey));

/** A browser of Noor's: in one tab it asks each hour, in another she has the page of computers open. Nothing happens at one moment. */
export function noorsBrowser(mine: Issuer, nowMs = NOW_MS) {
  const keep = disk();
  const clock = { ms: nowMs };
  const tick = () => (clock.ms += 1);
  return {
    clock,
    /** @returns how many renewals the service gets */
    async hourly(says: AllDevices | Promise<AllDevices>): Promise<number> {
      let sent = 0;
      const all = async () => ({ ok: true, value: await says }) as const;
      const renew = async () => {
        sent += 1;
        return all();
      };
      await renewDue({ all, renew }, { issuer: async () => mine, hear: keep.hear }, tick);
      return sent;
    },
    page(says: () => AllDevices | Promise<AllDevices>): DevicesPage {
      const all = async () => ({ ok: true, value: await says() }) as const;
      return createDevicesPage({
        api: { all, remove: all } as never,
        nowMs: tick,
        readIssuer: async () => mine,
        writeIssuer: async () => undefined,
        hear: keep.hear,
        readPosted: async () => null,
        writePosted: async () => undefined,
        readAsked: async () => null,
        writeAsked: async () => undefined,
        stepUp: { with: async (ask) => (await ask()) as never },
      });
    },
  };
}
