import { readFileSync } from 'node:fs';
import { accountsOf } from '@clbchat/server/accounts/accounts.store';
import { passwordsOf } from '@clbchat/server/accounts/passwords.store';
import { credentialsOf } from '@clbchat/server/accounts/credentials.store';
import { asksOf, type AsksStore } from '@clbchat/server/accounts/asks.store';
import { devicesOf, type DevicesStore } from '@clbchat/server/accounts/devices.store';
import { figuresOf } from '@clbchat/server/figures/figures.store';
import { issuersOf, type IssuersStore } from '@clbchat/server/accounts/issuers.store';
import { identitiesOf } from '@clbchat/server/accounts/identities.store';
import { unheardMsMax } from '@clbchat/server/accounts/session.rules';
import { sessionsOf } from '@clbchat/server/accounts/sessions.store';
import { teamOf } from '@clbchat/server/accounts/team.store';
import { tokensOf } from '@clbchat/server/accounts/tokens.store';
import { defaultRules } from '@clbchat/server/centre/bounds.rules';
import { defaultCentre, parseCentre, type CentreDocument } from '@clbchat/server/centre/centre.rules';
import { answersOf } from '@clbchat/server/centre/answers.store';
import { centreOf } from '@clbchat/server/centre/centre.store';
import { SHELL } from '@clbchat/server/records/audit.rules';
import { openRecords } from '@clbchat/server/records/open.redis';
import { redisStore } from '@clbchat/server/store.redis';
import { wordsIn } from '@clbchat/shared/statement/chain';
import type { AccountId, Digest } from '@clbchat/shared/ids';
import { limits } from '@clbchat/shared/limits';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { history } from '../store/operations.time.ts';
import { worldOf } from '../store/world.ts';
import { anySealed, deskOpens, newRequest, visitorReturns, visitorWaits } from '../support/clients.ts';
import { fakeClock } from '../support/clock.ts';
import { frameOf } from '../support/frames.ts';
import { startService } from '../support/service.ts';
import { agreesOnKey, good } from '../support/talk.ts';
import { dumpOf } from './dump.ts';
import { EMPTY, fieldsIn, inventoryOf, type StoreName } from './inventory.ts';
import { ownRedis, storeOn, TAG } from './world.ts';
import { chainOf, computer, issuerBy, issuerPart, makeCentreKeys } from '../support/centreKeys.ts';

const redis = await ownRedis();
let seen: Set<string>;
beforeEach(async () => {
  await redis.flushall();
  seen = new Set();
});

/** Whatever stands there now is in the inventory, and remembered for its rows. */
async function look(store: StoreName): Promise<void> {
  const rows = inventoryOf(store);
  const found = fieldsIn(await dumpOf(redis), TAG);
  const strange = [...found].filter((field) => !rows.some(({ fits }) => fits.test(field)));
  expect(strange, 'stored, and in no row of docs/privacy.md').toEqual([]);
  for (const field of found) if (!field.endsWith(EMPTY)) seen.add(field);
}
/** Rows that nothing seen fits. */
const unwritten = (store: StoreName): string[] =>
  inventoryOf(store)
    .filter(({ fits }) => ![...seen].some((field) => fits.test(field)))
    .map(({ key, field }) => `${key} ${field}`);

/** A visit as visits go: it waits, is declined, talks, is put back, reloads, talks again, is away, is let go, taken and ended. */
async function wholeVisit(): Promise<void> {
  const service = await startService({
    store: (needs) => redisStore({ ...needs, redis, tag: TAG, checksClock: false }),
  });
  const seeing = async <Value>(step: Promise<Value>): Promise<Value> => {
    const value = await step;
    await look('Live');
    return value;
  };
  try {
    const desk = await seeing(deskOpens(service, 'lien', { slots: 2 }));
    const visitor = await seeing(visitorWaits(service));
    const { offerNo } = await seeing(desk.hears('offer:ring'));
    await seeing(good(desk.ask('offer:decline', { offerNo })));
    const other = await seeing(deskOpens(service, 'samir'));
    const again = await other.hears('offer:ring');
    const held = await seeing(good(other.ask('offer:accept', { offerNo: again.offerNo, requestId: newRequest() })));
    const talk = { held, on: { visitId: held.visitId, hold: held.hold } };
    const offer = { ...talk.on, epoch: held.epochNext, keyOffer: 'an.offer.that.nobody.here.reads' };
    await seeing(good(other.ask('key:offer', offer)));
    await seeing(good(visitor.ask('key:seal', { epoch: held.epochNext, sealed: anySealed() })));
    await seeing(agreesOnKey(other, visitor, talk));
    const { frame } = frameOf({ visitId: visitor.visitId, side: 'v', n: 1 });
    await seeing(good(visitor.ask('talk:append', { frame })));
    visitor.leave();
    const back = await seeing(visitorReturns(service, visitor.secrets));
    await seeing(good(back.ask('key:ask', { epoch: held.epochNext })));
    await seeing(good(other.ask('desk:release', { ...talk.on, why: 'unkept' })));
    await good(other.ask('desk:status', { status: 'paused', requestId: newRequest() }));
    await seeing(service.advance(service.limits.triedForMs));
    await seeing(good(desk.ask('desk:take', { ticket: 'next', requestId: newRequest() })));
    await seeing(good(back.ask('visit:end', { why: 'left' })));
  } finally {
    await service.stop();
  }
  await look('Live');
}

test('[A10 P1] every field of the live store is in the data inventory, and every row of it is written', async () => {
  await wholeVisit();
  // what a visit as it should be does not meet, from histories that stay the same
  for (const steps of fc.sample(history, { numRuns: 60, seed: 9 })) {
    await redis.flushall();
    const clock = fakeClock();
    const world = worldOf(storeOn(redis, clock), clock);
    for (const [at, { run }] of steps.entries()) {
      await run(world);
      if (at % 8 === 0) await look('Live');
    }
    await look('Live');
  }
  await storeOn(redis, fakeClock()).rounds.claim('tick', limits.tickEveryMs);
  await storeOn(redis, fakeClock()).rounds.claim('figures', limits.figuresEveryMs);
  await storeOn(redis, fakeClock()).rounds.leave(limits.drainMsMax);
  await storeOn(redis, fakeClock()).pending.keep('d'.repeat(43) as Digest, 'a question', limits.pendingMs);
  await look('Live');
  expect(unwritten('Live'), 'in docs/privacy.md, and written by nothing').toEqual([]);
});

const lien = 'lien' as AccountId;

/** With everything that a centre may say. */
const settings: CentreDocument = {
  ...defaultCentre(),
  schedule: {
    ...defaultCentre().schedule,
    week: { ...defaultCentre().schedule.week, sunday: [{ from: '10:00', to: '12:00' }] },
    exceptions: [
      {
        ...{ from: '2026-12-24', to: '2026-12-24', open: [{ from: '14:00', to: '16:00' }], why: 'technical' },
        stood: { from: '2026-12-23', to: '2026-12-24' },
      },
    ],
  },
  rules: { ...defaultRules },
  door: { shutMs: 1 },
  sites: { s_demo: { origins: ['https://www.school.be'], name: 'De Linde' } },
};

interface Slices {
  readonly devices: DevicesStore;
  readonly asks: AsksStore;
  readonly issuers: IssuersStore;
  readonly nowMs: () => number;
}
/** A device that was asked for, signed, and renewed. */
async function signedTwice({ asks, issuers, devices, nowMs }: Slices) {
  const centre = await makeCentreKeys();
  const issuer = await issuerBy(centre, nowMs());
  const { pub, id } = await computer();
  const { issuer: by } = (await wordsIn(await chainOf(issuer, { sub: lien, pub }, nowMs())))!;
  await issuers.make(by, lien, issuerPart(issuer), nowMs() + 1e9, lien);
  await asks.ask(id, lien, pub);
  await look('Records');
  const signing = async (chain: string, certEndMs: number) => ({
    device: id,
    account: lien,
    chain,
    certEndMs,
    by: lien,
  });
  const early = await chainOf(issuer, { sub: lien, pub }, nowMs() - 10 * 86_400_000);
  expect(await devices.first(await signing(early, nowMs() + 1e9))).toEqual({ is: 'signed' });
  const later = await chainOf(issuer, { sub: lien, pub }, nowMs());
  expect(await devices.renewed({ ...(await signing(later, nowMs() + 1e9)), hasSteppedUp: true })).toEqual({
    is: 'signed',
  });
}

test('[A10] every field of the records is in the data inventory, and every row of it is written', async () => {
  const clock = fakeClock();
  const records = await openRecords({ redis, tag: TAG, clock });
  await look('Records');
  expect(parseCentre(settings)).toMatchObject({ ok: true });
  const nowMs = () => clock.nowMs();
  const accounts = accountsOf(records, nowMs);
  expect(await centreOf(records, settings.id, nowMs).put(settings, 0, 'noor')).toMatchObject({ is: 'written' });
  const { rev } = (await centreOf(records, settings.id, nowMs).get())!;
  const signed = { text: '1.a.list', rev: 1 };
  expect(await centreOf(records, settings.id, nowMs).putSites(settings.sites, signed, rev, 'noor')).toMatchObject({
    is: 'written',
  });
  const answer = { name: 'dag', text: 'Dag!', folder: 'start', for: 'all' };
  expect(await answersOf(records, nowMs).put([answer], 0, 'noor')).toMatchObject({ is: 'written' });
  await look('Records');
  await accounts.make(lien, { name: 'Lien', roles: ['counsellor'], disabled: false }, 'noor');
  const [asks, issuers] = [asksOf({ records, nowMs, limits }), issuersOf({ records, nowMs, limits })];
  const devices = devicesOf({ records, asks, issuers, nowMs, limits });
  await devices.signed('d'.repeat(43) as Digest, lien, nowMs() + 1, 'noor');
  await signedTwice({ asks, issuers, devices, nowMs });
  expect(await tokensOf({ records, accounts, nowMs, limits }).make('setup', SHELL)).toMatchObject({ is: 'made' });
  const credentials = credentialsOf({ records, nowMs, limits });
  const key = { id: 'k', key: 'k', counter: 0, transports: ['usb' as const], made: '2026-11-26' };
  await credentials.add(lien, key);
  await credentials.newCodes(lien);
  await identitiesOf(records, nowMs).link(
    lien,
    { issuer: 'https://login.example.be', subject: 'subject 1' },
    'lien@school.test',
  );
  const password = { login: 'lien@clb.test', hash: 'a hash', seed: 'a seed', step: 1 };
  await passwordsOf({ records, nowMs }).set(lien, password);
  const shown = { timezone: 'Europe/Brussels', wasOpenIn: () => true };
  const week = figuresOf(records, nowMs, limits);
  await week.begin([{ week: 2_900, counts: {} }], 494_000);
  await week.add(
    await week.through(),
    495_000,
    [{ hour: 495_000, counts: { 'role.pupil': 1, 'came.495000': 1 } }],
    shown,
  );
  await look('Records');
  const sessions = sessionsOf({
    records,
    accounts,
    nowMs,
    limits,
    presence: { holds: async () => true, awake: async () => true, idle: async () => [] },
  });
  await accounts.make('noor' as AccountId, { name: 'Noor', roles: ['coordinator'], disabled: false }, SHELL);
  const team = teamOf({ records, accounts, nowMs, limits });
  const wish = { roles: ['counsellor' as const], name: 'Tom' };
  expect(await team.invite('noor' as AccountId, wish)).toMatchObject({ is: 'made' });
  const { binding } = (await sessions.open(lien, 'demo')).session;
  clock.advance(limits.sessionMs - limits.sessionCheckEveryMs);
  await sessions.find(binding);
  await look('Records');
  await sessions.renew(binding);
  await sessions.open(lien, 'demo', binding);
  // a log has an anchor once its oldest entries went
  const { anchor, head } = await records.audit();
  await records.shorten({ from: anchor, to: head, entries: 1 });
  await look('Records');
  expect(unwritten('Records'), 'in docs/privacy.md, and written by nothing').toEqual([]);
});

describe('[A10] the inventory itself', () => {
  test('a field that is new is noticed, also in a document, in a list of one and where it is empty', async () => {
    const found = async (key: string, field: string, value: string): Promise<boolean> => {
      await redis.flushall();
      await redis.hset(`${TAG}:${key}`, field, value);
      return look('Records').then(
        () => false,
        () => true,
      );
    };
    expect(await found('records:account', 'lien', '3 0 {"name":"Lien","roles":[]}')).toBe(false);
    expect(await found('records:account', 'lien', '3 0 {"name":"Lien","phone":"1"}')).toBe(true);
    expect(await found('records:account', 'lien', '3 0 {"name":"Lien","phones":[]}')).toBe(true);
    expect(await found('records:account', 'lien', '3 0 {"roles":[{"since":1}]}')).toBe(true);
    expect(await found('records:settings', 'centre', '3 0 {"schedule":{"week":{"monday":[]}}}')).toBe(false);
    expect(await found('records:settings', 'centre', '3 0 {"schedule":{"week":{"holiday":[]}}}')).toBe(true);
    expect(await found('records:about', 'host', 'h')).toBe(true);
    expect(await found('records:visits', 'lien', '3 0 {}')).toBe(true);
  });

  test.each(['Live', 'Records'] as const)('%s: no field stands there twice', (store) => {
    const names = inventoryOf(store).map(({ key, field }) => `${key} ${field}`);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(names.length).toBeGreaterThan(20);
  });

  test('every time and number in it is the one that the program keeps to', () => {
    const {
      visitMs,
      frameMs,
      requestReplayMs,
      triedForMs,
      deskBroomMs,
      addressMs,
      pendingMs,
      sessionIdleMs,
      sessionMs,
      sessionHeldMsMax,
      sessionRenewAgainMs,
      auditKeptMs,
      figuresKeptMs,
      deviceLateMs,
      invitationMs,
      signInDayKeptMs,
      seenEveryMs,
      seenLateMs,
    } = limits;
    const lasts: Readonly<Record<string, number>> = { s: 1_000, min: 60_000, h: 3_600_000, days: 86_400_000 };
    const known: [RegExp, number[]][] = [
      [/^v:<visit> tried/, [triedForMs]],
      [/^f:/, [frameMs]],
      [/^takes/, [requestReplayMs]],
      [/^pending/, [pendingMs]],
      [/^over/, [visitMs]],
      [/^desk:<account> presses/, [requestReplayMs, deskBroomMs]],
      [/^beyond/, [seenEveryMs + seenLateMs, deskBroomMs]],
      [/^(desks?|room|n|gap|tick|rounds|awake|sums)\b/, [deskBroomMs]],
      [/^records:session .*(heir|againMs|anew)/, [sessionRenewAgainMs, sessionRenewAgainMs + unheardMsMax(limits)]],
      [/^records:(device|issuer)/, [deviceLateMs]],
      [/^records:token/, [addressMs]],
      [/^records:invitation/, [invitationMs]],
      [/^records:signIn/, [signInDayKeptMs]],
      [/^records:session/, [sessionIdleMs, sessionMs, sessionHeldMsMax]],
      [/^records:figures <week>/, [figuresKeptMs]],
      [/^records:entries/, [auditKeptMs]],
    ];
    for (const { key, field, gone } of [...inventoryOf('Live'), ...inventoryOf('Records')]) {
      const named = [...gone.matchAll(/(\d+) (s|min|h|days)\b/g)].map(
        ([, count, unit]) => Number(count) * lasts[unit!]!,
      );
      const right = known.find(([where]) => where.test(`${key} ${field}`))?.[1] ?? [];
      expect(named, `${key} ${field}`).toEqual(right);
    }
    const text = readFileSync(new URL('../../docs/privacy.md', import.meta.url), 'utf8');
    const said = (start: string) => Number(new RegExp(`${start} (\\d+)`).exec(text)?.[1]);
    expect([said('the visit ends after'), said('might have left goes')]).toEqual([
      limits.visitMs / lasts['h']!,
      (limits.broomMs - limits.visitMs) / lasts['min']!,
    ]);
    const numbers = [
      said('accounts of up to'),
      said('random numbers of the last'),
      said('from when to when: the last'),
    ];
    expect(numbers).toEqual([limits.triedMax, limits.pressesMax, limits.handoutsKept]);
  });
});
