import { fileURLToPath } from 'node:url';
import { StartProblem } from '../environment.ts';
import type { Http } from '../edge/http.ts';
import { listen, PortProblem } from '../edge/listen.ts';
import type { Log } from '../kernel/log.ts';
import type { Sink } from '../kernel/sink.ts';

/** A tag of an address lives no longer than its key. */
export const TURN_TAGS_EVERY_MS = 600_000;

/** What was started, in whichever way. */
export interface Running {
  readonly log: Log;
  /** Lets who is here move to another process; without it nobody has to. */
  drain?(): Promise<void>;
  close(): Promise<void>;
}

/** Where a way of serving writes: lines for who started it, and the log. */
export interface Around {
  readonly say: (line: string) => void;
  readonly sink: Sink;
}

const root = new URL('../../../', import.meta.url);
/** A folder of the checkout or the image. */
export const folder = (path: string): string => fileURLToPath(new URL(path, root));

/** @returns the port. @throws StartProblem */
export async function listenOn(http: Http, hosts: readonly string[], port: number, name: string): Promise<number> {
  try {
    return await listen(http, hosts, port);
  } catch (error) {
    if (!(error instanceof PortProblem)) throw error;
    const cause = error.cause as NodeJS.ErrnoException;
    if (cause.code === 'EADDRINUSE')
      throw new StartProblem(`Port ${error.port} is in use: stop the other program, or set ${name} to another port.`);
    throw new StartProblem(
      `Port ${error.port} cannot be used (${cause.code ?? 'unknown reason'}): set ${name} or HOST.`,
    );
  }
}
