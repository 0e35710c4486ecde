import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/**
 * Whoever is answered before its body was read may send the rest, so that a browser hears the answer: so many bytes, and then
 * the connection is closed. Node by itself reads on for as long as a request may take, whatever comes [N75]. A body that is no
 * larger than that is left to Node: the connection is not its sender's alone behind a proxy, and whoever comes next is answered.
 */
export function takesNoMore(request: IncomingMessage, response: ServerResponse, bytesMax: number): void {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced <= bytesMax) return;
  response.once('finish', () => {
    if (request.complete) return;
    const { socket } = request;
    const before = socket.bytesRead;
    const count = () => {
      if (request.complete) socket.off('data', count);
      else if (socket.bytesRead - before > bytesMax) socket.destroy();
    };
    // whoever listens in the turn in which Node gives the body up stops what reads it: nothing more would come, and nothing end
    setImmediate(() => {
      if (!request.complete) socket.on('data', count);
    });
  });
}

/** Fastify would close at once what a browser still sends a body on that it does not take, and the browser would hear nothing. */
export const staysOpen = (reply: FastifyReply): void => void reply.removeHeader('connection');
