import { Problem } from '@clbchat/server/kernel/failure';
import { memoryRecords } from '@clbchat/server/records/records.model';
import type { RecordsStore } from '@clbchat/server/records/records.store';
import { afterEach, expect, test } from 'vitest';
import { fakeClock } from '../support/clock.ts';
import { signIn } from '../support/clients.ts';
import { cookieOf, post } from '../support/gettingIn.ts';
import { startService, type TestService } from '../support/service.ts';
import { fakeTimers } from '../support/timers.ts';

const services: TestService[] = [];
afterEach(async () => void (await Promise.all(services.splice(0).map((one) => one.stop()))));

const down = async () => {
  throw new Problem('unavailable');
};
/** Two processes of one centre; to the other one the records are silent while `isDown`. */
async function two() {
  const clock = fakeClock();
  const machine = { clock, timers: fakeTimers(clock) };
  const shared = memoryRecords(clock);
  const line = { isDown: false };
  const other: RecordsStore = {
    ...shared,
    get: (name) => (line.isDown ? down() : shared.get(name)),
    write: (changes, entry) => (line.isDown ? down() : shared.write(changes, entry)),
  };
  const passkeys = 'too' as const;
  const first = await startService({ machine, passkeys, records: async () => shared });
  const second = await startService({ machine, passkeys, records: async () => other, publicOrigin: first.origin });
  services.push(first, second);
  return { line, first, second };
}

test.each(['/api/demo/sign-out', '/api/sign-out'])(
  '[G73 N17] a process that ended nothing says so, and one at which it holds has a word for that: %s',
  async (path) => {
    const { line, first, second } = await two();
    const { cookie } = await signIn(first);
    line.isDown = true; // this process never met her
    const nothing = await post(second, path, {}, cookie);
    expect([nothing.status, nothing.body, cookieOf(nothing)]).toEqual([503, '{"code":"unavailable"}', '']);
    line.isDown = false;
    await second.sessions.settle();
    const binding = second.sessions.bindingOf(cookie) ?? '';
    expect(await second.sessions.find(binding)).not.toBeNull(); // and now it did
    line.isDown = true;
    for (let n = 0; n < 2; n += 1) {
      const here = await post(second, path, {}, cookie);
      expect([here.status, here.body, cookieOf(here)]).toEqual([500, '{"code":"here_only"}', '']);
    }
    line.isDown = false;
    expect((await post(second, path, {}, cookie)).status).toBe(204);
    expect(await first.sessions.find(binding)).toBeNull();
  },
);
