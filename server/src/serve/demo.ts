import { accountsOf } from '../accounts/accounts.store.ts';
import { asksOf } from '../accounts/asks.store.ts';
import { hostCookies } from '../accounts/cookie.rules.ts';
import { devicesOf } from '../accounts/devices.store.ts';
import { issuersOf } from '../accounts/issuers.store.ts';
import { secretsOf } from '../accounts/secrets.rules.ts';
import { sessionsOf } from '../accounts/sessions.store.ts';
import { answersOf } from '../centre/answers.store.ts';
import { centreOf } from '../centre/centre.store.ts';
import { promisesTls } from '../centre/origin.rules.ts';
import { standingOf } from '../centre/standing.store.ts';
import { compose, type Service } from '../compose.ts';
import type { DemoConfig } from '../config.ts';
import { openAnswers } from '../demo/answers.ts';
import { openDemo } from '../demo/centre.ts';
import { composeHostPages } from '../demo/host.ts';
import { openFigures } from '../demo/figures.ts';
import { createDemoIssuer } from '../demo/issuer.ts';
import { plainCookies } from '../demo/cookies.rules.ts';
import { demoKeys } from '../demo/keys.ts';
import { demoRoutes } from '../demo/routes.ts';
import { createSigner } from '../demo/signer.ts';
import { openIdOf } from '../edge/openId.ts';
import { systemTimers } from '../edge/timers.ts';
import { openLog } from '../kernel/log.ts';
import { DEMO } from '../records/audit.rules.ts';
import { openStores, type Stores } from '../store.ts';
import { sayIfBroken } from './brokenLog.ts';
import { folder, listenOn, type Around, type Running } from './running.ts';

const SITE = 'demo';

/** The demonstration: everything in one process, with people whose devices it signs by itself. */
export async function serve(config: DemoConfig, around: Around): Promise<Running> {
  const stores = await openStores({ redis: config.redis, centre: SITE, limits: config.limits });
  try {
    return await serveOn(stores, config, around);
  } catch (error) {
    await stores.close();
    throw error;
  }
}

// over 80 lines because it is one start, each step of which the next ones need
async function serveOn(stores: Stores, config: DemoConfig, around: Around): Promise<Running> {
  const { limits, scaledRules } = config;
  const { say, sink } = around;
  const { clock } = stores;
  const nowMs = () => clock.nowMs();
  const log = openLog({ clock, level: 'info', to: sink });
  stores.watch(log);
  const keys = await demoKeys(folder('.demo'), nowMs());
  const pins = [...keys.pins, ...config.rootPins];
  const widget = folder('widget/dist');

  let origin = '';
  const host = composeHostPages({ clock, limits, log, chat: () => origin, site: SITE, pins, widget });
  const schoolPort = await listenOn(host, config.demoHosts, config.demoPort, 'DEMO_PORT');
  const school = config.demoPublicOrigin ?? `http://127.0.0.1:${schoolPort}`;

  const accounts = accountsOf(stores.records, nowMs);
  const asks = asksOf({ records: stores.records, nowMs, limits });
  const issuers = issuersOf({ records: stores.records, nowMs, limits });
  const devices = devicesOf({ records: stores.records, asks, issuers, nowMs, limits });
  const settings = centreOf(stores.records, SITE, nowMs);
  const first = await openDemo(stores.records, settings, accounts, { open: config.open, schoolOrigins: [school] });
  await openFigures(stores.records, nowMs, limits, first.centre.schedule.timezone);
  await openAnswers(answersOf(stores.records, nowMs));
  const issuer = createDemoIssuer({ keys, issuers, asks, nowMs });
  await issuer.record();
  const centre = standingOf(settings, first, scaledRules);

  const secure = config.publicOrigin !== null && promisesTls(config.publicOrigin);
  const live = stores.live(() => centre.now().rules);
  const service: Service = compose({
    live,
    centre,
    ...{ clock, timers: systemTimers, log, limits },
    ...{ records: stores.records, accounts, devices, asks, issuers },
    sessions: sessionsOf({
      records: stores.records,
      accounts,
      nowMs,
      limits,
      presence: live.presence,
      cookies: secure ? hostCookies : plainCookies,
    }),
    roots: { pins, demo: true },
    beside: demoRoutes({
      sign: createSigner(keys, nowMs, (...device) => devices.signed(...device, DEMO)),
      ...{ issuer, pins, origin: () => origin, widget, console: folder('console/dist') },
    }),
    passkeys: true, // whom Noor invites
    secrets: config.recordsKey && secretsOf(config.recordsKey),
    openId: config.openId && openIdOf(config.openId, { nowMs }),
    origin: () => origin,
    secure,
    trustedHops: config.trustedHops,
    ...(stores.posted && { posted: stores.posted }),
    ready: stores.ready,
  });
  const close = async () => {
    await Promise.all([service.close(), host.app.close()]);
    await stores.close();
  };
  let port: number;
  try {
    port = await listenOn(service.http, config.hosts, config.port, 'PORT');
    origin = config.publicOrigin ?? `http://localhost:${port}`;
  } catch (error) {
    await host.app.close();
    throw error;
  }
  service.start();

  say('This is a demonstration: it signs its two counsellors by itself. Never use it for real conversations.');
  say(stores.says);
  await sayIfBroken(stores.records, around);
  if (config.publicOrigin !== null || config.demoPublicOrigin !== null)
    say(`For the proxy: chat and console are on port ${port}, the school's pages on port ${schoolPort}.`);
  say(`School page: ${school}/`);
  say(`Smartschool page: ${school}/smartschool`);
  say(`Console: ${origin}/console/`);
  return { log, close };
}
