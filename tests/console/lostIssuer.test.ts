import { makeRoots } from '@clbchat/shared/statement/roots';
import { pinOf } from '@clbchat/shared/statement/signingKey';
import type { Issuer } from '@clbchat/shared/statement/issuer';
import { expect, test } from 'vitest';
import type { AllDevices, DevicesApi } from '../../console/src/model/devices.ts';
import { createDevicesPage } from '../../console/src/model/team/devices.ts';

const PASSPHRASE = 'vier gewone woorden op papier';

test('[O66] an issuer whose answer was lost is hers as soon as she looks again, and the next press makes no second one', async () => {
  const { files, pins } = await makeRoots(PASSPHRASE, 600_000);
  const onRecord: AllDevices['issuers'][number][] = [];
  const all = (): AllDevices => ({
    nowMs: Date.now(),
    account: 'els',
    binding: 'b',
    pins,
    asks: [],
    devices: [],
    issuers: [...onRecord],
  });
  let lost = true;
  const api = {
    all: async () => ({ ok: true, value: all() }),
    own: async () => ({ ok: true, value: { nowMs: Date.now(), account: 'els', binding: 'b', devices: [], asks: [] } }),
    async postIssuer(statement: string) {
      const payload = JSON.parse(atob(statement.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/'))) as {
        pub: string;
      };
      const id = await pinOf(payload.pub);
      if (!onRecord.some((one) => one.id === id))
        onRecord.push({ id, account: 'els', name: 'Els', endMs: Date.now() + 1e9, revoked: false, active: true });
      if (!lost) return { ok: true, value: all() };
      lost = false;
      return { ok: false, why: 'unreachable' }; // it is on record, and she hears nothing
    },
    revokeIssuer: async () => ({ ok: true, value: all() }),
  } as unknown as DevicesApi;
  let kept: Issuer | null = null;
  const page = createDevicesPage({
    api,
    nowMs: Date.now,
    readIssuer: async () => kept,
    writeIssuer: async (_account, issuer) => void (kept = issuer),
    readAsked: async () => null,
    writeAsked: async () => undefined,
    stepUp: { with: async (ask) => (await ask()) as never },
  });
  await page.open();
  const press = () => page.make(new File([files.O as Uint8Array<ArrayBuffer>], 'O'), PASSPHRASE, 'CLB Noord');
  expect(await press()).toBe(false);
  expect(kept).toBeNull();
  await page.open(); // she looks again
  expect(kept).not.toBeNull();
  expect(await press()).toBe(true);
  expect(onRecord.filter(({ revoked }) => !revoked)).toHaveLength(1);
});
