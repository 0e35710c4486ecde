import { createHmac } from 'node:crypto';
import type { Addresses } from '@clbchat/server/edge/addresses';
import { createAddressShares } from '@clbchat/server/edge/addressShares';
import { addressTries } from '@clbchat/server/edge/addressTries';
import { bucketsByNetwork, buckets, lanes, sharedBuckets, type Forgetful } from '@clbchat/server/edge/rate';
import { signInTries } from '@clbchat/server/edge/signInTries';
import { createTagger } from '@clbchat/server/edge/tag';
import { limits as standard } from '@clbchat/shared/limits';
import { afterEach, expect, test, vi } from 'vitest';
import { good } from '../support/talk.ts';
import { visitorWaits } from '../support/clients.ts';
import { fakeClock } from '../support/clock.ts';
import { fromOurPage, request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { fakeTimers } from '../support/timers.ts';

const HALF_AN_HOUR = 1_800_000;
const { of } = createTagger(() => 0);
const pupil = '203.0.113.9';
const household = '2a02:1810:4f2a:aa01::1';
const times = (many: number) => Array.from({ length: many }, (_, nth) => nth);

interface Kind {
  readonly kept: Forgetful;
  /** something that is remembered of this tag */
  comes(tag: string): unknown;
}
const waits = { firstMs: standard.wrongWaitMs, mostMs: standard.wrongWaitMsMax };
const pace = { perSecond: 2, burst: 10 };
const house = { perSecond: 20, burst: 100 };
/** by name: how many are remembered of an address of IPv6, and for how long after it came once */
const kinds: [string, number, number, (nowMs: () => number) => Kind][] = [
  ['a rate', 1, 500, (nowMs) => kindOf(buckets(pace, nowMs), (one, tag) => one.spend(tag))],
  ['a rate of networks', 3, 500, (nowMs) => kindOf(bucketsByNetwork(pace, nowMs), (one, tag) => one.spend(tag))],
  ['a shared rate', 3, 500, (nowMs) => kindOf(sharedBuckets(pace, house, nowMs), (one, tag) => one.spend(tag))],
  ['a line of who is slowed', 1, 500, (nowMs) => kindOf(lanes(1_000, nowMs), (one, tag) => one.waitMs(tag))],
  ['wrong tries', 1, 10 * waits.mostMs, (nowMs) => kindOf(addressTries(waits, nowMs), (one, tag) => one.tryNow(tag))],
  [
    'wrong passwords',
    1,
    10 * waits.mostMs,
    (nowMs) => kindOf(signInTries(standard, nowMs), (one, tag) => one.tryNow({ login: tag, tag, known: null })),
  ],
];
const kindOf = <Kept extends Forgetful>(kept: Kept, comes: (kept: Kept, tag: string) => unknown): Kind => ({
  kept,
  comes: (tag) => comes(kept, tag),
});

test.each(kinds)('[N77] %s forgets whoever came once it changes nothing, and no sooner', (_, many, lastsMs, make) => {
  const clock = fakeClock();
  const { kept, comes } = make(clock.nowMs);
  expect(kept.forget()).toBe(0);
  comes(of(household));
  expect(kept.forget()).toBe(many);
  clock.advance(lastsMs - 1);
  expect(kept.forget(), 'a wider network has more left, and is over sooner').toBeGreaterThan(0);
  comes(of(pupil));
  clock.advance(1);
  expect(kept.forget(), 'of who came later').toBeLessThan(1 + many);
  expect(kept.forget()).toBeGreaterThan(0);
  clock.advance(2 * lastsMs);
  expect(kept.forget()).toBe(0);
});

test.each(kinds)(
  '[N77] %s forgets of very many some at once, and goes on with the others',
  (_, _many, lastsMs, make) => {
    const clock = fakeClock();
    const { kept, comes } = make(clock.nowMs);
    for (const nth of times(12_000)) comes(`t${nth}`);
    clock.advance(2 * lastsMs);
    const left = times(3).map(() => kept.forget());
    expect(left).toEqual([7_000, 2_000, 0]);
  },
);

test.each(kinds)('[N77] %s keeps nothing of a clock that was set back', (_, _many, _lastsMs, make) => {
  const clock = fakeClock();
  const { kept, comes } = make(clock.nowMs);
  for (const nth of times(20)) comes(`t${nth}`);
  clock.advance(-86_400_000);
  expect(kept.forget()).toBe(0);
});

test('[N77] who is refused because it has nothing left is not forgotten, and has as much again as a new one', () => {
  const clock = fakeClock();
  const rate = bucketsByNetwork(pace, clock.nowMs);
  const spends = (address: string) => times(40).filter(() => rate.spend(of(address))).length;
  expect([spends(household), rate.forget(), spends(household)]).toEqual([10, 3, 0]);
  clock.advance(4_999);
  expect([rate.forget(), spends(household)], 'of the wider ones it spent less than they have').toEqual([1, 9]);
  clock.advance(5_000);
  expect([rate.forget(), spends(household)]).toEqual([0, 10]);
});

test('[N77] all that counts an address forgets it', async () => {
  const clock = fakeClock();
  const shares = createAddressShares({
    limits: { ...standard, postsHouseBurst: 1, connectsBurst: 1, connectsHouseBurst: 1, newVisitsPerTagMax: 1 },
    addresses: { of: () => of(pupil) } as unknown as Addresses,
    timers: fakeTimers(clock, async () => undefined),
    ...{ nowMs: clock.nowMs, knownBy: () => 'a session', claimedBy: () => 'a cookie' },
  });
  const end = { tag: of(pupil), whenGone: () => () => undefined } as never;
  expect(await shares.mayStart(end)).toBe(true);
  expect(shares.forget()).toBe(1);
  for (let each = 0; each <= 3 * standard.postsBurst; each += 1)
    shares.mayPost({ method: 'POST', url: '/api/sign-out' } as never);
  expect(shares.forget(), 'its posts, a session and a cookie').toBe(4);
  expect([shares.connectWaitMs(of(pupil), 4_000), shares.connectWaitMs(of(pupil), 4_000)]).toEqual([0, 100]);
  expect(shares.forget(), 'connections, and its turn among those').toBe(6);
  clock.advance(HALF_AN_HOUR);
  expect(shares.forget()).toBe(0);
});

let service: TestService | null = null;
const { set } = Map.prototype;
afterEach(async () => {
  Object.assign(Map.prototype, { set });
  await service?.stop();
  service = null;
});

/** Where something was put under a key that may be a tag, or a piece of one, and each of them that was made. */
function watchTables() {
  const put: { readonly table: Map<unknown, unknown>; readonly key: string }[] = [];
  const made = new Set<string>();
  Object.assign(Map.prototype, {
    set(this: Map<unknown, unknown>, key: unknown, value: unknown) {
      if (typeof key === 'string' && /^[\w-]{12}(?:[\w-]{4})?$/.test(key)) put.push({ table: this, key });
      return set.call(this, key, value);
    },
  });
  const prototype = Object.getPrototypeOf(createHmac('sha256', 'k')) as { digest: (encoding?: string) => Buffer };
  const { digest } = prototype;
  vi.spyOn(prototype, 'digest').mockImplementation(function (this: never, encoding) {
    const whole = digest.call(this, encoding);
    if (encoding !== undefined) return whole;
    for (const bytes of [9, 12]) made.add(whole.toString('base64url', 0, bytes));
    return whole;
  });
  return () => [...new Set(put.filter(({ table, key }) => made.has(key) && table.has(key)).map(({ key }) => key))];
}

test('[N77] half an hour after its last request no table of the service has an address, whatever it did', async () => {
  const { postsBurst, connectsBurst, connectsHouseBurst } = standard;
  service = await startService({
    ...{ trustedHops: 1, passkeys: 'too' },
    limits: { postsBurst, connectsBurst, connectsHouseBurst, newVisitsPerTagMax: 2 },
  });
  const remembered = watchTables();
  for (const address of [pupil, household]) {
    const headers = { 'x-forwarded-for': address };
    const visitors = [];
    for (let each = 0; each < 2; each += 1) visitors.push(await visitorWaits(service, { headers }));
    const posts = (path: string, body: object) =>
      request(service!, 'POST', path, {
        headers: { ...fromOurPage(service!), ...headers },
        body: JSON.stringify(body),
      });
    expect((await posts('/api/sign-in/code', { code: 'aaaa-bbbb-cccc' })).status).toBe(403);
    expect(
      await posts('/api/sign-in/password', { login: 'noor', password: 'x'.repeat(20) }),
      service.said(),
    ).toMatchObject({ status: 403 });
    for (const visitor of visitors) {
      await good(visitor.ask('visit:end', { why: 'left' }));
      visitor.leave();
      await visitor.closed;
    }
  }
  // each of its networks: of new visits and of posts, and of connections; in the widest, of wrong codes and passwords
  expect(remembered()).toHaveLength(1 + 3);
  await service.advance(HALF_AN_HOUR);
  expect(remembered()).toEqual([]);
}, 60_000);
