import type { IncomingMessage } from 'node:http';
import type { Limits } from '@clbchat/shared/limits';
import type { Addresses } from './addresses.ts';
import type { VisitorEnd } from './ends.ts';
import { Bucket, buckets, bucketsByNetwork, forgetAll, lanes, sharedBuckets, type Forgetful } from './rate.ts';
import type { Timers } from './timers.ts';
import { createWaitingRoom } from './waitingRoom.ts';

interface Needs {
  readonly limits: Limits;
  readonly addresses: Addresses;
  readonly timers: Timers;
  readonly nowMs: () => number;
  /** names the session by which it is asked, where this process knows that it stands; asks no store. Never throws */
  readonly knownBy: (request: IncomingMessage) => string | null;
  /** names whatever the cookie of a session opens that it brings; null where it brings none. Never throws */
  readonly claimedBy: (request: IncomingMessage) => string | null;
}

/** What ends a session or takes a right away is a goodbye as well: nobody of the same address keeps anybody from it [N41]. */
const ENDS: ReadonlySet<string> = new Set([
  ...['/api/sign-out', '/api/demo/sign-out', '/api/sessions/end'],
  ...['/api/team/disable', '/api/devices/remove', '/api/issuers/remove'],
  // what each of these asks first of who has been in for a while
  ...['/api/step-up/begin', '/api/step-up/passkey', '/api/step-up/password'],
]);

/** How much of the service one address, and each network that it is in, may take, and what everybody has together for who is past that. */
export interface AddressShares extends Forgetful {
  /** Its turn to start a visit: at once within the tag's rate, and past it one after the other. */
  mayStart(end: VisitorEnd): Promise<boolean>;
  mayPost(request: IncomingMessage): boolean;
  mayLeave(request: IncomingMessage): boolean;
  /** Counts a CONNECT of this tag. @returns how long it waits, in ms */
  connectWaitMs(tag: string, maxMs: number): number;
}

const isEnd = ({ method, url = '' }: IncomingMessage): boolean => method === 'POST' && ENDS.has(url);

export function createAddressShares({ limits, addresses, timers, nowMs, knownBy, claimedBy }: Needs): AddressShares {
  const perTag = {
    perSecond: (limits.newVisitsPerTagMax * 1_000) / limits.newVisitsWindowMs,
    burst: limits.newVisitsPerTagMax,
  };
  const starts = bucketsByNetwork(perTag, nowMs);
  const slowed = createWaitingRoom(limits, timers);
  const posts = sharedBuckets(
    { perSecond: limits.postsPerSecond, burst: limits.postsBurst },
    { perSecond: limits.postsHousePerSecond, burst: limits.postsHouseBurst },
    nowMs,
  );
  const each = { perSecond: limits.postsPerSecond, burst: limits.postsBurst };
  // who works here has a share of her own, whatever else her address sends
  const sessions = buckets(each, nowMs);
  const hasOwn = (request: IncomingMessage) => {
    const known = knownBy(request);
    return known !== null && sessions.spend(known);
  };
  const hasShare = (request: IncomingMessage) => posts.spend(addresses.of(request));
  const pastTheirs = { perSecond: limits.goodbyesPerSecond, burst: limits.goodbyesBurst };
  const goodbyes = new Bucket(pastTheirs, nowMs);
  // a cookie that opens nothing is found out by looking alone: of that each has its share, and all together theirs
  const [endsOfEach, endsOfAll] = [buckets(each, nowMs), new Bucket(pastTheirs, nowMs)];
  const mayEnd = (request: IncomingMessage) => {
    const claimed = isEnd(request) ? claimedBy(request) : null;
    return claimed !== null && endsOfEach.spend(claimed) && endsOfAll.spend();
  };
  const connects = sharedBuckets(
    { perSecond: limits.connectsPerSecond, burst: limits.connectsBurst },
    { perSecond: limits.connectsHousePerSecond, burst: limits.connectsHouseBurst },
    nowMs,
  );
  const late = lanes(1_000 / limits.connectsPerSecond, nowMs);
  return {
    mayStart: async (end) => (slowed.has(end) || !starts.spend(end.tag) ? slowed.turn(end) : true),
    mayPost: (request) => hasShare(request) || hasOwn(request) || mayEnd(request),
    mayLeave: (request) => hasShare(request) || goodbyes.spend(),
    connectWaitMs: (tag, maxMs) => (connects.spend(tag) ? 0 : late.waitMs(tag, maxMs)),
    forget: () => forgetAll([starts, posts, sessions, endsOfEach, connects, late]),
  };
}
