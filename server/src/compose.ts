import { doorAt } from '@clbchat/shared/hours/hours';
import { stretchAt } from '@clbchat/shared/hours/stretch';
import type { Session } from './accounts/session.rules.ts';
import { staffJob } from './accounts/staff.job.ts';
import { standingJob } from './centre/standing.job.ts';
import { deskConversation, visitorConversation } from './conversation/conversation.socket.ts';
import { composeStaff, type StaffParts } from './composeStaff.ts';
import { createAddresses } from './edge/addresses.ts';
import { createAddressShares } from './edge/addressShares.ts';
import { createAskAnew } from './edge/askAnew.ts';
import { createAfter, type After } from './edge/after.ts';
import { createConnections } from './edge/connections.ts';
import { askToMove, createDrain } from './edge/drain.ts';
import { shareWithPages } from './edge/cors.ts';
import { openCounsellors } from './edge/counsellors.ts';
import type { DeskSocketFence, ShownDevice } from './edge/ends.ts';
import { health } from './edge/health.ts';
import { createHttp, type Http } from './edge/http.ts';
import { createHub } from './edge/hub.ts';
import { createRealtime, type Realtime, type RealtimeNeeds } from './edge/io.ts';
import type { SignedIn } from './edge/peer.ts';
import { createQueues } from './edge/queued.ts';
import { forgetAll, type Forgetful } from './edge/rate.ts';
import { repeat } from './edge/repeat.ts';
import { createStrangers } from './edge/strangers.ts';
import { createTagger } from './edge/tag.ts';
import type { Stop } from './edge/timers.ts';
import { createLineShares } from './edge/lineShares.ts';
import { openVisitors } from './edge/visitors.ts';
import { hoursHttp } from './hours/hours.http.ts';
import { deskHoursAt, tickingAt, wasOpenIn } from './hours/ticking.rules.ts';
import type { Log } from './kernel/log.ts';
import { recordsJob } from './records/records.job.ts';
import { presenceJob } from './presence/presence.job.ts';
import { challenge, presenceSocket } from './presence/presence.socket.ts';
import { queueJob, ROWS_MAX } from './queue/queue.job.ts';
import { queueSocket } from './queue/queue.socket.ts';
import { figuresJob } from './figures/figures.job.ts';
import { figuresOf } from './figures/figures.store.ts';
import { retentionJob } from './retention/retention.job.ts';
import { matching, type Matching } from './routing/routing.job.ts';
import { routingSocket } from './routing/routing.socket.ts';
import type { Posted } from './live/posted.ts';
import type { LiveStore } from './store.memory.ts';
import { leaveHttp } from './visit/leave.http.ts';
import { inLine } from './visit/visit.rules.ts';
import { arrive, visitSocket, welcome } from './visit/visit.socket.ts';
import type { StateOf } from './visit/visit.store.ts';

export interface Parts extends StaffParts {
  readonly live: LiveStore;
  readonly log: Log;
  readonly secure: boolean;
  /** proxies of our own in front that pass the address on */
  readonly trustedHops?: number;
  /** what other processes post to this one; without it there are none */
  readonly posted?: Posted;
  /** false while a store does not answer */
  readonly ready: () => boolean;
  /** what carries packets: Socket.IO, unless a simulation brings a network of its own */
  readonly sockets?: (needs: RealtimeNeeds) => Realtime;
}

export interface Service {
  readonly http: Http;
  /** Starts the jobs. */
  start(): void;
  /** Lets everybody move to another process first, where there may be one [M7]. */
  drain(): Promise<void>;
  /** Tells every page to come back later, then closes sockets, jobs and port. */
  close(): Promise<void>;
}

const TURN_TAGS_EVERY_MS = 600_000;
const FORGET_EVERY_MS = 10_000;

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
  const askAnew = createAskAnew({ hub, timers, spreadMs: limits.askAnewMs });
  const jobs: Stop[] = [];
  const openedMs = () => stretchAt(nowMs(), centre().schedule).fromMs;
  const shares = createLineShares(limits.lineShareMax);
  const deskHours = () => deskHoursAt(nowMs(), centre());
  const line = queueJob({ queue, visit, hub, shares, timers, log, limits, openedMs, deskHours });

  const told = async (state: StateOf) =>
    state.ahead === undefined ? state : { ...state, range: await line.rangeOf(state.visitId) };

  const ofAddresses = createAddressShares({
    ...{ limits, addresses, timers, nowMs },
    knownBy: ({ headers }) => sessions.metBy(headers.cookie),
    claimedBy: ({ headers }) => sessions.bindingOf(headers.cookie),
  });
  const { mayStart, mayPost, mayLeave, connectWaitMs } = ofAddresses;
  const forgetful: Forgetful[] = [ofAddresses];

  const strangers = createStrangers(limits, timers);
  const realtime = (parts.sockets ?? createRealtime)({
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
    async arrive(auth, short, tag) {
      const arrival = await arrive(visit, auth, short);
      if (arrival.is === 'attached' && inLine(arrival.attached.state)) line.stands(arrival.visitId, tag);
      return arrival;
    },
    welcome: async (end, known) => {
      if (known.is === 'attached') await welcome(end, known, { visit, told, after });
    },
    gone: (fence) => {
      visit.drop(fence).catch((err: unknown) => log.error('a job failed', { event: 'visit:drop', err }));
    },
    doors(doors) {
      visitSocket(doors, { visit, told, after });
      const door = () => doorAt(nowMs(), centre());
      queueSocket(doors, { queue, visit, door, line, shares, mayStart, after });
      visitorConversation(doors, { conversation, after });
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
    welcome: challenge,
    doors(doors) {
      routingSocket(doors, { routing, after });
      deskConversation(doors, { conversation, visit, after });
      const queueRows = () => queue.rows(ROWS_MAX);
      const skewMsMax = limits.clockSkewMsMax;
      presenceSocket(doors, {
        presence,
        queueRows,
        rules: () => centre().rules,
        deskHours,
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
  const drain = createDrain({ hub, realtime, timers, limits });
  app.register(health, { ready: () => parts.ready() && !drain.isLeaving() });
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
  const forgets = (what: Forgetful) => void forgetful.push(what);
  composeStaff(app, parts, { centre, deskHours, origins, mayPost, tagOf: addresses.of, forgets, onEnded });
  app.addHook('preClose', () => realtime.close()); // before Fastify waits for its connections, or it waits for ever

  return {
    http,
    start() {
      // in the same errand as hints of our own: whoever was just seated here is found
      const heard = parts.posted?.((hints) => (hints ? after({ hints }) : askAnew.ask()));
      if (heard) jobs.push(heard, askAnew.stop);
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
        retentionJob({
          retention,
          claim: (forMs) => live.rounds.claim('tick', forMs),
          hours: () => tickingAt(nowMs(), centre()),
          after,
          timers,
          log,
          limits,
        }),
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
        figuresJob({
          sums: live.sums,
          figures: figuresOf(records, nowMs, limits),
          claim: (forMs) => live.rounds.claim('figures', forMs),
          isOnTime: () => records.isOnTime(),
          zone: () => ({ timezone: centre().schedule.timezone, wasOpenIn: (hour) => wasOpenIn(hour, centre()) }),
          nowMs,
          timers,
          log,
          limits,
        }),
        repeat({ timers, log, name: 'queued', everyMs: limits.queuedLookEveryMs }, async () => queues.sweep()),
        repeat({ timers, log, name: 'forget', everyMs: FORGET_EVERY_MS }, async () => void forgetAll(forgetful)),
        repeat({ timers, log, name: 'tags', everyMs: TURN_TAGS_EVERY_MS }, async () => tagger.turn()),
      );
    },
    // where nobody can say, nobody is there to go on at
    drain: async () => {
      const othersStay = () => live.rounds.leave(limits.drainMsMax).catch(() => false);
      if (await othersStay()) await drain.empty(othersStay);
    },
    async close() {
      for (const stop of jobs) stop();
      askToMove(hub, limits.moveWithinMs);
      await new Promise(setImmediate); // the hint leaves before the connection does
      await app.close();
    },
  };
}
