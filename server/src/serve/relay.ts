import { accountsOf } from '../accounts/accounts.store.ts';
import { asksOf } from '../accounts/asks.store.ts';
import { devicesOf } from '../accounts/devices.store.ts';
import { issuersOf } from '../accounts/issuers.store.ts';
import { secretsOf } from '../accounts/secrets.rules.ts';
import { sessionsOf } from '../accounts/sessions.store.ts';
import { centreOf, orNew } from '../centre/centre.store.ts';
import { promisesTls } from '../centre/origin.rules.ts';
import { standingOf } from '../centre/standing.store.ts';
import { compose } from '../compose.ts';
import type { RelayConfig } from '../config.ts';
import { openIdOf } from '../edge/openId.ts';
import { systemTimers } from '../edge/timers.ts';
import { Bug } from '../kernel/failure.ts';
import { openLog } from '../kernel/log.ts';
import { openStores, type Stores } from '../store.ts';
import { sayIfBroken } from './brokenLog.ts';
import { listenOn, type Around, type Running } from './running.ts';

/** The relay of a real centre: what is kept, what is forgotten, and no file that a browser would run. */
export async function serve(config: RelayConfig, around: Around): Promise<Running> {
  const { redis, centre, limits } = config;
  const stores = await openStores({ redis, centre, limits, production: true });
  try {
    return await serveOn(stores, config, around);
  } catch (error) {
    await stores.close();
    throw error;
  }
}

async function serveOn(stores: Stores, config: RelayConfig, around: Around): Promise<Running> {
  const { limits, origins, pins } = config;
  const { clock, records } = stores;
  const nowMs = () => clock.nowMs();
  const log = openLog({ clock, level: 'info', to: around.sink });
  stores.watch(log);

  const accounts = accountsOf(records, nowMs);
  const settings = orNew(centreOf(records, config.centre, nowMs), config.centre);
  const first = await settings.get();
  if (!first) throw new Bug('a centre has no settings, not even those of a new one');
  const centre = standingOf(settings, first);
  const live = stores.live(() => centre.now().rules);
  const asks = asksOf({ records, nowMs, limits });
  const issuers = issuersOf({ records, nowMs, limits });
  const devices = devicesOf({ records, asks, issuers, nowMs, limits });
  const service = compose({
    ...{ live, centre, clock, timers: systemTimers, log, limits, records, accounts },
    ...{ asks, issuers, devices },
    sessions: sessionsOf({ records, accounts, nowMs, limits, presence: live.presence }),
    roots: { pins, demo: false },
    passkeys: true,
    secrets: config.recordsKey && secretsOf(config.recordsKey),
    openId: config.openId && openIdOf(config.openId, { nowMs }),
    origin: () => origins.console,
    chat: () => origins.chat,
    secure: promisesTls(origins.relay),
    trustedHops: config.trustedHops,
    ...(stores.posted && { posted: stores.posted }),
    ready: stores.ready,
  });
  const port = await listenOn(service.http, config.hosts, config.port, 'PORT');
  service.start();

  around.say(stores.says);
  await sayIfBroken(records, around);
  if (pins.length === 0) around.say('Warning: ROOT_PINS is not set, so nobody can sit down yet.');
  around.say(`Relay: ${origins.relay} on port ${port}`);
  return {
    log,
    drain: service.drain,
    async close() {
      await service.close();
      await stores.close();
    },
  };
}
