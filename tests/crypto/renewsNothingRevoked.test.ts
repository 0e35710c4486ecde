import type { Issuer } from '@clbchat/shared/statement/issuer';
import { exportPublic, pinOf } from '@clbchat/shared/statement/signingKey';
import { beforeAll, expect, test } from 'vitest';
import { issuerKeep } from '../../console/src/device/issuerKeep.ts';
import type { AllDevices } from '../../console/src/model/devices.ts';
import { HEARD_MAX, heardAfter, NOTHING_HEARD } from '../../console/src/model/team/heard.ts';
import { renewDue } from '../../console/src/model/team/renewing.ts';
import { chainOf, computer, issuerBy, makeCentreKeys, type CentreKeys } from '../support/centreKeys.ts';

const NOW_MS = Date.UTC(2026, 10, 26, 17);
const DAY_MS = 86_400_000;

let centre: CentreKeys;
let mine: Issuer;
let stolen: Issuer;
beforeAll(async () => {
  centre = await makeCentreKeys();
  [mine, stolen] = [await issuerBy(centre, NOW_MS - 10 * DAY_MS), await issuerBy(centre, NOW_MS - 10 * DAY_MS)];
});
const idOf = async (one: Issuer) => pinOf(await exportPublic(one.keys.publicKey));

/** What of IndexedDB the keep needs, with the rows that are in it. */
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

/** A browser of Noor's that asks each hour, and what of its renewals the service gets. */
function browser() {
  const keep = disk();
  return async (says: AllDevices) => {
    const sent: string[] = [];
    const renew = async (chain: string) => {
      sent.push(chain);
      return { ok: true, value: says } as const;
    };
    const all = async () => ({ ok: true, value: says }) as const;
    const around = { issuer: async () => mine, hear: keep.hear };
    await renewDue({ all, renew }, around, () => says.nowMs);
    return sent.length;
  };
}
async function scene() {
  const one = await computer();
  const signedBy = (issuer: Issuer, atMs: number) => chainOf(issuer, { sub: 'samir', pub: one.pub }, atMs);
  const issuers = { [await idOf(mine)]: false, [await idOf(stolen)]: false };
  const says = (chain: string | null, over: Record<string, boolean | null> = {}, nowMs = NOW_MS): AllDevices => ({
    ...{ nowMs, account: 'noor', binding: 'b', pins: centre.pins, asks: [] },
    issuers: Object.entries({ ...issuers, ...over }).flatMap(([id, revoked]) =>
      revoked === null ? [] : [{ id, account: 'els', name: 'Els', endMs: NOW_MS + 1e10, revoked, active: true }],
    ),
    devices: chain === null ? [] : [{ id: one.id, made: null, chain, account: 'samir', name: 'Samir', active: true }],
  });
  return { says, signedBy, id: one.id };
}

test('[O60 O23] a service that was broken into has nothing of a revoked issuer signed by saying that it stands', async () => {
  const { says, signedBy } = await scene();
  const chain = await signedBy(stolen, NOW_MS - 8 * DAY_MS);
  for (const was of [true, null]) {
    const asks = browser();
    expect(await asks(says(chain))).toBe(1); // it stood, and this browser knows it
    expect(await asks(says(chain, { [await idOf(stolen)]: was }))).toBe(0); // as it heard it yesterday: revoked, or gone
    expect(await asks(says(chain))).toBe(0); // as it hears it from who broke in
  }
});

test('[O23] a computer that went comes back by nothing that was signed before it went, and goes on with what was signed since', async () => {
  const { says, signedBy } = await scene();
  const asks = browser();
  const before = await signedBy(mine, NOW_MS - 8 * DAY_MS);
  expect(await asks(says(before))).toBe(1);
  expect(await asks(says(null))).toBe(0);
  expect(await asks(says(before))).toBe(0);
  // a colleague renewed it just before it went, and this browser never saw that
  expect(await asks(says(await signedBy(mine, NOW_MS - 1_000), {}, NOW_MS + 9 * DAY_MS))).toBe(0);
  // she asked anew, and a coordinator signed
  expect(await asks(says(await signedBy(mine, NOW_MS + DAY_MS), {}, NOW_MS + 9 * DAY_MS))).toBe(1);
});

test('[O23] what was heard is kept for as long as it counts, and what is too much keeps everything from being renewed', async () => {
  const { says, signedBy, id } = await scene();
  const told = (nowMs: number, ids: readonly string[]) => ({
    nowMs,
    listed: [],
    issuers: ids.map((one) => ({ id: one, revoked: true })),
  });
  const first = heardAfter(NOTHING_HEARD, told(NOW_MS, ['a', id]));
  expect(Object.keys(heardAfter(first, told(NOW_MS + 500 * DAY_MS, ['b'])).revoked)).toEqual(['a', id, 'b']);
  expect(Object.keys(heardAfter(first, told(NOW_MS + 600 * DAY_MS, ['b'])).revoked)).toEqual(['b']);
  const many = Array.from({ length: HEARD_MAX + 9 }, (_, at) => `i${at}`);
  const full = heardAfter(first, told(NOW_MS, many));
  expect([Object.keys(full.revoked).length, Object.hasOwn(full.revoked, id)]).toEqual([HEARD_MAX, true]);
  const asks = browser();
  const chain = await signedBy(mine, NOW_MS - 8 * DAY_MS);
  expect(await asks(says(chain, Object.fromEntries(many.map((one) => [one, true]))))).toBe(0);
});

test('[U71 O23] another issuer of the same pins goes on from what was seen and heard, and one of other pins does not', async () => {
  const keep = disk();
  await keep.write('noor', mine);
  await keep.writeSeen('noor', 7);
  await keep.hear('noor', { nowMs: NOW_MS, listed: [], issuers: [{ id: 'a', revoked: true }] });
  await keep.write('noor', await issuerBy(centre, NOW_MS));
  const says = { nowMs: NOW_MS, listed: [], issuers: [] };
  expect([await keep.readSeen('noor'), Object.keys((await keep.hear('noor', says)).revoked)]).toEqual([7, ['a']]);
  await keep.write('noor', await issuerBy(await makeCentreKeys(), NOW_MS));
  expect([await keep.readSeen('noor'), Object.keys((await keep.hear('noor', says)).revoked)]).toEqual([0, []]);
});
