import { SITES_SKEW_MS_MAX, verifySites } from '@clbchat/shared/statement/sites';
import type { FastifyInstance } from 'fastify';
import { promisesTls } from '../centre/origin.rules.ts';
import type { StaticConfig } from '../config.ts';
import { createAddresses } from '../edge/addresses.ts';
import { createConnections } from '../edge/connections.ts';
import { health } from '../edge/health.ts';
import { createHttp } from '../edge/http.ts';
import { outgoing } from '../edge/outgoing.ts';
import { chatPages, consolePages } from '../edge/pages.ts';
import { createQueues } from '../edge/queued.ts';
import { repeat } from '../edge/repeat.ts';
import { createTagger } from '../edge/tag.ts';
import { systemTimers as timers } from '../edge/timers.ts';
import { StartProblem } from '../environment.ts';
import { systemClock as clock } from '../kernel/clock.ts';
import { openLog } from '../kernel/log.ts';
import { cannotKeep, keptText } from '../mirror/keptText.ts';
import { standingList } from '../mirror/sites.http.ts';
import { openSiteList } from '../mirror/sites.job.ts';
import { statusCopy } from '../mirror/status.http.ts';
import { folder, listenOn, TURN_TAGS_EVERY_MS, type Around, type Running } from './running.ts';

/** The files that browsers run, in a process that has no store and believes nobody but whom its own pins name. */
export async function serve(config: StaticConfig, { say, sink }: Around): Promise<Running> {
  const { limits, origins, pins, relayUrl, sitesFile } = config;
  const nowMs = () => clock.nowMs();
  const log = openLog({ clock, level: 'info', to: sink });
  const cannot = await cannotKeep(sitesFile);
  if (cannot)
    throw new StartProblem(`SITES_FILE must be the name of a file in a folder that may be written (${cannot}).`);

  const hops = relayUrl === origins.relay ? 0 : config.trustedHops; // past the proxies, or through them as anybody
  const ask = outgoing({ relay: relayUrl, waitMs: limits.relayWaitMs, hops });
  const list = await openSiteList({
    ...{ ask, timers, log, limits },
    verify: (text) => verifySites(text, { pins, nowMs: nowMs(), skewMsMax: SITES_SKEW_MS_MAX }),
    kept: keptText(sitesFile, limits.sitesBytesMax),
  });

  const tagger = createTagger(nowMs);
  const addresses = createAddresses({ hops: config.trustedHops, tagOf: tagger.of, log });
  const connections = createConnections(limits, createQueues(limits));
  const http = createHttp({ limits, log, secure: promisesTls(origins.chat), addresses, connections });
  http.app.register(health, { ready: list.ready });
  http.app.register(async (app) => {
    onlyFor(app, origins.chat);
    const reach = () => ({ own: origins.chat, relay: origins.relay });
    const facts = () => ({ centre: config.centre, demo: false, pins });
    const isPlace = (place: string) => place === config.centre || list.ancestorsOf(place) !== null;
    app.register(chatPages, { widget: folder('widget/dist'), reach, facts, ancestorsOf: list.ancestorsOf });
    app.register(statusCopy, { ask, isPlace, nowMs, limits });
  });
  http.app.register(async (app) => {
    onlyFor(app, origins.console);
    const reach = () => ({ own: origins.console, relay: origins.relay });
    app.register(consolePages, { console: folder('console/dist'), chat: origins.chat, reach });
    app.register(standingList, { text: list.text });
    app.get('/', async (_request, reply) => reply.redirect('/console/'));
  });
  const port = await listenOn(http, config.hosts, config.port, 'PORT');
  void list.look();
  const jobs = [
    list.start(),
    repeat({ timers, log, name: 'tags', everyMs: TURN_TAGS_EVERY_MS }, async () => tagger.turn()),
  ];

  if (pins.length === 0) say('Warning: ROOT_PINS is not set, so no site may show the chat yet.');
  say(`Chat: ${origins.chat} on port ${port}`);
  say(`Console: ${origins.console}/console/ on port ${port}`);
  return {
    log,
    async close() {
      for (const stop of jobs) stop();
      await http.app.close();
    },
  };
}

/** What one host has another has not: a page of the console under the chat's name would be another page. */
function onlyFor(app: FastifyInstance, origin: string): void {
  const { host } = new URL(origin);
  app.addHook('onRequest', async ({ headers }, reply) => {
    if (headers.host !== host) return reply.callNotFound();
  });
}
