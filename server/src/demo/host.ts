import type { Limits } from '@clbchat/shared/limits';
import { createAddresses } from '../edge/addresses.ts';
import { createConnections } from '../edge/connections.ts';
import { createHttp, type Http } from '../edge/http.ts';
import { createQueues } from '../edge/queued.ts';
import { createTagger } from '../edge/tag.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import { hostPages } from './hostPages.http.ts';

interface HostParts {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly log: Log;
  readonly chat: () => string;
  readonly site: string;
  readonly pins: readonly string[];
  readonly widget: string;
}

/** The demonstration's school and its platform, on a server of their own: another site than the chat's. */
export function composeHostPages({ limits, log, clock, ...facts }: HostParts): Http {
  const tagOf = createTagger(() => clock.nowMs()).of;
  const addresses = createAddresses({ hops: null, tagOf, log });
  const connections = createConnections(limits, createQueues(limits));
  const http = createHttp({ limits, log, secure: false, addresses, connections });
  http.app.register(hostPages, facts);
  return http;
}
