import { makeRoots } from '@clbchat/shared/statement/roots';
import { pinOf } from '@clbchat/shared/statement/signingKey';
import type { Issuer } from '@clbchat/shared/statement/issuer';
import { expect, test } from 'vitest';
import type { AllDevices, DevicesApi } from '../../console/src/model/devices.ts';
import { createDevicesPage } from '../../console/src/model/team/devices.ts';
import { NOTHING_HEARD } from '../../console/src/model/team/heard.ts';

const PASSPHRASE = 'vier gewone woorden op papier';

type Page = ReturnType<typeof createDevicesPage>;
interface Line {
  /** what the service says though it wrote the issuer down, or `none`: it says the truth */
  post: string;
  revoke: string;
  disk: boolean;
}

/** A service that writes down what is posted, and whose answers get lost. */
async function scene() {
  const { files, pins } = await makeRoots(PASSPHRASE, 600_000);
  const line: Line = { post: 'none', revoke: 'none', disk: true };
  const onRecord: AllDevices['issuers'][number][] = [];
  const around = { account: 'els', binding: 'b' };
  const all = (): AllDevices => ({ ...around, nowMs: Date.now(), pins, asks: [], devices: [], issuers: [...onRecord] });
  const answers = (why: string) => (why === 'none' ? { ok: true, value: all() } : { ok: false, why });
  const api = {
    all: async () => ({ ok: true, value: all() }),
    own: async () => ({ ok: true, value: { ...around, nowMs: Date.now(), devices: [], asks: [] } }),
    async postIssuer(statement: string) {
      if (line.post === 'too_fast') return { ok: false, why: line.post };
      const payload = JSON.parse(atob(statement.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/'))) as {
        pub: string;
      };
      const id = await pinOf(payload.pub);
      if (!onRecord.some((one) => one.id === id))
        onRecord.push({ id, account: 'els', name: 'Els', endMs: Date.now() + 1e9, revoked: false, active: true });
      return answers(line.post);
    },
    async revokeIssuer(id: string) {
      const at = onRecord.findIndex((one) => one.id === id);
      if (line.revoke === 'none' && at >= 0) onRecord[at] = { ...onRecord[at]!, revoked: true };
      return answers(line.revoke);
    },
  } as unknown as DevicesApi;
  let kept: Issuer | null = null;
  let mayStand: Issuer | null = null;
  const opens = (): Page =>
    createDevicesPage({
      api,
      nowMs: Date.now,
      readIssuer: async () => kept,
      hear: async () => NOTHING_HEARD,
      async writeIssuer(_account, issuer) {
        if (!line.disk) throw new Error('full');
        [kept, mayStand] = [issuer, null];
      },
      readPosted: async () => mayStand,
      writePosted: async (_account, posted) => void (mayStand = posted),
      readAsked: async () => null,
      writeAsked: async () => undefined,
      stepUp: { with: async (ask) => (await ask()) as never },
    });
  let page = opens();
  await page.open();
  const reload = async () => {
    page = opens();
    await page.open();
  };
  const press = (org = 'CLB Noord') => page.make(new File([files.O as Uint8Array<ArrayBuffer>], 'O'), PASSPHRASE, org);
  const standing = () => onRecord.filter(({ revoked }) => !revoked).length;
  return { page, reload, line, press, kept: () => kept, standing };
}

test('[O66] an issuer whose answer was lost is hers as soon as she looks again, and the next press makes no second one', async () => {
  const { page, line, press, kept, standing } = await scene();
  line.post = 'unreachable';
  expect(await press()).toBe(false);
  expect(kept()).toBeNull();
  await page.open(); // she looks again
  expect(kept()).not.toBeNull();
  line.post = 'none';
  expect(await press()).toBe(true);
  expect(standing()).toBe(1);
});

test('[O66 A9] an issuer that is on record though the service did not hear its store is no second one', async () => {
  const { line, press, standing } = await scene();
  line.post = 'unavailable'; // the write arrived at Redis, its answer did not: 500
  expect(await press()).toBe(false);
  line.post = 'none';
  expect(await press()).toBe(true);
  expect(standing()).toBe(1);
});

test.each(['unreachable', 'unavailable'])(
  '[O66] no other issuer is made as long as the one before it was not heard to be revoked: %s',
  async (why) => {
    const { page, line, press, standing } = await scene();
    Object.assign(line, { post: why, revoke: why });
    expect(await press('CLB Nord')).toBe(false);
    line.post = 'none';
    expect(await press('CLB Noord')).toBe(false);
    expect([page.problem.peek(), standing()]).toEqual([{ at: 'make', why }, 1]);
    line.revoke = 'none';
    expect(await press('CLB Noord')).toBe(true);
    expect(standing()).toBe(1);
  },
);

test('[O66] an issuer whose second post was refused is revoked before another one is made', async () => {
  const { line, press, standing } = await scene();
  for (const post of ['unreachable', 'too_fast']) {
    line.post = post;
    expect(await press()).toBe(false);
  }
  Object.assign(line, { post: 'none', revoke: 'unreachable' });
  expect([await press(), standing()]).toEqual([false, 1]);
  line.revoke = 'none';
  expect([await press(), standing()]).toEqual([true, 1]);
});

test('[O66] an issuer that the browser could not keep, and whose revocation was lost, is revoked before another one is made', async () => {
  const { line, press, standing } = await scene();
  Object.assign(line, { disk: false, revoke: 'unreachable' });
  expect([await press(), standing()]).toEqual([false, 1]);
  line.disk = true;
  expect([await press(), standing()]).toEqual([false, 1]);
  line.revoke = 'none';
  expect([await press(), standing()]).toEqual([true, 1]);
});

test('[O66] an issuer whose answer was lost is no second one where she loads the page anew before the next press', async () => {
  const { line, press, kept, standing, reload } = await scene();
  line.post = 'unreachable';
  expect(await press()).toBe(false);
  line.post = 'none';
  await reload();
  expect(kept()).not.toBeNull(); // hers, as soon as she looks
  expect([await press(), standing()]).toEqual([true, 1]);
});

test('[O66] an issuer that may be on record for nobody is revoked before another one is made, after a reload as well', async () => {
  const { line, press, standing, reload } = await scene();
  Object.assign(line, { disk: false, revoke: 'unreachable' });
  expect([await press('CLB Nord'), standing()]).toEqual([false, 1]);
  await reload();
  Object.assign(line, { disk: true, revoke: 'none' });
  expect([await press('CLB Noord'), standing()]).toEqual([true, 1]);
  expect([await reload(), await press('CLB Oost'), standing()]).toEqual([undefined, true, 2]); // what she has is no lost one
});
