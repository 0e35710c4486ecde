import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duplexPair, Writable, type Duplex } from 'node:stream';
import { accountsOf, type AccountsStore } from '@clbchat/server/accounts/accounts.store';
import { asksOf, type AsksStore } from '@clbchat/server/accounts/asks.store';
import { devicesOf, type DevicesStore } from '@clbchat/server/accounts/devices.store';
import { issuersOf, type IssuersStore } from '@clbchat/server/accounts/issuers.store';
import { KEY_BYTES, secretsOf } from '@clbchat/server/accounts/secrets.rules';
import { sessionsOf, type Sessions } from '@clbchat/server/accounts/sessions.store';
import { centreOf } from '@clbchat/server/centre/centre.store';
import { standingOf, type Standing } from '@clbchat/server/centre/standing.store';
import { compose } from '@clbchat/server/compose';
import { openDemo } from '@clbchat/server/demo/centre';
import { plainCookies } from '@clbchat/server/demo/cookies.rules';
import { createDemoIssuer, type DemoIssuer } from '@clbchat/server/demo/issuer';
import { demoKeys, type DemoKeys } from '@clbchat/server/demo/keys';
import { demoRoutes } from '@clbchat/server/demo/routes';
import { createSigner, type Signer } from '@clbchat/server/demo/signer';
import { listen } from '@clbchat/server/edge/listen';
import type { OpenId } from '@clbchat/server/edge/openId';
import { systemTimers } from '@clbchat/server/edge/timers';
import { systemClock, type Clock } from '@clbchat/server/kernel/clock';
import { openLog } from '@clbchat/server/kernel/log';
import type { Rules, StoreNeeds } from '@clbchat/server/kernel/needs';
import { DEMO } from '@clbchat/server/records/audit.rules';
import { memoryRecords } from '@clbchat/server/records/records.model';
import type { Posted } from '@clbchat/server/live/posted';
import type { RecordsStore } from '@clbchat/server/records/records.store';
import { memoryStore, type LiveStore } from '@clbchat/server/store.memory';
import { limits as standard, type Limits } from '@clbchat/shared/limits';
import { fakeClock, type FakeClock } from './clock.ts';
import { fakeTimers, type FakeTimers } from './timers.ts';

interface Wishes {
  /** `fake`: time stands still until `advance`. `real`: the machine's own clock and timers */
  readonly time?: 'fake' | 'real';
  /** a clock that others of the test live by as well */
  readonly machine?: { readonly clock: FakeClock; readonly timers: FakeTimers };
  /** fingerprints of the roots whose devices may work here, as long as the test fills it; the demonstration's own */
  readonly pins?: readonly string[];
  /** false: what a centre in production demands, with the demonstration's people beside it */
  readonly demo?: boolean;
  readonly limits?: Partial<Limits>;
  readonly rules?: Partial<Rules>;
  /** the memory store, unless a test brings its own */
  readonly store?: (needs: StoreNeeds) => LiveStore;
  /** what other processes post to this one */
  readonly posted?: Posted;
  /** the memory store, unless a test brings its own */
  readonly records?: (clock: Clock) => Promise<RecordsStore>;
  /** folders that stand for what the builds write */
  readonly widget?: string;
  readonly console?: string;
  readonly schoolOrigins?: readonly string[];
  readonly hours?: 'always' | 'real';
  readonly trustedHops?: number;
  /** whether somebody may get in by passkey, code or one-time address; `too`: beside the demonstration's people */
  readonly passkeys?: boolean | 'too';
  /** with whose accounts somebody may get in as well, where `passkeys` are */
  readonly openId?: (nowMs: () => number) => OpenId;
  /** as the demonstration over plain http */
  readonly plainCookies?: boolean;
  /** the name that several services share, as behind a proxy */
  readonly publicOrigin?: string;
  /** origin of the chat, where chat, console (`publicOrigin`) and this service are three hosts */
  readonly chatOrigin?: string;
}

/** A whole server with real sockets, on a free port of 127.0.0.1; pages know it as `http://localhost:<port>`. */
export interface TestService {
  /** what `Origin` must say */
  readonly origin: string;
  /** where to connect */
  readonly address: string;
  readonly port: number;
  readonly clock: FakeClock;
  readonly live: LiveStore;
  readonly limits: Limits;
  readonly sessions: Sessions;
  readonly devices: DevicesStore;
  readonly asks: AsksStore;
  readonly issuers: IssuersStore;
  readonly accounts: AccountsStore;
  readonly records: RecordsStore;
  readonly centre: Standing;
  readonly keys: DemoKeys;
  readonly sign: Signer;
  /** not on record before it is said */
  readonly demoIssuer: DemoIssuer;
  /** @returns the near end of a connection in memory, which the service takes for one of the network */
  plug(): Duplex;
  /** Only with fake time. */
  advance(ms: number): Promise<void>;
  /** every route that is registered, as Fastify prints them */
  routes(): string;
  /** all that was logged */
  said(): string;
  /** as SIGTERM begins */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

const folder = mkdtempSync(join(tmpdir(), 'clbchat-wire-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Many requests in a moment that stands still: a test that is not about rates must not meet one. */
const roomy = {
  eventsBurst: 10_000,
  passingBurst: 10_000,
  packetsBurst: 100_000,
  postsBurst: 10_000,
  newVisitsPerTagMax: 10_000,
  turnsMax: 10_000,
  connectsBurst: 10_000,
  connectsHouseBurst: 100_000,
};

export async function startService(wishes: Wishes = {}): Promise<TestService> {
  const real = wishes.time === 'real';
  const clock = wishes.machine?.clock ?? fakeClock();
  const timers = real ? undefined : (wishes.machine?.timers ?? fakeTimers(clock));
  const now = real ? systemClock : clock;
  const limits: Limits = { ...standard, ...roomy, ...wishes.limits };
  const keys = await demoKeys(folder, clock.nowMs());
  const records = (await wishes.records?.(now)) ?? memoryRecords(now);
  const accounts = accountsOf(records, now.nowMs);
  const { hours: open = 'always', schoolOrigins = [], rules } = wishes;
  const store = centreOf(records, 'demo', now.nowMs);
  // where people get in by themselves nobody is there before the first of them
  const people = wishes.passkeys === true ? { ...accounts, make: async () => true } : accounts;
  const first = await openDemo(records, store, people, { open, schoolOrigins });
  const centre = standingOf(store, first, rules);
  const live = (wishes.store ?? memoryStore)({
    ...{ clock: now, limits },
    get rules() {
      return centre.now().rules;
    },
  });
  const sessions = sessionsOf({
    records,
    accounts,
    nowMs: now.nowMs,
    limits,
    presence: live.presence,
    ...(wishes.plainCookies === true && { cookies: plainCookies }),
  });
  const asks = asksOf({ records: records, nowMs: now.nowMs, limits });
  const issuers = issuersOf({ records, nowMs: now.nowMs, limits });
  const devices = devicesOf({ records: records, asks, issuers, nowMs: now.nowMs, limits });
  const sign = createSigner(keys, now.nowMs, (...device) => devices.signed(...device, DEMO));
  const demoIssuer = createDemoIssuer({ keys, issuers, asks, nowMs: now.nowMs });
  let said = '';
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      said += chunk.toString();
      done();
    },
  });

  let origin = '';
  const { chatOrigin } = wishes;
  const service = compose({
    live,
    centre,
    ...{ clock: now, timers: timers ?? systemTimers, limits, records, accounts, devices, asks, issuers, sessions },
    log: openLog({ clock: now, level: 'info', to }),
    roots: { pins: wishes.pins ?? keys.pins, demo: wishes.demo ?? true },
    passkeys: Boolean(wishes.passkeys),
    openId: wishes.openId?.(now.nowMs) ?? null,
    secrets: secretsOf(Buffer.alloc(KEY_BYTES, 7)),
    origin: () => origin,
    ...(chatOrigin !== undefined && { chat: () => chatOrigin }),
    secure: false,
    trustedHops: wishes.trustedHops ?? 0,
    beside: demoRoutes({
      ...{ sign, issuer: demoIssuer, pins: wishes.pins ?? keys.pins, origin: () => origin },
      ...{ widget: wishes.widget ?? folder, console: wishes.console ?? folder },
    }),
    ...(wishes.posted && { posted: wishes.posted }),
    ready: () => true,
  });
  const port = await listen(service.http, ['127.0.0.1'], 0);
  origin = wishes.publicOrigin ?? `http://localhost:${port}`;
  service.start();

  return {
    ...{
      origin,
      port,
      address: `http://127.0.0.1:${port}`,
      clock,
      live,
      limits,
      sessions,
      devices,
      ...{ asks, issuers },
      accounts,
      ...{ records, centre },
      keys,
      sign,
    },
    plug() {
      const [near, far] = duplexPair();
      near.once('close', () => far.destroy());
      far.once('close', () => near.destroy());
      service.http.app.server.emit('connection', far);
      return near;
    },
    async advance(ms) {
      if (!timers) throw new Error('this service lives in real time');
      await timers.advance(ms);
    },
    routes: () => service.http.app.printRoutes({ commonPrefix: false }),
    demoIssuer,
    said: () => said,
    drain: service.drain,
    stop: service.close,
  };
}
