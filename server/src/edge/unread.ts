import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Whoever is answered before its body was read may send the rest, so that a browser hears the answer: so many bytes, and then
 * the connection is closed. Node by itself reads on for as long as a request may take, whatever comes [N75].
 */
export function takesNoMore(request: IncomingMessage, response: ServerResponse, bytesMax: number): void {
  response.once('finish', () => {
    if (request.complete) return;
    const { socket } = request;
    const before = socket.bytesRead;
    const count = () => {
      if (request.complete) socket.off('data', count);
      else if (socket.bytesRead - before > bytesMax) socket.destroy();
    };
    socket.on('data', count);
  });
}
