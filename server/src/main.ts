import { fileURLToPath } from 'node:url';
import { accountsOf } from './accounts/accounts.store.ts';
import { asksOf } from './accounts/asks.store.ts';
import { devicesOf } from './accounts/devices.store.ts';
import { issuersOf } from './accounts/issuers.store.ts';
import { sessionsOf } from './accounts/sessions.store.ts';
import { centreOf } from './centre/centre.store.ts';
import { promisesTls } from './centre/origin.rules.ts';
import { standingOf } from './centre/standing.store.ts';
import { compose, composeHostPages, type Service } from './compose.ts';
import { readConfig, StartProblem, type Config } from './config.ts';
import { openDemo } from './demo/centre.ts';
import { demoKeys } from './demo/keys.ts';
import { createSigner } from './demo/signer.ts';
import type { Http } from './edge/http.ts';
import { listen, PortProblem } from './edge/listen.ts';
import { openIdOf } from './edge/openId.ts';
import { systemTimers } from './edge/timers.ts';
import { openLog, type Log } from './kernel/log.ts';
import { openSink } from './kernel/sink.ts';
import { DEMO, isWhole } from './records/audit.rules.ts';
import { CannotStart } from './redis/cannotStart.ts';
import { openStores, type Stores } from './store.ts';

const root = new URL('../../', import.meta.url);
const folder = (path: string) => fileURLToPath(new URL(path, root));
const sink = openSink();
const say = (line: string) => sink.write(`${line}\n`);

const SITE = 'demo';
const ENDS_WITHIN_MS = 1_500;
const LAST_LINES_MS = 250;

interface Running {
  readonly log: Log;
  close(): Promise<void>;
}

async function start(config: Config): Promise<Running> {
  const stores = await openStores({ redis: config.redis, centre: SITE, limits: config.limits });
  try {
    return await startOn(stores, config);
  } catch (error) {
    await stores.close();
    throw error;
  }
}

async function startOn(stores: Stores, { limits, scaledRules, ...config }: Config): Promise<Running> {
  const { clock } = stores;
  const nowMs = () => clock.nowMs();
  const log = openLog({ clock, level: 'info', to: sink });
  stores.watch(log);
  const keys = await demoKeys(folder('.demo'), nowMs());
  const widget = folder('widget/dist');

  let origin = '';
  const host = composeHostPages({ clock, limits, log, chat: () => origin, site: SITE, pins: keys.pins, widget });
  const schoolPort = await listenOn(host, config.demoHosts, config.demoPort, 'DEMO_PORT');
  const school = config.demoPublicOrigin ?? `http://127.0.0.1:${schoolPort}`;

  const accounts = accountsOf(stores.records, nowMs);
  const asks = asksOf({ records: stores.records, nowMs: nowMs, limits });
  const issuers = issuersOf(stores.records, nowMs);
  const devices = devicesOf({ records: stores.records, asks, issuers, nowMs: nowMs, limits });
  const settings = centreOf(stores.records, SITE, nowMs);
  const first = await openDemo(stores.records, settings, accounts, { open: config.open, schoolOrigins: [school] });
  const centre = standingOf(settings, first, scaledRules);

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
    }),
    roots: { pins: keys.pins, demo: true },
    sign: createSigner(keys, nowMs, (...device) => devices.signed(...device, DEMO)),
    passkeys: config.redis !== null, // in memory nobody could be given an address
    openId: config.openId && openIdOf(config.openId, { nowMs }),
    origin: () => origin,
    secure: config.publicOrigin !== null && promisesTls(config.publicOrigin),
    trustedHops: config.trustedHops,
    ...{ widget, console: folder('console/dist') },
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
  const { log: acts, rows } = await stores.records.dump();
  if (!isWhole(acts, rows))
    say('Warning: the audit log in the records was changed by other hands: its chain is broken.');
  if (config.publicOrigin !== null || config.demoPublicOrigin !== null)
    say(`For the proxy: chat and console are on port ${port}, the school's pages on port ${schoolPort}.`);
  say(`School page: ${school}/`);
  say(`Smartschool page: ${school}/smartschool`);
  say(`Console: ${origin}/console/`);
  return { log, close };
}

async function listenOn(http: Http, hosts: readonly string[], port: number, name: string): Promise<number> {
  try {
    return await listen(http, hosts, port);
  } catch (error) {
    if (!(error instanceof PortProblem)) throw error;
    const cause = error.cause as NodeJS.ErrnoException;
    if (cause.code === 'EADDRINUSE')
      throw new StartProblem(`Port ${error.port} is in use: stop the other program, or set ${name} to another port.`);
    throw new StartProblem(
      `Port ${error.port} cannot be used (${cause.code ?? 'unknown reason'}): set ${name} or HOST.`,
    );
  }
}

/** Settings that are wrong are the reader's business; everything else is ours, and says where it happened. */
function fail(error: unknown): never {
  process.stderr.write(
    `${error instanceof StartProblem || error instanceof CannotStart ? error.message : `It could not start: ${String(error instanceof Error ? error.stack : error)}`}\n`,
  );
  process.exit(1);
}

process.umask(0o077);
process.stderr.on('error', () => undefined);
if (process.report) Object.assign(process.report, { excludeNetwork: true }); // newer than its types

try {
  const { log, close } = await start(readConfig());
  let ending = false;
  const end = () => {
    if (ending) return process.exit(1);
    ending = true;
    setTimeout(() => process.exit(0), ENDS_WITHIN_MS).unref();
    const exit = (code: number) => void sink.drained(LAST_LINES_MS).then(() => process.exit(code));
    void close().then(
      () => exit(0),
      () => exit(1),
    );
  };
  process.on('SIGINT', end).on('SIGTERM', end);
  // Nothing is known about the state after either of these: end, and let whatever watches us start anew.
  process.once('uncaughtException', (err) => {
    process.on('uncaughtException', () => process.exit(1));
    log.error('an error that nobody caught', { err });
    void sink.drained(LAST_LINES_MS).then(() => process.exit(1));
  });
} catch (error) {
  fail(error);
}
