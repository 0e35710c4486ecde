import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import type { Limits } from '@clbchat/shared/limits';
import type { Log } from '../kernel/log.ts';
import { onEverything } from './headers.ts';
import { refuseGarbage, refuseUpgrade } from './refuse.ts';
import type { Realtime } from './io.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

interface Needs {
  readonly limits: Limits;
  readonly log: Log;
  readonly secure: boolean;
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
};

/**
 * Fastify, closed down: short times, small bodies, no line about any request, and answers that say a code and
 * nothing of what came. Headers that belong on everything are set before any route or library runs.
 */
export function createHttp({ limits, log, secure, realtime }: Needs): Http {
  const fixed = onEverything(secure);
  let routes: Handler | undefined;

  const listener: Handler = (request, response) => {
    for (const [name, value] of Object.entries(fixed)) response.setHeader(name, value);
    if (realtime?.isFor(request)) realtime.request(request, response);
    else routes?.(request, response);
  };
  const another = () => {
    const server = createServer(TIMES, listener);
    server.maxConnections = limits.socketsMax;
    server.on('clientError', (error, socket) => refuseGarbage(error, socket, fixed));
    server.on('upgrade', (request, socket, head) => {
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
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 'gone' }));
  app.setErrorHandler((err: FastifyError, request, reply) => {
    const status = err.statusCode ?? 500;
    if (status >= 500) log.error('a route failed', { event: request.routeOptions.url ?? 'route', err });
    void reply.code(status).send({ code: status >= 500 ? 'unavailable' : 'malformed' });
  });
  return { app, another };
}
