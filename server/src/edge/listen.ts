import type { Server } from 'node:http';
import type { Http } from './http.ts';

/** A port that somebody else has, or may not be had. `code` is the system's constant. */
export class PortProblem extends Error {
  override readonly name = 'PortProblem';
  readonly port: number;

  constructor(port: number, cause: unknown) {
    super('a port cannot be used', { cause });
    this.port = port;
  }
}

const NOT_HERE = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

/**
 * Listens on all these addresses with one port; those after the first may be missing on this machine.
 *
 * @param port 0 takes a free one
 * @returns the port. @throws PortProblem
 */
export async function listen({ app, another }: Http, hosts: readonly string[], port: number): Promise<number> {
  const [first = '127.0.0.1', ...others] = hosts;
  try {
    await app.listen({ host: first, port });
  } catch (cause) {
    throw new PortProblem(port, cause);
  }
  const address = app.server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  for (const host of others) {
    const server = another();
    app.server.once('close', () => {
      server.close();
      server.closeAllConnections();
    });
    await listenAlso(server, host, taken);
  }
  return taken;
}

function listenAlso(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (NOT_HERE.has(error.code ?? '')) resolve();
      else reject(new PortProblem(port, error));
    });
    server.listen({ host, port }, resolve);
  });
}
