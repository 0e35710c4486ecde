import { doorAt } from '@clbchat/shared/hours/hours';
import { stretchAt } from '@clbchat/shared/hours/stretch';
import type { AccountId } from '@clbchat/shared/ids';
import type { Limits } from '@clbchat/shared/limits';
import type { FastifyInstance } from 'fastify';
import type { AccountsStore } from './accounts/accounts.store.ts';
import { beginning } from './accounts/beginning.http.ts';
import { credentialsOf } from './accounts/credentials.store.ts';
import type { AsksStore } from './accounts/asks.store.ts';
import { devicesHttp } from './accounts/devices.http.ts';
import type { DevicesStore } from './accounts/devices.store.ts';
import type { IssuersStore } from './accounts/issuers.store.ts';
import { identitiesOf } from './accounts/identities.store.ts';
import { passkeySignIn } from './accounts/passkeys.http.ts';
import { provider } from './accounts/provider.http.ts';
import { ownSessions } from './accounts/sessions.http.ts';
import type { Session } from './accounts/session.rules.ts';
import type { Sessions, Staff } from './accounts/sessions.store.ts';
import { staffJob } from './accounts/staff.job.ts';
import { passwordSignIn } from './accounts/passwords.http.ts';
import type { Secrets } from './accounts/secrets.rules.ts';
import { stepUp } from './accounts/stepUp.http.ts';
import { teamHttp } from './accounts/team.http.ts';
import { teamOf } from './accounts/team.store.ts';
import { tokensOf } from './accounts/tokens.store.ts';
import type { CentreSettings } from './centre/centre.rules.ts';
import { centreOf, orNew } from './centre/centre.store.ts';
import { settingsHttp } from './centre/settings.http.ts';
import { signedSitesHttp, sitesHttp } from './centre/sites.http.ts';
import { standingJob } from './centre/standing.job.ts';
import type { Standing } from './centre/standing.store.ts';
import { deskConversation, visitorConversation } from './conversation/conversation.socket.ts';
import { createAddresses } from './edge/addresses.ts';
import { createAddressShares } from './edge/addressShares.ts';
import { createAfter, type After } from './edge/after.ts';
import { createConnections } from './edge/connections.ts';
import { shareWithPages } from './edge/cors.ts';
import { openCounsellors } from './edge/counsellors.ts';
import type { DeskSocketFence, ShownDevice } from './edge/ends.ts';
import { health } from './edge/health.ts';
import { createHttp, type Http } from './edge/http.ts';
import { createHub } from './edge/hub.ts';
import { createRealtime } from './edge/io.ts';
import type { OpenId } from './edge/openId.ts';
import type { SignedIn } from './edge/peer.ts';
import { createQueues } from './edge/queued.ts';
import { repeat } from './edge/repeat.ts';
import type { StaffNeeds } from './edge/staff.ts';
import { createStrangers } from './edge/strangers.ts';
import { createTagger } from './edge/tag.ts';
import type { Stop, Timers } from './edge/timers.ts';
import { createLineShares } from './edge/lineShares.ts';
import { openVisitors } from './edge/visitors.ts';
import { wrongTries } from './edge/wrongTries.ts';
import { hoursHttp } from './hours/hours.http.ts';
import type { Clock } from './kernel/clock.ts';
import type { Log } from './kernel/log.ts';
import { auditHttp } from './records/audit.http.ts';
import { recordsJob } from './records/records.job.ts';
import type { RecordsStore } from './records/records.store.ts';
import { presenceJob } from './presence/presence.job.ts';
import { presenceSocket, type Roots } from './presence/presence.socket.ts';
import { queueJob, ROWS_MAX } from './queue/queue.job.ts';
import { queueSocket } from './queue/queue.socket.ts';
import { retentionJob } from './retention/retention.job.ts';
import type { TickInput } from './retention/retention.store.ts';
import { matching, type Matching } from './routing/routing.job.ts';
import { routingSocket } from './routing/routing.socket.ts';
import type { LiveStore } from './store.memory.ts';
import { leaveHttp } from './visit/leave.http.ts';
import { arrive, visitSocket, welcome } from './visit/visit.socket.ts';
import type { StateOf } from './visit/visit.store.ts';

export interface Parts {
  readonly live: LiveStore;
  readonly centre: Standing;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly limits: Limits;
  readonly sessions: Sessions;
  readonly devices: DevicesStore;
  readonly asks: AsksStore;
  readonly issuers: IssuersStore;
  readonly accounts: Pick<AccountsStore, 'get' | 'list' | 'hasCoordinator'>;
  readonly records: RecordsStore;
  readonly roots: Roots;
  /** routes that only this way of serving has */
  readonly beside?: (app: FastifyInstance, given: Given) => void;
  /** whether somebody may get in by passkey, code or one-time address: without it none of their routes exists */
  readonly passkeys: boolean;
  /** what passwords are looked at with; without it nobody has one */
  readonly secrets?: Secrets | null;
  /** with whose accounts somebody may get in as well, where `passkeys` are; without it none of its routes exists */
  readonly openId?: OpenId | null;
  /** of the console, as pages name it; known once the port is */
  readonly origin: () => string;
  /** of the chat, where that and the console are hosts of their own beside this one; without it both are this one */
  readonly chat?: () => string;
  readonly secure: boolean;
  /** proxies of our own in front that pass the address on */
  readonly trustedHops?: number;
  /** false while a store does not answer */
  readonly ready: () => boolean;
}

/** What `beside` may build on. */
export interface Given extends StaffNeeds<Staff> {
  readonly sessions: Sessions;
  readonly accounts: Pick<AccountsStore, 'get' | 'list'>;
  readonly centre: () => CentreSettings;
  /** sockets of this session have no owner any more */
  readonly onEnded: (session: Session) => void;
}

export interface Service {
  readonly http: Http;
  /** Starts the jobs. */
  start(): void;
  /** Tells every page to come back later, then closes sockets, jobs and port. */
  close(): Promise<void>;
}

const TURN_TAGS_EVERY_MS = 600_000;
const LEAVING_JITTER_MS = 5_000;

/** Puts the chat together and starts nothing. The only file that knows every other. */
// over 80 lines because it names every part once, in the order in which one needs the other
export function compose(parts: Parts): Service {
  const { live, clock, timers, log, limits, sessions, accounts, devices, records, roots, secure } = parts;
  const centre = () => parts.centre.now();
  const { visit, queue, presence, routing, conversation, retention } = live;
  const nowMs = () => clock.nowMs();
  const chat = parts.chat ?? parts.origin;
  const origins = () => [parts.origin()];
  const tagger = createTagger(nowMs);
  const addresses = createAddresses({ hops: parts.trustedHops ?? 0, tagOf: tagger.of, log });
  const queues = createQueues(limits);
  const connections = createConnections(limits, queues);

  const hub = createHub();
  const after: After = createAfter(hub, () => match.kick());
  const match: Matching = matching({ routing, after, log });
  const jobs: Stop[] = [];
  const openedMs = () => stretchAt(nowMs(), centre().schedule).fromMs;
  const shares = createLineShares(limits.lineShareMax);
  const line = queueJob({ queue, visit, hub, shares, timers, log, limits, openedMs });

  const told = async (state: StateOf) =>
    state.ahead === undefined ? state : { ...state, range: await line.rangeOf(state.visitId) };

  const { mayStart, mayPost, mayLeave, connectWaitMs } = createAddressShares({ limits, addresses, timers, nowMs });

  const strangers = createStrangers(limits, timers);
  const realtime = createRealtime({
    limits,
    nowMs,
    secure,
    ...{ chat, console: parts.origin },
    ...{ addresses, connections, strangers, queues },
    bindingOf: sessions.bindingOf,
  });
  const common = { realtime, limits, hub, log, nowMs, timers, connectWaitMs };

  openVisitors({
    ...common,
    arrive: (auth) => arrive(visit, auth),
    welcome: async (end, known) => {
      if (known.is === 'attached') await welcome(end, known, { visit, told, after });
    },
    gone: (fence) => {
      visit.drop(fence).catch((err: unknown) => log.error('a job failed', { event: 'visit:drop', err }));
    },
    doors(end) {
      visitSocket(end, { visit, told, after });
      const door = () => doorAt(nowMs(), centre());
      queueSocket(end, { queue, visit, door, rangeOf: line.rangeOf, shares, mayStart, after });
      visitorConversation(end, { conversation, after });
    },
  });
  /** Who came by a recovery code has to make a passkey before she sits down. */
  const findWhole = async (binding: string) => {
    const session = await sessions.find(binding);
    return session?.method === 'code' ? null : session;
  };
  const counsellors = openCounsellors({
    ...common,
    ...{ find: findWhole, isGone: sessions.isGone, isClosed: sessions.isClosed },
    doors(end, session) {
      routingSocket(end, { routing, after });
      deskConversation(end, { conversation, visit, after });
      const queueRows = () => queue.rows(ROWS_MAX);
      const skewMsMax = limits.clockSkewMsMax;
      presenceSocket(end, session, {
        presence,
        queueRows,
        rules: () => centre().rules,
        roots,
        isOnRecord: devices.isOf,
        nowMs,
        skewMsMax,
        after,
      });
    },
  });

  const http = createHttp({ limits, log, secure, addresses, connections, realtime });
  const { app } = http;
  if (parts.chat) shareWithPages(app, { chat, console: parts.origin });
  app.register(health, { ready: parts.ready });
  app.register(hoursHttp, { centreNow: centre, nowMs, queueFacts: () => ({ range: line.rangeNow() }) });
  app.register(leaveHttp, { visit, origins: () => [chat()], after, log, mayLeave });
  /** Whom these seats held comes to the front. */
  async function freeing(seats: Promise<readonly DeskSocketFence[]>): Promise<void> {
    for (const seat of await seats) {
      const out = await presence.signOut(seat);
      if (out.is === 'signed_out') after(out);
    }
  }
  const endSockets = (isMeant: (session: SignedIn) => boolean) => {
    freeing(counsellors.dismiss(isMeant)).catch((err: unknown) =>
      log.error('a job failed', { event: 'presence:signOut', err }),
    );
  };
  const stands = ({ account }: SignedIn, of: ShownDevice) => devices.isOf(of.device, account, of.chain);
  const onEnded = ({ binding }: Session) => endSockets((one) => one.binding === binding);
  const settings = orNew(centreOf(records, centre().id, nowMs), centre().id);
  const nameOf = async (id: string) => (await parts.accounts.get(id as AccountId))?.name ?? null;
  app.register(auditHttp, { sessions, origins, mayPost, records, nameOf, limits });
  const { steppedUp } = sessions;
  const enrolling = { accounts, asks: parts.asks, devices, issuers: parts.issuers, pins: roots.pins };
  app.register(devicesHttp, { sessions, origins, mayPost, ...enrolling, steppedUp, nowMs, limits });
  app.register(settingsHttp, { sessions, origins, mayPost, store: settings, nameOf, nowMs, limits });
  app.register(sitesHttp, {
    chat: parts.origin,
    sessions,
    origins,
    mayPost,
    store: settings,
    nameOf,
    roots,
    nowMs,
    limits,
  });
  app.register(signedSitesHttp, { store: settings, nowMs });
  const team = teamOf({ records, accounts, nowMs, limits });
  app.register(teamHttp, { sessions, origins, mayPost, team, records, steppedUp, nameOf, limits });
  parts.beside?.(app, { sessions, accounts, origins, mayPost, centre, onEnded });
  if (parts.passkeys) {
    const wrongCodes = wrongTries({ firstMs: limits.wrongWaitMs, mostMs: limits.wrongWaitMsMax }, nowMs);
    const needs = { sessions, credentials: credentialsOf({ records, nowMs, limits }), nowMs, limits, origins, mayPost };
    const signingIn = { accounts, pending: live.pending, tagOf: addresses.of, wrongCodes, onEnded };
    app.register(passkeySignIn, { ...needs, ...signingIn, origin: parts.origin });
    app.register(stepUp, { ...needs, pending: live.pending, origin: parts.origin });
    app.register(passwordSignIn, { ...needs, ...signingIn, records, secrets: parts.secrets ?? null, timers });
    const tokens = tokensOf({ records, accounts, nowMs, limits });
    app.register(beginning, { ...needs, tokens, onEnded, origin: parts.origin });
    if (parts.openId) {
      const identities = identitiesOf(records, nowMs);
      const byProvider = { openId: parts.openId, identities, accounts, pending: live.pending, steppedUp, onEnded };
      app.register(provider, { ...needs, ...byProvider, origin: parts.origin });
    }
  }
  app.register(ownSessions, { sessions, origins, mayPost, onEnded });
  app.addHook('preClose', () => realtime.close()); // before Fastify waits for its connections, or it waits for ever

  return {
    http,
    start() {
      jobs.push(
        line.start(),
        presenceJob({
          presence,
          seen: (sockets) => visit.seen(sockets),
          hub,
          timers,
          log,
          limits,
          after,
        }),
        retentionJob({ retention, hours: () => ticking(nowMs(), centre()), after, timers, log, limits }),
        staffJob({
          records,
          accounts,
          sessions,
          endSockets,
          devices,
          recheck: () => freeing(counsellors.recheck()),
          recheckDevices: () => freeing(counsellors.recheckDevices(stands)),
          timers,
          log,
          limits,
        }),
        standingJob({ records, centre: parts.centre, timers, log, limits }),
        recordsJob({ records, nowMs, timers, log, limits }),
        repeat({ timers, log, name: 'queued', everyMs: limits.queuedLookEveryMs }, async () => queues.sweep()),
        repeat({ timers, log, name: 'tags', everyMs: TURN_TAGS_EVERY_MS }, async () => tagger.turn()),
      );
    },
    async close() {
      for (const stop of jobs) stop();
      for (const { line: one } of [...hub.visitors(), ...hub.desks()])
        one.emit('node:leaving', { jitterMs: LEAVING_JITTER_MS });
      await new Promise(setImmediate); // the hint leaves before the connection does
      await app.close();
    },
  };
}

/** What the opening hours mean for those who still wait. */
function ticking(nowMs: number, { schedule }: CentreSettings): TickInput['hours'] {
  const stretch = stretchAt(nowMs, schedule);
  return stretch.open ? { is: 'open' } : { is: 'draining', sinceMs: stretch.sinceMs ?? 0 };
}
