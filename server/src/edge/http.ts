import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { ProblemCode } from '@clbchat/shared/problem';
import { Problem } from '../kernel/failure.ts';
import type { Limits } from '@clbchat/shared/limits';
import type { Log } from '../kernel/log.ts';
import type { Addresses } from './addresses.ts';
import type { Connections } from './connections.ts';
import { onEverything } from './headers.ts';
import { createInTurn } from './inTurn.ts';
import { refuseGarbage, refuseUpgrade } from './refuse.ts';
import { staysOpen, takesNoMore } from './unread.ts';
import type { Realtime } from './io.ts';

/** What a route lets fall of what a store tells it, in words that every page knows. */
const SAID: Partial<Record<ProblemCode, number>> = { too_fast: 429, no_cert: 401 };

function refuse(response: ServerResponse, status: number): void {
  const body = '{"code":"malformed"}';
  const headers = { 'content-type': 'application/json', 'content-length': body.length, connection: 'close' };
  response.writeHead(status, headers).end(body);
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

interface Needs {
  readonly limits: Limits;
  readonly log: Log;
  readonly secure: boolean;
  readonly addresses: Addresses;
  readonly connections: Connections;
  /** what is not for it goes to the routes; the demonstration's host pages have none */
  readonly realtime?: Realtime;
}

export interface Http {
  readonly app: FastifyInstance;
  /** One more server with the same routes, for a second address of this machine. */
  another(): Server;
}

const TIMES = {
  connectionsCheckingInterval: 1_000, // without it slow headers live half a minute, whatever the next line says
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  maxHeaderSize: 8_192, // bytes
  requireHostHeader: false, // Node would refuse by itself, and without our headers
};

/** Longer than the quiet of a poll between two heartbeats: an answer that nobody takes for so long is given up. */
const SILENCE_MS = 60_000;

/**
 * Fastify, closed down: short times, small bodies, no line about any request, and answers that say a code and
 * nothing of what came. Headers that belong on everything are set before any route or library runs.
 */
// over 80 lines because it holds all that Node answers by itself, so that it is ours
export function createHttp({ limits, log, secure, addresses, connections, realtime }: Needs): Http {
  const fixed = onEverything(secure);
  const inTurn = createInTurn(limits.unansweredMax);
  let routes: Handler | undefined;

  const begin = (request: IncomingMessage, response: ServerResponse, answer: () => void) => {
    for (const [name, value] of Object.entries(fixed)) response.setHeader(name, value);
    connections.asked(request.socket, addresses.of(request));
    takesNoMore(request, response, limits.settingsBytesMax);
    inTurn.answer(request, response, answer);
  };
  const answer: Handler = (request, response) => {
    if (request.headers.host === undefined) refuse(response, 400);
    else if (request.headers['transfer-encoding'] !== undefined) refuse(response, 411);
    else if (realtime?.isFor(request)) realtime.request(request, response);
    else routes?.(request, response);
  };
  const listener: Handler = (request, response) => begin(request, response, () => answer(request, response));
  const another = () => {
    const server = createServer(TIMES, listener);
    server.setTimeout(SILENCE_MS);
    server.on('connection', (socket) => connections.meet(socket, addresses.ofConnection(socket.remoteAddress)));
    for (const expects of ['checkContinue', 'checkExpectation'])
      server.on(expects, (request: IncomingMessage, response: ServerResponse) => {
        begin(request, response, () => refuse(response, 417)); // no page asks before it sends
      });
    server.on('clientError', (error, socket) => refuseGarbage(error, socket, fixed));
    server.on('upgrade', (request, socket, head) => {
      if (inTurn.isOwed(socket)) return void socket.destroy(); // or that answer would stand in a WebSocket
      connections.asked(socket, addresses.of(request));
      if (realtime) realtime.upgrade(request, socket, head);
      else refuseUpgrade(socket, fixed);
    });
    return server;
  };

  const app = Fastify({
    logger: false,
    trustProxy: false,
    bodyLimit: limits.packetBytesMax,
    return503OnClosing: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 64 },
    serverFactory: (handler) => {
      routes = handler;
      return another();
    },
    frameworkErrors(_error, _request, reply) {
      reply.code(400 as never).send({ code: 'malformed' } as never);
    },
  });
  // a route says how long its answer is kept before it knows whether there is one: kept is only what was found
  app.addHook('onSend', async (_request, reply) => {
    if (reply.statusCode >= 400) reply.header('cache-control', fixed['cache-control']);
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 'gone' }));
  app.setErrorHandler((err: FastifyError, request, reply) => {
    staysOpen(reply);
    const said = err instanceof Problem ? SAID[err.code] : undefined;
    if (said) return void reply.code(said).send({ code: (err as Problem).code });
    const status = err.statusCode ?? 500;
    if (status >= 500) log.error('a route failed', { event: request.routeOptions.url ?? 'route', err });
    void reply.code(status).send({ code: status >= 500 ? 'unavailable' : 'malformed' });
  });
  return { app, another };
}
