import { createAddressShares } from '@clbchat/server/edge/addressShares';
import type { Addresses } from '@clbchat/server/edge/addresses';
import { createConnections } from '@clbchat/server/edge/connections';
import { createLineShares } from '@clbchat/server/edge/lineShares';
import { countsByNetwork } from '@clbchat/server/edge/networks';
import { createQueues } from '@clbchat/server/edge/queued';
import { signInTries } from '@clbchat/server/edge/signInTries';
import { createStrangers } from '@clbchat/server/edge/strangers';
import { createTagger } from '@clbchat/server/edge/tag';
import { createWaitingRoom } from '@clbchat/server/edge/waitingRoom';
import { addressTries } from '@clbchat/server/edge/addressTries';
import { emptyLive } from '@clbchat/server/live/record';
import { memoryStore } from '@clbchat/server/store.memory';
import type { VisitId } from '@clbchat/shared/ids';
import { limits as standard } from '@clbchat/shared/limits';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { connectVisitor, deskOpens, joinInput, newSecrets } from '../support/clients.ts';
import { fakeClock } from '../support/clock.ts';
import { request } from '../support/request.ts';
import { startService, type TestService } from '../support/service.ts';
import { fakeTimers } from '../support/timers.ts';

const MIN = 60_000;
const group = (n: number) => n.toString(16).padStart(2, '0');
/** The nth /64 of one household's /56, and of one tunnel's /48, each in a /56 of its own. */
const home = (n: number) => `2a02:1810:4f2a:aa${group(n)}::1`;
const tunnel = (n: number) => `2a02:1810:4f2a:${group(n)}01::1`;
const pupil = '203.0.113.9';
const { of } = createTagger(() => 0);
const waits = { firstMs: 1_000, mostMs: 60_000 };
const times = (many: number) => Array.from({ length: many }, (_, nth) => nth);

let service: TestService | null = null;
afterEach(async () => {
  await service?.stop();
  service = null;
});

describe('the line', () => {
  /** By the product's own rules full from 45 minutes on; a hand-out takes three, and one counsellor has her hands full. */
  async function evening(): Promise<TestService> {
    const started = (service = await startService({
      trustedHops: 1,
      store(needs) {
        const now = needs.clock.nowMs();
        const handouts = times(6).map((at) => ({ fromMs: now - (at + 1) * 3 * MIN, toMs: now - at * 3 * MIN }));
        return memoryStore(needs, { ...emptyLive(), handouts });
      },
    }));
    await deskOpens(started, 'lien', { status: 'paused' });
    return started;
  }
  const joins = async (address: string) => {
    const client = await connectVisitor(service!, { headers: { 'x-forwarded-for': address } });
    const answer = await client.ask('visit:join', await joinInput(await newSecrets()));
    return answer.ok ? 'joined' : answer.code;
  };

  test.each([
    ['a household, with all of a /56', home],
    ['a tunnel, with all of a /48', tunnel],
  ])(
    '[N44 N76] %s fills it, and is refused itself: nobody else is, at the door or by the button',
    async (_whose, at) => {
      const { advance } = await evening();
      const got = [];
      for (const nth of times(24)) got.push(await joins(at(Math.floor(nth / 4))));
      expect(got).toEqual(times(24).map((nth) => (nth < 15 ? 'joined' : 'full')));
      await advance(1_000);
      expect(JSON.parse((await request(service!, 'GET', '/status/demo')).body)).toMatchObject({ state: 'open' });
      expect(await joins(pupil)).toBe('joined');
    },
  );

  test('[N76] counts each network up to its own share, and nothing twice; who asks sees all of her own, and of neighbours their shares', () => {
    const shares = createLineShares(4);
    let id = 0;
    const enter = (address: string, many: number) => {
      const ids = times(many).map(() => `v${(id += 1)}` as VisitId);
      for (const each of ids) shares.enter(each, of(address));
      return ids;
    };
    const beyond = (address?: string) => shares.beyond(address === undefined ? undefined : of(address));
    const first = enter(home(0), 6); // its /64 may have 4
    expect([beyond(), beyond(home(0)), beyond(home(1)), beyond(pupil)]).toEqual([2, 0, 2, 2]);
    enter(home(1), 4); // their /56 as well
    expect([beyond(), beyond(home(0)), beyond(home(1)), beyond(tunnel(0))]).toEqual([6, 0, 2, 6]);
    enter(tunnel(0), 4); // and their /48
    expect([beyond(), beyond(home(0)), beyond(tunnel(0)), beyond(tunnel(1))]).toEqual([10, 0, 6, 6]);
    enter(pupil, 5);
    expect([beyond(), beyond(pupil), beyond(home(0))]).toEqual([11, 10, 1]);
    shares.look(first, [], () => undefined);
    expect([beyond(), beyond(pupil), beyond(home(1))]).toEqual([5, 4, 1]);
  });
});

describe.each([
  ['a household, with all of a /56', home],
  ['a tunnel, with all of a /48', tunnel],
])('[N76] %s', (_whose, at) => {
  test('that fills the house with strangers loses its own, and somebody who came first stays', () => {
    const went: string[] = [];
    const timers = fakeTimers(fakeClock(), async () => undefined);
    const strangers = createStrangers({ ...standard, unauthenticatedMax: 8, strangersPerTagMax: 3 }, timers);
    const comes = (address: string) =>
      strangers.meet({ tag: of(address), cut: () => went.push(address) }).within(1_000, () => undefined);
    comes(pupil);
    comes(pupil);
    for (const nth of times(20)) comes(at(nth));
    expect(went).not.toContain(pupil);
    expect(went).toEqual(times(went.length).map(at));
    expect(20 - went.length, 'are left of it').toBeLessThanOrEqual(6);
  });

  test('that opens many connections loses its own before the house is full', () => {
    const limits = { ...standard, connectionsMax: 20, socketsPerTagMax: 3 };
    const connections = createConnections(limits, createQueues(limits));
    const here = times(20).map((nth) => {
      const socket = new PassThrough();
      connections.meet(socket, of(at(nth)));
      return socket;
    });
    expect(here.filter((socket) => !socket.destroyed).length).toBeLessThanOrEqual(11);
    for (const socket of here) socket.destroy();
  });

  test('that reads nothing is cut off whole, and not the one who has most by himself', () => {
    const queues = createQueues({ ...standard, queuedBytesMax: 100, queuedBytesHouseMax: 200 });
    const went = new Set<string>();
    const waits = (address: string, bytes: number) =>
      queues.watch({ tag: of(address), bytes: () => bytes, cut: () => void went.add(address) });
    waits(pupil, 90);
    for (const nth of times(4)) waits(at(nth), 60);
    queues.sweep();
    expect([...went]).toEqual(times(4).map(at));
  });

  test('has no more sessions, requests and claims than twice an address', () => {
    const counts = countsByNetwork();
    for (const nth of times(8)) counts.add(of(at(nth)), 1);
    expect(counts.isPast(of(at(200)), 4)).toBe(at === home);
    counts.add(of(at(8)), 1);
    expect([counts.isPast(of(at(200)), 4), counts.isPast(of(pupil), 4)]).toEqual([true, false]);
    for (const nth of times(9)) counts.add(of(at(nth)), -1);
    expect(counts.isPast(of(at(0)), 0)).toBe(false);

    const clock = fakeClock();
    const shares = createAddressShares({
      limits: { ...standard, postsBurst: 4, connectsBurst: 4, connectsHouseBurst: 20, postsHouseBurst: 20 },
      addresses: { of: ({ url }: { url: string }) => of(url) } as unknown as Addresses,
      timers: fakeTimers(clock, async () => undefined),
      ...{ nowMs: clock.nowMs, knownBy: () => null, claimedBy: () => null },
    });
    const post = (address: string) => shares.mayPost({ url: address, method: 'POST' } as never);
    for (const nth of times(60)) post(at(nth));
    expect([post(at(61)), post(pupil)], 'no more is left to neighbours, nor less to others').toEqual([false, true]);
    const claim = (address: string) => shares.connectWaitMs(of(address), 500);
    for (const nth of times(60)) claim(at(nth));
    expect([claim(at(61)) > 500, claim(pupil)]).toEqual([true, 0]);
  });

  test('begins no more new visits in a second than its widest network may, and all of it stand in one line', async () => {
    const clock = fakeClock();
    const timers = fakeTimers(clock, async () => undefined);
    const limits = { ...standard, newVisitsPerTagMax: 2 };
    const shares = createAddressShares({
      ...{ limits, timers, nowMs: clock.nowMs, knownBy: () => null, claimedBy: () => null },
      addresses: {} as Addresses,
    });
    let begun = 0;
    const comes = (address: string) =>
      void shares
        .mayStart({ tag: of(address), whenGone: () => () => undefined } as never)
        .then((isTurn) => (begun += isTurn ? 1 : 0));
    for (const nth of times(20)) comes(at(nth));
    await timers.advance(0);
    expect(begun).toBe(at === home ? 3 : 4);
    begun = 0;
    await timers.advance(2_000);
    expect(begun).toBe(4);
    comes(pupil);
    await timers.advance(0);
    expect(begun).toBe(5);
  });

  test('guesses no faster by being many', () => {
    let now = 1_000_000;
    const tries = addressTries(waits, () => now);
    const free = at === home ? 4 : 8;
    for (const nth of times(free)) expect(tries.tryNow(of(at(nth)))).toBe(0);
    expect(tries.tryNow(of(at(20))), 'one more').toBe(0);
    expect(tries.tryNow(of(at(21)))).toBe(1_000);
    tries.right(of(at(20)));
    expect(tries.waitMs(of(at(21))), 'as if she had not been').toBe(0);
    expect(tries.tryNow(of(at(20))), 'and takes nothing of theirs back').toBe(0);
    expect(tries.waitMs(of(at(21)))).toBe(1_000);
    expect(tries.tryNow(of(pupil))).toBe(0);
    now += 1_000;
    expect(tries.tryNow(of(at(22)))).toBe(0);
    expect(tries.tryNow(of(at(23)))).toBeGreaterThan(0);

    const signIns = signInTries(standard, () => now);
    const wrong = (nth: number) => signIns.tryNow({ login: `n${nth}`, tag: of(at(nth)), known: null });
    const waited = times(30).map(wrong);
    expect(waited.slice(0, free + 1)).toEqual(times(free + 1).map(() => 0));
    expect(waited.slice(free + 1).every((ms) => ms > 0)).toBe(true);
  });
});

test('[N76] who shares a network with guessers is looked at before them', () => {
  const tries = addressTries(waits, () => 0);
  for (const nth of times(4)) tries.tryNow(of(tunnel(nth)));
  tries.tryNow(of(home(0)));
  expect(tries.wrong(of(home(0)))).toBe(1);
});

test.each([
  ['in another /56 of its /48', 4, tunnel(3)],
  ['in another /64 of its /56', 1, home(200)],
])('[N76 G8 G18] who guesses keeps no neighbour %s from a try, however long she goes on', (_where, many, neighbour) => {
  let now = 1_000_000;
  const tries = addressTries(waits, () => now);
  let made = 0;
  for (const _second of times(3_600)) {
    const at = home(many === 1 ? 0 : made % 256);
    if (tries.tryNow(of(at)) === 0) made += 1;
    expect(tries.waitMs(of(neighbour))).toBe(0);
    now += 1_000;
  }
  expect(made).toBeGreaterThan(50);
  expect(tries.tryNow(of(neighbour)), 'whose own wrong ones cost her as little as anybody').toBe(0);
  expect(tries.waitMs(of(neighbour))).toBe(0);
});

test.each([
  ['an address', (_nth: number) => pupil, 26],
  ['a household', home, 39],
  ['a tunnel', tunnel, 78],
])(
  '[N76 G8 G18] %s makes in twenty minutes no more wrong tries than its share, however they are spread',
  (_whose, at, most) => {
    const tags = times(256).map((nth) => of(at(nth)));
    const ways = [1, 2, 8, 60].map((many) => {
      let now = 1_000_000;
      const tries = addressTries(waits, () => now);
      let made = 0;
      for (const _second of times(1_200)) {
        for (const tag of tags.slice(0, many)) made += tries.tryNow(tag) === 0 ? 1 : 0;
        now += 1_000;
      }
      return made;
    });
    expect(Math.max(...ways)).toBeLessThanOrEqual(most);
  },
);

test('[N76 G18] a try at which nobody looked counts as none in any network, and a clock that was set back keeps nobody waiting', () => {
  let now = 1_000_000_000;
  const tries = addressTries(waits, () => now);
  for (const nth of times(300)) {
    expect(tries.tryNow(of(home(nth % 256)))).toBe(0);
    expect(tries.unlooked(of(home(nth % 256)))).toBe(0);
  }
  for (const nth of times(6)) tries.tryNow(of(home(nth)));
  expect(tries.unlooked(of(home(4))), 'what has to be waited stays').toBe(1_000);
  expect(tries.wrong(of(home(9)))).toBe(1);
  now -= 86_400_000;
  expect(tries.waitMs(of(home(0)))).toBe(0);
});

test.each([
  ['who is in by the browser that knows her', 'hers'],
  ['who is in where she is not known', null],
])('[G8 G18] an address guesses no faster by %s, as often as she signs in', (_who, known) => {
  const hour = (signIns: boolean) => {
    let [now, made] = [1_000_000, 0];
    const tries = signInTries(standard, () => now);
    for (const nth of times(3_600)) {
      if (tries.tryNow({ login: `n${nth}`, tag: pupil, known: null }) === 0) made += 1;
      const one = { login: `lien${nth}`, tag: pupil, known };
      if (signIns && tries.tryNow(one) === 0) {
        tries.half(one);
        tries.right(one);
      }
      now += 1_000;
    }
    return made;
  };
  expect(hour(true)).toBe(hour(false));
});

test('[G8 G18] nobody at her address reads from its waits that she typed a right password', () => {
  let now = 1_000_000;
  const waitsAfter = (comes: boolean) => {
    now = 1_000_000;
    const tries = signInTries(standard, () => now);
    const waitsOf: number[] = [];
    for (const nth of times(20)) {
      const one = { login: `lien${nth}`, tag: pupil, known: null };
      if (comes && tries.tryNow(one) === 0) tries.half(one);
      waitsOf.push(tries.tryNow({ login: `n${nth}`, tag: pupil, known: null }));
      now += 1_000;
    }
    return waitsOf;
  };
  expect(waitsAfter(true)).toEqual(waitsAfter(false));
});

test('[G92] of networks as many are remembered as there is room for, and who tries others ends no wait but by trying those as often', () => {
  let now = 1_000_000;
  const tries = addressTries(waits, () => now, 10);
  for (const _time of times(3)) {
    tries.tryNow('guesser');
    now += tries.waitMs('guesser');
  }
  tries.tryNow('guesser');
  const last = 4_000;
  for (const nth of times(300)) tries.tryNow(`once ${nth}`);
  expect([tries.waitMs('guesser'), tries.wrong('guesser')]).toEqual([last, 4]);
  expect(
    times(300).filter((nth) => tries.wrong(`once ${nth}`) > 0),
    'of the others the last',
  ).toEqual(times(9).map((nth) => 291 + nth));
  now += last;
  for (const nth of times(10))
    for (const _time of times(4)) {
      now += tries.waitMs(`as often ${nth}`);
      tries.tryNow(`as often ${nth}`);
    }
  expect(tries.wrong('guesser')).toBe(0);
  now += 10 * waits.mostMs + 1;
  expect(tries.wrong('as often 9'), 'nor is anything longer than it counts').toBe(0);
});

test('[N76] the line of a network is one, whichever of its addresses waits', async () => {
  const timers = fakeTimers(fakeClock(), async () => undefined);
  const { turn, has } = createWaitingRoom({ ...standard, newVisitsSlowedMs: 1_000, newVisitsHeldMs: 60_000 }, timers);
  const guests = times(6).map((nth) => ({ tag: of(tunnel(nth)), whenGone: () => () => undefined }));
  const began: number[] = [];
  for (const [nth, guest] of guests.entries()) void turn(guest).then(() => began.push(nth));
  await timers.advance(1_000);
  expect(began).toEqual([0, 1]);
  expect(guests.map(has)).toEqual([false, false, true, true, true, true]);
});

test.each([0, 3])(
  '[N76 G18] who signs in, %i times, takes nothing back of what guessers in her /48 got wrong',
  (signIns) => {
    const tries = signInTries(standard, () => 0);
    const { of: tagOf } = createTagger(() => 0);
    const guesses = (n: number) =>
      tries.tryNow({ login: `n${n}`, tag: tagOf(`2001:db8:1:${group(n)}00::1`), known: null });
    for (let n = 0; n < 7; n += 1) expect(guesses(n)).toBe(0);
    const hers = tagOf('2001:db8:1:ff00::1');
    for (const known of [null, 'hers'])
      for (let times = 0; times < signIns; times += 1) {
        const one = { login: `lien${known} ${times}`, tag: hers, known };
        expect(tries.tryNow(one)).toBe(0);
        tries.half(one);
        tries.right(one);
      }
    // eight are free, and the one after them begins the waits
    expect([20, 21, 22].map((n) => guesses(n) > 0)).toEqual([false, false, true]);
  },
);
