import { afterEach, expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { connectVisitor, visitorReturns, visitorWaits } from '../support/clients.ts';
import { startService, type TestService } from '../support/service.ts';
import { fakeTimers } from '../support/timers.ts';

let service: TestService;
afterEach(() => service.stop());

/** Two CONNECTs of an address at once, then two a second; the house is busy after the second. Whoever waits may for two turns. */
const limits = {
  ...{ connectsPerSecond: 2, connectsBurst: 2, connectsHousePerSecond: 1, connectsHouseBurst: 4 },
  connectWaitMsMax: 1_000,
};

/** @returns what the service waits for, in ms */
async function busy(): Promise<number[]> {
  const clock = fakeClock();
  const timers = fakeTimers(clock);
  const waits: number[] = [];
  const after: typeof timers.after = (ms, run) => {
    waits.push(ms);
    return timers.after(ms, run);
  };
  service = await startService({ machine: { clock, timers: { ...timers, after } }, limits });
  return waits;
}

test('[N26 N51] strangers past the rate are refused and take no turn: who brings a token is next, behind the same address', async () => {
  const waits = await busy();
  const [visitor] = [await visitorWaits(service), await connectVisitor(service)];
  for (let each = 0; each < 12; each += 1) await expect(connectVisitor(service)).rejects.toThrow('too_fast');
  const coming = visitorReturns(service, visitor.secrets);
  await expect.poll(() => waits).toContain(500);
  await service.advance(500);
  expect(await (await coming).hears('visit:attached')).toMatchObject({ stage: 'waiting' });
});

test('[N51] who brings a token waits one after the other, and is refused only when that would be too long', async () => {
  const waits = await busy();
  const visitors = [await visitorWaits(service), await visitorWaits(service)];
  const coming = [];
  for (const [at, { secrets }] of visitors.entries()) {
    coming.push(visitorReturns(service, secrets));
    await expect.poll(() => waits).toContain(500 * (at + 1));
  }
  await expect(visitorReturns(service, visitors[0]!.secrets)).rejects.toThrow('too_fast');
  await service.advance(1_000);
  for (const { socket } of await Promise.all(coming)) expect(socket.connected).toBe(true);
});
